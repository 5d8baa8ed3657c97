// Secrets that an operator put into files.
#pragma once

#include <string>

namespace kalends {

// The first line of the file without what ends it; empty when there is none.
std::string ReadSecret(const std::string& path);

}  // namespace kalends

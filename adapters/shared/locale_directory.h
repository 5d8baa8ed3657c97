// Where a program finds the catalogs of its texts, wherever it was put.
#pragma once

#include <string>

namespace kalends {

// Of this program: `../share/kalends/locale` as it is installed, where that is there; otherwise
// `locale` beside it, as it is built. Absolute. Never fails: without a folder the second one.
std::string DefaultLocaleDirectory();

}  // namespace kalends

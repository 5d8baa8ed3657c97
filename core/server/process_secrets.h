// What the process knows stays in it.
#pragma once

#include <string>

namespace kalends::server {

// From now on no crash writes this process's memory to a disk, and nobody but root may look into
// it.
void ForbidDumps();

// The value of an environment variable, which is gone then: overwritten where the system put it, so
// that /proc/<pid>/environ does not show it. Empty: it was not set. To be wiped.
std::string TakeFromEnvironment(const char* name);

}  // namespace kalends::server

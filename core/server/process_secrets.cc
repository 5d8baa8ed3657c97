#include "core/server/process_secrets.h"

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdlib>
#include <cstring>

namespace kalends::server {

void ForbidDumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  // Also for programs that collect dumps through a pipe, which are not asked about the limit.
  prctl(PR_SET_DUMPABLE, 0);
}

std::string TakeFromEnvironment(const char* name) {
  char* const text = std::getenv(name);
  if (text == nullptr) return "";
  std::string value(text);
  sodium_memzero(text, std::strlen(text));
  unsetenv(name);
  return value;
}

}  // namespace kalends::server

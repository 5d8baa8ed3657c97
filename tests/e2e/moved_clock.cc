// Preloaded behind libfaketime (LD_PRELOAD), it moves the waits that libfaketime does not know of:
// abseil, and so gRPC with all its timers, asks the kernel by syscall(2) to wait until a time of
// the real clock. That time was reckoned by the moved one, KALENDS_CLOCK_AHEAD_S seconds ahead, so
// that each deadline, back-off and keepalive would come as much too late.
#include <dlfcn.h>
#include <linux/futex.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdlib>
#include <ctime>

namespace {

using Syscall = long (*)(long number, ...);

std::time_t Ahead() {
  static const std::time_t ahead = [] {
    const char* setting = std::getenv("KALENDS_CLOCK_AHEAD_S");
    return setting == nullptr ? 0 : std::atol(setting);
  }();
  return ahead;
}

bool WaitsForRealTime(long number, int operation, const std::timespec* until) {
  return number == SYS_futex && (operation & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET &&
         (operation & FUTEX_CLOCK_REALTIME) != 0 && until != nullptr;
}

}  // namespace

// As glibc declares it. What a call does not pass is read, too, and given on: the kernel takes no
// notice of it.
extern "C" long syscall(long number, ...) noexcept {
  static const auto next = reinterpret_cast<Syscall>(dlsym(RTLD_NEXT, "syscall"));
  std::array<long, 6> passed;
  std::va_list list;
  va_start(list, number);
  for (long& argument : passed) argument = va_arg(list, long);
  va_end(list);
  const auto* until = reinterpret_cast<const std::timespec*>(passed[3]);
  std::timespec real;
  if (WaitsForRealTime(number, static_cast<int>(passed[1]), until)) {
    real = *until;
    // What was long ago is a wait that is over.
    real.tv_sec = std::max<std::time_t>(0, real.tv_sec - Ahead());
    passed[3] = reinterpret_cast<long>(&real);
  }
  return next(number, passed[0], passed[1], passed[2], passed[3], passed[4], passed[5]);
}

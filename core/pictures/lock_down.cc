#include "core/pictures/lock_down.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <cstddef>
#include <vector>

namespace kalends::core {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// They take terabytes of addresses, and ask the system for more than a picture needs.
constexpr bool kIsWatched = true;
#else
constexpr bool kIsWatched = false;
#endif

#if defined(__x86_64__)
constexpr unsigned kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kMachine = AUDIT_ARCH_AARCH64;
#else
constexpr unsigned kMachine = 0;  // The limits alone hold.
#endif

constexpr rlim_t kMemoryBytes = rlim_t{512} << 20;
constexpr rlim_t kSeconds = 10;

bool Limit(__rlimit_resource what, rlim_t most) {
  const rlimit limit{most, most};
  return setrlimit(what, &limit) == 0;
}

bool AllowLittle() {
  constexpr int kAllowed[] = {SYS_read,          SYS_write,    SYS_brk,        SYS_mmap,
                              SYS_munmap,        SYS_mremap,   SYS_mprotect,   SYS_madvise,
                              SYS_futex,         SYS_exit,     SYS_exit_group, SYS_rt_sigreturn,
                              SYS_clock_gettime, SYS_getrandom};
  std::vector<sock_filter> program = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const int call : kAllowed) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace

bool LockDown() {
  if (kIsWatched) return true;
  const bool limited = Limit(RLIMIT_AS, kMemoryBytes) && Limit(RLIMIT_CPU, kSeconds) &&
                       Limit(RLIMIT_CORE, 0) && Limit(RLIMIT_NOFILE, 0);
  return limited && (kMachine == 0 || AllowLittle());
}

}  // namespace kalends::core

#include "core/server/socket_taps.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>

namespace kalends::server {
namespace {

std::atomic<Gate*> gate_before_sockets = nullptr;
// Given up for a moment to accept and refuse whom there is no descriptor for. Left alone, gRPC 1.51
// would never accept anybody again (CVE-2023-4785).
std::atomic<int> spare_descriptor = -1;

FrameGuard::Time Now() { return std::chrono::steady_clock::now(); }

// The C library's own function, or a sanitizer's.
template <typename Function>
Function* Next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

int NextAccept(int listener, sockaddr* address, socklen_t* length, int flags) {
  static auto* const next = Next<int(int, sockaddr*, socklen_t*, int)>("accept4");
  return next(listener, address, length, flags);
}

int NextClose(int descriptor) {
  static auto* const next = Next<int(int)>("close");
  return next(descriptor);
}

int OpenSpare() { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

// Whether one caller could be turned away.
bool TurnOneAway(int listener) {
  const int spare = spare_descriptor.exchange(-1);
  if (spare >= 0) NextClose(spare);
  const int descriptor = NextAccept(listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (descriptor >= 0) NextClose(descriptor);
  spare_descriptor = OpenSpare();
  return descriptor >= 0;
}

// Calls `take` with each part of a message of `size` bytes, until it returns false.
template <typename Take>
bool ForEachPart(const msghdr& message, std::size_t size, Take take) {
  for (std::size_t i = 0; i < message.msg_iovlen && size > 0; ++i) {
    const std::size_t part = std::min(size, message.msg_iov[i].iov_len);
    if (!take(std::string_view(static_cast<const char*>(message.msg_iov[i].iov_base), part))) {
      return false;
    }
    size -= part;
  }
  return true;
}

// What accept4 fails with that says nothing of the next caller.
bool IsOfOneCaller(int error) {
  return error == ECONNABORTED || error == EPROTO || error == EPERM || error == ENETDOWN ||
         error == EHOSTDOWN || error == ENONET || error == EHOSTUNREACH || error == ENETUNREACH;
}

int Accept(Gate& gate, int listener, sockaddr* address, socklen_t* length, int flags) {
  while (true) {
    sockaddr_storage peer{};
    socklen_t peer_length = sizeof peer;
    const int descriptor =
        NextAccept(listener, reinterpret_cast<sockaddr*>(&peer), &peer_length, flags);
    if (descriptor >= 0 && !gate.Admit(descriptor, peer, Now())) {
      NextClose(descriptor);
      continue;
    }
    if (descriptor >= 0) {
      if (address == nullptr) return descriptor;
      std::copy_n(reinterpret_cast<const char*>(&peer), std::min(*length, peer_length),
                  reinterpret_cast<char*>(address));
      *length = peer_length;
      return descriptor;
    }
    if (IsOfOneCaller(errno)) continue;
    if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) return -1;
    if (TurnOneAway(listener)) continue;
    errno = EAGAIN;  // The listener stays in use; the next caller makes it look again.
    return -1;
  }
}

}  // namespace

Gate& GateBeforeSockets(Gate::Limits limits) {
  spare_descriptor = OpenSpare();
  gate_before_sockets = new Gate(limits);
  return *gate_before_sockets;
}

}  // namespace kalends::server

extern "C" {

int accept4(int listener, sockaddr* address, socklen_t* length, int flags) {
  using namespace kalends::server;
  Gate* const gate = gate_before_sockets;
  if (gate == nullptr) return NextAccept(listener, address, length, flags);
  return Accept(*gate, listener, address, length, flags);
}

ssize_t recvmsg(int descriptor, msghdr* message, int flags) {
  using namespace kalends::server;
  static auto* const next = Next<ssize_t(int, msghdr*, int)>("recvmsg");
  const ssize_t size = next(descriptor, message, flags);
  Gate* const gate = gate_before_sockets;
  if (size <= 0 || gate == nullptr) return size;
  const auto now = Now();
  const bool good =
      ForEachPart(*message, static_cast<std::size_t>(size),
                  [&](std::string_view part) { return gate->Received(descriptor, part, now); });
  if (good) return size;
  errno = ECONNRESET;
  return -1;
}

ssize_t sendmsg(int descriptor, const msghdr* message, int flags) {
  using namespace kalends::server;
  static auto* const next = Next<ssize_t(int, const msghdr*, int)>("sendmsg");
  const ssize_t size = next(descriptor, message, flags);
  Gate* const gate = gate_before_sockets;
  if (size <= 0 || gate == nullptr) return size;
  ForEachPart(*message, static_cast<std::size_t>(size), [&](std::string_view part) {
    gate->Sent(descriptor, part);
    return true;
  });
  return size;
}

int close(int descriptor) {
  using namespace kalends::server;
  Gate* const gate = gate_before_sockets;
  // Also before main, when nothing can be looked up yet.
  if (gate == nullptr) return static_cast<int>(syscall(SYS_close, descriptor));
  gate->Closed(descriptor, Now());
  return NextClose(descriptor);
}

}  // extern "C"

#include "core/server/socket_taps.h"

#include <dlfcn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <set>

namespace kalends::server {
namespace {

std::atomic<Gate*> gate_before_sockets = nullptr;

// How those are turned away whom there is no descriptor for. Left alone, gRPC 1.51 would never
// accept anybody again (CVE-2023-4785).
struct Doorway {
  // Held while somebody is accepted, so that no other thread's caller gets in with the spare.
  std::mutex mutex;
  // Given up for a moment to accept and refuse; -1: meanwhile something else was opened with it.
  int spare = -1;
  // Listeners that callers still wait at: gRPC looks again only when one more comes.
  std::set<int> unheard;
};
Doorway& TheDoorway() {
  static auto* const doorway = new Doorway;  // Never destroyed, as gRPC's threads are not.
  return *doorway;
}

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

// Before anybody is accepted: a descriptor that has become free is the spare first.
void KeepSpare(Doorway& doorway) {
  if (doorway.spare < 0) doorway.spare = eventfd(0, EFD_CLOEXEC);
}

// What accept4 fails with that says nothing of the next caller.
bool IsOfOneCaller(int error) {
  return error == ECONNABORTED || error == EPROTO || error == EPERM || error == ENETDOWN ||
         error == EHOSTDOWN || error == ENONET || error == EHOSTUNREACH || error == ENETUNREACH;
}

bool IsForWantOfPlace(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

// 0: one caller was turned away. Otherwise what accept4 fails with.
int TurnOneAway(Doorway& doorway, int listener) {
  if (doorway.spare >= 0) NextClose(doorway.spare);
  doorway.spare = -1;
  const int descriptor = NextAccept(listener, nullptr, nullptr, SOCK_CLOEXEC);
  const int error = descriptor < 0 ? errno : 0;
  if (descriptor >= 0) NextClose(descriptor);
  KeepSpare(doorway);
  return error;
}

// As accept4; where there is no descriptor, whoever waits is turned away.
int AcceptOrTurnAway(int listener, sockaddr_storage& peer, socklen_t& peer_length, int flags) {
  Doorway& doorway = TheDoorway();
  const std::lock_guard lock(doorway.mutex);
  while (true) {
    KeepSpare(doorway);
    peer_length = sizeof peer;
    const int descriptor =
        NextAccept(listener, reinterpret_cast<sockaddr*>(&peer), &peer_length, flags);
    if (descriptor >= 0 && doorway.spare >= 0) return descriptor;
    if (descriptor >= 0) {
      // With the last descriptor, which another thread had while the spare was looked for: nobody
      // who comes later could be turned away.
      NextClose(descriptor);
      continue;
    }
    if (IsOfOneCaller(errno)) continue;
    if (!IsForWantOfPlace(errno)) {
      if (errno == EAGAIN) doorway.unheard.erase(listener);  // Nobody waits any more.
      return -1;
    }
    if (TurnOneAway(doorway, listener) == 0) continue;
    doorway.unheard.insert(listener);
    errno = EAGAIN;  // The listener stays in use; the next caller makes it look again.
    return -1;
  }
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

int Accept(Gate& gate, int listener, sockaddr* address, socklen_t* length, int flags) {
  while (true) {
    sockaddr_storage peer{};
    socklen_t peer_length = 0;
    const int descriptor = AcceptOrTurnAway(listener, peer, peer_length, flags);
    if (descriptor < 0) return -1;
    if (!gate.Admit(descriptor, peer, Now())) {
      NextClose(descriptor);
      continue;
    }
    if (address == nullptr) return descriptor;
    std::copy_n(reinterpret_cast<const char*>(&peer), std::min(*length, peer_length),
                reinterpret_cast<char*>(address));
    *length = peer_length;
    return descriptor;
  }
}

}  // namespace

Gate& GateBeforeSockets(Gate::Limits limits) {
  {
    Doorway& doorway = TheDoorway();
    const std::lock_guard lock(doorway.mutex);
    KeepSpare(doorway);
  }
  gate_before_sockets = new Gate(limits);
  return *gate_before_sockets;
}

void TurnAwayTheUnheard() {
  Doorway& doorway = TheDoorway();
  const std::lock_guard lock(doorway.mutex);
  std::erase_if(doorway.unheard, [&](int listener) {
    int error = 0;
    while (error == 0 || IsOfOneCaller(error)) {
      KeepSpare(doorway);
      error = TurnOneAway(doorway, listener);
    }
    return !IsForWantOfPlace(error);
  });
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

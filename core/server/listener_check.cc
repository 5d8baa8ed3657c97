#include "core/server/listener_check.h"

#include <fmt/format.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

#include "grpc/health/v1/health.grpc.pb.h"

namespace kalends::server {
namespace {

bool IsHealthy(const std::string& address, std::chrono::milliseconds timeout) {
  grpc::ChannelArguments arguments;
  // A connection of its own each time, and no proxy on the way to oneself.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  const auto health = grpc::health::v1::Health::NewStub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + timeout);
  grpc::health::v1::HealthCheckResponse answer;
  return health->Check(&context, {}, &answer).ok() &&
         answer.status() == grpc::health::v1::HealthCheckResponse::SERVING;
}

bool WaitFor(int descriptor, short events, std::chrono::milliseconds timeout) {
  pollfd wait{descriptor, events, 0};
  return poll(&wait, 1, static_cast<int>(timeout.count())) == 1;
}

// Whether it says anything, or hangs up, when it is hung up on.
bool NoticesTheEnd(const addrinfo& to, std::chrono::milliseconds timeout) {
  const int descriptor =
      socket(to.ai_family, to.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, to.ai_protocol);
  if (descriptor < 0) return false;
  // Under way as a rule; whether it arrives, waiting for it tells.
  static_cast<void>(connect(descriptor, to.ai_addr, to.ai_addrlen));
  const bool answered = WaitFor(descriptor, POLLOUT, timeout) &&
                        shutdown(descriptor, SHUT_WR) == 0 && WaitFor(descriptor, POLLIN, timeout);
  close(descriptor);
  return answered;
}

bool TakesCallers(const std::string& address, std::chrono::milliseconds timeout) {
  const auto colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), address.substr(colon + 1).c_str(), &hints, &found) != 0) {
    return false;
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  for (const addrinfo* to = found; to != nullptr; to = to->ai_next) {
    if (NoticesTheEnd(*to, timeout)) return true;
  }
  return false;
}

}  // namespace

std::string OwnAddress(const std::string& listen, int port) {
  if (listen.starts_with("unix:")) return listen;
  const std::string host = listen.substr(0, listen.rfind(':'));
  if (host == "0.0.0.0") return fmt::format("127.0.0.1:{}", port);
  if (host == "[::]" || host == "::") return fmt::format("[::1]:{}", port);
  return fmt::format("{}:{}", host, port);
}

bool ListenerAnswers(const std::string& address, bool tls, std::chrono::milliseconds timeout) {
  return tls && !address.starts_with("unix:") ? TakesCallers(address, timeout)
                                              : IsHealthy(address, timeout);
}

}  // namespace kalends::server

// Whether a listener still takes callers: asked from outside, over a new connection.
#pragma once

#include <chrono>
#include <string>

namespace kalends::server {

// Where a server that listens at `listen` with this port can be called from its own machine.
std::string OwnAddress(const std::string& listen, int port);

// Whether the server at `address` answers in time that it is healthy. Where it speaks `tls`,
// whether it takes a connection and notices its end: its certificate is for others, and it may want
// ours.
bool ListenerAnswers(const std::string& address, bool tls, std::chrono::milliseconds timeout);

}  // namespace kalends::server

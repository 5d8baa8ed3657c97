// What a name to listen on stands for.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace kalends::server {

// The addresses of this machine that `listen` ("host:port") means, each to be listened on by
// itself: of a name that means several ("localhost" is 127.0.0.1 and ::1), and of all there are
// (0.0.0.0,
// [::]), gRPC is content with those it gets, and callers of the others would reach whoever has
// them. Only `listen` itself where the port is 0, a socket is a file, or nothing is known by that
// name; then gRPC has the say. UNAVAILABLE: another server listens on one of them.
absl::StatusOr<std::vector<std::string>> AddressesToListenOn(const std::string& listen);

}  // namespace kalends::server

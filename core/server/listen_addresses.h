// What a name to listen on stands for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kalends::server {

// The addresses of this machine that `listen` ("host:port") means, each to be listened on by
// itself: of a name that means several ("localhost" is 127.0.0.1 and ::1), and of all there are
// (0.0.0.0, [::]), gRPC is content with those it gets, and callers of the others would reach
// whoever has them. Only `listen` itself where the port is 0 or a socket is a file ("unix:PATH").
// UNAVAILABLE: another server listens on one of them. INVALID_ARGUMENT, with a sentence that says
// why: it is no address, none of this machine, or may not be listened on.
absl::StatusOr<std::vector<std::string>> AddressesToListenOn(const std::string& listen);

// Whether `listen` is a loopback address.
bool IsLoopback(std::string_view listen);

// Whether nobody but this machine reaches `listen`: a loopback address, or a socket that is a file.
bool IsOfThisMachine(std::string_view listen);

}  // namespace kalends::server

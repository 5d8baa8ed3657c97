// absl::Status -> grpc::Status, with the details of errors.proto. The only place that makes one.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace kalends::server {

// The same code, sentence and reason. CANCELLED is for who has left, and needs none; any other
// status without a reason is our fault: logged, INTERNAL.
grpc::Status ToGrpc(const absl::Status& status);

}  // namespace kalends::server

// google.rpc's details of errors, as reflection describes them.
#pragma once

#include <google/protobuf/descriptor.h>

namespace kalends::server {

// The file that declares google.rpc.ErrorInfo and its kin, made from our own messages, which are
// the same on the wire (proto/kalends/v1/errors.proto): clients that know types by reflection alone
// look them up by the names that errors carry. In a pool of its own, as a program may have linked
// Google's. Lives as long as the program. Thread-safe.
const google::protobuf::FileDescriptor& GoogleRpcErrorDetails();

}  // namespace kalends::server

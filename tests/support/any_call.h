// Calls any method of the contract by its descriptor: what is true of all methods is tested without
// a line for each.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "tests/support/test_server.h"

namespace kalends::test {

// All methods of the contract, by their services' files.
std::vector<const google::protobuf::MethodDescriptor*> MethodsOfContract();
// The full names of its services, as the files of the contract declare them.
std::vector<std::string> ServicesOfContract();

// The requests of a call in protobuf's text format; those of a stream are separated by '|'. One
// that has a request_id gets a new one. The test ends where the text is none of the method's.
std::vector<std::string> Serialize(const google::protobuf::MethodDescriptor& method,
                                   const std::string& text);

struct AnyAnswer {
  grpc::Status status;
  std::string bytes;  // Of the answer, or of the first message of a stream.
};
// Sends `requests`, each the bytes of one. An answer that is a stream is left after its first
// message, which counts as success.
AnyAnswer CallAny(const Client& client, const google::protobuf::MethodDescriptor& method,
                  const std::vector<std::string>& requests);

}  // namespace kalends::test

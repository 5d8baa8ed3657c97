// Server reflection for those with a key, on gRPC's own threads. What gRPC brings along for it asks
// for no key and holds a thread for each open stream.
#pragma once

#include <string>
#include <vector>

#include "core/server/calls.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"

namespace kalends::server {

// Reads bytes: to gRPC, what is no message would be the end of the stream, and a success.
class ReflectionServer final : public grpc::reflection::v1alpha::ServerReflection::
                                   WithRawCallbackMethod_ServerReflectionInfo<
                                       grpc::reflection::v1alpha::ServerReflection::Service> {
 public:
  using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;
  enum class Needs { kKey, kNothing };

  // `services`: full names, as they are listed; their contracts are linked into the program.
  ReflectionServer(Calls& calls, Needs needs, std::vector<std::string> services)
      : calls_(calls), needs_(needs), services_(std::move(services)) {}

  using Request = grpc::reflection::v1alpha::ServerReflectionRequest;
  using Response = grpc::reflection::v1alpha::ServerReflectionResponse;
  Reactor* ServerReflectionInfo(Calls::Context* context) override;

  // The answer to one question.
  Response Answer(const Request& request) const;

 private:
  Calls& calls_;
  const Needs needs_;
  const std::vector<std::string> services_;
};

}  // namespace kalends::server

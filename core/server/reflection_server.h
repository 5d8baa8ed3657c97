// Server reflection for those with a key, on gRPC's own threads. What gRPC brings along for it asks
// for no key and holds a thread for each open stream.
#pragma once

#include <string>
#include <vector>

#include "core/server/calls.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"

namespace kalends::server {

class ReflectionServer final : public grpc::reflection::v1alpha::ServerReflection::CallbackService {
 public:
  enum class Needs { kKey, kNothing };

  // `services`: full names, as they are listed; their contracts are linked into the program.
  ReflectionServer(Calls& calls, Needs needs, std::vector<std::string> services)
      : calls_(calls), needs_(needs), services_(std::move(services)) {}

  using Request = grpc::reflection::v1alpha::ServerReflectionRequest;
  using Response = grpc::reflection::v1alpha::ServerReflectionResponse;
  grpc::ServerBidiReactor<Request, Response>* ServerReflectionInfo(
      Calls::Context* context) override;

  // The answer to one question.
  Response Answer(const Request& request) const;

 private:
  Calls& calls_;
  const Needs needs_;
  const std::vector<std::string> services_;
};

}  // namespace kalends::server

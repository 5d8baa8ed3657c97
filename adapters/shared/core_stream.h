// A stream of one of the core's methods, for a thread that waits.
#pragma once

#include <google/protobuf/message_lite.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "adapters/shared/core_standing.h"

namespace kalends {

// Of any kind: messages are written until WritesDone or WriteLast, and read until Read returns
// false; Finish comes last, and always. For one thread; another one may cancel the context.
class CoreStream {
 public:
  // gRPC's templates are used with the one type that all messages are, and so compiled once.
  using AnyMessage = google::protobuf::MessageLite;

  // Waits until the call has been sent. `context` outlives it. `standing`, if any, is told how it
  // goes.
  CoreStream(const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext& context,
             const std::string& path, std::shared_ptr<CoreStanding> standing = nullptr);
  CoreStream(CoreStream&&) noexcept;
  ~CoreStream();

  // False: the core takes no more.
  bool Write(const AnyMessage& request);
  bool WriteLast(const AnyMessage& request);
  void WritesDone();
  // False: there is no more to read.
  bool Read(AnyMessage* response);
  grpc::Status Finish();

 private:
  struct Call;
  std::unique_ptr<Call> call_;
};

}  // namespace kalends

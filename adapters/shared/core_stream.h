// A stream of one of the core's methods, for a thread that waits.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <memory>

#include "adapters/shared/core_method.h"

namespace kalends {

// Of any kind: messages are written until WritesDone or WriteLast, and read until Read returns
// false; Finish comes last, and always. For one thread; another one may cancel the context.
template <typename Request, typename Response>
class CoreStream {
 public:
  // Waits until the call has been sent. `context` outlives it.
  CoreStream(const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext& context)
      : stream_(grpc::TemplatedGenericStub<Request, Response>(channel).PrepareCall(
            &context, Path<Request, Response>(), &queue_)) {
    stream_->StartCall(nullptr);
    alive_ = Done();
  }

  // False: the core takes no more.
  bool Write(const Request& request) {
    return alive_ && (stream_->Write(request, nullptr), Done());
  }
  bool WriteLast(const Request& request) {
    return alive_ && (stream_->WriteLast(request, grpc::WriteOptions(), nullptr), Done());
  }
  void WritesDone() {
    if (!alive_) return;
    stream_->WritesDone(nullptr);
    Done();
  }
  // False: there is no more to read.
  bool Read(Response* response) { return alive_ && (stream_->Read(response, nullptr), Done()); }
  grpc::Status Finish() {
    grpc::Status status;
    stream_->Finish(&status, nullptr);
    Done();
    return status;
  }

 private:
  // Waits for the end of what was begun. Whether that went well.
  bool Done() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<Request, Response>> stream_;
  bool alive_ = false;
};

}  // namespace kalends

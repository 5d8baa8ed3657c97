#include "adapters/shared/core_stream.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <utility>

namespace kalends {

struct CoreStream::Call {
  // Waits for the end of what was begun. Whether that went well.
  bool Done() {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  }

  grpc::CompletionQueue queue;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<AnyMessage, AnyMessage>> stream;
  bool alive = false;
  std::shared_ptr<CoreStanding> standing;
};

CoreStream::CoreStream(const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext& context,
                       const std::string& path, std::shared_ptr<CoreStanding> standing)
    : call_(std::make_unique<Call>()) {
  call_->standing = std::move(standing);
  using Stub = grpc::TemplatedGenericStub<AnyMessage, AnyMessage>;
  call_->stream = Stub(channel).PrepareCall(&context, path, &call_->queue);
  call_->stream->StartCall(nullptr);
  call_->alive = call_->Done();
}

CoreStream::CoreStream(CoreStream&&) noexcept = default;
CoreStream::~CoreStream() = default;

bool CoreStream::Write(const AnyMessage& request) {
  if (!call_->alive) return false;
  call_->stream->Write(request, nullptr);
  return call_->Done();
}

bool CoreStream::WriteLast(const AnyMessage& request) {
  if (!call_->alive) return false;
  call_->stream->WriteLast(request, grpc::WriteOptions(), nullptr);
  return call_->Done();
}

void CoreStream::WritesDone() {
  if (!call_->alive) return;
  call_->stream->WritesDone(nullptr);
  call_->Done();
}

bool CoreStream::Read(AnyMessage* response) {
  if (!call_->alive) return false;
  call_->stream->Read(response, nullptr);
  const bool read = call_->Done();
  if (read && call_->standing) call_->standing->Note(grpc::Status::OK);
  return read;
}

grpc::Status CoreStream::Finish() {
  grpc::Status status;
  call_->stream->Finish(&status, nullptr);
  call_->Done();
  if (call_->standing) call_->standing->Note(status);
  return status;
}

}  // namespace kalends

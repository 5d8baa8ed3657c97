#include "adapters/web/download.h"

#include <grpcpp/grpcpp.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "adapters/web/limits.h"

namespace kalends::web {

namespace asio = boost::asio;

// Lives until gRPC has ended the call, whoever lets go first. gRPC calls it on threads of its own;
// what it learns is handed over to the io_context, on which all fields are used.
//
// Reads are started from the io_context and not from gRPC's callbacks, which gRPC allows only while
// there is a hold: without one the call may end, and take the reading side with it, in the very
// moment in which the next read is started. That read would never be heard of again.
class Download::Reader final : public CoreChannel::AnyReactor,
                               public std::enable_shared_from_this<Reader> {
 public:
  Reader(std::unique_ptr<grpc::ClientContext> context, const v1::FetchDownloadRequest& request,
         const asio::any_io_executor& executor)
      : context_(std::move(context)), request_(request), executor_(executor), bell_(executor) {}

  void Start(const CoreChannel& core) {
    self_ = shared_from_this();
    core.Prepare<v1::FetchDownloadRequest, v1::FetchDownloadResponse>(context_.get(), this);
    AddHold();
    StartWriteLast(&request_, grpc::WriteOptions());
    StartCall();
  }

  void OnReadDone(bool ok) override {
    asio::post(executor_, [self = self_, ok] {
      self->has_piece_ = ok;
      self->reading_ = false;
      if (!ok || self->abandoned_) self->EndReading();
      self->bell_.cancel();
    });
  }
  void OnDone(const grpc::Status& status) override {
    asio::post(executor_, [self = std::move(self_), status] {
      self->status_ = status;
      self->ended_ = true;
      self->bell_.cancel();
    });
  }

  asio::awaitable<const v1::FetchDownloadResponse*> Next() {
    if (ended_) co_return nullptr;
    has_piece_ = false;
    reading_ = true;
    StartRead(&piece_);
    co_await Wait([this] { return !reading_; });
    if (has_piece_) co_return &piece_;
    co_await Wait([this] { return ended_; });
    co_return nullptr;
  }

  // Nobody asks for a piece any more.
  void Abandon() {
    abandoned_ = true;
    context_->TryCancel();
    if (!reading_) EndReading();
  }
  const grpc::Status& status() const { return status_; }

 private:
  // Until something has come, or the core takes longer than it may, which ends the call.
  template <typename Condition>
  asio::awaitable<void> Wait(Condition condition) {
    bell_.expires_after(kCoreTimeout);
    while (!condition()) {
      boost::system::error_code rung;
      co_await bell_.async_wait(asio::redirect_error(asio::use_awaitable, rung));
      if (rung || condition()) continue;
      context_->TryCancel();
      bell_.expires_at(asio::steady_timer::time_point::max());
    }
  }

  // No read is started after this, and gRPC may end the call.
  void EndReading() {
    if (std::exchange(held_, false)) RemoveHold();
  }

  std::unique_ptr<grpc::ClientContext> context_;
  v1::FetchDownloadRequest request_;
  asio::any_io_executor executor_;
  asio::steady_timer bell_;
  v1::FetchDownloadResponse piece_;
  std::shared_ptr<Reader> self_;
  grpc::Status status_;
  bool held_ = true;
  bool reading_ = false;  // A read has been started, and we have not heard of its end.
  bool has_piece_ = false;
  bool abandoned_ = false;
  bool ended_ = false;
};

Download::Download(std::shared_ptr<Reader> reader) : reader_(std::move(reader)) {}

Download::~Download() { reader_->Abandon(); }

std::unique_ptr<Download> Download::Start(const CoreChannel& core,
                                          std::unique_ptr<grpc::ClientContext> context,
                                          const v1::FetchDownloadRequest& request,
                                          const asio::any_io_executor& executor) {
  auto reader = std::make_shared<Reader>(std::move(context), request, executor);
  reader->Start(core);
  return std::unique_ptr<Download>(new Download(std::move(reader)));
}

asio::awaitable<const v1::FetchDownloadResponse*> Download::Next() { return reader_->Next(); }

const grpc::Status& Download::status() const { return reader_->status(); }

}  // namespace kalends::web

// A download against a real core's side of the stream: how it ends, whichever of gRPC's threads and
// ours comes first.
#include "adapters/web/download.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <functional>
#include <future>
#include <semaphore>

#include "kalends/v1/document_service.grpc.pb.h"

namespace kalends::web {
namespace {

namespace asio = boost::asio;
using std::chrono::seconds;

constexpr seconds kPatience{60};
constexpr int kPieces = 3;

using Writer = grpc::ServerWriter<v1::FetchDownloadResponse>;

class Documents final : public v1::DocumentService::Service {
 public:
  std::function<grpc::Status(grpc::ServerContext&, Writer&)> answer;

 private:
  grpc::Status FetchDownload(grpc::ServerContext* context, const v1::FetchDownloadRequest*,
                             Writer* writer) override {
    return answer(*context, *writer);
  }
};

// Rings when the status of a call has come in.
class StatusBell final : public grpc::experimental::Interceptor {
 public:
  explicit StatusBell(std::counting_semaphore<>& bell) : bell_(bell) {}
  void Intercept(grpc::experimental::InterceptorBatchMethods* batch) override {
    using Point = grpc::experimental::InterceptionHookPoints;
    if (batch->QueryInterceptionHookPoint(Point::POST_RECV_STATUS)) bell_.release();
    batch->Proceed();
  }

 private:
  std::counting_semaphore<>& bell_;
};

class StatusBells final : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit StatusBells(std::counting_semaphore<>& bell) : bell_(bell) {}
  grpc::experimental::Interceptor* CreateClientInterceptor(
      grpc::experimental::ClientRpcInfo*) override {
    return new StatusBell(bell_);
  }

 private:
  std::counting_semaphore<>& bell_;
};

// Counts what calls keep until they are over.
class ContextCount final : public grpc::ClientContext::GlobalCallbacks {
 public:
  // The one there is; from the first call on it counts.
  static int Alive() { return One().alive_; }
  static ContextCount& One() {
    static ContextCount* const count = [] {
      auto* made = new ContextCount;
      grpc::ClientContext::SetGlobalCallbacks(made);
      return made;
    }();
    return *count;
  }
  void DefaultConstructor(grpc::ClientContext*) override { ++alive_; }
  void Destructor(grpc::ClientContext*) override { --alive_; }

 private:
  std::atomic<int> alive_{0};
};

class DownloadTest : public testing::Test {
 protected:
  DownloadTest() { ContextCount::One(); }
  void SetUp() override {
    documents_.answer = [](grpc::ServerContext&, Writer& writer) {
      for (int i = 0; i < kPieces; ++i) EXPECT_TRUE(writer.Write(Piece()));
      return grpc::Status::OK;
    };
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&documents_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
    std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> bells;
    bells.push_back(std::make_unique<StatusBells>(status_came_));
    core_.emplace(grpc::experimental::CreateCustomChannelWithInterceptors(
                      "127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(), {},
                      std::move(bells)),
                  "key");
  }

  static v1::FetchDownloadResponse Piece() {
    v1::FetchDownloadResponse piece;
    piece.set_data("0123456789");
    return piece;
  }

  std::unique_ptr<Download> Start() {
    return Download::Start(*core_, std::make_unique<grpc::ClientContext>(), {},
                           context_.get_executor());
  }

  // Whether every call has let go of what it kept.
  bool AllCallsEnd() {
    context_.restart();
    const auto guard = asio::make_work_guard(context_);
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (ContextCount::Alive() > 0) {
      if (context_.run_one_until(end) == 0) return false;
    }
    return true;
  }

  // What the coroutine returns, if it ever does.
  template <typename Result>
  std::optional<Result> Run(asio::awaitable<Result> coroutine) {
    auto future = asio::co_spawn(context_, std::move(coroutine), asio::use_future);
    context_.restart();
    const auto guard = asio::make_work_guard(context_);
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (future.wait_for(seconds(0)) != std::future_status::ready) {
      if (context_.run_one_until(end) == 0) return std::nullopt;
    }
    return future.get();
  }

  std::counting_semaphore<> status_came_{0};
  Documents documents_;
  std::unique_ptr<grpc::Server> server_;
  std::optional<CoreChannel> core_;
  asio::io_context context_;
};

TEST_F(DownloadTest, EndsThoughTheCoreHadEndedTheCallBeforeTheLastPieceWasTaken) {
  const auto take = [this]() -> asio::awaitable<grpc::Status> {
    const auto download = Start();
    for (int i = 0; i < kPieces; ++i) {
      const v1::FetchDownloadResponse* piece = co_await download->Next();
      if (piece == nullptr) co_return grpc::Status(grpc::StatusCode::DATA_LOSS, "a piece is lost");
    }
    // Our thread stands here, so nothing that gRPC tells it has been heard.
    if (!status_came_.try_acquire_for(kPatience)) {
      co_return grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "no status comes");
    }
    const v1::FetchDownloadResponse* more = co_await download->Next();
    if (more != nullptr) co_return grpc::Status(grpc::StatusCode::DATA_LOSS, "a piece too many");
    co_return download->status();
  };
  for (int i = 0; i < 100; ++i) {
    const std::optional<grpc::Status> status = Run(take());
    ASSERT_TRUE(status) << "download " << i << " never ends";
    ASSERT_TRUE(status->ok()) << status->error_message();
  }
  EXPECT_TRUE(AllCallsEnd());
}

TEST_F(DownloadTest, SaysWhyItBrokeOff) {
  documents_.answer = [](grpc::ServerContext&, Writer& writer) {
    writer.Write(Piece());
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone");
  };
  const auto take = [this]() -> asio::awaitable<grpc::Status> {
    const auto download = Start();
    const v1::FetchDownloadResponse* piece = co_await download->Next();
    EXPECT_NE(piece, nullptr);
    EXPECT_TRUE(status_came_.try_acquire_for(kPatience));
    const v1::FetchDownloadResponse* end = co_await download->Next();
    EXPECT_EQ(end, nullptr);
    const v1::FetchDownloadResponse* again = co_await download->Next();
    EXPECT_EQ(again, nullptr);
    co_return download->status();
  };
  const std::optional<grpc::Status> status = Run(take());
  ASSERT_TRUE(status);
  EXPECT_EQ(status->error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(DownloadTest, LettingGoOfItEndsTheCall) {
  std::binary_semaphore cancelled{0};
  documents_.answer = [&](grpc::ServerContext& context, Writer& writer) {
    while (!context.IsCancelled()) writer.Write(Piece());
    cancelled.release();
    return grpc::Status::CANCELLED;
  };
  const auto take = [this]() -> asio::awaitable<bool> {
    const auto download = Start();
    const v1::FetchDownloadResponse* piece = co_await download->Next();
    co_return piece != nullptr;
  };
  EXPECT_EQ(Run(take()), true);
  EXPECT_TRUE(cancelled.try_acquire_for(kPatience));
  EXPECT_TRUE(AllCallsEnd());
}

}  // namespace
}  // namespace kalends::web

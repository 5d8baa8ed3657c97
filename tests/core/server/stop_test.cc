// How the core stops while clients are connected, and starts where it may.
#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"
#include "tests/support/files.h"
#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Clock = std::chrono::steady_clock;

TEST(Stop, EndsStreamsAtOnceWithAStatusThatMayBeTriedAgain) {
  TestServer server;
  const Practice practice(server);
  const Client adapter(server, server.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  auto ended = std::async(std::launch::async, [&] { return stream.AwaitEnd().status; });
  const auto begun = Clock::now();
  server.Stop();
  const auto took = Clock::now() - begun;
  const grpc::Status status = ended.get();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(status), "BUSY");
  // It took the whole of two seconds once, as gRPC waited for the stream.
  EXPECT_LT(took, std::chrono::milliseconds(1500));
}

TEST(Stop, AnUploadThatIsUnderWayIsToBeTriedAgain) {
  TestServer server;
  const Practice practice(server);
  v1::DocumentService::Stub stub(practice.customer.channel());
  grpc::ClientContext context;
  practice.customer.Prepare(context);
  v1::Document document;
  const auto upload = stub.UploadDocument(&context, &document);
  v1::UploadDocumentRequest first;
  first.mutable_header()->set_parent(practice.provider + "/links/me");
  first.mutable_header()->set_file_name("a.txt");
  first.mutable_header()->set_request_id("once");
  ASSERT_TRUE(upload->Write(first));
  first.set_data("some bytes");
  ASSERT_TRUE(upload->Write(first));
  ASSERT_TRUE(Eventually([&] { return FilesIn(server.blobs()) > 0; }));
  server.Stop();
  EXPECT_EQ(upload->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

// Or half of the callers would get there without a sign of it.
TEST(Start, APortThatAnotherCoreHasIsRefused) {
  TestServer first;
  std::string listen = "127.0.0.1:0";
  const storage::TemporaryFile file;
  TestServer second(file.path(), [&](server::ServerOptions& options) { options.listen = listen; });
  listen = first.address();
  const absl::Status refused = second.TryRestart();
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(std::string(refused.message()).find("is another server running there?"),
            std::string::npos);
}

}  // namespace
}  // namespace kalends::test

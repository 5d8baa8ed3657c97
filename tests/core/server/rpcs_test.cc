// What binding a service's methods to functions accepts, and what the calls get.
#include "core/server/rpcs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/base/limits.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "kalends/v1/access.pb.h"
#include "kalends/v1/account_service.grpc.pb.h"
#include "tests/support/any_call.h"
#include "tests/support/test_server.h"

namespace kalends::server {
namespace {

using test::Client;
using test::FieldOf;
using test::ReasonOf;
using test::TestServer;
using testing::HasSubstr;

absl::Status GetSession(const app::ReadContext&, const v1::GetSessionRequest&, v1::Session*) {
  return absl::OkStatus();
}
absl::Status UpdateSession(app::WriteContext&, const v1::UpdateSessionRequest&, v1::Session*) {
  return absl::OkStatus();
}
absl::Status GetSessionAsAccount(const app::ReadContext&, const v1::GetSessionRequest&,
                                 v1::Account*) {
  return absl::OkStatus();
}
absl::Status GetService(const app::ReadContext&, const v1::GetServiceRequest&, v1::Service*) {
  return absl::OkStatus();
}

class BindingTest : public testing::Test {
 protected:
  static app::EngineOptions Options() {
    app::EngineOptions options;
    options.clock = [] { return core::Instant(); };
    options.random = [](std::size_t size) { return std::string(size, 'x'); };
    options.master_keys = storage::MasterKeys::Random();
    return options;
  }
  Rpcs Sessions() { return Rpcs(calls_, "kalends.v1.SessionService"); }
  static std::string WhyNot(Rpcs& rpcs) { return std::string(rpcs.Build().status().message()); }

  test::TestDatabase home_;
  app::Engine engine_{home_.Open().value(), Options()};
  Completions completions_;
  Calls calls_{engine_, completions_};
};

TEST_F(BindingTest, AServiceWithAllItsMethodsIsBuilt) {
  const auto service = Sessions().Read(GetSession).Write(UpdateSession).Build();
  ASSERT_TRUE(service.ok()) << service.status();
  EXPECT_EQ((*service)->full_name(), "kalends.v1.SessionService");
}

TEST_F(BindingTest, AMethodThatIsMissingIsNamed) {
  EXPECT_THAT(WhyNot(Sessions().Read(GetSession)),
              HasSubstr("kalends.v1.SessionService.UpdateSession is not bound"));
}

TEST_F(BindingTest, AMethodIsBoundOnce) {
  EXPECT_THAT(WhyNot(Sessions().Read(GetSession).Read(GetSession).Write(UpdateSession)),
              HasSubstr("kalends.v1.SessionService.GetSession is bound twice"));
}

TEST_F(BindingTest, AFunctionAnswersWithTheTypeOfTheContract) {
  EXPECT_THAT(WhyNot(Sessions().Read(GetSessionAsAccount).Write(UpdateSession)),
              HasSubstr("GetSession is bound to a function of other types"));
}

TEST_F(BindingTest, AStreamIsNoSingleAnswer) {
  const auto open = [](const StreamCall&, v1::GetSessionRequest)
      -> absl::StatusOr<grpc::ServerWriteReactor<v1::Session>*> { return nullptr; };
  EXPECT_THAT(
      WhyNot(Sessions().WriteStream<v1::GetSessionRequest, v1::Session>(open).Write(UpdateSession)),
      HasSubstr("GetSession is bound to a function of other types"));
}

TEST_F(BindingTest, AFunctionOfAnotherServiceIsRefused) {
  EXPECT_THAT(WhyNot(Sessions().Read(GetSession).Write(UpdateSession).Read(GetService)),
              HasSubstr("has no method that takes a kalends.v1.GetServiceRequest"));
}

TEST_F(BindingTest, AListIsOfWhatItsMethodLists) {
  using Wrong = Listing<core::Service, core::ServiceId, v1::Session>;
  const auto list = [](const app::ReadContext&, const v1::ListServicesRequest&) {
    return absl::StatusOr<Wrong>(Wrong());
  };
  EXPECT_THAT(WhyNot(Rpcs(calls_, "kalends.v1.CatalogService").List(list)),
              HasSubstr("ListServices does not list kalends.v1.Session in pages"));
}

TEST_F(BindingTest, AServiceIsOneOfTheContract) {
  Rpcs rpcs(calls_, "kalends.v1.CatalogueService");
  EXPECT_THAT(WhyNot(rpcs.Read(GetService)), HasSubstr("no service kalends.v1.CatalogueService"));
}

// Those that the server lists by reflection.
std::set<std::string> Served(const Client& client) {
  const auto stub = grpc::reflection::v1alpha::ServerReflection::NewStub(client.channel());
  grpc::ClientContext context;
  client.Prepare(context);
  const auto stream = stub->ServerReflectionInfo(&context);
  grpc::reflection::v1alpha::ServerReflectionRequest request;
  request.set_list_services("*");
  grpc::reflection::v1alpha::ServerReflectionResponse response;
  stream->Write(request);
  stream->Read(&response);
  stream->WritesDone();
  stream->Finish();
  std::set<std::string> services;
  for (const auto& service : response.list_services_response().service()) {
    if (service.name().starts_with("kalends.")) services.insert(service.name());
  }
  return services;
}

TEST(Services, EveryServiceOfTheContractIsServed) {
  TestServer server;
  const std::vector<std::string> names = test::ServicesOfContract();
  const std::set<std::string> declared(names.begin(), names.end());
  EXPECT_FALSE(declared.empty());
  EXPECT_EQ(Served(Client(server, server.admin_key())), declared);
}

// For whom a call is made where it is made for an account: whether there is one is not looked at
// before the request is read.
std::string AccountFor(const google::protobuf::MethodDescriptor& method) {
  return method.options().GetExtension(v1::callers).account_required() ? "telegram:404" : "";
}

TEST(Requests, BytesThatAreNoMessageAreRefusedWithAReason) {
  TestServer server;
  const std::string broken = "\x0a\xff\xff\xff\x0f";  // A text without its end.
  for (const auto* method : test::MethodsOfContract()) {
    SCOPED_TRACE(method->full_name());
    const grpc::Status status =
        test::CallAny(Client(server, server.admin_key(), AccountFor(*method)), *method, {broken})
            .status;
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(ReasonOf(status), "INVALID_FIELD");
    EXPECT_EQ(FieldOf(status), "request");
  }
}

// What is packed is not unpacked for anybody: that would come before the key is looked at.
TEST(Requests, APackedMessageIsRefusedUnread) {
  TestServer server;
  for (const std::string& key : {std::string(), server.admin_key()}) {
    for (const auto algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
      const Client client(server, key, "");
      grpc::ClientContext context;
      client.Prepare(context);
      context.set_compression_algorithm(algorithm);
      v1::GetAccountRequest request;
      request.set_name(std::string(100'000, 'x'));  // Packed it is shorter, so it is.
      v1::Account account;
      const auto stub = v1::AccountService::NewStub(client.channel());
      EXPECT_EQ(stub->GetAccount(&context, request, &account).error_code(),
                grpc::StatusCode::UNIMPLEMENTED);
    }
  }
}

TEST(Requests, AMessageThatIsTooLongIsRefusedWithAReasonToWhoShowsAKey) {
  TestServer server;
  // Of fields that nobody knows, which any message may have.
  const std::string field = "\xfa\xff\x0f\x7f" + std::string(127, 'x');
  std::string longest;
  while (longest.size() + field.size() <= std::size_t{core::kMessageBytesMax}) longest += field;
  std::string too_long = longest;
  while (too_long.size() < 3U << 20) too_long += field;
  const std::string one_more = longest + field;
  for (const auto* method : test::MethodsOfContract()) {
    SCOPED_TRACE(method->full_name());
    const auto call = [&](const std::string& key, const std::string& request) {
      return test::CallAny(Client(server, key, AccountFor(*method)), *method, {request}).status;
    };
    for (const std::string& request : {one_more, too_long}) {
      const grpc::Status status = call(server.admin_key(), request);
      EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
      EXPECT_EQ(ReasonOf(status), "LIMIT_REACHED");
    }
    EXPECT_EQ(ReasonOf(call("", one_more)), "MISSING_KEY");
    EXPECT_NE(ReasonOf(call(server.admin_key(), longest)), "LIMIT_REACHED");
  }
}

}  // namespace
}  // namespace kalends::server

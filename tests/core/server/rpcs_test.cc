// What binding a service's methods to functions accepts, and what the calls get.
#include "core/server/rpcs.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <regex>
#include <set>

#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "storage/sqlite/sqlite_database.h"
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

  app::Engine engine_{storage::OpenSqlite({.path = ":memory:"}).value(), Options()};
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

// The services that the files of the contract declare.
std::set<std::string> Declared() {
  std::set<std::string> services;
  const std::regex service("(?:^|\n)service (\\w+) \\{");
  for (const auto& file :
       std::filesystem::directory_iterator(KALENDS_PROTO_DIRECTORY "/kalends/v1")) {
    std::ifstream in(file.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (std::sregex_iterator at(text.begin(), text.end(), service), end; at != end; ++at) {
      services.insert("kalends.v1." + (*at)[1].str());
    }
  }
  return services;
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
  const std::set<std::string> declared = Declared();
  EXPECT_FALSE(declared.empty());
  EXPECT_EQ(Served(Client(server, server.admin_key())), declared);
}

// Sends `bytes` as the request of a unary method.
grpc::Status Send(const Client& client, const std::string& method, const std::string& bytes) {
  grpc::GenericStub stub(client.channel());
  grpc::ClientContext context;
  client.Prepare(context);
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  std::promise<grpc::Status> done;
  stub.UnaryCall(&context, "/kalends.v1." + method, {}, &request, &response,
                 [&](grpc::Status status) { done.set_value(std::move(status)); });
  return done.get_future().get();
}

TEST(Requests, BytesThatAreNoMessageAreRefusedWithAReason) {
  TestServer server;
  const std::string broken = "\x0a\xff\xff\xff\x0f";  // A text without its end.
  for (const char* method : {"ProviderService/GetProvider", "BookingService/RequestAppointment",
                             "BookingService/ListSlots", "AccountService/EnsureAccount",
                             "NotificationService/AcknowledgeNotification"}) {
    SCOPED_TRACE(method);
    const grpc::Status status = Send(Client(server, server.admin_key()), method, broken);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(ReasonOf(status), "INVALID_FIELD");
    EXPECT_EQ(FieldOf(status), "request");
    EXPECT_EQ(ReasonOf(Send(Client(server, ""), method, broken)), "MISSING_KEY")
        << "nothing of a stranger's is read";
  }
}

}  // namespace
}  // namespace kalends::server

// Reflection: the contract for those who may know it.
#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

namespace reflection = grpc::reflection::v1alpha;
using Request = reflection::ServerReflectionRequest;
using Response = reflection::ServerReflectionResponse;

// The answers to these questions on one stream, and how it ended.
struct Asked {
  std::vector<Response> answers;
  grpc::Status status;
};
Asked Ask(const Client& client, const std::vector<Request>& questions) {
  const auto stub = reflection::ServerReflection::NewStub(client.channel());
  grpc::ClientContext context;
  client.Prepare(context);
  const auto stream = stub->ServerReflectionInfo(&context);
  Asked asked;
  Response answer;
  for (const Request& question : questions) {
    if (!stream->Write(question) || !stream->Read(&answer)) break;
    asked.answers.push_back(answer);
  }
  stream->WritesDone();
  asked.status = stream->Finish();
  return asked;
}

Request Services() {
  Request request;
  request.set_list_services("*");
  return request;
}
Request Symbol(const std::string& name) {
  Request request;
  request.set_file_containing_symbol(name);
  return request;
}

TEST(Reflection, NeedsAKey) {
  TestServer server;
  EXPECT_EQ(ReasonOf(Ask(Client(server, ""), {Services()}).status), "MISSING_KEY");
  EXPECT_EQ(ReasonOf(Ask(Client(server, "kal_guess"), {Services()}).status), "UNKNOWN_KEY");
  const Asked asked = Ask(Client(server, server.MakeKey({v1::SCOPE_WEB})), {Services()});
  EXPECT_EQ(ReasonOf(asked.status), "OK");
  ASSERT_EQ(asked.answers.size(), 1U);
}

TEST(Reflection, IsForEverybodyWhereItIsOpened) {
  TestServer server(":memory:", [](auto& options) { options.open_reflection = true; });
  EXPECT_EQ(Ask(Client(server, ""), {Services()}).answers.size(), 1U);
}

TEST(Reflection, ListsEveryServiceThatIsServed) {
  TestServer server;
  const Asked asked = Ask(Client(server, server.admin_key()), {Services()});
  ASSERT_EQ(asked.answers.size(), 1U);
  std::vector<std::string> names;
  for (const auto& service : asked.answers[0].list_services_response().service()) {
    names.push_back(service.name());
  }
  for (const char* name : {"kalends.v1.BookingService", "kalends.v1.SupportService",
                           "grpc.health.v1.Health", "grpc.reflection.v1alpha.ServerReflection"}) {
    EXPECT_EQ(std::count(names.begin(), names.end(), name), 1) << name;
  }
}

TEST(Reflection, GivesAFileWithAllThatItImports) {
  TestServer server;
  const Asked asked =
      Ask(Client(server, server.admin_key()),
          {Symbol("kalends.v1.BookingService.ListSlots"), Symbol("kalends.v1.BookingService")});
  ASSERT_EQ(asked.answers.size(), 2U);
  std::vector<std::string> files, imports;
  for (const std::string& bytes :
       asked.answers[1].file_descriptor_response().file_descriptor_proto()) {
    google::protobuf::FileDescriptorProto file;
    ASSERT_TRUE(file.ParseFromString(bytes));
    files.push_back(file.name());
    imports.insert(imports.end(), file.dependency().begin(), file.dependency().end());
  }
  EXPECT_EQ(files.at(0), "kalends/v1/booking_service.proto");
  for (const std::string& name : imports) {
    EXPECT_EQ(std::count(files.begin(), files.end(), name), 1) << name;
  }
}

// By the names that errors carry: grpcurl and its kind then show what a refusal says.
TEST(Reflection, KnowsTheDetailsOfErrorsByGooglesNames) {
  TestServer server;
  Request file;
  file.set_file_by_filename("google/rpc/error_details.proto");
  const Asked asked =
      Ask(Client(server, server.admin_key()),
          {Symbol("google.rpc.ErrorInfo"), Symbol("google.rpc.BadRequest"),
           Symbol("google.rpc.ResourceInfo"), Symbol("google.rpc.RetryInfo"), file});
  ASSERT_EQ(asked.answers.size(), 5U);
  for (const Response& answer : asked.answers) {
    google::protobuf::DescriptorPool pool;
    const auto& files = answer.file_descriptor_response().file_descriptor_proto();
    // What a file imports comes behind it.
    for (auto bytes = files.rbegin(); bytes != files.rend(); ++bytes) {
      google::protobuf::FileDescriptorProto described;
      ASSERT_TRUE(described.ParseFromString(*bytes));
      ASSERT_NE(pool.BuildFile(described), nullptr);
    }
    const auto* violations = pool.FindMessageTypeByName("google.rpc.BadRequest");
    ASSERT_NE(violations, nullptr);
    EXPECT_EQ(violations->FindFieldByNumber(1)->message_type()->full_name(),
              "google.rpc.BadRequest.FieldViolation");
    EXPECT_EQ(pool.FindMessageTypeByName("google.rpc.ErrorInfo")->FindFieldByNumber(1)->name(),
              "reason");
  }
}

TEST(Reflection, KnowsExtensionsAndFilesByName) {
  TestServer server;
  Request numbers, extension, file;
  numbers.set_all_extension_numbers_of_type("google.protobuf.MethodOptions");
  file.set_file_by_filename("kalends/v1/access.proto");
  Asked asked = Ask(Client(server, server.admin_key()), {numbers, file});
  ASSERT_EQ(asked.answers.size(), 2U);
  ASSERT_GE(asked.answers[0].all_extension_numbers_response().extension_number_size(), 1);
  EXPECT_TRUE(asked.answers[1].has_file_descriptor_response());
  extension.mutable_file_containing_extension()->set_containing_type(
      "google.protobuf.MethodOptions");
  extension.mutable_file_containing_extension()->set_extension_number(
      asked.answers[0].all_extension_numbers_response().extension_number(0));
  asked = Ask(Client(server, server.admin_key()), {extension});
  ASSERT_EQ(asked.answers.size(), 1U);
  EXPECT_TRUE(asked.answers[0].has_file_descriptor_response());
}

// Not the end of the stream, as gRPC has it, and least of all a success.
TEST(Reflection, BytesThatAreNoQuestionAreRefusedWithAReason) {
  TestServer server;
  const auto ask = [&](const Client& client, const std::string& bytes) {
    grpc::ClientContext context;
    client.Prepare(context);
    grpc::CompletionQueue queue;
    grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> asking(server.channel());
    const grpc::Slice slice(bytes);
    const grpc::ByteBuffer question(&slice, 1);
    const auto call = asking.PrepareUnaryCall(
        &context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", question,
        &queue);
    call->StartCall();
    grpc::ByteBuffer answer;
    grpc::Status status;
    call->Finish(&answer, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return ReasonOf(status);
  };
  const Client admin(server, server.admin_key());
  EXPECT_EQ(ask(admin, "\xff\xff\xff"), "INVALID_FIELD");
  EXPECT_EQ(ask(admin, std::string(core::kMessageBytesMax + 1, '\0')), "LIMIT_REACHED");
  EXPECT_EQ(ask(Client(server, ""), "\xff\xff\xff"), "MISSING_KEY");
  EXPECT_EQ(ask(admin, Services().SerializeAsString()), "OK");
}

TEST(Reflection, AnswersWhatItDoesNotKnowAndGoesOn) {
  TestServer server;
  Request file, extension, numbers;
  file.set_file_by_filename("../../etc/passwd");
  extension.mutable_file_containing_extension()->set_containing_type("no.such.Type");
  numbers.set_all_extension_numbers_of_type("");
  const Asked asked =
      Ask(Client(server, server.admin_key()),
          {Symbol("no.such.Thing"), file, extension, numbers, Request(), Services()});
  ASSERT_EQ(asked.answers.size(), 6U);
  for (std::size_t i = 0; i + 1 < asked.answers.size(); ++i) {
    EXPECT_EQ(asked.answers[i].error_response().error_code(), grpc::StatusCode::NOT_FOUND) << i;
  }
  EXPECT_TRUE(asked.answers[5].has_list_services_response());
}

}  // namespace
}  // namespace kalends::test

#include "tests/support/any_call.h"

#include <google/protobuf/text_format.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <regex>

#include "absl/strings/str_split.h"
#include "tests/support/await.h"

namespace kalends::test {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

// A request_id is the request's own, or in the first message of a stream that of what begins it.
void SetRequestId(Message& message) {
  const auto* descriptor = message.GetDescriptor();
  const auto* reflection = message.GetReflection();
  if (const auto* id = descriptor->FindFieldByName("request_id")) {
    reflection->SetString(&message, id, Client::NextRequestId());
    return;
  }
  for (const char* name : {"upload", "header"}) {
    const auto* begin = descriptor->FindFieldByName(name);
    if (begin != nullptr && reflection->HasField(message, begin)) {
      SetRequestId(*reflection->MutableMessage(&message, begin));
    }
  }
}

// One call, whose steps follow each other.
class Steps {
 public:
  Steps(const Client& client, const std::string& path) : stub_(client.channel()) {
    client.Prepare(context_);
    context_.set_deadline(std::chrono::system_clock::now() + kAwaitMax);
    call_ = stub_.PrepareCall(&context_, path, &queue_);
    call_->StartCall(this);
    open_ = Await();
  }

  void Write(const std::string& bytes) {
    if (!open_) return;
    const grpc::Slice slice(bytes);
    call_->Write(grpc::ByteBuffer(&slice, 1), this);
    open_ = Await();
  }
  void WritesDone() {
    if (!open_) return;
    call_->WritesDone(this);
    open_ = Await();
  }
  std::optional<std::string> Read() {
    grpc::ByteBuffer answer;
    call_->Read(&answer, this);
    grpc::Slice slice;
    if (!Await() || !answer.DumpToSingleSlice(&slice).ok()) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  void Leave() { context_.TryCancel(); }
  grpc::Status Finish() {
    grpc::Status status;
    call_->Finish(&status, this);
    Await();
    return status;
  }

 private:
  bool Await() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  bool open_ = false;  // More may be sent.
};

}  // namespace

std::vector<std::string> ServicesOfContract() {
  std::vector<std::string> services;
  const std::regex service("(?:^|\n)service (\\w+) \\{");
  for (const auto& file :
       std::filesystem::directory_iterator(KALENDS_PROTO_DIRECTORY "/kalends/v1")) {
    std::ifstream in(file.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (std::sregex_iterator at(text.begin(), text.end(), service), end; at != end; ++at) {
      services.push_back("kalends.v1." + (*at)[1].str());
    }
  }
  std::sort(services.begin(), services.end());
  return services;
}

std::vector<const MethodDescriptor*> MethodsOfContract() {
  std::vector<const MethodDescriptor*> methods;
  for (const std::string& name : ServicesOfContract()) {
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(name);
    if (service == nullptr) {
      std::cerr << name << " is not linked in\n";
      std::abort();
    }
    for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
  }
  return methods;
}

std::vector<std::string> Serialize(const MethodDescriptor& method, const std::string& text) {
  std::vector<std::string> requests;
  const Message* prototype = MessageFactory::generated_factory()->GetPrototype(method.input_type());
  for (const std::string& part : std::vector<std::string>(absl::StrSplit(text, '|'))) {
    const std::unique_ptr<Message> request(prototype->New());
    if (!google::protobuf::TextFormat::ParseFromString(part, request.get())) {
      std::cerr << method.full_name() << " takes no " << part << "\n";
      std::abort();
    }
    SetRequestId(*request);
    requests.push_back(request->SerializeAsString());
  }
  return requests;
}

AnyAnswer CallAny(const Client& client, const MethodDescriptor& method,
                  const std::vector<std::string>& requests) {
  Steps steps(client, "/" + method.service()->full_name() + "/" + method.name());
  for (const std::string& request : requests) steps.Write(request);
  steps.WritesDone();
  std::optional<std::string> bytes = steps.Read();
  const bool begun = bytes && method.server_streaming();
  if (begun) steps.Leave();
  const grpc::Status status = steps.Finish();
  return {begun ? grpc::Status::OK : status, bytes.value_or("")};
}

}  // namespace kalends::test

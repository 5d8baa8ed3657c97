#include "core/server/reflection_server.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <functional>
#include <set>
#include <utility>

#include "core/base/status_macros.h"
#include "core/server/google_rpc.h"
#include "core/server/rpcs.h"
#include "core/server/status.h"

namespace kalends::server {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using Request = ReflectionServer::Request;
using Response = ReflectionServer::Response;

// Questions and answers in turn, until the caller has no more. Deletes itself when gRPC is done.
class ReflectionStream final : public ReflectionServer::Reactor {
 public:
  // `may_ask`: whether the caller may still ask, at each question.
  ReflectionStream(const ReflectionServer& server, std::function<absl::Status()> may_ask)
      : server_(server), may_ask_(std::move(may_ask)) {
    StartRead(&question_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::OK);
      return;
    }
    if (const absl::Status answered = Answer(); !answered.ok()) {
      Finish(ToGrpc(answered));
      return;
    }
    StartWrite(&answer_);
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      StartRead(&question_);
    } else {
      Finish(grpc::Status(grpc::StatusCode::CANCELLED, "The stream was cancelled."));
    }
  }

  void OnDone() override { delete this; }

 private:
  absl::Status Answer() {
    RETURN_IF_ERROR(may_ask_());
    Request request;
    RETURN_IF_ERROR(Parse(question_, &request));
    question_.Clear();
    answer_.Clear();
    bool own = false;
    grpc::SerializationTraits<google::protobuf::MessageLite>::Serialize(server_.Answer(request),
                                                                        &answer_, &own);
    return absl::OkStatus();
  }

  const ReflectionServer& server_;
  const std::function<absl::Status()> may_ask_;
  grpc::ByteBuffer question_, answer_;
};

// The file and all it imports, each once.
void AddFiles(const FileDescriptor& file, std::set<const FileDescriptor*>& known,
              Response& response) {
  if (!known.insert(&file).second) return;
  google::protobuf::FileDescriptorProto proto;
  file.CopyTo(&proto);
  response.mutable_file_descriptor_response()->add_file_descriptor_proto(proto.SerializeAsString());
  for (int i = 0; i < file.dependency_count(); ++i) {
    AddFiles(*file.dependency(i), known, response);
  }
}

void AddExtensions(const std::string& type, Response& response) {
  const DescriptorPool& pool = *DescriptorPool::generated_pool();
  const auto* message = pool.FindMessageTypeByName(type);
  if (message == nullptr) return;
  auto& answer = *response.mutable_all_extension_numbers_response();
  answer.set_base_type_name(type);
  std::vector<const FieldDescriptor*> extensions;
  pool.FindAllExtensions(message, &extensions);
  for (const auto* extension : extensions) answer.add_extension_number(extension->number());
}

const FileDescriptor* FileNamed(const std::string& name) {
  const FileDescriptor* file = DescriptorPool::generated_pool()->FindFileByName(name);
  const FileDescriptor& errors = GoogleRpcErrorDetails();
  return file == nullptr && errors.name() == name ? &errors : file;
}

const FileDescriptor* FileOfSymbol(const std::string& name) {
  const FileDescriptor* file = DescriptorPool::generated_pool()->FindFileContainingSymbol(name);
  return file == nullptr ? GoogleRpcErrorDetails().pool()->FindFileContainingSymbol(name) : file;
}

const FileDescriptor* FileOfExtension(const grpc::reflection::v1alpha::ExtensionRequest& request) {
  const DescriptorPool& pool = *DescriptorPool::generated_pool();
  const auto* message = pool.FindMessageTypeByName(request.containing_type());
  if (message == nullptr) return nullptr;
  const auto* extension = pool.FindExtensionByNumber(message, request.extension_number());
  return extension == nullptr ? nullptr : extension->file();
}

}  // namespace

ReflectionServer::Reactor* ReflectionServer::ServerReflectionInfo(Calls::Context* context) {
  if (needs_ == Needs::kNothing) {
    return new ReflectionStream(*this, [] { return absl::OkStatus(); });
  }
  const auto key = calls_.KeyOf(*context);
  if (!key.ok()) return new RefusedStream<Reactor>(key.status());
  return new ReflectionStream(
      *this, [&keys = calls_.engine().keys(), id = key->id] { return keys.Check(id); });
}

Response ReflectionServer::Answer(const Request& request) const {
  Response response;
  response.set_valid_host(request.host());
  *response.mutable_original_request() = request;
  const FileDescriptor* file = nullptr;
  switch (request.message_request_case()) {
    case Request::kListServices:
      for (const std::string& name : services_) {
        response.mutable_list_services_response()->add_service()->set_name(name);
      }
      return response;
    case Request::kAllExtensionNumbersOfType:
      AddExtensions(request.all_extension_numbers_of_type(), response);
      break;
    case Request::kFileByFilename:
      file = FileNamed(request.file_by_filename());
      break;
    case Request::kFileContainingSymbol:
      file = FileOfSymbol(request.file_containing_symbol());
      break;
    case Request::kFileContainingExtension:
      file = FileOfExtension(request.file_containing_extension());
      break;
    default:
      break;
  }
  std::set<const FileDescriptor*> known;
  if (file != nullptr) AddFiles(*file, known, response);
  if (response.message_response_case() == Response::MESSAGE_RESPONSE_NOT_SET) {
    response.mutable_error_response()->set_error_code(grpc::StatusCode::NOT_FOUND);
    response.mutable_error_response()->set_error_message("This server knows no such thing.");
  }
  return response;
}

}  // namespace kalends::server

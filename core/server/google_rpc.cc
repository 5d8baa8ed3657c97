#include "core/server/google_rpc.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/duration.pb.h>

#include <cassert>
#include <string>

#include "kalends/v1/errors.pb.h"

namespace kalends::server {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;

constexpr std::string_view kOurs = ".kalends.v1.";
constexpr std::string_view kTheirs = ".google.rpc.";

void Rename(DescriptorProto& message) {
  for (auto& field : *message.mutable_field()) {
    if (!field.type_name().starts_with(kOurs)) continue;
    field.set_type_name(std::string(kTheirs) + field.type_name().substr(kOurs.size()));
  }
  for (auto& nested : *message.mutable_nested_type()) Rename(nested);
}

template <typename... Messages>
FileDescriptorProto FileOf() {
  FileDescriptorProto file;
  file.set_name("google/rpc/error_details.proto");
  file.set_package("google.rpc");
  file.set_syntax("proto3");
  file.add_dependency(google::protobuf::Duration::descriptor()->file()->name());
  const auto add = [&](const google::protobuf::Descriptor& ours) {
    DescriptorProto& message = *file.add_message_type();
    ours.CopyTo(&message);
    Rename(message);
  };
  (add(*Messages::descriptor()), ...);
  return file;
}

const FileDescriptor* Build() {
  // Below the program's own pool, in which what is imported is found.
  static DescriptorPool pool(DescriptorPool::generated_pool());
  const FileDescriptor* file =
      pool.BuildFile(FileOf<v1::ErrorInfo, v1::BadRequest, v1::ResourceInfo, v1::RetryInfo>());
  assert(file != nullptr);
  return file;
}

}  // namespace

const FileDescriptor& GoogleRpcErrorDetails() {
  static const FileDescriptor* const kFile = Build();
  return *kFile;
}

}  // namespace kalends::server

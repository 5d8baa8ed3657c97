#include "core/server/export.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"

namespace kalends::server {
namespace {

std::string ReadmeOf(const std::vector<ExportSection>& sections) {
  std::string text =
      "Everything that Kalends has stored about this account. Each file is a JSON array of\n"
      "messages of its interface, kalends.v1.\n\n";
  for (const ExportSection& section : sections) {
    text += section.path + "\n    " + section.about + "\n";
  }
  return text;
}

absl::StatusOr<std::string> JsonOf(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) {
    return core::Error(core::Reason::kInternal);
  }
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

}  // namespace

Export::Export(app::Engine& engine, Calls::Call call, std::string name)
    : engine_(engine), call_(std::move(call)), name_(std::move(name)), archive_(engine.Now()) {}

absl::StatusOr<std::string> Export::Next() {
  std::string& bytes = archive_.bytes();
  while (!finished_ && bytes.size() < core::kExportChunkBytesMax) {
    RETURN_IF_ERROR(begun_ ? Step() : Begin());
  }
  const std::size_t size = std::min(bytes.size(), core::kExportChunkBytesMax);
  std::string next = bytes.substr(0, size);
  bytes.erase(0, size);
  return next;
}

absl::Status Export::Begin() {
  RETURN_IF_ERROR(engine_.Read(call_.asker, call_.method->rule,
                               [&](const app::ReadContext& cx) -> absl::Status {
                                 ASSIGN_OR_RETURN(account_, DecodeAccount(cx, "name", name_));
                                 ASSIGN_OR_RETURN(sections_, SectionsOf(cx, account_));
                                 return absl::OkStatus();
                               }));
  begun_ = true;
  RETURN_IF_ERROR(archive_.BeginFile("README.txt"));
  return archive_.Write(ReadmeOf(sections_));
}

// Each page reads a snapshot of its own: a slow reader must hold none.
absl::Status Export::Step() {
  if (at_ == sections_.size()) {
    finished_ = true;
    return archive_.Finish();
  }
  ExportSection& section = sections_[at_];
  if (!section_open_) {
    RETURN_IF_ERROR(archive_.BeginFile(section.path));
    RETURN_IF_ERROR(archive_.Write("["));
    section_open_ = true;
    first_message_ = true;
  }
  const MessageSink sink = [&](const google::protobuf::Message& message) -> absl::Status {
    ASSIGN_OR_RETURN(const std::string json, JsonOf(message));
    RETURN_IF_ERROR(archive_.Write(first_message_ ? "\n" : ",\n"));
    first_message_ = false;
    return archive_.Write(json);
  };
  bool more = false;
  RETURN_IF_ERROR(engine_.Read(
      call_.asker, call_.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
        // With the rights of the account itself: a tool exports no more than the account would.
        const app::ReadContext as{cx.tx, {cx.caller.key, {}, account_}, cx.now, cx.master_keys};
        ASSIGN_OR_RETURN(more, section.page(as, sink));
        return absl::OkStatus();
      }));
  if (more) return absl::OkStatus();
  ++at_;
  section_open_ = false;
  return archive_.Write("\n]\n");
}

}  // namespace kalends::server

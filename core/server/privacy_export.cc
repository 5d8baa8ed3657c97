#include "core/server/privacy_export.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <utility>

#include "core/app/accounts.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/privacy_readme.h"
#include "storage/unreadable.h"

namespace kalends::server {
namespace {

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

// What was to be read is not there as it was written: an enum that there is not, a page of the
// database that is torn. The log has it.
bool IsDamage(const absl::Status& status) {
  const auto reason = core::ReasonOf(status);
  return reason == core::Reason::kUnreadable || reason == core::Reason::kInternal;
}

}  // namespace

Export::Export(Transfers& transfers, Calls::Call call, v1::ExportAccountRequest request)
    : transfers_(transfers),
      call_(std::move(call)),
      request_(std::move(request)),
      archive_(transfers.calls().engine().Now()) {}

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
  RETURN_IF_ERROR(transfers_.calls().engine().Read(
      call_.credentials, call_.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(account_, DecodeAccount(cx, "name", request_.name()));
        return absl::OkStatus();
      }));
  known_(account_);
  core::Caller reader;
  RETURN_IF_ERROR(transfers_.calls().engine().Read(
      call_.credentials, call_.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
        reader = cx.caller;
        ASSIGN_OR_RETURN(sections_, SectionsOf(cx, account_));
        ASSIGN_OR_RETURN(const app::AccountView view, app::GetAccount(cx, account_));
        language_ = view.account.language;
        return absl::OkStatus();
      }));
  RETURN_IF_ERROR(transfers_.calls().AuditReading(call_, reader, request_));
  if (request_.omit_files()) {
    std::erase_if(sections_, [](const ExportSection& section) {
      return std::holds_alternative<ExportFiles>(section.content);
    });
  }
  begun_ = true;
  RETURN_IF_ERROR(archive_.BeginFile("README.txt"));
  return archive_.Write(ReadmeOf(language_, sections_));
}

// Each step reads a snapshot of its own: a slow reader must hold none.
absl::Status Export::Step() {
  if (at_ == sections_.size()) {
    finished_ = true;
    return archive_.Finish();
  }
  ExportSection& section = sections_[at_];
  return std::visit([&](auto& content) { return Write(section, content); }, section.content);
}

absl::Status Export::Read(const std::function<absl::Status(const app::ReadContext&)>& body) const {
  return transfers_.calls().engine().Read(
      call_.credentials, call_.method->rule, [&](const app::ReadContext& cx) {
        // A tool exports no more than the account would.
        return body({cx.tx, {cx.caller.key, {}, account_}, cx.now, cx.master_keys});
      });
}

absl::Status Export::Write(ExportSection& section, ExportPages& next_page) {
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
  const absl::Status read = Read([&](const app::ReadContext& cx) -> absl::Status {
    const storage::LeaveOut left_out(cx.tx);
    ASSIGN_OR_RETURN(more, next_page(cx, sink));
    section_damaged_ |= left_out.count() > 0;
    return absl::OkStatus();
  });
  section_damaged_ |= IsDamage(read);
  if (!IsDamage(read)) RETURN_IF_ERROR(read);
  if (more) return absl::OkStatus();
  RETURN_IF_ERROR(archive_.Write("\n]\n"));
  return EndSection();
}

absl::Status Export::Write(ExportSection& section, ExportFiles& next_file) {
  if (file_) {
    ASSIGN_OR_RETURN(const bool gone, IsFileGone());
    if (gone) {
      file_.reset();
      RETURN_IF_ERROR(archive_.BeginFile(section.path + file_id_ + "-deleted.txt"));
      return archive_.Write("What belongs here was deleted while it was being written.\n");
    }
    const absl::StatusOr<std::string> chunk = transfers_.ReadNext(*file_);
    if (IsDamage(chunk.status())) {
      file_.reset();
      return WriteMark(section.path + file_id_);
    }
    RETURN_IF_ERROR(chunk.status());
    if (!chunk->empty()) return archive_.Write(*chunk);
    file_.reset();
  }
  std::optional<ExportFile> next;
  const absl::Status read = Read([&](const app::ReadContext& cx) -> absl::Status {
    const storage::LeaveOut left_out(cx.tx);
    ASSIGN_OR_RETURN(next, next_file(cx));
    section_damaged_ |= left_out.count() > 0;
    return absl::OkStatus();
  });
  section_damaged_ |= IsDamage(read);
  if (!IsDamage(read)) RETURN_IF_ERROR(read);
  if (!next) return EndSection();
  absl::StatusOr<DownloadPlan> plan =
      transfers_.Open([this](const auto& use_case) { return Read(use_case); },
                      [&](const app::ReadContext& cx) { return app::OpenFile(cx, next->ref); }, {});
  if (core::ReasonOf(plan.status()) == core::Reason::kNotFound) return absl::OkStatus();
  if (IsDamage(plan.status())) return WriteMark(section.path + next->id);
  RETURN_IF_ERROR(plan.status());
  file_.emplace(*std::move(plan));
  file_id_ = next->id;
  return archive_.BeginFile(section.path + next->id + "-" + file_->file.file_name);
}

absl::StatusOr<bool> Export::IsFileGone() const {
  const absl::Status there = Read([&](const app::ReadContext& cx) {
    return app::CheckStillThere(cx, file_->file.blob, std::nullopt);
  });
  if (core::ReasonOf(there) == core::Reason::kNotFound) return true;
  RETURN_IF_ERROR(there);
  return false;
}

absl::Status Export::WriteMark(const std::string& what) {
  RETURN_IF_ERROR(archive_.BeginFile(what + "-unreadable.txt"));
  return archive_.Write(DamageMark(language_));
}

absl::Status Export::EndSection() {
  const ExportSection& section = sections_[at_];
  ++at_;
  section_open_ = false;
  if (!std::exchange(section_damaged_, false)) return absl::OkStatus();
  return WriteMark(section.path + (section.path.ends_with('/') ? "some" : ""));
}

}  // namespace kalends::server

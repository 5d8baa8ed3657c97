// An account's data as a zip archive of JSON files, one page of one file at a time.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/context.h"
#include "core/server/archive.h"
#include "core/server/calls.h"

namespace google::protobuf {
class Message;
}

namespace kalends::server {

// Takes the messages of one file.
using MessageSink = std::function<absl::Status(const google::protobuf::Message& message)>;

// One file: a JSON array of messages of the contract.
struct ExportSection {
  std::string path;   // Such as "customer/appointments.json".
  std::string about;  // What is in it, for README.txt.
  // Puts the next page into the sink. False: that was the last one. Remembers where it is.
  std::function<absl::StatusOr<bool>(const app::ReadContext& cx, const MessageSink& sink)> page;
};
// Everything about the account, as it sees it itself. NOT_FOUND: the caller is not that account.
absl::StatusOr<std::vector<ExportSection>> SectionsOf(const app::ReadContext& cx,
                                                      core::AccountId account);

// Thread-compatible.
class Export {
 public:
  // `name` is the account's, as the request says it.
  Export(app::Engine& engine, Calls::Call call, std::string name);

  // The next bytes, at most kExportChunkBytesMax; empty: that was all.
  absl::StatusOr<std::string> Next();

 private:
  absl::Status Begin();
  absl::Status Step();

  app::Engine& engine_;
  const Calls::Call call_;
  const std::string name_;
  core::AccountId account_;
  Archive archive_;
  std::vector<ExportSection> sections_;
  std::size_t at_ = 0;  // The section that is written.
  bool begun_ = false;  // All of them are known.
  bool section_open_ = false;
  bool first_message_ = true;  // Of the section.
  bool finished_ = false;
};

}  // namespace kalends::server

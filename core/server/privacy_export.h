// An account's data as a zip archive: JSON files, one page of one file at a time, and the files
// that were shared, one chunk at a time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/app/context.h"
#include "core/server/privacy_archive.h"
#include "core/server/transfers.h"
#include "kalends/v1/privacy_service.pb.h"

namespace google::protobuf {
class Message;
}

namespace kalends::server {

// Takes the messages of one file.
using MessageSink = std::function<absl::Status(const google::protobuf::Message& message)>;

// One JSON file, an array of messages of the contract: puts the next page into the sink. False:
// that was the last one. Remembers where it is.
using ExportPages =
    std::function<absl::StatusOr<bool>(const app::ReadContext& cx, const MessageSink& sink)>;

// A folder of files: the next one, or nullopt after the last. Remembers where it is. A file that is
// gone when it is opened is left out.
struct ExportFile {
  std::string id;  // Within the folder; the file's own name follows it.
  core::FileRef ref;
};
using ExportFiles =
    std::function<absl::StatusOr<std::optional<ExportFile>>(const app::ReadContext& cx)>;

struct ExportSection {
  std::string path;   // "customer/appointments.json", "customer/documents/".
  std::string about;  // What is in it, for README.txt.
  std::variant<ExportPages, ExportFiles> content;
};
// Everything about the account, as it sees it itself. NOT_FOUND: the caller is not that account.
absl::StatusOr<std::vector<ExportSection>> SectionsOf(const app::ReadContext& cx,
                                                      core::AccountId account);

// export_files.cc: what is shared and agreed to in the links of one side.
std::vector<ExportSection> FileSectionsOf(core::AccountId customer);
std::vector<ExportSection> FileSectionsOf(core::ProviderId provider);

// Thread-compatible.
class Export {
 public:
  Export(Transfers& transfers, Calls::Call call, v1::ExportAccountRequest request);

  // The next bytes, at most kExportChunkBytesMax; empty: that was all.
  absl::StatusOr<std::string> Next();

 private:
  absl::Status Begin();
  absl::Status Step();
  // What a section adds; each ends with EndSection.
  absl::Status Write(ExportSection& section, ExportPages& next_page);
  absl::Status Write(ExportSection& section, ExportFiles& next_file);
  void EndSection();
  // Runs `body` with the rights of the account itself.
  absl::Status Read(const std::function<absl::Status(const app::ReadContext&)>& body) const;

  Transfers& transfers_;
  const Calls::Call call_;
  const v1::ExportAccountRequest request_;
  core::AccountId account_;
  Archive archive_;
  std::vector<ExportSection> sections_;
  std::size_t at_ = 0;  // The section that is written.
  bool begun_ = false;  // All of them are known.
  bool section_open_ = false;
  bool first_message_ = true;                // Of the section.
  std::optional<storage::BlobReader> file_;  // That is written.
  bool finished_ = false;
};

}  // namespace kalends::server

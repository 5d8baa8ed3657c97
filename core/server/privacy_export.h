// An account's data as a zip archive: JSON files, one page of one file at a time, and the files
// that were shared, one chunk at a time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/app/context.h"
#include "core/server/privacy_archive.h"
#include "core/server/privacy_export_sections.h"
#include "core/server/transfers.h"
#include "kalends/v1/privacy_service.pb.h"

namespace kalends::server {

// Thread-compatible.
class Export {
 public:
  Export(Transfers& transfers, Calls::Call call, v1::ExportAccountRequest request);

  // Calls `known` as soon as it is known whose data it is, before any of it is read.
  void Watch(std::function<void(core::AccountId)> known) { known_ = std::move(known); }

  // The next bytes, at most kExportChunkBytesMax; empty: that was all.
  absl::StatusOr<std::string> Next();

 private:
  absl::Status Begin();
  absl::Status Step();
  // What a section adds; each ends with EndSection.
  absl::Status Write(ExportSection& section, ExportPages& next_page);
  absl::Status Write(ExportSection& section, ExportFiles& next_file);
  // Whether the file that is written was deleted meanwhile.
  absl::StatusOr<bool> IsFileGone() const;
  // A file beside what cannot be read, or in its place.
  absl::Status WriteMark(const std::string& what);
  absl::Status EndSection();
  // Runs `body` with the rights of the account itself.
  absl::Status Read(const std::function<absl::Status(const app::ReadContext&)>& body) const;

  Transfers& transfers_;
  const Calls::Call call_;
  const v1::ExportAccountRequest request_;
  std::function<void(core::AccountId)> known_ = [](core::AccountId) {};
  core::AccountId account_;
  core::Language language_ = core::Language::kEn;  // Of the account.
  Archive archive_;
  std::vector<ExportSection> sections_;
  std::size_t at_ = 0;  // The section that is written.
  bool begun_ = false;  // All of them are known.
  bool section_open_ = false;
  bool section_damaged_ = false;      // Something was left out of it.
  bool first_message_ = true;         // Of the section.
  std::optional<DownloadPlan> file_;  // That is written.
  std::string file_id_;               // Its place in the section.
  bool finished_ = false;
};

}  // namespace kalends::server

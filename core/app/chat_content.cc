#include "core/app/chat_content.h"

#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace kalends::app {

std::string SealContent(const WriteContext& cx, core::Content content, std::string_view row) {
  for (core::Attachment& attachment : content.attachments) {
    attachment.file_name = core::CleanLine(attachment.file_name);
  }
  return cx.master_keys.SealText(core::PackContent(content), row);
}

core::Content OpenContent(const ReadContext& cx, std::string_view sealed, std::string_view row) {
  absl::StatusOr<core::Content> content = ReadContent(cx, sealed, row);
  if (!content.ok()) return {{}, {}, true};
  return *std::move(content);
}

absl::StatusOr<core::Content> ReadContent(const ReadContext& cx, std::string_view sealed,
                                          std::string_view row) {
  ASSIGN_OR_RETURN(const std::string packed, cx.master_keys.OpenText(sealed, row));
  auto content = core::UnpackContent(packed);
  if (!content) {
    cx.master_keys.damage().Note(row, "it opens, and is no message");
    return core::Error(core::Reason::kUnreadable);
  }
  return *std::move(content);
}

}  // namespace kalends::app

#include "core/app/chat_content.h"

#include <fmt/format.h>

#include "core/accounts/account.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"

namespace kalends::app {
namespace {

absl::Status CheckAttachment(const core::Attachment& attachment) {
  constexpr std::string_view kField = "message.attachments";
  // The channel as in an identity: lower-case letters.
  if (!core::Identity::Parse(attachment.channel + ":x")) {
    return core::InvalidField("message.attachments.channel", "must be lower-case letters");
  }
  RETURN_IF_ERROR(CheckText("message.attachments.reference", attachment.reference, 1,
                            core::kFileReferenceBytesMax));
  RETURN_IF_ERROR(CheckText("message.attachments.file_name", attachment.file_name, 0,
                            core::kAttachmentNameCharsMax));
  RETURN_IF_ERROR(CheckText("message.attachments.media_type", attachment.media_type, 0,
                            core::kMediaTypeBytesMax));
  if (attachment.size < 0) return core::InvalidField(kField, "must not have a negative size");
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckContent(const core::Content& content) {
  if (content.attachments.size() > core::kAttachmentsMax) {
    return core::InvalidField("message.attachments",
                              fmt::format("must be at most {}", core::kAttachmentsMax));
  }
  const std::size_t least = content.attachments.empty() ? 1 : 0;
  RETURN_IF_ERROR(
      CheckText("message.text", content.text, least, core::kMessageCharsMax, Lines::kMany));
  for (const core::Attachment& attachment : content.attachments) {
    RETURN_IF_ERROR(CheckAttachment(attachment));
  }
  return absl::OkStatus();
}

std::string SealContent(const WriteContext& cx, const core::Content& content,
                        std::string_view row) {
  return cx.master_keys.SealText(core::PackContent(content), row);
}

absl::StatusOr<core::Content> OpenContent(const ReadContext& cx, std::string_view sealed,
                                          std::string_view row) {
  ASSIGN_OR_RETURN(const std::string packed, cx.master_keys.OpenText(sealed, row));
  auto content = core::UnpackContent(packed);
  if (!content) return core::Error(core::Reason::kInternal);
  return *std::move(content);
}

}  // namespace kalends::app

#include "core/chat/content.h"

#include <algorithm>
#include <charconv>

#include "core/accounts/account.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace kalends::core {
namespace {

// ASCII's own separators, which no checked text holds.
constexpr char kRecord = '\x1e';
constexpr char kField = '\x1f';
constexpr std::size_t kFields = 6;
constexpr std::string_view kKindNames[] = {"PHOTO", "FILE", "VOICE"};

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<Attachment> UnpackAttachment(std::string_view packed) {
  const auto fields = Split(packed, kField);
  if (fields.size() != kFields) return std::nullopt;
  Attachment attachment;
  std::size_t kind = 0;
  while (kind < std::size(kKindNames) && kKindNames[kind] != fields[0]) ++kind;
  if (kind == std::size(kKindNames)) return std::nullopt;
  attachment.kind = static_cast<AttachmentKind>(kind);
  attachment.channel = fields[1];
  attachment.reference = fields[2];
  attachment.file_name = fields[3];
  attachment.media_type = fields[4];
  const char* const end = fields[5].data() + fields[5].size();
  const auto parsed = std::from_chars(fields[5].data(), end, attachment.size);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return attachment;
}

absl::Status CheckAttachment(const Attachment& attachment) {
  // The channel as in an identity: lower-case letters.
  if (!Identity::Parse(attachment.channel + ":x")) {
    return InvalidField("message.attachments.channel", "must be lower-case letters");
  }
  RETURN_IF_ERROR(
      CheckText("message.attachments.reference", attachment.reference, 1, kFileReferenceBytesMax));
  RETURN_IF_ERROR(
      CheckText("message.attachments.file_name", attachment.file_name, 0, kAttachmentNameCharsMax));
  RETURN_IF_ERROR(
      CheckText("message.attachments.media_type", attachment.media_type, 0, kMediaTypeBytesMax));
  if (attachment.size < 0) {
    return InvalidField("message.attachments.size_bytes", "must not be negative");
  }
  return absl::OkStatus();
}

// Whether they are the same file: a channel may call it otherwise by now.
bool IsSameFile(const Attachment& a, const Attachment& b) {
  return a.kind == b.kind && a.channel == b.channel && a.file_name == b.file_name &&
         a.media_type == b.media_type && a.size == b.size;
}

}  // namespace

absl::Status CheckContent(const Content& content) {
  if (content.attachments.size() > kAttachmentsMax) {
    return InvalidField("message.attachments",
                        "must be at most " + std::to_string(kAttachmentsMax));
  }
  const std::size_t least = content.attachments.empty() ? 1 : 0;
  RETURN_IF_ERROR(CheckText("message.text", content.text, least, kMessageCharsMax, Lines::kMany));
  return CheckEach("message.attachments", content.attachments, CheckAttachment);
}

absl::Status CheckEdit(const Content& present, const Content& edited, int edits) {
  for (const Attachment& file : edited.attachments) {
    const bool known =
        std::any_of(present.attachments.begin(), present.attachments.end(),
                    [&](const Attachment& other) { return IsSameFile(file, other); });
    if (!known) {
      return InvalidField("message.attachments",
                          "must be among those that the message has: an edit changes its text");
    }
  }
  RETURN_IF_ERROR(CheckContent({edited.text, present.attachments}));
  if (edits >= kEditsMax) {
    return Error(Reason::kLimitReached, "The message was changed too often; write a new one.");
  }
  return absl::OkStatus();
}

absl::Status CheckChannelKey(std::string_view field, std::string_view key) {
  const bool printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!key.empty() && key.size() <= kBridgeKeyBytesMax && printable) return absl::OkStatus();
  return InvalidField(field, "must have 1 to 100 printable ASCII characters");
}

std::string PackContent(const Content& content) {
  std::string packed = content.text;
  for (const Attachment& attachment : content.attachments) {
    packed += kRecord;
    packed += kKindNames[static_cast<std::size_t>(attachment.kind)];
    for (const std::string_view field :
         {std::string_view(attachment.channel), std::string_view(attachment.reference),
          std::string_view(attachment.file_name), std::string_view(attachment.media_type)}) {
      packed += kField;
      packed += field;
    }
    packed += kField;
    packed += std::to_string(attachment.size);
  }
  return packed;
}

std::optional<Content> UnpackContent(std::string_view packed) {
  const auto records = Split(packed, kRecord);
  Content content;
  if (records[0].find(kField) != std::string_view::npos) return std::nullopt;
  content.text = records[0];
  for (std::size_t i = 1; i < records.size(); ++i) {
    auto attachment = UnpackAttachment(records[i]);
    if (!attachment) return std::nullopt;
    content.attachments.push_back(*std::move(attachment));
  }
  return content;
}

}  // namespace kalends::core

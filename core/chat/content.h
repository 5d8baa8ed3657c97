// What people send each other: text and attachments, in chats and in support tickets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace kalends::core {

enum class AttachmentKind { kPhoto, kFile, kVoice };

// A file that lies in a channel, not here: `reference` finds it there again.
struct Attachment {
  AttachmentKind kind = AttachmentKind::kFile;
  std::string channel;     // Such as "telegram".
  std::string reference;   // What the channel calls it, such as a file_id.
  std::string file_name;   // May be empty.
  std::string media_type;  // May be empty.
  std::int64_t size = 0;   // In bytes; 0: not known.

  friend bool operator==(const Attachment&, const Attachment&) = default;
};

struct Content {
  std::string text;
  std::vector<Attachment> attachments;
  bool unreadable = false;  // It is damaged where it is stored, and nothing else is set.

  friend bool operator==(const Content&, const Content&) = default;
};

// INVALID_FIELD, under "message": nothing at all, too many attachments, or a part of it that is too
// long or no text.
absl::Status CheckContent(const Content& content);

// Whether the text of `edited` may take the place of that of `present`, which was changed `edits`
// times before. INVALID_FIELD: as CheckContent, or `edited` has an attachment that `present` has
// not; LIMIT_REACHED.
absl::Status CheckEdit(const Content& present, const Content& edited, int edits);

// What a channel calls a message: 1 to kBridgeKeyBytesMax printable ASCII characters.
// INVALID_FIELD names `field`.
absl::Status CheckChannelKey(std::string_view field, std::string_view key);

// One text that is sealed as a whole. No field may hold the control characters U+001E and U+001F.
std::string PackContent(const Content& content);
// What PackContent made; nullopt for anything else.
std::optional<Content> UnpackContent(std::string_view packed);

}  // namespace kalends::core

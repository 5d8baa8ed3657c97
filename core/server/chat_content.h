// What people write: texts and attachments, of chats and of tickets alike.
#pragma once

#include "absl/status/statusor.h"
#include "core/base/error.h"
#include "core/chat/content.h"
#include "kalends/v1/types.pb.h"

namespace kalends::server {

// For v1::Message and v1::TicketMessage.
template <typename SomeMessage>
void EncodeContent(const core::Content& content, SomeMessage* message) {
  if (content.unreadable) {
    message->add_unreadable_fields("text");
    message->add_unreadable_fields("attachments");
    return;
  }
  message->set_text(content.text);
  for (const core::Attachment& attachment : content.attachments) {
    v1::Attachment* one = message->add_attachments();
    static_assert(static_cast<int>(core::AttachmentKind::kVoice) + 1 == v1::Attachment::KIND_VOICE);
    one->set_kind(static_cast<v1::Attachment::Kind>(static_cast<int>(attachment.kind) + 1));
    one->set_channel(attachment.channel);
    one->set_reference(attachment.reference);
    one->set_file_name(attachment.file_name);
    one->set_media_type(attachment.media_type);
    one->set_size_bytes(attachment.size);
  }
}

// INVALID_FIELD for a kind that is not of the enum; core::CheckContent does the rest.
template <typename SomeMessage>
absl::StatusOr<core::Content> DecodeContent(const SomeMessage& message) {
  core::Content content;
  content.text = message.text();
  absl::Status known =
      core::CheckEach("message.attachments", message.attachments(), [&](const v1::Attachment& one) {
        if (one.kind() < v1::Attachment::KIND_PHOTO || one.kind() > v1::Attachment::KIND_VOICE) {
          return core::InvalidField("message.attachments.kind", "must be PHOTO, FILE or VOICE");
        }
        core::Attachment& attachment = content.attachments.emplace_back();
        attachment.kind = static_cast<core::AttachmentKind>(one.kind() - 1);
        attachment.channel = one.channel();
        attachment.reference = one.reference();
        attachment.file_name = one.file_name();
        attachment.media_type = one.media_type();
        attachment.size = one.size_bytes();
        return absl::OkStatus();
      });
  if (!known.ok()) return known;
  return content;
}

}  // namespace kalends::server

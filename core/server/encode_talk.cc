#include "core/server/encode_talk.h"

#include <google/protobuf/message.h>

#include <cassert>

#include "core/app/privacy.h"
#include "core/base/error.h"
#include "core/server/encode.h"

namespace kalends::server {
namespace {

template <typename SomeMessage>
void EncodeContent(const core::Content& content, SomeMessage* message) {
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

}  // namespace

std::string TicketName(core::TicketId id) { return "tickets/" + id.ToString(); }
std::string ThreadName(const core::LinkKey& key) {
  return ProviderName(key.provider) + "/threads/" + key.customer.ToString();
}

void Encode(const core::Payment& payment, v1::Payment* message) {
  message->set_name(AppointmentName(payment.provider, payment.appointment) + "/payments/" +
                    payment.id.ToString());
  message->set_kind(payment.kind == core::PaymentKind::kPayment ? v1::Payment::KIND_PAYMENT
                                                                : v1::Payment::KIND_REFUND);
  EncodeMoney(payment.amount, message->mutable_amount());
  message->set_note(payment.note);
  *message->mutable_receive_time() = EncodeInstant(payment.received);
  *message->mutable_create_time() = EncodeInstant(payment.created);
}

void Encode(const app::LinkView& view, v1::Link* message) {
  const core::Link& link = view.link;
  message->set_name(ProviderName(link.provider) + "/links/" + link.customer.ToString());
  message->set_provider(ProviderName(link.provider));
  message->set_customer(AccountName(link.customer));
  message->set_customer_display_name(view.customer_name);
  *message->mutable_create_time() = EncodeInstant(link.created);
  if (link.removed) *message->mutable_remove_time() = EncodeInstant(*link.removed);
  if (link.blocked) *message->mutable_block_time() = EncodeInstant(*link.blocked);
}

void Encode(const app::MessageView& view, v1::Message* message) {
  const std::string thread = ThreadName(view.message.thread);
  message->set_name(thread + "/messages/" + core::EncodeId(view.message.number));
  message->set_thread(thread);
  message->set_sender(view.message.sender == core::Side::kCustomer ? v1::Message::SIDE_CUSTOMER
                                                                   : v1::Message::SIDE_PROVIDER);
  message->set_sender_display_name(view.sender_name);
  EncodeContent(view.content, message);
  *message->mutable_create_time() = EncodeInstant(view.message.created);
  message->set_read(view.read);
}

void Encode(const app::ThreadView& view, v1::Thread* message) {
  message->set_name(ThreadName(view.thread.key));
  message->set_provider_display_name(view.provider.display_name);
  message->set_provider_kind(EncodeKind(view.provider.kind));
  message->set_customer_display_name(view.customer.display_name);
  message->set_unread_count(view.unread);
  if (view.last) Encode(*view.last, message->mutable_last_message());
  message->set_writable(view.refusal.empty());
  message->set_refusal(view.refusal);
  message->set_provider_time_zone(view.provider_time_zone);
}

void Encode(const app::TicketView& view, v1::Ticket* message) {
  const core::Ticket& ticket = view.ticket;
  message->set_name(TicketName(ticket.id));
  message->set_account(AccountName(ticket.account));
  message->set_account_display_name(view.account_name);
  message->set_state(ticket.state == core::TicketState::kOpen ? v1::Ticket::STATE_OPEN
                                                              : v1::Ticket::STATE_CLOSED);
  *message->mutable_create_time() = EncodeInstant(ticket.created);
  *message->mutable_update_time() = EncodeInstant(ticket.updated);
  message->set_awaits_answer(view.awaits_answer);
}

void Encode(const app::TicketMessageView& view, v1::TicketMessage* message) {
  message->set_name(TicketName(view.message.ticket) + "/messages/" +
                    core::EncodeId(view.message.number));
  message->set_author(view.message.author == core::TicketAuthor::kCustomer
                          ? v1::TicketMessage::AUTHOR_CUSTOMER
                          : v1::TicketMessage::AUTHOR_TEAM);
  EncodeContent(view.content, message);
  *message->mutable_create_time() = EncodeInstant(view.message.created);
}

namespace {

void SetCount(google::protobuf::Message& message, const storage::TraceCount& count) {
  const auto* field = message.GetDescriptor()->FindFieldByName(std::string(count.field));
  assert(field != nullptr);
  message.GetReflection()->SetInt32(&message, field, count.count);
}

}  // namespace

void Encode(const app::DeletionPreview& preview, v1::AccountDeletionPreview* message) {
  if (preview.provider) message->mutable_of_provider();
  for (const storage::TraceCount& count : preview.counts) {
    if (count.of == core::Side::kCustomer) {
      SetCount(*message, count);
    } else {
      SetCount(*message->mutable_of_provider(), count);
    }
  }
  message->set_etag(app::EtagOf(preview.account.version));
}

template <typename SomeMessage>
absl::StatusOr<core::Content> DecodeContent(const SomeMessage& message) {
  core::Content content;
  content.text = message.text();
  for (const v1::Attachment& one : message.attachments()) {
    if (one.kind() < v1::Attachment::KIND_PHOTO || one.kind() > v1::Attachment::KIND_VOICE) {
      return core::InvalidField("message.attachments.kind", "must be PHOTO, FILE or VOICE");
    }
    core::Attachment attachment;
    attachment.kind = static_cast<core::AttachmentKind>(one.kind() - 1);
    attachment.channel = one.channel();
    attachment.reference = one.reference();
    attachment.file_name = one.file_name();
    attachment.media_type = one.media_type();
    attachment.size = one.size_bytes();
    content.attachments.push_back(std::move(attachment));
  }
  return content;
}
template absl::StatusOr<core::Content> DecodeContent(const v1::Message&);
template absl::StatusOr<core::Content> DecodeContent(const v1::TicketMessage&);

}  // namespace kalends::server

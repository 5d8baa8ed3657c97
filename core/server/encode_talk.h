// Value types -> messages: payments, links, chats, support.
#pragma once

#include "core/app/chat.h"
#include "core/app/links.h"
#include "core/app/privacy.h"
#include "core/app/support.h"
#include "core/payments/payment.h"
#include "kalends/v1/chat_service.pb.h"
#include "kalends/v1/link_service.pb.h"
#include "kalends/v1/payment_service.pb.h"
#include "kalends/v1/privacy_service.pb.h"
#include "kalends/v1/support_service.pb.h"

namespace kalends::server {

std::string TicketName(core::TicketId id);
std::string ThreadName(const core::LinkKey& key);

// Each fills an empty message.
void Encode(const core::Payment& payment, v1::Payment* message);
void Encode(const app::LinkView& view, v1::Link* message);
void Encode(const app::MessageView& view, v1::Message* message);
void Encode(const app::ThreadView& view, v1::Thread* message);
void Encode(const app::TicketView& view, v1::Ticket* message);
void Encode(const app::TicketMessageView& view, v1::TicketMessage* message);
void Encode(const app::DeletionPreview& preview, v1::AccountDeletionPreview* message);

// From messages: INVALID_FIELD for a kind that is not of the enum; app::CheckContent does the rest.
template <typename SomeMessage>
absl::StatusOr<core::Content> DecodeContent(const SomeMessage& message);
extern template absl::StatusOr<core::Content> DecodeContent(const v1::Message&);
extern template absl::StatusOr<core::Content> DecodeContent(const v1::TicketMessage&);

}  // namespace kalends::server

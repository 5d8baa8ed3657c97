// Tickets and their messages.
#pragma once

#include <cstdint>
#include <string>

#include "core/app/support.h"
#include "core/server/listing.h"
#include "kalends/v1/support_service.pb.h"

namespace kalends::server {

// "tickets/{ticket}".
std::string TicketName(core::TicketId id);
// "tickets/{ticket}/messages/{message}".
std::string TicketMessageName(const storage::TicketMessageRef& ref);

void Encode(const app::TicketView& view, v1::Ticket* message);
void Encode(const app::TicketMessageView& view, v1::TicketMessage* message);

// Of an account, the newest first.
using TicketListing = Listing<app::TicketView, core::TicketId, v1::Ticket>;
TicketListing TicketsOf(core::AccountId account);
// The newest first.
using TicketMessageListing = Listing<app::TicketMessageView, std::int64_t, v1::TicketMessage>;
TicketMessageListing TicketMessagesOf(core::TicketId ticket);

}  // namespace kalends::server

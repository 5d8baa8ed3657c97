#include "core/app/support.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/app/chat_content.h"
#include "core/app/notifications.h"
#include "core/app/readable.h"
#include "core/app/sealed.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/notifications/audience.h"
#include "storage/accounts.h"
#include "storage/notifications.h"
#include "storage/support.h"

namespace kalends::app {
namespace {

constexpr int kToldToNewDeskMax = 200;  // Open tickets; internal tools list them all.

using core::TicketAuthor;
using core::TicketState;

std::string RowOf(core::TicketId ticket, std::int64_t number) {
  return fmt::format("ticket_messages.content/{}/{}", ticket.value, number);
}

std::string AnsweredByRowOf(core::TicketId ticket, std::int64_t number) {
  return fmt::format("ticket_messages.answered_by/{}/{}", ticket.value, number);
}

std::string VersionRowOf(core::TicketId ticket, std::int64_t number, int version) {
  return fmt::format("ticket_message_versions.text/{}/{}/{}", ticket.value, number, version);
}

absl::StatusOr<TicketView> View(const ReadContext& cx, core::Ticket ticket) {
  const auto account = storage::FindAccount(cx.tx, ticket.account);
  if (!account) return core::Error(core::Reason::kInternal);
  const auto last = storage::FindTicketMessage(cx.tx, ticket.id, ticket.last_number);
  TicketView view;
  view.account_name = account->display_name;
  view.awaits_answer =
      core::AwaitsAnswer(ticket, last ? std::optional(last->author) : std::nullopt);
  view.ticket = std::move(ticket);
  return view;
}

TicketMessageView Open(const ReadContext& cx, core::TicketMessage message) {
  TicketMessageView view;
  view.content = OpenContent(cx, message.content, RowOf(message.ticket, message.number));
  if (core::SeesEverything(cx.caller)) {
    view.answered_by =
        OpenSealed(cx, message.answered_by, AnsweredByRowOf(message.ticket, message.number)).text;
  }
  view.message = std::move(message);
  return view;
}

// Tells whoever core::AudienceOf names.
void Tell(WriteContext& cx, const core::Ticket& ticket, const TicketEvent& event) {
  const core::TicketAudience audience = core::AudienceOf(event.by);
  if (audience.customer) NotifyTicket(cx, ticket.account, event);
  if (!audience.desks) return;
  for (const core::AccountId desk : storage::SupportDesks(cx.tx)) NotifyTicket(cx, desk, event);
}

// Of the last message of a ticket.
TicketEvent MessageEvent(const core::Ticket& ticket, TicketAuthor by) {
  return {core::NotificationKind::kTicketMessage, by, ticket.id, ticket.last_number};
}

// A new desk is told of the last message of each ticket that waits for an answer, the oldest first.
void TellWhatWaits(WriteContext& cx, core::AccountId desk) {
  for (const core::Ticket& ticket :
       storage::ListTickets(cx.tx, TicketState::kOpen, std::nullopt, kToldToNewDeskMax)) {
    const auto last = storage::FindTicketMessage(cx.tx, ticket.id, ticket.last_number);
    if (!core::AwaitsAnswer(ticket, last ? std::optional(last->author) : std::nullopt)) continue;
    NotifyTicket(cx, desk, MessageEvent(ticket, TicketAuthor::kCustomer));
  }
}

absl::StatusOr<TicketMessageView> AddMessage(WriteContext& cx, core::Ticket& ticket,
                                             std::optional<core::AccountId> account,
                                             const core::Content& content,
                                             std::string_view channel_key,
                                             std::string_view answered_by) {
  if (!channel_key.empty()) {
    RETURN_IF_ERROR(core::CheckChannelKey("channel_key", channel_key));
  }
  core::TicketMessage message;
  message.ticket = ticket.id;
  message.number = ticket.last_number + 1;
  message.author = account ? TicketAuthor::kCustomer : TicketAuthor::kTeam;
  message.account = account;
  message.content = SealContent(cx, content, RowOf(ticket.id, message.number));
  message.created = cx.now;
  if (!answered_by.empty()) {
    message.answered_by =
        cx.master_keys.SealText(answered_by, AnsweredByRowOf(ticket.id, message.number));
  }
  storage::InsertTicketMessage(cx.tx, message);
  if (!channel_key.empty()) {
    storage::PutTicketMessageCopy(cx.tx, ticket.id, message.number, account, channel_key);
  }
  ticket.last_number = message.number;
  ticket.updated = cx.now;
  ++ticket.version;
  storage::UpdateTicket(cx.tx, ticket);
  return Open(cx.AsRead(), std::move(message));
}

absl::StatusOr<core::Ticket> NewTicket(WriteContext& cx) {
  const core::AccountId account = *cx.caller.account;
  if (storage::CountOpenTickets(cx.tx, account) >= core::kOpenTicketsMax) {
    return core::LimitReached("tickets", core::kOpenTicketsMax,
                              "There are too many open tickets; continue one of them.");
  }
  core::Ticket ticket;
  ticket.id = cx.ids.Next<core::TicketId>(cx.now);
  ticket.account = account;
  ticket.created = cx.now;
  ticket.updated = cx.now;
  storage::InsertTicket(cx.tx, ticket);
  return ticket;
}

// The ticket that a question of the account goes to.
absl::StatusOr<core::Ticket> TicketToAsk(WriteContext& cx, const AskInput& input) {
  if (!input.ticket) {
    auto open =
        input.new_ticket ? std::nullopt : storage::FindOpenTicket(cx.tx, *cx.caller.account);
    if (open) return *std::move(open);
    return NewTicket(cx);
  }
  if (input.new_ticket) return core::InvalidField("new_ticket", "must not be set with a ticket");
  auto ticket = storage::FindTicket(cx.tx, *input.ticket);
  RETURN_IF_ERROR(core::CheckMayAsk(ticket ? &*ticket : nullptr, *cx.caller.account));
  return *std::move(ticket);
}

// The ticket that the caller may answer as the team.
absl::StatusOr<core::Ticket> TicketOfTeam(const ReadContext& cx, const TicketRef& ref) {
  std::optional<core::TicketId> id;
  if (const auto* key = std::get_if<std::string>(&ref)) {
    RETURN_IF_ERROR(core::CheckBridgeKey(*key));
    if (core::IsBridge(cx.caller)) id = storage::FindTicketBridge(cx.tx, *key);
  } else if (core::SeesEverything(cx.caller)) {
    id = std::get<core::TicketId>(ref);
  }
  auto ticket = id ? storage::FindTicket(cx.tx, *id) : std::nullopt;
  if (!ticket && id) return core::NotFound("tickets/*", *id);
  if (!ticket) return core::Error(core::Reason::kNotFound);
  return *std::move(ticket);
}

}  // namespace

absl::StatusOr<Asked> AskSupport(WriteContext& cx, const AskInput& input) {
  RETURN_IF_ERROR(core::CheckContent(input.content));
  const core::AccountId account = *cx.caller.account;
  RETURN_IF_ERROR(CheckRate(
      core::kMessageRates,
      [&](int nth) { return storage::NthNewestTicketMessage(cx.tx, account, nth, cx.now); },
      cx.now));
  ASSIGN_OR_RETURN(core::Ticket ticket, TicketToAsk(cx, input));
  Asked asked;
  ASSIGN_OR_RETURN(asked.message,
                   AddMessage(cx, ticket, account, input.content, input.channel_key, ""));
  Tell(cx, ticket, MessageEvent(ticket, TicketAuthor::kCustomer));
  ASSIGN_OR_RETURN(asked.ticket, View(cx.AsRead(), std::move(ticket)));
  return asked;
}

absl::StatusOr<TicketMessageView> AnswerTicket(WriteContext& cx, const TicketRef& ref,
                                               const AnswerInput& input) {
  ASSIGN_OR_RETURN(core::Ticket ticket, TicketOfTeam(cx.AsRead(), ref));
  RETURN_IF_ERROR(core::CheckContent(input.content));
  RETURN_IF_ERROR(core::CheckOpen(ticket));
  ASSIGN_OR_RETURN(TicketMessageView view, AddMessage(cx, ticket, std::nullopt, input.content,
                                                      input.channel_key, input.answered_by));
  Tell(cx, ticket, MessageEvent(ticket, TicketAuthor::kTeam));
  return view;
}

absl::StatusOr<TicketMessageView> EditTicketMessage(WriteContext& cx,
                                                    const TicketMessageWhich& which,
                                                    const core::Content& edited) {
  std::optional<storage::TicketMessageRef> ref;
  if (const auto* key = std::get_if<std::string>(&which)) {
    RETURN_IF_ERROR(core::CheckChannelKey("channel_key", *key));
    ref = storage::FindTicketMessageByCopy(cx.tx, cx.caller.account, *key);
  } else if (cx.caller.account || core::SeesEverything(cx.caller)) {
    ref = std::get<storage::TicketMessageRef>(which);
  }
  auto message = ref ? storage::FindTicketMessage(cx.tx, ref->ticket, ref->number) : std::nullopt;
  RETURN_IF_ERROR(core::CheckMayEdit(message ? &*message : nullptr, cx.caller));
  auto ticket = storage::FindTicket(cx.tx, message->ticket);
  if (!ticket) return core::Error(core::Reason::kInternal);
  RETURN_IF_ERROR(core::CheckOpen(*ticket));
  const std::string row = RowOf(ticket->id, message->number);
  ASSIGN_OR_RETURN(core::Content content, ReadContent(cx.AsRead(), message->content, row));
  const int edits = storage::CountTicketMessageVersions(cx.tx, ticket->id, message->number);
  RETURN_IF_ERROR(core::CheckEdit(content, edited, edits));
  if (content.text != edited.text) {
    const int version = edits + 1;
    storage::InsertTicketMessageVersion(
        cx.tx, ticket->id,
        {message->number, version,
         cx.master_keys.SealText(content.text, VersionRowOf(ticket->id, message->number, version)),
         cx.now});
    content.text = edited.text;
    message->content = SealContent(cx, std::move(content), row);
    message->edited = cx.now;
    storage::UpdateTicketMessage(cx.tx, *message);
    ticket->updated = cx.now;
    ++ticket->version;
    storage::UpdateTicket(cx.tx, *ticket);
    Tell(cx, *ticket,
         {core::NotificationKind::kTicketMessage, message->author, ticket->id, message->number});
  }
  return Open(cx.AsRead(), *std::move(message));
}

absl::StatusOr<std::vector<MessageVersionView>> ListTicketMessageVersions(
    const ReadContext& cx, core::TicketId ticket,
    const std::optional<storage::VersionCursor>& after, int limit) {
  RETURN_IF_ERROR(GetTicket(cx, ticket).status());
  std::vector<MessageVersionView> views;
  for (auto& version : storage::ListTicketMessageVersions(cx.tx, ticket, after, limit)) {
    Opened text =
        OpenSealed(cx, version.text, VersionRowOf(ticket, version.number, version.version));
    views.push_back({std::move(version), std::move(text)});
  }
  return views;
}

absl::StatusOr<TicketView> CloseTicket(WriteContext& cx, const TicketRef& ref) {
  const auto* id = std::get_if<core::TicketId>(&ref);
  auto own = id != nullptr && cx.caller.account ? storage::FindTicket(cx.tx, *id) : std::nullopt;
  const bool by_customer = own && own->account == cx.caller.account;
  core::Ticket ticket;
  if (by_customer) {
    ticket = *std::move(own);
  } else {
    ASSIGN_OR_RETURN(ticket, TicketOfTeam(cx.AsRead(), ref));
  }
  if (ticket.state == TicketState::kClosed) return View(cx.AsRead(), std::move(ticket));
  ticket.state = TicketState::kClosed;
  ticket.updated = cx.now;
  ++ticket.version;
  storage::UpdateTicket(cx.tx, ticket);
  const TicketAuthor by = by_customer ? TicketAuthor::kCustomer : TicketAuthor::kTeam;
  Tell(cx, ticket, {core::NotificationKind::kTicketClosed, by, ticket.id, std::nullopt});
  return View(cx.AsRead(), std::move(ticket));
}

absl::StatusOr<TicketView> GetTicket(const ReadContext& cx, core::TicketId id) {
  auto ticket = storage::FindTicket(cx.tx, id);
  if (!ticket || !core::MayActAs(cx.caller, ticket->account)) {
    return core::NotFound("tickets/*", id);
  }
  return View(cx, *std::move(ticket));
}

absl::StatusOr<std::vector<TicketView>> ListTicketsOf(const ReadContext& cx,
                                                      core::AccountId account,
                                                      std::optional<core::TicketId> from,
                                                      int limit) {
  if (!core::MayActAs(cx.caller, account)) return core::NotFound("accounts/*", account);
  return EachReadable(cx.tx, storage::ListTicketsOf(cx.tx, account, from, limit),
                      [&](core::Ticket& ticket) { return View(cx, std::move(ticket)); });
}

absl::StatusOr<std::vector<TicketView>> ListTickets(const ReadContext& cx, TicketState state,
                                                    std::optional<core::TicketId> from, int limit) {
  if (!core::SeesEverything(cx.caller)) return core::Error(core::Reason::kNotFound);
  return EachReadable(cx.tx, storage::ListTickets(cx.tx, state, from, limit),
                      [&](core::Ticket& ticket) { return View(cx, std::move(ticket)); });
}

absl::StatusOr<std::vector<TicketMessageView>> ListTicketMessages(const ReadContext& cx,
                                                                  core::TicketId ticket,
                                                                  std::int64_t before, int limit) {
  RETURN_IF_ERROR(GetTicket(cx, ticket).status());
  std::vector<TicketMessageView> views;
  for (auto& message : storage::ListTicketMessages(cx.tx, ticket, before, limit)) {
    views.push_back(Open(cx, std::move(message)));
  }
  return views;
}

absl::Status BridgeTicket(WriteContext& cx, core::TicketId ticket, const std::string& key) {
  RETURN_IF_ERROR(core::CheckBridgeKey(key));
  if (!core::IsBridge(cx.caller) || !storage::FindTicket(cx.tx, ticket)) {
    return core::NotFound("tickets/*", ticket);
  }
  storage::PutTicketBridge(cx.tx, key, ticket, cx.now);
  return absl::OkStatus();
}

absl::StatusOr<core::AccountId> ConnectSupportDesk(WriteContext& cx,
                                                   const EnsureAccountInput& input) {
  if (!core::IsBridge(cx.caller)) return core::Error(core::Reason::kNotFound);
  ASSIGN_OR_RETURN(const AccountView view, EnsureAccount(cx, input));
  const auto desks = storage::SupportDesks(cx.tx);
  const bool connected = std::find(desks.begin(), desks.end(), view.account.id) != desks.end();
  if (!connected && desks.size() >= core::kSupportDesksMax) {
    return core::LimitReached("support_desks", core::kSupportDesksMax,
                              "There are too many support desks.");
  }
  storage::InsertSupportDesk(cx.tx, view.account.id, cx.now);
  if (!connected) TellWhatWaits(cx, view.account.id);
  return view.account.id;
}

absl::Status DisconnectSupportDesk(WriteContext& cx, const core::Identity& identity) {
  if (!core::IsBridge(cx.caller)) return core::Error(core::Reason::kNotFound);
  const auto row = storage::FindIdentity(cx.tx, identity);
  if (!row || !storage::DeleteSupportDesk(cx.tx, row->account)) return absl::OkStatus();
  storage::DeleteTicketNotifications(cx.tx, row->account);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<SupportDeskView>> ListSupportDesks(const ReadContext& cx,
                                                              std::optional<core::AccountId> after,
                                                              int limit) {
  if (!core::IsBridge(cx.caller)) return core::Error(core::Reason::kNotFound);
  std::vector<core::AccountId> desks = storage::SupportDesks(cx.tx);
  std::erase_if(desks, [&](core::AccountId desk) { return after && desk <= *after; });
  if (static_cast<int>(desks.size()) > limit) desks.resize(static_cast<std::size_t>(limit));
  return EachReadable(cx.tx, std::move(desks),
                      [&](core::AccountId desk) -> absl::StatusOr<SupportDeskView> {
                        auto account = storage::FindAccount(cx.tx, desk);
                        const auto identities = storage::IdentitiesOf(cx.tx, desk);
                        if (!account || identities.empty())
                          return core::Error(core::Reason::kInternal);
                        return SupportDeskView{*std::move(account), identities.front().identity};
                      });
}

absl::StatusOr<TicketView> ViewTicket(const ReadContext& cx, core::TicketId id) {
  auto ticket = storage::FindTicket(cx.tx, id);
  if (!ticket) return core::NotFound("tickets/*", id);
  return View(cx, *std::move(ticket));
}

absl::StatusOr<TicketMessageView> ViewTicketMessage(const ReadContext& cx, core::TicketId ticket,
                                                    std::int64_t number) {
  auto message = storage::FindTicketMessage(cx.tx, ticket, number);
  if (!message) return core::NotFound("tickets/*/messages/*", ticket, core::EncodeId(number));
  return Open(cx, *std::move(message));
}

}  // namespace kalends::app

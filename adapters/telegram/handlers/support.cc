// Support (SPEC 2.13 and 4.10).
#include "adapters/telegram/screens/support.h"

#include "adapters/telegram/handlers/files.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "kalends/v1/support_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr int kLastMessages = 4;
constexpr int kAsked = 1;

// Whether anybody is told of questions; where that is not known, nobody is promised.
Desk HasDesk(Turn& turn) {
  v1::ListSupportDesksRequest request;
  request.set_page_size(1);
  const auto desks = turn.context().client.Call<v1::ListSupportDesksResponse>("", request);
  return desks.ok() && desks->desks_size() > 0 ? Desk::kAnswers : Desk::kNone;
}

// Of the account's newest ticket, while that is open: the newest message first.
absl::StatusOr<std::vector<v1::TicketMessage>> LastMessages(Turn& turn) {
  std::vector<v1::TicketMessage> last;
  v1::ListTicketsRequest tickets;
  tickets.set_parent("accounts/me");
  tickets.set_page_size(1);
  KALENDS_ASSIGN_OR_RETURN(const auto newest, turn.Call<v1::ListTicketsResponse>(tickets));
  if (newest.tickets().empty() || newest.tickets(0).state() != v1::Ticket::STATE_OPEN) return last;
  v1::ListTicketMessagesRequest messages;
  messages.set_parent(newest.tickets(0).name());
  messages.set_page_size(kLastMessages);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListTicketMessagesResponse>(messages));
  last.assign(answer.messages().begin(), answer.messages().end());
  return last;
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowSupport&) {
  KALENDS_ASSIGN_OR_RETURN(const auto last, LastMessages(turn));
  turn.session().dialogue = TypesSupport{};
  turn.Show(SupportScreen(turn.reader(), last, HasDesk(turn)));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesSupport& dialogue, const std::string& text) {
  turn.session().dialogue = dialogue;  // More may follow, also after a refusal.
  if (text.empty() && FileOf(turn) == nullptr) {
    KALENDS_RETURN_IF_ERROR(Handle(turn, ShowSupport{}));
    turn.Send({.text = turn.texts().Html("chat.unsupported"), .rows = {}});
    return absl::OkStatus();
  }
  KALENDS_RETURN_IF_ERROR(
      InParts<v1::TicketMessage>(turn.update().key, turn.update().user, TypedOf(turn), text,
                                 [&](v1::TicketMessage message, const std::string& channel_key) {
                                   v1::AskSupportRequest request;
                                   *request.mutable_message() = std::move(message);
                                   request.set_channel_key(channel_key);
                                   request.set_request_id(turn.NextRequestId());
                                   return turn.Call<v1::AskSupportResponse>(request).status();
                                 }));
  turn.session().dialogue = TypesSupport{kAsked};
  const Screen sent = SupportSentScreen(turn.reader(), HasDesk(turn));
  // What becomes of a question is said once.
  if (dialogue.asked != kAsked) turn.Show(sent);
  turn.React(kSentMark, dialogue.asked == kAsked
                            ? sent
                            : Screen{.text = turn.texts().Html("chat.sent"), .rows = {}});
  return absl::OkStatus();
}

Handlers SupportHandlers() { return HandlersOf<TypesSupport>(SupportActions{}); }

}  // namespace kalends::telegram

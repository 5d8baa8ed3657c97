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
  turn.Show(SupportScreen(turn.reader(), last));
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
      InParts<v1::TicketMessage>(TypedOf(turn), text, [&](v1::TicketMessage message) {
        v1::AskSupportRequest request;
        *request.mutable_message() = std::move(message);
        request.set_request_id(turn.NextRequestId());
        return turn.Call<v1::AskSupportResponse>(request).status();
      }));
  turn.Show(SupportSentScreen(turn.reader()));
  return absl::OkStatus();
}

Handlers SupportHandlers() { return HandlersOf<TypesSupport>(SupportActions{}); }

}  // namespace kalends::telegram

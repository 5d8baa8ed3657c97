// The private chat of a customer and a provider (SPEC 2.10).
#include "adapters/telegram/screens/chat.h"

#include "adapters/telegram/handlers/files.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/links.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "kalends/v1/chat_service.pb.h"

namespace kalends::telegram {
namespace {

Side SideIn(const Turn& turn, const AccountId& customer) {
  return AccountId::Of(turn.account().name()) == customer ? Side::kCustomer : Side::kProvider;
}

absl::StatusOr<v1::Thread> GetThread(Turn& turn, const std::string& name) {
  v1::GetThreadRequest request;
  request.set_name(name);
  return turn.Call<v1::Thread>(request);
}

// Everything up to the newest message of the thread is read now.
void MarkRead(Turn& turn, const Page<v1::Message>& messages) {
  if (messages.number > 0 || messages.items.empty()) return;
  v1::MarkReadRequest request;
  request.set_name(messages.items.front().name());
  request.set_request_id(turn.NextRequestId());
  // That it was read can be noted the next time too.
  (void)turn.Call<v1::Thread>(request);
}

absl::Status SendAll(Turn& turn, const std::string& link, const std::string& text) {
  return InParts<v1::Message>(turn.update().key, turn.update().user, TypedOf(turn), text,
                              [&](v1::Message message, const std::string& channel_key) {
                                v1::SendMessageRequest request;
                                request.set_parent(link);
                                *request.mutable_message() = std::move(message);
                                request.set_channel_key(channel_key);
                                request.set_request_id(turn.NextRequestId());
                                return turn.Call<v1::Message>(request).status();
                              });
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowThreads& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::Thread>(
                               action.page, kThreadsPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListThreadsRequest request;
                                 request.set_parent("providers/me");
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListThreadsResponse>(request);
                               },
                               [](const auto& answer) { return answer.threads(); }));
  turn.Show(ThreadsScreen(turn.reader(), page));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowChat& action) {
  const std::string link = LinkNameOf(action.provider, action.customer);
  KALENDS_ASSIGN_OR_RETURN(const auto thread,
                           GetThread(turn, ThreadNameOf(action.provider, action.customer)));
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::Message>(
                               action.page, kMessagesPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListMessagesRequest request;
                                 request.set_parent(link);
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListMessagesResponse>(request);
                               },
                               [](const auto& answer) { return answer.messages(); }));
  MarkRead(turn, page);
  if (thread.writable()) {
    turn.session().dialogue = TypesMessage{action.provider.text, action.customer.text};
  }
  turn.Show(ChatScreen(turn.reader(), thread, SideIn(turn, action.customer), page));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const OpenChat& action) {
  return Handle(turn, ShowChat{action.provider, AccountId::Of(turn.account().name()), 0});
}

absl::Status Handle(Turn& turn, const LeaveChat& action) {
  if (SideIn(turn, action.customer) == Side::kProvider) return Handle(turn, ShowThreads{});
  return Handle(turn, ShowProvider{action.provider});
}

absl::Status Handle(Turn& turn, const TypesMessage& dialogue, const std::string& text) {
  turn.session().dialogue = dialogue;  // The conversation goes on, also after a refusal.
  const AccountId customer{dialogue.customer};
  if (text.empty() && FileOf(turn) == nullptr) {
    KALENDS_RETURN_IF_ERROR(Handle(turn, ShowChat{ProviderId{dialogue.provider}, customer, 0}));
    turn.Send({.text = turn.texts().Html("chat.unsupported"), .rows = {}});
    return absl::OkStatus();
  }
  const ProviderId provider{dialogue.provider};
  KALENDS_RETURN_IF_ERROR(SendAll(turn, LinkNameOf(provider, customer), text));
  KALENDS_ASSIGN_OR_RETURN(const auto thread, GetThread(turn, ThreadNameOf(provider, customer)));
  const Screen sent = MessageSentScreen(turn.reader(), thread, SideIn(turn, customer));
  // Who has just begun to talk, by answering somewhere, is told that it goes on.
  const auto* before = std::get_if<TypesMessage>(&turn.former_dialogue());
  const bool goes_on = before != nullptr && before->provider == dialogue.provider &&
                       before->customer == dialogue.customer;
  if (!goes_on) turn.Show(sent);
  turn.React(kSentMark,
             goes_on ? sent : Screen{.text = turn.texts().Html("chat.sent"), .rows = {}});
  return absl::OkStatus();
}

Handlers ChatHandlers() { return HandlersOf<TypesMessage>(ChatActions{}); }

}  // namespace kalends::telegram

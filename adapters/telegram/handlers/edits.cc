#include "adapters/telegram/handlers/edits.h"

#include "adapters/telegram/handlers/shared.h"

namespace kalends::telegram {
namespace {

template <typename Message, typename Request>
absl::Status Change(Turn& turn, const std::string& key, const std::string& text,
                    const Typed& typed) {
  Request request;
  request.set_channel_key(key);
  request.mutable_message()->set_text(text);
  AddFiles(typed, *request.mutable_message()->mutable_attachments());
  request.set_request_id(turn.NextRequestId());
  return turn.Call<Message>(request).status();
}

}  // namespace

absl::Status EditSent(Turn& turn, const std::string& text, const Typed& typed) {
  const std::string key = MessageKeyOf(turn.update().key.bot, turn.update().user, typed.message);
  absl::Status status = Change<v1::Message, v1::EditMessageRequest>(turn, key, text, typed);
  if (ReasonOf(status) == v1::REASON_NOT_FOUND) {
    status = Change<v1::TicketMessage, v1::EditTicketMessageRequest>(turn, key, text, typed);
  }
  if (status.ok()) {
    turn.React(kEditedMark, {.text = turn.texts().Html("chat.edit_sent"), .rows = {}});
  }
  return status;
}

}  // namespace kalends::telegram

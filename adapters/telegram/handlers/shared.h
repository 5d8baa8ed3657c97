// What several handlers do.
#pragma once

#include <algorithm>
#include <vector>

#include "adapters/telegram/channel.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/turn.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/chat_service.pb.h"
#include "kalends/v1/provider_service.pb.h"
#include "kalends/v1/support_service.pb.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {

inline constexpr int kListPageMax = 100;            // Later pages are not asked for.
inline constexpr int kListPageSize = 200;           // The core's largest.
inline constexpr std::size_t kNameCharsMax = 100;   // The core's limit.
inline constexpr std::size_t kTypedCharsMax = 500;  // Longer texts are cut before they are sent on.

// Items `number` * `per_page` and following of a list. The core's page tokens do not fit into a
// button, so the list is read from its start. `fetch(page_size, page_token)` returns an answer,
// `items(answer)` its repeated field.
template <typename Item, typename Fetch, typename Items>
absl::StatusOr<Page<Item>> ReadPage(int number, int per_page, Fetch fetch, Items items) {
  Page<Item> page;
  page.number = std::clamp(number, 0, kListPageMax);
  const int first = page.number * per_page;
  int position = 0;
  std::string token;
  do {
    KALENDS_ASSIGN_OR_RETURN(auto answer,
                             fetch(std::min(first + per_page + 1, kListPageSize), token));
    for (const Item& item : items(answer)) {
      if (position >= first && position < first + per_page) page.items.push_back(item);
      if (position == first + per_page) page.has_next = true;
      ++position;
    }
    token = answer.next_page_token();
  } while (!token.empty() && !page.has_next);
  return page;
}

// The files that came with a message, as the core keeps them.
inline void AddFiles(const Typed& typed,
                     google::protobuf::RepeatedPtrField<v1::Attachment>& attachments) {
  for (const SentFile& file : typed.files) {
    v1::Attachment& attachment = *attachments.Add();
    switch (file.kind) {
      case SentFile::Kind::kPhoto:
        attachment.set_kind(v1::Attachment::KIND_PHOTO);
        break;
      case SentFile::Kind::kVoice:
        attachment.set_kind(v1::Attachment::KIND_VOICE);
        break;
      case SentFile::Kind::kFile:
        attachment.set_kind(v1::Attachment::KIND_FILE);
    }
    attachment.set_channel(std::string(kChannel));
    attachment.set_reference(file.file_id);
    attachment.set_file_name(Shorten(file.name, 200));
    attachment.set_media_type(Shorten(file.type, 100));
    attachment.set_size_bytes(file.size_bytes);
  }
}
inline constexpr std::size_t kMessageTextCharsMax = 4000;  // The core's limit; Telegram's is 4096.

// Hands `text` and the files of `typed`, a message of `chat`, to `send` in as many messages as it
// takes; the files go with the first. `Message` is v1::Message or v1::TicketMessage. With each
// comes what it is called in the channel; empty where it is not one message here and there.
template <typename Message, typename Send>
absl::Status InParts(const UpdateKey& key, std::int64_t chat, const Typed& typed,
                     std::string_view text, Send send) {
  const bool whole = typed.editable != 0 && BytesOf(text, kMessageTextCharsMax) == text.size();
  const std::string name = whole ? MessageKeyOf(key.bot, chat, typed.editable) : "";
  bool first = true;
  do {
    Message message;
    const std::size_t end = BytesOf(text, kMessageTextCharsMax);
    message.set_text(std::string(text.substr(0, end)));
    text.remove_prefix(end);
    if (first) AddFiles(typed, *message.mutable_attachments());
    first = false;
    KALENDS_RETURN_IF_ERROR(send(std::move(message), name));
  } while (!text.empty());
  return absl::OkStatus();
}

inline ProviderId OwnProvider(const Turn& turn) {
  return ProviderId::Of(turn.account().provider());
}
absl::StatusOr<v1::Provider> GetProvider(Turn& turn, const std::string& name);
absl::StatusOr<v1::Appointment> GetAppointment(Turn& turn, const AppointmentId& id);
// All services of a provider, up to one page of the core's.
absl::StatusOr<std::vector<v1::Service>> ListAllServices(Turn& turn, const std::string& provider);
inline Side SideOf(const Turn& turn, const v1::Appointment& appointment) {
  return turn.is_customer_of(appointment) ? Side::kCustomer : Side::kProvider;
}
inline google::protobuf::Timestamp ToTimestamp(Instant instant) {
  google::protobuf::Timestamp time;
  time.set_seconds(instant.time_since_epoch().count());
  return time;
}

}  // namespace kalends::telegram

#include "adapters/telegram/cards.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "adapters/telegram/channel.h"
#include "kalends/v1/notification_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kCardChatsMax = 20'000;  // With more, all are forgotten, which is rare.
constexpr std::size_t kCardsPerChatMax = 32;   // Presses on older ones cost a call.

}  // namespace

void Cards::Set(std::int64_t chat, std::int64_t message, const Shown& shown) {
  const auto known = FindEntry(chat, message);
  if (known && known->told && known->shown == shown) return;
  TellNow(chat, message, shown);
}

void Cards::SetNew(std::int64_t chat, std::int64_t message, const Shown& shown) {
  if (shown) {
    TellNow(chat, message, shown);
  } else {
    Put(chat, {.message = message, .shown = shown, .told = true});
  }
}

void Cards::Expect(std::int64_t chat, std::int64_t message, const ShownAppointment& shown) {
  Put(chat, {.message = message, .shown = shown});
}

void Cards::Confirm(std::int64_t chat, std::int64_t message, const ShownAppointment& shown) {
  const auto known = FindEntry(chat, message);
  if (known && known->shown == shown) Set(chat, message, shown);
}

void Cards::Forget(std::int64_t chat, std::int64_t message) {
  const std::lock_guard lock(mutex_);
  const auto entries = chats_.find(chat);
  if (entries == chats_.end()) return;
  std::erase_if(entries->second, [&](const Entry& old) { return old.message == message; });
}

std::optional<Shown> Cards::Find(std::int64_t chat, std::int64_t message) const {
  const auto entry = FindEntry(chat, message);
  if (!entry) return std::nullopt;
  return std::optional<Shown>(std::in_place, entry->shown);
}

void Cards::TellNow(std::int64_t chat, std::int64_t message, const Shown& shown) {
  const absl::Status told = Tell(chat, message, shown);
  Put(chat, {.message = message, .shown = shown, .told = told.ok(), .owed = shown && IsLost(told)});
  if (told.ok()) TellOwed();
}

void Cards::TellOwed() {
  std::vector<std::pair<std::int64_t, Entry>> owed;
  {
    const std::lock_guard lock(mutex_);
    if (owed_ == 0) return;
    owed_ = 0;
    for (auto& [chat, entries] : chats_) {
      for (Entry& entry : entries) {
        if (std::exchange(entry.owed, false)) owed.emplace_back(chat, entry);
      }
    }
  }
  // A chat may go on meanwhile: what it shows then is told by itself, and a revision that is no
  // longer so is drawn anew.
  for (const auto& [chat, entry] : owed) {
    const absl::Status told = Tell(chat, entry.message, entry.shown);
    const std::lock_guard lock(mutex_);
    for (Entry& now : chats_[chat]) {
      if (now.message != entry.message || now.told || now.shown != entry.shown) continue;
      now.told = told.ok();
      now.owed = IsLost(told);
      if (now.owed) ++owed_;
    }
  }
}

std::optional<Cards::Entry> Cards::FindEntry(std::int64_t chat, std::int64_t message) const {
  const std::lock_guard lock(mutex_);
  const auto entries = chats_.find(chat);
  if (entries == chats_.end()) return std::nullopt;
  for (const Entry& entry : entries->second) {
    if (entry.message == message) return entry;
  }
  return std::nullopt;
}

void Cards::Put(std::int64_t chat, const Entry& entry) {
  const std::lock_guard lock(mutex_);
  if (chats_.size() >= kCardChatsMax && !chats_.contains(chat)) chats_.clear();
  Entries& entries = chats_[chat];
  std::erase_if(entries, [&](const Entry& old) { return old.message == entry.message; });
  if (entries.size() >= kCardsPerChatMax) entries.erase(entries.begin());
  entries.push_back(entry);
  if (entry.owed) ++owed_;
}

absl::Status Cards::Tell(std::int64_t chat, std::int64_t message, const Shown& shown) const {
  // What is drawn while the core is away says that it is; nobody waits for more.
  if (!shown && client_.channel().AwayFor().count() > 0) return absl::UnavailableError("away");
  const std::string key = fmt::format("{}:{}", bot_, message);
  absl::Status told;
  if (shown) {
    v1::KeepCardRequest request;
    v1::Card& card = *request.mutable_card();
    card.set_channel(std::string(kChannel));
    card.set_message(key);
    card.set_appointment(NameOf(shown->appointment));
    card.set_revision(shown->revision);
    told = client_.Call<v1::KeepCardResponse>(IdentityOf(chat), request).status();
  } else {
    v1::DropCardRequest request;
    request.set_channel(std::string(kChannel));
    request.set_message(key);
    told = client_.Call<v1::DropCardResponse>(IdentityOf(chat), request).status();
  }
  // Who is gone by now, or may not see it any more, is told nothing either.
  const bool nobody =
      ReasonOf(told) == v1::REASON_ACCOUNT_UNKNOWN || ReasonOf(told) == v1::REASON_NOT_FOUND;
  if (nobody) return absl::OkStatus();
  if (!told.ok()) WarnOf("card not kept", told);
  return told;
}

}  // namespace kalends::telegram

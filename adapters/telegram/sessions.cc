#include "adapters/telegram/sessions.h"

#include <fmt/format.h>

#include <utility>

#include "adapters/telegram/channel.h"
#include "adapters/telegram/kept_session.h"

namespace kalends::telegram {
namespace {

// Of mostly some 50 bytes each. With more, all are read anew, which is simple and rare.
constexpr std::size_t kEntriesMax = 20'000;

std::string SessionNameOf(std::int64_t chat) { return "sessions/" + IdentityOf(chat); }

std::string WithoutScreen(std::string_view data) {
  Session session = ReadSession(data);
  session.screen = 0;
  return WriteSession(session);
}

}  // namespace

absl::StatusOr<Session> Sessions::Load(std::int64_t chat) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(chat);
    if (found != entries_.end()) return ReadSession(found->second.now);
  }
  KALENDS_ASSIGN_OR_RETURN(const std::string data, LoadKept(client_, SessionNameOf(chat)));
  Put(chat, {data, data});
  return ReadSession(data);
}

void Sessions::Store(std::int64_t chat, const Session& session, FormerScreen former) {
  std::string data = WriteSession(session);
  std::optional<std::string> kept;
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(chat);
    if (found != entries_.end()) {
      if (found->second.now == data && found->second.kept == data) return;
      kept = found->second.kept;
    }
  }
  const bool may_wait = former == FormerScreen::kTakenAway && session.screen == 0;
  if (kept && may_wait && WithoutScreen(*kept) == data) {
    Put(chat, {std::move(kept), std::move(data)});
    return;
  }
  const absl::Status stored = StoreKept(client_, SessionNameOf(chat), data);
  if (stored.ok()) {
    Put(chat, {data, data});
    return;
  }
  WarnOf("session not kept", stored);
  if (IsLost(stored)) {
    Put(chat, {std::nullopt, std::move(data)});
  } else {
    // Such as of an account that is gone: the next update asks the core.
    Forget(chat);
  }
}

void Sessions::Forget(std::int64_t chat) {
  const std::lock_guard lock(mutex_);
  entries_.erase(chat);
}

void Sessions::Put(std::int64_t chat, Entry entry) {
  const std::lock_guard lock(mutex_);
  if (entries_.size() >= kEntriesMax) entries_.clear();
  entries_.insert_or_assign(chat, std::move(entry));
}

}  // namespace kalends::telegram

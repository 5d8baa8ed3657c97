#include "adapters/telegram/inbox.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "adapters/telegram/router.h"
#include "core/operate/metrics.h"
#include "core/operate/request.h"

namespace kalends::telegram {
namespace {

operate::Family<operate::Count> updates_seen(
    "kalends_telegram_updates_total",
    "Updates, by what became of them: handled, repeated (they "
    "had come before) or set_aside.",
    {"result"});
operate::Count& updates_handled = updates_seen.With({"handled"});
operate::Count& updates_repeated = updates_seen.With({"repeated"});
operate::Count& updates_set_aside = updates_seen.With({"set_aside"});
operate::Histogram update_seconds("kalends_telegram_update_seconds",
                                  "What handling an update took, in seconds.",
                                  operate::Latencies());

constexpr auto kNever = std::chrono::steady_clock::time_point::max();

// Whose strand it is handled on.
std::int64_t ChatOf(const Update& update) {
  if (const auto* reply = std::get_if<GroupReply>(&update.what)) return reply->group;
  const auto* membership = std::get_if<Membership>(&update.what);
  return membership != nullptr && membership->group != 0 ? membership->group : update.user;
}

// Whoever puts the bot out says so by an update, too; and its name can be typed by anybody.
bool CanBeWrittenTo(const Update& update) {
  if (std::holds_alternative<InlineQuery>(update.what)) return false;
  const auto* membership = std::get_if<Membership>(&update.what);
  return membership == nullptr || membership->reachable;
}

// What brings a file may be an upload.
Lane LaneOf(const Update& update) {
  const auto* typed = std::get_if<Typed>(&update.what);
  return typed != nullptr && !typed->files.empty() ? Lane::kSlow : Lane::kQuick;
}

}  // namespace

Inbox::Inbox(const Context& context, Backlog& backlog)
    : context_(context), backlog_(backlog), watch_(context.client), thread_([this] { Run(); }) {}

void Inbox::Stop() {
  std::vector<Confirm> unused;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    for (const auto& [id, pending] : pending_) {
      std::move(pending->confirms.begin(), pending->confirms.end(), std::back_inserter(unused));
      pending->confirms.clear();
    }
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  watch_.Close();
}

absl::Status Inbox::Resume() {
  KALENDS_RETURN_IF_ERROR(watch_.Open());
  KALENDS_ASSIGN_OR_RETURN(const std::vector<KeptUpdate> updates, backlog_.Load());
  for (const KeptUpdate& kept : updates) {
    // Perhaps of another bot, in whose place this one is: what was asked for still counts.
    auto update = ParseUpdate(kept.update, kept.key.bot);
    if (!update || update->key != kept.key) {
      CountSetAside(kept.key.id);
      backlog_.Drop(kept.key);
      continue;
    }
    const auto pending = std::make_shared<Pending>();
    pending->key = update->key;
    pending->deadline = kNever;
    pending->backlogged = pending->kept = true;
    {
      const std::lock_guard lock(mutex_);
      pending_.emplace(update->key, pending);
      resumed_.insert(update->key);
    }
    TakeUp({{pending}, *std::move(update)});
  }
  if (!updates.empty()) spdlog::info("{} updates were left to handle", updates.size());
  return absl::OkStatus();
}

void Inbox::CountSetAside(std::optional<std::int64_t> update_id) {
  updates_set_aside.Add();
  const std::string name = update_id ? std::to_string(*update_id) : "of unknown id";
  spdlog::error("set aside update {} ({} so far)", name, ++set_aside_);
}

void Inbox::TakeIn(const nlohmann::json& json, Confirm confirm) {
  auto update = ParseUpdate(json, context_.bot_id);
  if (!update) {
    if (!UpdateIdOf(json)) CountSetAside(std::nullopt);
    confirm();
    return;
  }
  const auto pending = std::make_shared<Pending>();
  {
    std::unique_lock lock(mutex_);
    if (stopped_) return;
    const auto present = pending_.find(update->key);
    if (present != pending_.end() && !present->second->kept) {
      present->second->confirms.push_back(std::move(confirm));
      updates_repeated.Add();
      return;
    }
    if (present != pending_.end() || resumed_.contains(update->key)) {
      lock.unlock();
      updates_repeated.Add();
      confirm();
      return;
    }
    pending->key = update->key;
    pending->update = json;
    pending->confirms.push_back(std::move(confirm));
    pending->deadline = std::chrono::steady_clock::now() + kHandlePatience;
    pending_.emplace(update->key, pending);
  }
  // Before it is handled, and the core hears that the person is there.
  if (CanBeWrittenTo(*update)) context_.sender.NoteHeard(ChatOf(*update));
  changed_.notify_all();
  TakeUp({{pending}, *std::move(update)});
}

void Inbox::TakeUp(Ready ready) {
  const std::lock_guard starting(starting_);
  const std::int64_t chat = ChatOf(ready.update);
  const Typed* const typed = TypedIn(ready.update);
  std::optional<Ready> whole;
  {
    const std::lock_guard lock(mutex_);
    // Telegram tells of the parts after it only once this one is confirmed.
    if (typed != nullptr && !typed->album.empty() && !ready.pending.front()->backlogged) {
      ready.pending.front()->deadline = std::chrono::steady_clock::now();
    }
    const auto found = gathering_.find(chat);
    if (found != gathering_.end()) {
      Gathering& album = found->second;
      if (BelongTogether(album.ready.update, ready.update)) {
        Join(album.ready.update, ready.update);
        album.ready.pending.push_back(ready.pending.front());
        album.until = std::chrono::steady_clock::now() + kAlbumPatience;
        changed_.notify_all();
        return;
      }
      // What comes after it in this chat says that it is over.
      whole = std::move(album.ready);
      gathering_.erase(found);
    }
    if (typed != nullptr && !typed->album.empty()) {
      gathering_.emplace(chat, Gathering{std::exchange(ready, {}),
                                         std::chrono::steady_clock::now() + kAlbumPatience});
      changed_.notify_all();
    }
  }
  if (whole) Start(*std::move(whole));
  if (!ready.pending.empty()) Start(std::move(ready));
}

void Inbox::StartGathered(SteadyTime now) {
  const std::lock_guard starting(starting_);
  std::vector<Ready> whole;
  {
    const std::lock_guard lock(mutex_);
    for (auto album = gathering_.begin(); album != gathering_.end();) {
      const auto next = std::next(album);
      if (album->second.until <= now) {
        whole.push_back(std::move(album->second.ready));
        gathering_.erase(album);
      }
      album = next;
    }
  }
  for (Ready& ready : whole) Start(std::move(ready));
}

void Inbox::Start(Ready ready) {
  {
    std::unique_lock lock(mutex_);
    if (watch_.careful() || !line_.empty()) {
      line_.push_back(std::move(ready));
      AdvanceLine(lock);
      return;
    }
  }
  Post(std::move(ready));
}

void Inbox::AdvanceLine(std::unique_lock<std::mutex>& lock) {
  if (in_hand_ != nullptr || line_.empty() || stopped_) return;
  Ready ready = std::move(line_.front());
  line_.pop_front();
  in_hand_ = ready.pending.front();
  in_hand_since_ = std::chrono::steady_clock::now();
  changed_.notify_all();
  // It may be handled before Post returns, and what comes of that needs the lock.
  lock.unlock();
  Post(std::move(ready));
  lock.lock();
}

void Inbox::Post(Ready ready) {
  const Receipt receipt{std::shared_ptr<void>(nullptr,
                                              [this, parts = ready.pending](void*) {
                                                for (const PendingPtr& pending : parts)
                                                  OnHandled(pending);
                                              }),
                        std::shared_ptr<void>(nullptr, [this, parts = ready.pending](void*) {
                          for (const PendingPtr& pending : parts) OnAnswered(pending);
                        })};
  const std::int64_t chat = ChatOf(ready.update);
  const Lane lane = LaneOf(ready.update);
  context_.strands.Post(
      chat, [this, update = std::move(ready.update), receipt] { Handle(update, receipt); }, lane);
}

void Inbox::Handle(const Update& update, const Receipt& receipt) {
  const operate::RequestScope request(operate::NewRequestId());
  if (watch_.careful() && !watch_.Begin(update.key)) {
    CountSetAside(update.key.id);
    return;
  }
  const auto started = std::chrono::steady_clock::now();
  for (int tries = 1;; ++tries) {
    try {
      Route(context_, update, receipt);
      updates_handled.Add();
      break;
    } catch (const std::exception&) {  // What it says may repeat what somebody wrote.
      if (tries < kHandleTriesMax) continue;
      CountSetAside(update.key.id);
      break;
    }
  }
  const auto duration = std::chrono::steady_clock::now() - started;
  update_seconds.Observe(std::chrono::duration<double>(duration).count());
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(duration);
  spdlog::debug("update {} took {} ms", update.key.id, took.count());
}

void Inbox::OnHandled(const PendingPtr& pending) {
  watch_.End(pending->key);
  std::unique_lock lock(mutex_);
  pending->handled = true;
  if (in_hand_ == pending) {
    in_hand_.reset();
    AdvanceLine(lock);
  }
  if (pending->keeping) return;
  if (pending->kept || pending->answered) {
    End(lock, pending);
  } else {
    pending->deadline = std::chrono::steady_clock::now() + kAnswerPatience;
    changed_.notify_all();
  }
}

void Inbox::OnAnswered(const PendingPtr& pending) {
  std::unique_lock lock(mutex_);
  pending->answered = true;
  if (!pending->handled || pending->keeping) return;
  if (!pending->backlogged) {
    End(lock, pending);
  } else {
    pending->deadline = std::chrono::steady_clock::now();
    changed_.notify_all();
  }
}

void Inbox::End(std::unique_lock<std::mutex>& lock, const PendingPtr& pending) {
  const auto present = pending_.find(pending->key);
  if (stopped_ || present == pending_.end() || present->second != pending) return;
  pending_.erase(present);
  const bool backlogged = pending->backlogged;
  const std::vector<Confirm> confirms = std::exchange(pending->confirms, {});
  lock.unlock();
  if (backlogged) backlog_.Drop(pending->key);
  for (const Confirm& confirm : confirms) confirm();
  lock.lock();
}

void Inbox::Keep(std::unique_lock<std::mutex>& lock, const PendingPtr& pending) {
  pending->deadline = kNever;
  pending->keeping = pending->backlogged = true;
  lock.unlock();
  const bool kept = backlog_.Keep(pending->key, pending->update);
  lock.lock();
  pending->keeping = false;
  if (stopped_) return;
  const auto now = std::chrono::steady_clock::now();
  if (pending->handled) {
    pending->deadline = now;
  } else if (!kept) {
    pending->deadline = now + kHandlePatience;
  } else {
    pending->kept = true;
    pending->update = nullptr;
    const std::vector<Confirm> confirms = std::exchange(pending->confirms, {});
    lock.unlock();
    for (const Confirm& confirm : confirms) confirm();
    lock.lock();
  }
}

void Inbox::Run() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const auto first = std::min_element(
        pending_.begin(), pending_.end(),
        [](const auto& a, const auto& b) { return a.second->deadline < b.second->deadline; });
    const SteadyTime deadline = first == pending_.end() ? kNever : first->second->deadline;
    const SteadyTime now = std::chrono::steady_clock::now();
    const SteadyTime next_at = in_hand_ == nullptr ? kNever : in_hand_since_ + kHandlePatience;
    SteadyTime gathered_at = kNever;
    for (const auto& [chat, album] : gathering_) gathered_at = std::min(gathered_at, album.until);
    if (gathered_at <= now) {
      lock.unlock();
      StartGathered(now);
      lock.lock();
    } else if (next_at <= now) {
      in_hand_.reset();
      AdvanceLine(lock);
    } else if (deadline > now) {
      const SteadyTime until = std::min({deadline, next_at, gathered_at});
      until == kNever ? changed_.wait(lock) : void(changed_.wait_until(lock, until));
    } else if (const PendingPtr pending = first->second; pending->handled) {
      End(lock, pending);  // Its answers are late.
    } else {
      Keep(lock, pending);
    }
  }
}

}  // namespace kalends::telegram

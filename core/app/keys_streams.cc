#include "core/app/keys_streams.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::app {

std::string StreamOf(core::AccountId account) { return "account/" + account.ToString(); }
std::string StreamOfFile(std::string_view blob) { return "file/" + std::string(blob); }

absl::StatusOr<std::unique_ptr<OpenStreams::Place>> OpenStreams::Open(core::ApiKeyId key, int max,
                                                                      Ends ends) {
  const std::lock_guard lock(mutex_);
  if (!stopped_.ok()) return stopped_;
  const auto counted = [](const auto& entry) { return entry.second.counted; };
  if (std::count_if(entries_.lower_bound({key, 0}), entries_.upper_bound({key, last_}), counted) >=
      max) {
    return core::Error(core::Reason::kLimitReached,
                       "The API key has as many streams open as it may; end one first.");
  }
  const At at{key, ++last_};
  entries_[at].ends = std::move(ends);
  return std::make_unique<Place>(*this, at);
}

void OpenStreams::End(core::ApiKeyId key, const absl::Status& why) {
  const std::lock_guard ending(ending_);
  std::unique_lock lock(mutex_);
  for (auto at = entries_.lower_bound({key, 0}); at != entries_.end() && at->first.first == key;
       ++at) {
    Tell(lock, at->second, why);
  }
}

void OpenStreams::EndOne(const At& at, const absl::Status& why) {
  const std::lock_guard ending(ending_);
  std::unique_lock lock(mutex_);
  const auto found = entries_.find(at);
  if (found != entries_.end()) Tell(lock, found->second, why);
}

void OpenStreams::EndWatching(const std::string& what, const absl::Status& why) {
  const std::lock_guard ending(ending_);
  std::unique_lock lock(mutex_);
  for (auto& [at, entry] : entries_) {
    if (entry.watches.contains(what)) Tell(lock, entry, why);
  }
}

void OpenStreams::Stop(const absl::Status& why) {
  const std::lock_guard ending(ending_);
  std::unique_lock lock(mutex_);
  stopped_ = why;
  for (auto& [at, entry] : entries_) Tell(lock, entry, why);
}

void OpenStreams::Tell(std::unique_lock<std::mutex>& lock, Entry& entry, const absl::Status& why) {
  if (entry.told) return;
  entry.told = ticks_();
  Run(lock, entry, [&] { entry.ends.end(why); });
}

void OpenStreams::CutOff() {
  const std::lock_guard ending(ending_);
  std::unique_lock lock(mutex_);
  for (auto at = entries_.begin(); at != entries_.end(); ++at) {
    Entry& entry = at->second;
    if (!entry.told || entry.cut_off || ticks_() - *entry.told < core::kKeyEndGrace) continue;
    entry.cut_off = true;
    Run(lock, entry, entry.ends.cut_off);
  }
}

// Without the lock, so that streams can go meanwhile; this one cannot, nor where it stands.
void OpenStreams::Run(std::unique_lock<std::mutex>& lock, Entry& entry,
                      const std::function<void()>& end) {
  entry.running = true;
  lock.unlock();
  end();
  lock.lock();
  entry.running = false;
  changed_.notify_all();
}

void OpenStreams::Uncount(const At& at) {
  const std::lock_guard lock(mutex_);
  entries_.at(at).counted = false;
}

std::size_t OpenStreams::CountOpen() {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(
      entries_.begin(), entries_.end(), [](const auto& entry) { return entry.second.counted; }));
}

void OpenStreams::Watch(const At& at, std::string what) {
  const std::lock_guard lock(mutex_);
  entries_.at(at).watches.insert(std::move(what));
}

void OpenStreams::Remove(const At& at) {
  std::unique_lock lock(mutex_);
  const auto entry = entries_.find(at);
  changed_.wait(lock, [&] { return !entry->second.running; });
  entries_.erase(entry);
}

}  // namespace kalends::app

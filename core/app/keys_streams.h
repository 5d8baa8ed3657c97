// The streams that are open, by the key that opened them: they end with it, and with what they are
// of.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "core/base/id.h"
#include "core/keys/call_rate.h"

namespace kalends::app {

// What a stream may be of.
std::string StreamOf(core::AccountId account);
std::string StreamOfFile(std::string_view blob);

// Thread-safe.
class OpenStreams {
 public:
  explicit OpenStreams(core::MonotonicClock ticks) : ticks_(std::move(ticks)) {}

  // How a stream ends from outside. Both are called at most once, in this order, on a thread that
  // must not be held up: neither may wait for the writer, or for the stream's place to be given
  // back.
  struct Ends {
    // Nothing more may reach the caller when this returns but what is on the wire already.
    std::function<void(const absl::Status& why)> end;
    // The other end has not taken its status: lets go of it.
    std::function<void()> cut_off;
  };
  using At = std::pair<core::ApiKeyId, std::uint64_t>;  // Which stream; never another one's.
  // A stream that is open. Destroying it waits for an end that is running; before its caller learns
  // how it ended, GiveBack lets another stream of the key have the place.
  class Place {
   public:
    Place(OpenStreams& streams, const At& at) : streams_(streams), at_(at) {}
    ~Place() { streams_.Remove(at_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    const At& at() const { return at_; }

    // The stream is of this, too. Look once more whether that is still there: what was gone before
    // ends nothing.
    void Watch(std::string what) { streams_.Watch(at_, std::move(what)); }

    // The stream counts no more; it is still cut off where its caller does not take its status.
    // Once or more often, also while one of its ends is running.
    void GiveBack() { streams_.Uncount(at_); }

   private:
    OpenStreams& streams_;
    const At at_;
  };

  // LIMIT_REACHED: the key has `max` open ones. After Stop, the status that it was given.
  absl::StatusOr<std::unique_ptr<Place>> Open(core::ApiKeyId key, int max, Ends ends);
  // Ends those of a key; all have been told when it returns.
  void End(core::ApiKeyId key, const absl::Status& why);
  // Ends this one, if it is still open; otherwise the same.
  void EndOne(const At& at, const absl::Status& why);
  // Ends those that are of `what`; otherwise the same.
  void EndWatching(const std::string& what, const absl::Status& why);
  // Ends all, and refuses those to come.
  void Stop(const absl::Status& why);
  // How many are open and counted.
  std::size_t CountOpen();
  // Cuts off those that were told at least kKeyEndGrace ago.
  void CutOff();

 private:
  struct Entry {
    Ends ends;
    std::optional<core::Ticks> told;
    bool cut_off = false;
    bool running = false;  // One of `ends` is.
    bool counted = true;   // Its place is not given back.
    std::set<std::string> watches;
  };

  void Tell(std::unique_lock<std::mutex>& lock, Entry& entry, const absl::Status& why);
  void Run(std::unique_lock<std::mutex>& lock, Entry& entry, const std::function<void()>& end);
  void Uncount(const At& at);
  void Watch(const At& at, std::string what);
  void Remove(const At& at);

  const core::MonotonicClock ticks_;
  // Held by who ends streams, so that each of them finds all told when it is done.
  std::mutex ending_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<At, Entry> entries_;
  std::uint64_t last_ = 0;
  absl::Status stopped_;  // OK: it is not.
};

}  // namespace kalends::app

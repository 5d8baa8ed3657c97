// Finds the update that ends the process each time it is handled. The core keeps, in a session,
// whether a process is at work; one that finds so at its start knows that the one before it did not
// end in an orderly way, and is careful for a while: it notes what it handles before it does.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "adapters/telegram/client.h"
#include "adapters/telegram/update_key.h"

namespace kalends::telegram {

inline constexpr int kCrashesMax = 2;  // While an update was noted; the next time it is set aside.
inline constexpr std::chrono::seconds kCarefulFor{60};

// Safe to share between threads, after Open.
class CrashWatch {
 public:
  // `client` must outlive it.
  explicit CrashWatch(const Client& client) : client_(client) {}

  // Reads what the process before this one left, and says that this one is at work. To be called
  // once, before all else.
  absl::Status Open();
  // For kCarefulFor after a start that follows a crash. Updates are to be handled one at a time
  // then: each that is noted when the process ends is suspected.
  bool careful() const { return std::chrono::steady_clock::now() < careful_until_; }
  // Notes that an update is about to be handled. False: the process has ended over it too often.
  bool Begin(const UpdateKey& update);
  // It has been handled.
  void End(const UpdateKey& update);
  // The process ends in an orderly way; nothing is noted any more.
  void Close();

 private:
  // What the core is to keep while that update is handled; empty: nothing; nullopt: see Begin.
  std::optional<std::string> Note(const UpdateKey& update);

  const Client& client_;
  std::chrono::steady_clock::time_point careful_until_{};
  std::mutex writing_;  // Of one write after the other; locked before mutex_.
  std::mutex mutex_;
  std::map<UpdateKey, int> crashes_;  // Of suspected updates.
  std::set<UpdateKey> at_hand_;       // Noted, and not handled yet.
  bool opened_ = false;
};

}  // namespace kalends::telegram

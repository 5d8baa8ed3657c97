// Which messages show an appointment. The core keeps them (NotificationService.KeepCard) and says
// when one is to be drawn anew; here is what was drawn last, so that only news go to the core and
// nothing is drawn over what a chat has gone on to.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/telegram/client.h"
#include "adapters/telegram/screen.h"

namespace kalends::telegram {

using Shown = std::optional<ShownAppointment>;

// Safe to share between threads; of one chat, one thread at a time, which the strands see to. After
// a restart nothing is known of any message until it is drawn; the core still knows. What the core
// could not be told as it was away, it hears with the next that it can be told.
class Cards {
 public:
  // `bot`: whose messages they are; another one's have other numbers.
  Cards(const Client& client, std::int64_t bot) : client_(client), bot_(bot) {}

  // `message` is there and shows `shown`; the core hears of it where it does not know.
  void Set(std::int64_t chat, std::int64_t message, const Shown& shown);
  // `message` was just sent: the core does not know it yet.
  void SetNew(std::int64_t chat, std::int64_t message, const Shown& shown);
  // It is about to show `shown`: nothing is told yet.
  void Expect(std::int64_t chat, std::int64_t message, const ShownAppointment& shown);
  // What was expected has come, unless something else was drawn meanwhile.
  void Confirm(std::int64_t chat, std::int64_t message, const ShownAppointment& shown);

  // What was expected is not certain to have come.
  void Forget(std::int64_t chat, std::int64_t message);

  // What `message` shows; nullopt: not known.
  std::optional<Shown> Find(std::int64_t chat, std::int64_t message) const;

 private:
  struct Entry {
    std::int64_t message = 0;
    Shown shown;
    bool told = false;  // The core knows.
    bool owed = false;  // The core was away when it was to be told.
  };
  // The last ones of a chat, the oldest first.
  using Entries = std::vector<Entry>;

  // Puts what is shown now, and tells it; then what is owed.
  void TellNow(std::int64_t chat, std::int64_t message, const Shown& shown);
  void TellOwed();
  std::optional<Entry> FindEntry(std::int64_t chat, std::int64_t message) const;
  void Put(std::int64_t chat, const Entry& entry);
  // OK: the core knows now.
  absl::Status Tell(std::int64_t chat, std::int64_t message, const Shown& shown) const;

  const Client& client_;
  const std::int64_t bot_;
  mutable std::mutex mutex_;
  std::unordered_map<std::int64_t, Entries> chats_;
  int owed_ = 0;  // So many entries at most are owed.
};

}  // namespace kalends::telegram

// How far the delivery of each notification has come: its text, then its files one after the other.
// Bookkeeping alone, nothing is sent here.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

#include "adapters/telegram/api_result.h"

namespace kalends::telegram {

inline constexpr std::size_t kDeliveriesKept = 10'000;  // Of those that do not run.

// How a text is told, each where Telegram refuses the one before.
enum class Form {
  kWhole,
  kPlain,       // Without markup.
  kShort,       // What kind of event it is, in our words, with a button that leads there.
  kShortAlone,  // Without the button, too.
  kMaxValue = kShortAlone,
};

// Safe to share between threads. The core may hand a notification out twice, and does so after it
// was given back or its lease ran out; the name tells.
class Deliveries {
 public:
  enum class State { kToDeliver, kOnItsWay, kDelivered };
  struct Begun {
    State state = State::kToDeliver;
    std::size_t part = 0;      // The first that was not sent. 0: the text.
    Form form = Form::kWhole;  // Of the text.
  };
  // kToDeliver: the caller is to do it, and it is on its way from now on.
  Begun Begin(const std::string& name);

  enum class Action {
    kSend,         // Send what is due next.
    kAcknowledge,  // All of it was sent.
    kUnreachable,  // The recipient cannot be written to.
    kReturn,       // It did not get through: give it back for a while.
    kReturnLong,   // Ours to mend: give it back, perhaps to a mended process.
    kSetAside,     // Telegram refuses it in every form.
  };
  struct Next {
    Action action;
    std::size_t part = 0;  // With kSend.
    Form form = Form::kWhole;
  };
  // What was due ended with `outcome`; there are `parts` in all. A file that Telegram refuses for
  // good counts as sent: it would hold up for ever what comes after. What is given back goes on
  // with the first part that was not sent; after kUnreachable and kSetAside it begins anew.
  Next EndPart(const std::string& name, std::size_t parts, Outcome outcome);

 private:
  // Keeps `name`, which is not on its way any more, among the last ones.
  void Rest(const std::string& name);

  std::mutex mutex_;
  std::unordered_map<std::string, Begun> deliveries_;
  std::deque<std::string> resting_;  // The oldest first.
};

}  // namespace kalends::telegram

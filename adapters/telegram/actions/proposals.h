// Other times for a request: proposed by the provider, chosen by the customer (SPEC 3.1).
#pragma once

#include <optional>
#include <vector>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

// clang-format off
struct ProposeMonth {
  AppointmentId appointment;
  std::optional<date::year_month> month;  // As in ShowMonth.
  std::vector<Minute> chosen;             // As chosen, at most kProposedTimesMax, here and below.
  KALENDS_ACTION("om", appointment, month, chosen)
};
struct ProposeDay {
  AppointmentId appointment;
  date::year_month_day day;
  int page = 0;
  std::vector<Minute> chosen;
  KALENDS_ACTION("od", appointment, day, page, chosen)
};
struct ReviewProposal {
  AppointmentId appointment;
  std::vector<Minute> chosen;
  KALENDS_ACTION("ov", appointment, chosen)
};
struct SendProposal {
  AppointmentId appointment;
  std::vector<Minute> chosen;
  Nonce nonce;
  KALENDS_ACTION("os", appointment, chosen, nonce)
};
struct ChooseProposed {
  AppointmentId appointment;
  Minute start;
  Nonce nonce;
  KALENDS_ACTION("ah", appointment, start, nonce)
};
// What is agreed stays where it is.
struct DeclineMove { AppointmentId appointment; Nonce nonce; KALENDS_ACTION("an", appointment, nonce) };
// clang-format on

using ProposalsActions =
    Actions<ProposeMonth, ProposeDay, ReviewProposal, SendProposal, ChooseProposed, DeclineMove>;

}  // namespace kalends::telegram

// Proposing other times for a request (SPEC 3.1): month, day, then what has been chosen so far.
#pragma once

#include <vector>

#include "adapters/telegram/actions/proposals.h"
#include "adapters/telegram/screens/common.h"
#include "adapters/telegram/screens/free_month.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

struct ProposeMonthView {
  AppointmentId appointment;
  std::vector<Minute> chosen;
  FreeMonth free;
  v1::Appointment asked;
  Nonce nonce;
};
// What has been chosen so far, to be sent or taken out again, above the dates to choose from.
Screen ProposeMonthScreen(const Reader& reader, const ProposeMonthView& view);

struct ProposeDayView {
  AppointmentId appointment;
  std::vector<Minute> chosen;
  date::year_month_day day;
  int page = 0;
  std::vector<Instant> starts;  // All of the day.
  std::string zone;             // Of the day.
  std::optional<ShownAppointment> shows = std::nullopt;
};
Screen ProposeDayScreen(const Reader& reader, const ProposeDayView& view);

// The month of the last choice: where the next one is likely. nullopt: there is none.
std::optional<date::year_month> MonthOfLast(const Reader& reader,
                                            const v1::Appointment& appointment,
                                            const std::vector<Minute>& chosen);
// As many times as can be proposed, each to be taken out again; send.
Screen ReviewProposalScreen(const Reader& reader, const v1::Appointment& appointment,
                            const std::vector<Minute>& chosen, Nonce nonce);

// `chosen` with `start` at the end, or without it when it was there; at most kProposedTimesMax.
std::vector<Minute> Toggle(std::vector<Minute> chosen, Minute start);

// A proposed start that is taken meanwhile. The request stands: what else is proposed can still be
// chosen, and what is free near it be requested instead.
struct ProposalTakenView {
  std::string refusal;  // HTML.
  Minute taken;
  Draft draft;
  std::vector<Minute> starts;  // Free near `taken`.
};
Screen ProposalTakenScreen(const Reader& reader, const v1::Appointment& appointment, Nonce nonce,
                           const ProposalTakenView& view);

// One of the proposed starts, to be taken. `heading`: HTML; may be empty.
Screen ProposedTimeScreen(const Reader& reader, const v1::Appointment& appointment, Minute start,
                          const std::string& heading, Nonce nonce);

}  // namespace kalends::telegram

// What a provider does with an open appointment but for its status (SPEC 3.2): another time, found
// as when booking; another place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/telegram/actions/moves.h"
#include "adapters/telegram/screens/common.h"
#include "adapters/telegram/screens/free_month.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

struct MoveMonthView {
  v1::Appointment appointment;
  FreeMonth free;
};
Screen MoveMonthScreen(const Reader& reader, const MoveMonthView& view);

struct MoveDayView {
  v1::Appointment appointment;
  date::year_month_day day;
  int page = 0;
  std::vector<Instant> starts;  // All of the day.
  std::string zone;             // Of the day.
};
Screen MoveDayScreen(const Reader& reader, const MoveDayView& view);

struct ReviewMoveView {
  v1::Appointment appointment;
  Minute start;                 // Where it is to go.
  std::optional<AskFirst> ask;  // nullopt: not the reader's to say; then it moves at once.
  std::string reason;           // As typed, for the customer; empty: none yet.
  Nonce nonce;
};
// From when to when, and who is told of it.
Screen ReviewMoveScreen(const Reader& reader, const ReviewMoveView& view);

// `service_place`: what the service says; empty: nothing, or it has no service.
Screen AskPlaceScreen(const Reader& reader, const v1::Appointment& appointment,
                      const std::string& service_place, Nonce nonce);

}  // namespace kalends::telegram

// Free dates and times, for booking and for proposing.
#pragma once

#include "adapters/telegram/screens/free_month.h"
#include "adapters/telegram/turn.h"
#include "adapters/telegram/typed_when.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

inline constexpr std::size_t kFirstStartsMax = 3;

// Of `month`; without one, of the first month from now with a free date, or of the present one.
absl::StatusOr<FreeMonth> FindFreeMonth(Turn& turn, const Draft& draft,
                                        std::optional<date::year_month> month,
                                        std::string_view provider_zone);
absl::StatusOr<v1::ListSlotsResponse> ListDay(Turn& turn, const Draft& draft,
                                              date::year_month_day day);
struct FreeSlot {
  std::chrono::minutes length{0};  // A group session that is joined keeps its own.
  int seats_left = 0;              // Of a group; 0: it is none.
};
absl::StatusOr<FreeSlot> SlotAt(Turn& turn, const Draft& draft, Minute start);
// Whether `start` can be booked now.
absl::StatusOr<bool> IsFree(Turn& turn, const Draft& draft, Minute start);
// The starts of the one day of `slots`.
std::vector<Instant> StartsOf(const v1::ListSlotsResponse& slots);
// Of a group service: how many seats each of those starts has left. Of others empty.
std::vector<int> SeatsOf(const v1::ListSlotsResponse& slots);

// The day whose times are shown, as a dialogue keeps it: in days since 1970; 0: none's.
std::int64_t KeptDay(std::optional<date::year_month_day> shown);
// What `text` means on the reader's clock, or where there is none on that of `clock_zone`.
std::optional<TypedWhen> WhenTyped(Turn& turn, const std::string& text, std::string_view clock_zone,
                                   std::int64_t kept_day);
// The one of `starts` that was typed, with its time.
std::optional<Minute> StartAt(const std::vector<Instant>& starts, std::string_view zone,
                              const TypedWhen& when);
// Says above the next screen what of `when` is not free: the day, or the time where one was typed.
void FrameNotFree(Turn& turn, const TypedWhen& when, const std::vector<Instant>& starts);

}  // namespace kalends::telegram

// What the handlers of a specialist's hours share.
#pragma once

#include <string>
#include <vector>

#include "adapters/telegram/screens/affected.h"
#include "adapters/telegram/turn.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::telegram {

std::string OwnScheduleName(const Turn& turn);
absl::StatusOr<v1::Schedule> GetOwnSchedule(Turn& turn);
// The specialist's calendar now.
inline LocalTime NowIn(const Turn& turn, const v1::Schedule& schedule) {
  return ToLocal(schedule.time_zone(), turn.now());
}
absl::StatusOr<std::vector<v1::Closure>> NextClosures(Turn& turn);
absl::StatusOr<std::vector<v1::Opening>> NextOpenings(Turn& turn);

// The card with all hours below `heading` (HTML; may be empty).
absl::Status ShowHoursCard(Turn& turn, const std::string& heading);

// All appointments outside the reader's hours, up to one page of the core's.
absl::StatusOr<std::vector<v1::Appointment>> ListAffected(Turn& turn);
// What a change says that it hits. One that cannot be read any more is left out.
AffectedView ReadAffected(Turn& turn, const google::protobuf::RepeatedPtrField<std::string>& names);

}  // namespace kalends::telegram

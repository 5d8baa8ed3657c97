#include "core/imports/arrival.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {

absl::Status CheckExternalId(std::string_view id) {
  const bool fits = !id.empty() && id.size() <= kExternalIdBytesMax &&
                    std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (fits) return absl::OkStatus();
  return InvalidField("external_id", "must be 1 to " + std::to_string(kExternalIdBytesMax) +
                                         " printable ASCII characters without blanks");
}

absl::Status CheckImportedTime(const Interval& interval) {
  if (IsEmpty(interval)) return InvalidField("end_time", "must be after the start");
  const std::chrono::seconds length = interval.end - interval.start;
  if (length > kDurationMax) return InvalidField("end_time", "must be within 24 hours");
  if (length % Minutes(1) != std::chrono::seconds(0)) {
    return InvalidField("end_time", "must be whole minutes after the start");
  }
  return absl::OkStatus();
}

absl::StatusOr<AppointmentStatus> StatusOnArrival(AppointmentStatus status,
                                                  const Interval& interval, Instant now) {
  switch (status) {
    case AppointmentStatus::kPending:
      return interval.start <= now ? AppointmentStatus::kRejected : status;
    case AppointmentStatus::kAccepted:
      return interval.end <= now ? AppointmentStatus::kCompleted : status;
    case AppointmentStatus::kCompleted:
    case AppointmentStatus::kMissed:
      if (interval.start > now) return Error(Reason::kNotStarted);
      return status;
    case AppointmentStatus::kRejected:
    case AppointmentStatus::kCancelled:
      break;
  }
  return status;
}

AppointmentStatus FirstStatusOf(AppointmentStatus status) {
  const bool was_request =
      status == AppointmentStatus::kPending || status == AppointmentStatus::kRejected;
  return was_request ? AppointmentStatus::kPending : AppointmentStatus::kAccepted;
}

}  // namespace kalends::core

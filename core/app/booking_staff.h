// Use cases in which an organization gives its appointments to others of its staff.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/booking.h"

namespace kalends::app {

struct ReassignInput {
  AppointmentRef ref;
  std::optional<core::ProviderId> specialist;  // None: whoever can, fairly.
  std::string etag;
};
// By the organization: NOT_FOUND, to whom the appointment is none of theirs; PROVIDER_ONLY.
absl::StatusOr<AppointmentView> ReassignAppointment(WriteContext& cx, const ReassignInput& input);

// What becomes of what a specialist who goes still has to keep.
enum class Leftover { kRefuse, kCancel, kReassign };
struct RemoveStaffInput {
  core::ProviderId organization;
  core::ProviderId specialist;
  Leftover leftover = Leftover::kRefuse;
  std::string reason;
  Trial trial = Trial::kReal;
};
// In the order of their starts. The provider of all of them is the organization.
struct RemovedStaff {
  std::vector<core::AppointmentId> open;
  std::vector<core::AppointmentId> reassigned;
  std::vector<core::AppointmentId> cancelled;
};
// By the organization: NOT_FOUND. OPEN_APPOINTMENTS, where they are not to be touched.
absl::StatusOr<RemovedStaff> RemoveStaff(WriteContext& cx, const RemoveStaffInput& input);

}  // namespace kalends::app

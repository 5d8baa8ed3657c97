#include "core/app/notifications_cards.h"

#include <algorithm>

#include "core/app/duties.h"
#include "core/app/notifications.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "storage/notifications_cards.h"

namespace kalends::app {

absl::Status KeepCard(WriteContext& cx, const CardInput& input) {
  ASSIGN_OR_RETURN(const core::Appointment appointment, FindVisible(cx.AsRead(), input.ref));
  const core::AccountId account = *cx.caller.account;
  storage::PutCard(cx.tx, {account, input.channel, input.message, appointment.id,
                           std::min(input.revision, appointment.version),
                           appointment.interval.end + core::kCardKept});
  storage::DeleteOldCards(cx.tx, account, appointment.id, core::kCardsPerAppointmentMax);
  if (input.revision < appointment.version) NotifyCard(cx, appointment, account);
  return absl::OkStatus();
}

absl::Status DropCard(WriteContext& cx, std::string_view channel, std::string_view message) {
  storage::DeleteCard(cx.tx, *cx.caller.account, channel, message);
  return absl::OkStatus();
}

extern constinit const Duty kForgetCards{
    "forgetting old cards",
    [](storage::Transaction& tx, core::Instant now, const DutyOptions&) {
      return storage::HasOldCards(tx, now);
    },
    [](WriteContext& cx, const DutyOptions&) {
      storage::PurgeCards(cx.tx, cx.now, kDutyPurgedMax);
    }};

}  // namespace kalends::app

#include "core/app/booking.h"

#include <algorithm>
#include <utility>

#include "core/app/booking_parts.h"
#include "core/app/consents.h"
#include "core/app/notifications.h"
#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "storage/catalog.h"
#include "storage/links.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

bool EarlierHold(const core::Hold& a, const core::Hold& b) { return a.hold.start < b.hold.start; }

core::Hold HoldOf(const core::Appointment& appointment) {
  return {appointment.id, appointment.hold, appointment.interval, appointment.service,
          appointment.capacity};
}

// The refusal with the nearest bookable starts of all the offer's specialists.
absl::Status WithAlternatives(WriteContext& cx, const Offer& offer, core::Instant start,
                              absl::Status refusal) {
  std::vector<core::Instant> nearest;
  for (const core::ProviderId specialist : offer.specialists) {
    const CalendarPtr calendar = cx.calendars.Get(specialist);
    if (!calendar) continue;
    const auto more =
        core::NearestStarts(*calendar, offer.wanted, start, core::kAlternativesMax, cx.now);
    nearest.insert(nearest.end(), more.begin(), more.end());
  }
  const auto distance = [&](core::Instant at) { return at < start ? start - at : at - start; };
  std::sort(nearest.begin(), nearest.end(), [&](core::Instant a, core::Instant b) {
    return std::pair(distance(a), a) < std::pair(distance(b), b);
  });
  nearest.erase(std::unique(nearest.begin(), nearest.end()), nearest.end());
  if (nearest.size() > core::kAlternativesMax) nearest.resize(core::kAlternativesMax);
  std::sort(nearest.begin(), nearest.end());
  return core::WithDetail(std::move(refusal), SlotAlternatives{std::move(nearest)});
}

// Who keeps an appointment, and what it takes there.
struct Choice {
  core::ProviderId specialist;
  core::Placement placement;
};

// Chooses who keeps an appointment at `start`: of those who can, one at whom it has the length that
// is listed, and of these the one with the fewest holds.
absl::StatusOr<Choice> ChooseSpecialist(WriteContext& cx, const Offer& offer, core::Instant start) {
  std::optional<Choice> chosen;
  std::pair<std::chrono::seconds, std::size_t> best;
  absl::Status refusal = core::Error(core::Reason::kSpecialistNotOffering);
  for (const core::ProviderId specialist : offer.specialists) {
    const CalendarPtr calendar = cx.calendars.Get(specialist);
    if (!calendar) continue;
    const absl::Status bookable = core::CheckBookable(*calendar, offer.wanted, start, cx.now);
    if (!bookable.ok()) {
      refusal = bookable;
      continue;
    }
    const core::Placement placement = core::PlacementAt(*calendar, offer.wanted, start);
    const std::pair rank(LengthRank(offer, placement.interval), calendar->holds.size());
    if (chosen && rank >= best) continue;
    chosen = Choice{specialist, placement};
    best = rank;
  }
  if (!chosen) return WithAlternatives(cx, offer, start, refusal);
  return *chosen;
}

// Requests and cancels each tell the provider: nobody may do so on and on.
absl::Status CheckRequestRate(WriteContext& cx, core::ProviderId provider,
                              core::AccountId customer) {
  const core::Interval of_late{cx.now - core::kRequestRates[0].period, cx.now};
  return CheckRate(
      core::kRequestRates,
      [&](int nth) { return storage::NthNewestRequest(cx.tx, provider, customer, of_late, nth); },
      cx.now);
}

core::Appointment NewAppointment(WriteContext& cx, const Offer& offer, const Choice& choice) {
  core::Appointment appointment;
  appointment.id = cx.ids.Next<core::AppointmentId>(cx.now);
  appointment.provider = offer.provider.id;
  appointment.specialist = choice.specialist;
  appointment.customer = *cx.caller.account;
  appointment.created = cx.now;
  ApplyOffer(appointment, offer);
  PutAt(appointment, choice.placement);
  return appointment;
}

}  // namespace

void ApplyOffer(core::Appointment& appointment, const Offer& offer) {
  if (!offer.service) return;
  appointment.service = offer.service->id;
  appointment.service_name = offer.service->name;
  appointment.price = offer.service->price;
  appointment.place = offer.service->place;
}

void PutAt(core::Appointment& appointment, const core::Placement& placement) {
  appointment.interval = placement.interval;
  appointment.hold = placement.hold;
  appointment.capacity = placement.capacity;
}

void UpdateHolds(WriteContext& cx, const core::Appointment& appointment) {
  const CalendarPtr present = cx.calendars.Get(appointment.specialist);
  core::Calendar calendar = *present;
  const core::Instant past = cx.now - kCalendarPast;
  std::erase_if(calendar.holds, [&](const core::Hold& hold) {
    return hold.appointment == appointment.id || hold.hold.end < past;
  });
  if (core::HoldsTime(appointment.status)) {
    const core::Hold hold = HoldOf(appointment);
    calendar.holds.insert(
        std::upper_bound(calendar.holds.begin(), calendar.holds.end(), hold, EarlierHold), hold);
  }
  cx.calendars.Put(std::move(calendar));
}

absl::StatusOr<AppointmentView> RequestAppointment(WriteContext& cx, const RequestInput& input) {
  const core::AccountId customer = *cx.caller.account;
  const auto link = storage::FindLink(cx.tx, input.offer.provider, customer);
  // A provider that was taken off the list is not to be seen, until an invitation brings it back.
  if (!link || link->removed) return core::Error(core::Reason::kNotFound);
  RETURN_IF_ERROR(core::CheckLink(*link));
  auto provider = storage::FindProvider(cx.tx, input.offer.provider);
  if (!provider) return core::Error(core::Reason::kNotFound);
  ASSIGN_OR_RETURN(const Offer offer, LoadOffer(cx.tx, *std::move(provider), input.offer));
  RETURN_IF_ERROR(CheckConsents(cx.AsRead(), offer.provider.id, customer));
  if (storage::CountPending(cx.tx, offer.provider.id, customer) >=
      core::kOpenRequestsPerCustomerMax) {
    return core::Error(core::Reason::kLimitReached,
                       "There are too many open requests; wait for an answer or withdraw one.");
  }
  RETURN_IF_ERROR(CheckRequestRate(cx, offer.provider.id, customer));
  RETURN_IF_ERROR(
      CheckText("appointment.note", input.note, 0, core::kRequestNoteCharsMax, Lines::kMany));
  ASSIGN_OR_RETURN(const Choice choice, ChooseSpecialist(cx, offer, input.start));
  core::Appointment appointment = NewAppointment(cx, offer, choice);
  appointment.note = SealNote(cx, appointment.id, input.note);
  const bool accepted = offer.service && offer.service->auto_accept;
  if (accepted) appointment.status = core::AppointmentStatus::kAccepted;
  storage::InsertAppointment(cx.tx, appointment);
  storage::InsertStatusChange(cx.tx, appointment,
                              {std::nullopt, core::AppointmentStatus::kPending, cx.now,
                               core::Actor::kCustomer, customer, ""});
  if (accepted) {
    storage::InsertStatusChange(
        cx.tx, appointment,
        {core::AppointmentStatus::kPending, core::AppointmentStatus::kAccepted, cx.now,
         core::Actor::kSystem, std::nullopt, ""});
    ResetReminders(cx, appointment);
  }
  UpdateHolds(cx, appointment);
  NotifyProvider(cx, appointment, {core::NotificationKind::kRequested, core::Actor::kCustomer});
  return ViewAppointment(cx.AsRead(), std::move(appointment), History::kWith);
}

}  // namespace kalends::app

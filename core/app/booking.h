// Use cases that make appointments and carry them through their life.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/accounts/account.h"
#include "core/app/booking_slots.h"
#include "core/app/consents.h"
#include "core/app/context.h"
#include "core/app/sealed.h"
#include "core/booking/appointment.h"
#include "core/booking/changes.h"
#include "core/booking/specialists.h"
#include "core/payments/payment.h"
#include "storage/booking.h"

namespace kalends::app {

// An appointment with what is shown of it.
struct AppointmentView {
  core::Appointment appointment;
  core::Provider provider;
  std::string specialist_name;
  core::LocalizedText service;  // In the reader's language; without History::kWith the name alone.
  core::Account customer;
  std::string provider_time_zone;
  std::vector<core::StatusChange> history;
  std::vector<core::Action> actions;
  core::Balance balance;
  std::optional<core::SoldPackageId> package;  // That pays for it.
  Opened payment_link;  // Filled in; to the customer, where something is to be paid.
  Opened note;          // Of the customer; empty: none.
  std::optional<core::Instant> cancel_until;  // To the customer, while it is agreed and ahead.
  bool tells_keys = false;                    // Which tools did what: to tools.
  std::optional<core::Instant> reminded;      // To the provider's side.
  int visit_number = 0;                       // The same; 0: not counted.
  bool shares_link = false;                   // The reader is a side of the link, and it is there.
};

// As core::SideOf says.
std::optional<core::Actor> SideOf(const ReadContext& cx, const core::Appointment& appointment);

// How a caller names an appointment. Without a provider the id alone decides.
struct AppointmentRef {
  std::optional<core::ProviderId> provider;
  core::AppointmentId id;
};

// The appointment, if the caller may see it: NOT_FOUND.
absl::StatusOr<core::Appointment> FindVisible(const ReadContext& cx, const AppointmentRef& ref);
// What decides about a change of the appointment's status by `actor`, `to` aside.
core::Transition FactsOf(const ReadContext& cx, const core::Appointment& appointment,
                         core::Actor actor);
// Whether `actor` may take the appointment to `to` now, as core::CheckTransition says.
absl::Status CheckAllowed(const ReadContext& cx, const core::Appointment& appointment,
                          core::AppointmentStatus to, core::Actor actor);

enum class History { kWith, kWithout };
absl::StatusOr<AppointmentView> ViewAppointment(const ReadContext& cx,
                                                core::Appointment appointment, History history);

struct RequestInput {
  core::OfferInput offer;
  core::Instant start;
  std::string note;
  std::optional<AppointmentRef> replaces = {};      // The customer's own pending request.
  std::optional<core::SoldPackageId> package = {};  // That pays for it.
};
// A start that cannot be booked is refused with StartRefused, here and by all that follow; whoever
// is answered gets SlotAlternatives in its place. RATE_LIMITED: there were too many of late.
absl::StatusOr<AppointmentView> RequestAppointment(WriteContext& cx, const RequestInput& input);

struct TransitionInput {
  AppointmentRef ref;
  core::AppointmentStatus to = core::AppointmentStatus::kAccepted;
  std::string reason;
  std::string etag;
  std::optional<core::ServiceId> service;  // When accepting a request that has none.
};
absl::StatusOr<AppointmentView> ChangeStatus(WriteContext& cx, const TransitionInput& input);

struct ProposeInput {
  AppointmentRef ref;
  std::vector<core::Instant> starts;
  std::string etag;
};
absl::StatusOr<AppointmentView> ProposeTimes(WriteContext& cx, const ProposeInput& input);
absl::StatusOr<AppointmentView> ChooseProposedTime(WriteContext& cx, const AppointmentRef& ref,
                                                   core::Instant start);
absl::StatusOr<AppointmentView> DeclineProposedTime(WriteContext& cx, const AppointmentRef& ref);

// By the provider's side: PROVIDER_ONLY, to the customer. Moves it, or, as the provider has set it,
// proposes the time to the customer.
struct RescheduleInput {
  AppointmentRef ref;
  core::Instant start;
  std::string reason;
  std::string etag;
};
absl::StatusOr<AppointmentView> RescheduleAppointment(WriteContext& cx,
                                                      const RescheduleInput& input);

struct PlaceInput {
  AppointmentRef ref;
  std::string place;
  std::string etag;
};
absl::StatusOr<AppointmentView> SetAppointmentPlace(WriteContext& cx, const PlaceInput& input);
absl::StatusOr<AppointmentView> RemindAppointment(WriteContext& cx, const AppointmentRef& ref);

struct BookInput {
  core::OfferInput offer;
  core::AccountId customer;
  core::Instant start;
  core::Placing placing = core::Placing::kOffered;
  std::optional<core::SoldPackageId> package = {};  // Of the customer, that pays for it.
};
struct Booked {
  AppointmentView view;
  MissingConsents missing;  // What blocks booking, and did not block this.
};
// By the provider, for a customer: accepted at once.
absl::StatusOr<Booked> BookAppointment(WriteContext& cx, const BookInput& input);

absl::StatusOr<AppointmentView> GetAppointment(const ReadContext& cx, const AppointmentRef& ref);

enum class ListFilter { kAll, kUpcoming, kPast, kPending, kOutsideHours };
struct ListInput {
  storage::Whose whose;
  ListFilter filter = ListFilter::kAll;
  core::Interval within;  // With kAll.
  std::optional<storage::AppointmentCursor> cursor;
  int limit = 0;
};
absl::StatusOr<std::vector<AppointmentView>> ListAppointments(const ReadContext& cx,
                                                              const ListInput& input);

}  // namespace kalends::app

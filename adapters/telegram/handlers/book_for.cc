// Booking for a customer, by the provider (SPEC 3.9).
#include "adapters/telegram/screens/book_for.h"

#include <utility>

#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/availability.h"
#include "adapters/telegram/handlers/customers.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/offers.h"
#include "adapters/telegram/handlers/paying.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"

namespace kalends::telegram {
namespace {

bool IsAnyTime(BookingWay way) {
  return way == BookingWay::kAnyTime || way == BookingWay::kAnyTimePaid;
}
bool WantsPackage(BookingWay way) {
  return way == BookingWay::kOfferedPaid || way == BookingWay::kAnyTimePaid;
}

Draft DraftFor(const Turn& turn, const BookedFor& booked) {
  return {OwnProvider(turn), booked.service, booked.specialist};
}

// What is booked, as far as it is chosen.
struct Chosen {
  v1::Provider provider;
  v1::Link link;
  std::optional<v1::Service> service;
  BookedHeading heading;
  std::string clock;
};
absl::StatusOr<Chosen> ReadChosen(Turn& turn, const BookedFor& booked) {
  const Draft draft = DraftFor(turn, booked);
  Chosen chosen;
  KALENDS_ASSIGN_OR_RETURN(chosen.provider, GetProvider(turn, NameOf(draft.provider)));
  KALENDS_ASSIGN_OR_RETURN(chosen.link, GetCustomer(turn, booked.customer));
  KALENDS_ASSIGN_OR_RETURN(chosen.service, FindService(turn, draft));
  chosen.heading = {chosen.link.customer_display_name(),
                    chosen.service ? ServiceName(turn.reader(), *chosen.service) : "",
                    SpecialistOf(chosen.provider, booked.specialist).display_name()};
  chosen.clock = ClockOf(chosen.provider, draft);
  return chosen;
}

void AskWhenFor(Turn& turn, const BookedFor& booked, std::optional<date::year_month_day> shown) {
  turn.session().dialogue = TypesBookWhen{booked.customer.text, booked.service.text,
                                          booked.specialist.text, KeptDay(shown)};
}

// Nobody has to be chosen where there is one.
std::vector<v1::Provider::Specialist> ChoiceOf(const Chosen& chosen) {
  if (chosen.provider.kind() != v1::PROVIDER_KIND_ORGANIZATION) return {};
  auto offering = Offering(chosen.provider, chosen.service);
  return HasChoice(offering) ? offering : std::vector<v1::Provider::Specialist>();
}

absl::StatusOr<v1::BookAppointmentResponse> Book(Turn& turn, const ConfirmBooking& action,
                                                 const SoldPackageId& package) {
  const ProviderId own = OwnProvider(turn);
  v1::BookAppointmentRequest request;
  request.set_parent(NameOf(own));
  request.set_customer(NameOf(action.booked.customer));
  request.set_service(NameOf(own, action.booked.service));
  request.set_specialist(NameOf(action.booked.specialist));
  *request.mutable_start_time() = ToTimestamp(action.start);
  request.set_ignore_hours(IsAnyTime(action.way));
  if (!package.empty()) {
    request.set_package(SoldNameOf(own, action.booked.customer, package));
  }
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  return turn.Call<v1::BookAppointmentResponse>(request);
}

// When the clock of `zone` shows `local`; where it skips that, a moment beside it.
Instant InstantAt(std::string_view zone, date::local_seconds local) {
  const Instant as_utc(local.time_since_epoch());
  const Instant near = as_utc - ToLocal(zone, as_utc).offset;
  return as_utc - ToLocal(zone, near).offset;
}

// A repeat gets the first answer, and the appointment may have moved on since.
absl::Status ShowBooked(Turn& turn, const v1::BookAppointmentResponse& booked) {
  const v1::Appointment& answer = booked.appointment();
  KALENDS_ASSIGN_OR_RETURN(const auto now, GetAppointment(turn, AppointmentId::Of(answer.name())));
  if (now.revision() != answer.revision()) {
    ShowAsItIs(turn, now, turn.texts().Html(kMovedOn));
    return absl::OkStatus();
  }
  Screen screen = AppointmentScreen(turn.reader(), now, Side::kProvider, turn.nonce(),
                                    BookedText(turn.reader(), booked));
  screen.stays = true;
  turn.Show(screen);
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowMonthFor& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto chosen, ReadChosen(turn, action.booked));
  KALENDS_ASSIGN_OR_RETURN(const auto free, FindFreeMonth(turn, DraftFor(turn, action.booked),
                                                          action.month, chosen.clock));
  AskWhenFor(turn, action.booked, std::nullopt);
  turn.Show(MonthForScreen(turn.reader(),
                           {.heading = chosen.heading, .booked = action.booked, .free = free}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowDayFor& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto chosen, ReadChosen(turn, action.booked));
  KALENDS_ASSIGN_OR_RETURN(const auto slots,
                           ListDay(turn, DraftFor(turn, action.booked), action.day));
  AskWhenFor(turn, action.booked, action.day);
  turn.Show(DayForScreen(turn.reader(), {.heading = chosen.heading,
                                         .booked = action.booked,
                                         .day = action.day,
                                         .starts = StartsOf(slots),
                                         .page = action.page,
                                         .zone = slots.time_zone()}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ChooseServiceFor& action) {
  const BookedFor booked{action.customer, action.service, ProviderId{}};
  KALENDS_ASSIGN_OR_RETURN(const auto chosen, ReadChosen(turn, booked));
  const auto choice = ChoiceOf(chosen);
  // Of a day that is known, whoever is free is meant.
  if (action.day) return Handle(turn, ShowDayFor{booked, *action.day});
  if (choice.empty()) return Handle(turn, ShowMonthFor{booked, std::nullopt});
  turn.Show(SpecialistsToBookForScreen(turn.reader(), chosen.heading, choice, booked));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const BookForCustomer& action) {
  if (action.customer.empty()) {
    return ChooseCustomer(turn, {.purpose = CustomerFor::kBooking, .day = action.day}, 0);
  }
  KALENDS_ASSIGN_OR_RETURN(const auto chosen, ReadChosen(turn, {action.customer, {}, {}}));
  KALENDS_ASSIGN_OR_RETURN(auto services, ListAllServices(turn, chosen.provider.name()));
  if (services.size() == 1) {
    return Handle(turn, ChooseServiceFor{action.customer, ServiceId::Of(services.front().name()),
                                         action.day});
  }
  turn.Show(
      ServicesToBookForScreen(turn.reader(), chosen.heading,
                              PageOf(std::move(services), action.page, kServicesToBookPerPage),
                              action.customer, action.day));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ReviewBooking& action) {
  const BookedFor& booked = action.booked;
  KALENDS_ASSIGN_OR_RETURN(const auto chosen, ReadChosen(turn, booked));
  const Draft draft = DraftFor(turn, booked);
  KALENDS_ASSIGN_OR_RETURN(const FreeSlot slot, SlotAt(turn, draft, action.start));
  KALENDS_ASSIGN_OR_RETURN(
      auto package,
      PackageFor(turn, chosen.link.name(), NameOf(draft.provider, draft.service), action.start));
  const bool pays = package && WantsPackage(action.way);
  if (pays) KeepPackage(turn, draft.provider, SoldPackageId::Of(package->name()));
  const v1::Money* price =
      chosen.service && chosen.service->has_price() ? &chosen.service->price() : nullptr;
  turn.Show(ReviewBookingScreen(turn.reader(), {.heading = chosen.heading,
                                                .booked = booked,
                                                .start = action.start,
                                                .duration = slot.length,
                                                .zone = chosen.clock,
                                                .price = PriceText(turn.reader(), price),
                                                .any_time = IsAnyTime(action.way),
                                                .package = std::move(package),
                                                .pays = pays,
                                                .nonce = turn.nonce()}));
  return absl::OkStatus();
}

// A free time leads to the review; so does another one, which says that it is outside the hours.
absl::Status Handle(Turn& turn, const TypesBookWhen& dialogue, const std::string& text) {
  const BookedFor booked{{dialogue.customer}, {dialogue.service}, {dialogue.specialist}};
  KALENDS_ASSIGN_OR_RETURN(const auto chosen, ReadChosen(turn, booked));
  const auto when = WhenTyped(turn, text, chosen.clock, dialogue.day);
  if (!when) {
    turn.session().dialogue = dialogue;
    turn.SendMainMenuBeside(turn.texts().Html("booking.when_not_understood"));
    return absl::OkStatus();
  }
  KALENDS_ASSIGN_OR_RETURN(const auto slots, ListDay(turn, DraftFor(turn, booked), when->day));
  const std::vector<Instant> starts = StartsOf(slots);
  if (const auto start = StartAt(starts, slots.time_zone(), *when)) {
    return Handle(turn, ReviewBooking{booked, *start, BookingWay::kOfferedPaid});
  }
  if (!when->clock) return Handle(turn, ShowDayFor{booked, when->day});
  const Instant typed = InstantAt(slots.time_zone(), date::local_days(when->day) + *when->clock);
  return Handle(turn, ReviewBooking{booked, std::chrono::floor<std::chrono::minutes>(typed),
                                    BookingWay::kAnyTimePaid});
}

absl::Status Handle(Turn& turn, const ConfirmBooking& action) {
  SoldPackageId package;
  if (WantsPackage(action.way)) package = KeptPackage(turn, OwnProvider(turn), action.nonce);
  // What was to pay is not known any more: it is looked for again, and shown.
  if (WantsPackage(action.way) && package.empty()) {
    return Handle(turn, ReviewBooking{action.booked, action.start, action.way});
  }
  const auto booked = Book(turn, action, package);
  if (booked.ok()) return ShowBooked(turn, *booked);
  if (IsPackageRefusal(booked.status())) {
    turn.FrameNext({.text = ErrorText(turn.reader(), booked.status()), .rows = {}});
    return Handle(turn, ReviewBooking{action.booked, action.start, action.way});
  }
  if (!IsSlotRefusal(booked.status())) return booked.status();
  KALENDS_ASSIGN_OR_RETURN(const auto chosen, ReadChosen(turn, action.booked));
  turn.Show(AlternativesScreen(
      turn.reader(), {.refusal = ErrorText(turn.reader(), booked.status()),
                      .starts = AlternativesOf(booked.status()),
                      .provider_zone = chosen.clock,
                      .pick = [&](Minute start) { return ReviewBooking{action.booked, start}; },
                      .other = ShowMonthFor{action.booked, std::nullopt}}));
  return absl::OkStatus();
}

Handlers BookForHandlers() { return HandlersOf<TypesBookWhen>(BookForActions{}); }

}  // namespace kalends::telegram

// What a provider does with an open appointment but for its status (SPEC 3.2): another time,
// another place, a reminder.
#include "adapters/telegram/screens/moves.h"

#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/availability.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr auto kMove = v1::Appointment::ACTION_RESCHEDULE;
constexpr auto kPlace = v1::Appointment::ACTION_SET_PLACE;

// Whose free times are looked for.
Draft SameDraft(const v1::Appointment& appointment) {
  const bool organization = appointment.provider_kind() == v1::PROVIDER_KIND_ORGANIZATION;
  return {ProviderId::Of(appointment.provider()), ServiceId::Of(appointment.service()),
          organization ? ProviderId::Of(appointment.specialist()) : ProviderId{}};
}

// What is shown can be tapped, and as well be typed.
void AskMoveTime(Turn& turn, const AppointmentId& appointment,
                 std::optional<date::year_month_day> shown) {
  turn.session().dialogue = TypesMoveTime{appointment.text, KeptDay(shown)};
}

// Whether customers are asked first, where the reader is whose setting that is.
absl::StatusOr<std::optional<AskFirst>> AskFirstOf(Turn& turn, const v1::Appointment& appointment) {
  if (appointment.provider() != turn.account().provider()) return std::nullopt;
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, appointment.provider()));
  return provider.ask_before_rescheduling() ? AskFirst::kYes : AskFirst::kNo;
}

absl::Status Review(Turn& turn, const v1::Appointment& appointment, Minute start,
                    const std::string& reason) {
  KALENDS_ASSIGN_OR_RETURN(const auto ask, AskFirstOf(turn, appointment));
  turn.session().dialogue =
      TypesMoveReason{AppointmentId::Of(appointment.name()).text, start.time_since_epoch().count()};
  if (!reason.empty()) turn.KeepShown(reason);
  turn.Show(ReviewMoveScreen(turn.reader(), {.appointment = appointment,
                                             .start = start,
                                             .ask = ask,
                                             .reason = reason,
                                             .nonce = turn.nonce()}));
  return absl::OkStatus();
}

// The nearest that is free where `start` is not.
void ShowTaken(Turn& turn, const v1::Appointment& appointment, const absl::Status& refusal) {
  const AppointmentId id = AppointmentId::Of(appointment.name());
  Screen screen = AlternativesScreen(turn.reader(),
                                     {.refusal = ErrorText(turn.reader(), refusal),
                                      .starts = AlternativesOf(refusal),
                                      .provider_zone = appointment.provider_time_zone(),
                                      .pick = [&](Minute other) { return ReviewMove{id, other}; },
                                      .other = MoveMonth{id, std::nullopt}});
  screen.shows = ShownOf(appointment);
  turn.Show(screen);
}

absl::Status MoveWith(Turn& turn, const AppointmentId& id, Minute start, const std::string& reason,
                      const std::string& request_id) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, id));
  v1::RescheduleAppointmentRequest request;
  request.set_name(before.name());
  *request.mutable_start_time() = ToTimestamp(start);
  request.set_reason(reason);
  request.set_request_id(request_id + ":" + std::to_string(start.time_since_epoch().count()));
  const auto answer = turn.Call<v1::Appointment>(request);
  if (answer.ok()) {
    const bool asked = MinuteOf(answer->start_time()) != start;
    ShowChanged(turn, before, *answer,
                asked ? "appointments.changed_move_asked" : "appointments.changed_moved");
    return absl::OkStatus();
  }
  if (!IsSlotRefusal(answer.status())) return answer.status();
  ShowTaken(turn, before, answer.status());
  return absl::OkStatus();
}

absl::Status PlaceWith(Turn& turn, const v1::Appointment& before, const std::string& place,
                       const std::string& request_id) {
  v1::SetAppointmentPlaceRequest request;
  request.set_name(before.name());
  request.set_place(place);
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, turn.Call<v1::Appointment>(request));
  ShowChanged(turn, before, appointment,
              appointment.status() == v1::Appointment::STATUS_ACCEPTED
                  ? "appointments.changed_place"
                  : "appointments.changed_place_later");
  return absl::OkStatus();
}

// Where its service takes place; empty: the service says nothing, or there is none any more.
std::string ServicePlaceOf(Turn& turn, const v1::Appointment& appointment) {
  if (appointment.service().empty()) return {};
  v1::GetServiceRequest request;
  request.set_name(appointment.service());
  const auto service = turn.Call<v1::Service>(request);
  return service.ok() ? service->place() : std::string();
}

}  // namespace

absl::Status Handle(Turn& turn, const MoveMonth& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, kMove)) return absl::OkStatus();
  KALENDS_ASSIGN_OR_RETURN(
      const auto free,
      FindFreeMonth(turn, SameDraft(appointment), action.month, appointment.provider_time_zone()));
  AskMoveTime(turn, action.appointment, std::nullopt);
  turn.Show(MoveMonthScreen(turn.reader(), {.appointment = appointment, .free = free}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const MoveDay& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, kMove)) return absl::OkStatus();
  KALENDS_ASSIGN_OR_RETURN(const auto slots, ListDay(turn, SameDraft(appointment), action.day));
  AskMoveTime(turn, action.appointment, action.day);
  turn.Show(MoveDayScreen(turn.reader(), {.appointment = appointment,
                                          .day = action.day,
                                          .page = action.page,
                                          .starts = StartsOf(slots),
                                          .zone = slots.time_zone()}));
  return absl::OkStatus();
}

// A time counts whether it is free by the hours or not: the provider may place by hand, and the
// core says what else is there. A day alone leads to its free times.
absl::Status Handle(Turn& turn, const TypesMoveTime& dialogue, const std::string& text) {
  const AppointmentId id{dialogue.appointment};
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, id));
  if (ShowUnless(turn, appointment, kMove)) return absl::OkStatus();
  const auto when = WhenTyped(turn, text, appointment.provider_time_zone(), dialogue.day);
  if (!when) {
    turn.session().dialogue = dialogue;
    turn.SendMainMenuBeside(turn.texts().Html("booking.when_not_understood"));
    return absl::OkStatus();
  }
  if (!when->clock) return Handle(turn, MoveDay{id, when->day, 0});
  const std::string_view zone = ZoneFor(turn.reader(), appointment.provider_time_zone());
  const Minute start =
      std::chrono::floor<std::chrono::minutes>(AtClock(zone, when->day, *when->clock));
  return Review(turn, appointment, start, "");
}

absl::Status Handle(Turn& turn, const ReviewMove& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, kMove)) return absl::OkStatus();
  return Review(turn, appointment, action.start, "");
}

absl::Status Handle(Turn& turn, const TypesMoveReason& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment,
                           GetAppointment(turn, AppointmentId{dialogue.appointment}));
  if (ShowUnless(turn, appointment, kMove)) return absl::OkStatus();
  return Review(turn, appointment, Minute(std::chrono::minutes(dialogue.start)),
                Shorten(text, kTypedCharsMax));
}

absl::Status Handle(Turn& turn, const Move& action) {
  return MoveWith(turn, action.appointment, action.start, "",
                  turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const MoveForShownReason& action) {
  const std::string* reason = turn.ShownWith(action.nonce);
  if (reason == nullptr) return Handle(turn, ReviewMove{action.appointment, action.start});
  return MoveWith(turn, action.appointment, action.start, *reason,
                  turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const SetAskFirst& action) {
  v1::UpdateProviderRequest request;
  request.mutable_provider()->set_name(turn.account().provider());
  request.mutable_provider()->set_ask_before_rescheduling(action.ask == AskFirst::kYes);
  request.mutable_update_mask()->add_paths("ask_before_rescheduling");
  request.set_request_id(turn.RequestIdOf(action, action.nonce) + ":" +
                         std::to_string(static_cast<int>(action.ask)));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Provider>(request).status());
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, kMove)) return absl::OkStatus();
  const std::string* reason = turn.ShownWith(action.nonce);
  return Review(turn, appointment, action.start, reason == nullptr ? "" : std::string(*reason));
}

absl::Status Handle(Turn& turn, const AskPlace& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, kPlace)) return absl::OkStatus();
  turn.session().dialogue = TypesPlace{action.appointment.text};
  turn.Show(
      AskPlaceScreen(turn.reader(), appointment, ServicePlaceOf(turn, appointment), turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesPlace& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment,
                           GetAppointment(turn, AppointmentId{dialogue.appointment}));
  if (ShowUnless(turn, appointment, kPlace)) return absl::OkStatus();
  return PlaceWith(turn, appointment, Shorten(text, kTypedCharsMax), turn.NextRequestId());
}

absl::Status Handle(Turn& turn, const SetServicePlace& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, kPlace)) return absl::OkStatus();
  const std::string place = ServicePlaceOf(turn, appointment);
  if (place.empty()) return Handle(turn, AskPlace{action.appointment});
  return PlaceWith(turn, appointment, place, turn.NextRequestId());
}

absl::Status Handle(Turn& turn, const ClearPlace& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, kPlace)) return absl::OkStatus();
  return PlaceWith(turn, appointment, "", turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const RemindNow& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, action.appointment));
  v1::RemindAppointmentRequest request;
  request.set_name(before.name());
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, turn.Call<v1::Appointment>(request));
  ShowChanged(turn, before, appointment, "appointments.changed_reminded");
  return absl::OkStatus();
}

Handlers MovesHandlers() {
  return HandlersOf<TypesMoveTime, TypesMoveReason, TypesPlace>(MovesActions{});
}

}  // namespace kalends::telegram

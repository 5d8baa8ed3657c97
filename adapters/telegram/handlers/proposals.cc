// Other times for a request: proposed by the provider, chosen by the customer (SPEC 3.1).
#include "adapters/telegram/handlers/proposals.h"

#include <algorithm>
#include <utility>

#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/proposals.h"
#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/availability.h"
#include "adapters/telegram/handlers/booking.h"
#include "adapters/telegram/handlers/consents.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/replaced_request.h"
#include "adapters/telegram/handlers/requests.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/calendar.h"
#include "adapters/telegram/screens/proposals.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

constexpr auto kPropose = v1::Appointment::ACTION_PROPOSE_TIMES;

Draft DraftOf(const v1::Appointment& appointment) {
  const bool organization = appointment.provider_kind() == v1::PROVIDER_KIND_ORGANIZATION;
  return {ProviderId::Of(appointment.provider()), ServiceId::Of(appointment.service()),
          organization ? ProviderId::Of(appointment.specialist()) : ProviderId{}};
}

// What is shown can be tapped, and as well be typed.
void AskProposedTime(Turn& turn, const AppointmentId& appointment,
                     const std::vector<Minute>& chosen, std::optional<date::year_month_day> shown) {
  TypesProposedTime dialogue{appointment.text, "", KeptDay(shown)};
  Write(dialogue.chosen, chosen);
  turn.session().dialogue = dialogue;
}

// Others may still join a group that was asked for; to who asked, it is no other time.
std::vector<Instant> OtherStarts(const v1::ListSlotsResponse& slots,
                                 const v1::Appointment& appointment) {
  std::vector<Instant> starts = StartsOf(slots);
  std::erase(starts, InstantOf(appointment.start_time()));
  return starts;
}

}  // namespace

namespace {

absl::Status ShowProposedMonth(Turn& turn, const v1::Appointment& appointment,
                               const ProposeMonth& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto free, FindFreeMonth(turn, DraftOf(appointment), action.month,
                                                          appointment.provider_time_zone()));
  AskProposedTime(turn, action.appointment, action.chosen, std::nullopt);
  turn.Show(ProposeMonthScreen(turn.reader(), {.appointment = action.appointment,
                                               .chosen = action.chosen,
                                               .free = free,
                                               .asked = appointment,
                                               .nonce = turn.nonce()}));
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ProposeMonth& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, kPropose)) return absl::OkStatus();
  return ShowProposedMonth(turn, appointment, action);
}

absl::Status Handle(Turn& turn, const ProposeDay& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, kPropose)) return absl::OkStatus();
  KALENDS_ASSIGN_OR_RETURN(const auto slots, ListDay(turn, DraftOf(appointment), action.day));
  AskProposedTime(turn, action.appointment, action.chosen, action.day);
  turn.Show(ProposeDayScreen(turn.reader(), {.appointment = action.appointment,
                                             .chosen = action.chosen,
                                             .day = action.day,
                                             .page = action.page,
                                             .starts = OtherStarts(slots, appointment),
                                             .zone = slots.time_zone(),
                                             .shows = ShownOf(appointment)}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ReviewProposal& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, kPropose)) return absl::OkStatus();
  if (action.chosen.size() < kProposedTimesMax) {
    const auto month = MonthOfLast(turn.reader(), appointment, action.chosen);
    return ShowProposedMonth(turn, appointment, {action.appointment, month, action.chosen});
  }
  turn.Show(ReviewProposalScreen(turn.reader(), appointment, action.chosen, turn.nonce()));
  return absl::OkStatus();
}

// As for a request: the day that was typed, with its times; at once the proposal where a free time
// was typed, too.
absl::Status Handle(Turn& turn, const TypesProposedTime& dialogue, const std::string& text) {
  const AppointmentId id{dialogue.appointment};
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, id));
  if (ShowUnless(turn, appointment, kPropose)) return absl::OkStatus();
  std::vector<Minute> chosen;
  if (!Read(dialogue.chosen, chosen)) chosen.clear();
  const auto when = WhenTyped(turn, text, appointment.provider_time_zone(), dialogue.day);
  if (!when) {
    turn.session().dialogue = dialogue;
    turn.SendMainMenuBeside(turn.texts().Html("booking.when_not_understood"));
    return absl::OkStatus();
  }
  KALENDS_ASSIGN_OR_RETURN(const auto slots, ListDay(turn, DraftOf(appointment), when->day));
  const std::vector<Instant> starts = OtherStarts(slots, appointment);
  if (const auto start = StartAt(starts, slots.time_zone(), *when)) {
    if (std::find(chosen.begin(), chosen.end(), *start) == chosen.end()) chosen.push_back(*start);
    return Handle(turn, ReviewProposal{id, std::move(chosen)});
  }
  FrameNotFree(turn, *when, starts);
  if (starts.empty()) return Handle(turn, ProposeMonth{id, std::nullopt, std::move(chosen)});
  return Handle(turn, ProposeDay{id, when->day, 0, std::move(chosen)});
}

absl::Status Handle(Turn& turn, const SendProposal& action) {
  const bool on_screen = turn.is_press_on_screen();
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, action.appointment));
  v1::ProposeTimesRequest request;
  request.set_name(before.name());
  std::vector<Minute> in_order = action.chosen;
  std::sort(in_order.begin(), in_order.end());
  for (const Minute start : in_order) *request.add_start_times() = ToTimestamp(start);
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, turn.Call<v1::Appointment>(request));
  ShowChanged(turn, before, appointment, "appointments.changed_proposed");
  if (on_screen) GoOnWithRequests(turn);
  return absl::OkStatus();
}

absl::Status ShowProposedTime(Turn& turn, const v1::Appointment& appointment, Minute start,
                              const std::string& heading) {
  turn.Show(ProposedTimeScreen(turn.reader(), appointment, start, heading, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ChooseProposed& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, action.appointment));
  v1::ChooseProposedTimeRequest request;
  request.set_name(before.name());
  *request.mutable_start_time() = ToTimestamp(action.start);
  request.set_request_id(turn.RequestIdOf(action, action.nonce) +
                         std::to_string(action.start.time_since_epoch().count()));
  const auto appointment = turn.Call<v1::Appointment>(request);
  if (appointment.ok()) {
    ShowChanged(turn, before, *appointment, "appointments.changed_chosen");
    return absl::OkStatus();
  }
  if (auto missing = MissingTermsOf(appointment.status()); !missing.empty()) {
    return ShowMissingConsents(turn, before, action.start, std::move(missing), "");
  }
  if (!IsSlotRefusal(appointment.status())) return appointment.status();
  AskForAnother(turn, before);
  turn.Show(ProposalTakenScreen(turn.reader(), before, turn.nonce(),
                                {.refusal = ErrorText(turn.reader(), appointment.status()),
                                 .taken = action.start,
                                 .draft = DraftOf(before),
                                 .starts = AlternativesOf(appointment.status())}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const DeclineMove& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, action.appointment));
  v1::DeclineProposedTimeRequest request;
  request.set_name(before.name());
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, turn.Call<v1::Appointment>(request));
  ShowChanged(turn, before, appointment, "appointments.changed_move_declined");
  return absl::OkStatus();
}

Handlers ProposalsHandlers() { return HandlersOf<TypesProposedTime>(ProposalsActions{}); }

}  // namespace kalends::telegram

// Requesting an appointment (SPEC 2.3) and the customer's list of providers (2.6).
#include "adapters/telegram/handlers/booking.h"

#include <utility>

#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/availability.h"
#include "adapters/telegram/handlers/consents.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/links.h"
#include "adapters/telegram/handlers/offers.h"
#include "adapters/telegram/handlers/paying.h"
#include "adapters/telegram/handlers/replaced_request.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/links.h"
#include "adapters/telegram/screens/profiles.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/provider_service.pb.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

// The note of the summary that this turn draws: only its button sends it.
std::string NoteOnSummary(Turn& turn, const ProviderId& provider) {
  RequestNote& note = turn.session().note;
  if (note.provider != provider.text) return {};
  note.nonce = turn.nonce();
  return note.text;
}

// What is shown can be tapped, and as well be typed.
void AskWhen(Turn& turn, const Draft& draft, std::optional<date::year_month_day> shown) {
  turn.session().dialogue =
      TypesWhen{draft.provider.text, draft.service.text, draft.specialist.text, KeptDay(shown)};
}

// Where "back" leads from the dates.
Action BeforeDates(const v1::Provider& provider, const std::optional<v1::Service>& service,
                   const Draft& draft) {
  if (HasChoice(Offering(provider, service))) return PickService{draft.provider, draft.service};
  return PickProvider{draft.provider};
}

void ShowAlternatives(Turn& turn, const Draft& draft, const absl::Status& refusal,
                      std::string_view provider_zone) {
  turn.Show(AlternativesScreen(turn.reader(),
                               {.refusal = ErrorText(turn.reader(), refusal),
                                .starts = AlternativesOf(refusal),
                                .provider_zone = std::string(provider_zone),
                                .pick = [&](Minute start) { return PickSlot{draft, start}; },
                                .other = ShowMonth{draft, std::nullopt}}));
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowProviders& action) {
  BeginRequest(turn);
  return ShowProviderList(turn, action.page, ProviderList::kRequest);
}

absl::Status Handle(Turn& turn, const PickProvider& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(action.provider)));
  if (!provider.missing().empty()) {
    turn.Show(NothingOfferedScreen(turn.reader(), provider));
    return absl::OkStatus();
  }
  KALENDS_ASSIGN_OR_RETURN(const auto page, ReadServices(turn, provider, action.page));
  turn.Show(ServicesToBookScreen(turn.reader(), provider, page));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowMonth& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(action.draft.provider)));
  KALENDS_ASSIGN_OR_RETURN(const auto service, FindService(turn, action.draft));
  KALENDS_ASSIGN_OR_RETURN(const auto free, FindFreeMonth(turn, action.draft, action.month,
                                                          ClockOf(provider, action.draft)));
  MonthView view{.draft = action.draft,
                 .heading = BookedText(turn.reader(), provider,
                                       SpecialistOf(provider, action.draft.specialist), service),
                 .free = free,
                 .horizon = {},
                 .back = BeforeDates(provider, service, action.draft)};
  if (service && service->has_horizon()) {
    view.horizon = std::chrono::floor<std::chrono::days>(MinutesOf(service->horizon()));
  }
  AskWhen(turn, action.draft, std::nullopt);
  turn.Show(MonthScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickService& action) {
  Draft draft{action.provider, action.service, ProviderId{}};
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(action.provider)));
  if (provider.kind() != v1::PROVIDER_KIND_ORGANIZATION) {
    return Handle(turn, ShowMonth{draft, std::nullopt});
  }
  KALENDS_ASSIGN_OR_RETURN(const auto service, FindService(turn, draft));
  const auto offering = Offering(provider, service);
  if (!HasChoice(offering)) {
    if (!offering.empty()) draft.specialist = ProviderId::Of(offering.front().provider());
    return Handle(turn, ShowMonth{draft, std::nullopt});
  }
  turn.Show(SpecialistsToBookScreen(turn.reader(), provider, action.service,
                                    PageOf(offering, action.page, kChoicesPerPage),
                                    BookedText(turn.reader(), provider, {}, service)));
  return absl::OkStatus();
}

namespace {

// The time that the link named, while it is free. False: it is not, or the link named none.
absl::StatusOr<bool> ShowWantedTime(Turn& turn, const WantedService& wanted) {
  if (wanted.start == 0) return false;
  const Draft draft{{wanted.provider}, {wanted.service}, {}};
  const Minute start{std::chrono::minutes(wanted.start)};
  KALENDS_ASSIGN_OR_RETURN(const bool free, IsFree(turn, draft, start));
  if (!free) {
    turn.Send({.text = turn.texts().Html("error.slot_taken"), .rows = {}});
    return false;
  }
  KALENDS_RETURN_IF_ERROR(ShowConsentsOrSummary(turn, draft, start));
  return true;
}

// What the link named, or else what its provider has.
absl::Status ShowWanted(Turn& turn, const WantedService& wanted) {
  const ProviderId provider{wanted.provider};
  const auto timed = ShowWantedTime(turn, wanted);
  if (timed.ok() && *timed) return absl::OkStatus();
  absl::Status shown = Handle(turn, PickService{provider, ServiceId{wanted.service}});
  if (shown.ok() || IsLost(shown)) return shown;
  return Handle(turn, PickProvider{provider});
}

}  // namespace

absl::Status Arrive(Turn& turn, const ProviderId& id, const std::string& above) {
  // What comes below asks a question of its own; two at once are one too many.
  const std::string menu = turn.texts().Html(id.empty() ? "home.text" : "home.menu");
  turn.SendMainMenu(above.empty() ? menu : above + "\n\n" + menu);
  const WantedService wanted = std::exchange(turn.session().wanted, {});
  if (id.empty()) return absl::OkStatus();
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(id)));
  BeginRequest(turn);
  turn.KeepPressedMessage();
  if (!provider.missing().empty()) {
    turn.Show(NothingOfferedScreen(turn.reader(), provider));
    return absl::OkStatus();
  }
  if (wanted.provider == id.text) return ShowWanted(turn, wanted);
  KALENDS_ASSIGN_OR_RETURN(const auto services, ReadServices(turn, provider, 0));
  if (services.items.size() == 1) {
    return Handle(turn, PickService{id, ServiceId::Of(services.items[0].name())});
  }
  turn.Show(ServicesToBookScreen(turn.reader(), provider, services));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickDay& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(action.draft.provider)));
  KALENDS_ASSIGN_OR_RETURN(const auto service, FindService(turn, action.draft));
  KALENDS_ASSIGN_OR_RETURN(const auto slots, ListDay(turn, action.draft, action.day));
  AskWhen(turn, action.draft, action.day);
  turn.Show(
      SlotsScreen(turn.reader(),
                  {.draft = action.draft,
                   .heading = BookedText(turn.reader(), provider,
                                         SpecialistOf(provider, action.draft.specialist), service),
                   .day = action.day,
                   .starts = StartsOf(slots),
                   .page = action.page,
                   .zone = slots.time_zone(),
                   .provider_zone = slots.provider_time_zone(),
                   .seats = SeatsOf(slots)}));
  return absl::OkStatus();
}

namespace {

// What the summary that this turn draws says of a package: the customer's own choice, or the first
// that could pay.
absl::Status PayOnSummary(Turn& turn, SummaryView& view) {
  const Draft& draft = view.draft;
  const std::string link = LinkNameOf(draft.provider, AccountId::Of(turn.account().name()));
  KALENDS_ASSIGN_OR_RETURN(
      view.package, PackageFor(turn, link, NameOf(draft.provider, draft.service), view.start));
  view.pays = view.package && !DeclinesPackage(turn, draft.provider);
  if (view.pays) KeepPackage(turn, draft.provider, SoldPackageId::Of(view.package->name()));
  return absl::OkStatus();
}

}  // namespace

absl::Status ShowSummary(Turn& turn, const Draft& draft, Minute start, const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(auto provider, GetProvider(turn, NameOf(draft.provider)));
  KALENDS_ASSIGN_OR_RETURN(auto service, FindService(turn, draft));
  KALENDS_ASSIGN_OR_RETURN(const auto slot, SlotAt(turn, draft, start));
  SummaryView view{.draft = draft,
                   .provider = provider,
                   .service = service,
                   .specialist = SpecialistOf(provider, draft.specialist),
                   .any_specialist = provider.kind() == v1::PROVIDER_KIND_ORGANIZATION,
                   .start = start,
                   .duration = slot.length,
                   .seats_left = slot.seats_left,
                   .note = NoteOnSummary(turn, draft.provider),
                   .nonce = turn.nonce(),
                   .heading = heading,
                   .replaces = ReplacedOnSummary(turn, draft.provider)};
  KALENDS_RETURN_IF_ERROR(PayOnSummary(turn, view));
  turn.Show(SummaryScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickSlot& action) {
  return ShowConsentsOrSummary(turn, action.draft, action.start);
}

// The day that was typed, with its times; at once the summary where a free time was typed, too.
absl::Status Handle(Turn& turn, const TypesWhen& dialogue, const std::string& text) {
  const Draft draft{{dialogue.provider}, {dialogue.service}, {dialogue.specialist}};
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(draft.provider)));
  const auto when = WhenTyped(turn, text, ClockOf(provider, draft), dialogue.day);
  if (!when) {
    turn.session().dialogue = dialogue;  // What can be tapped stays, and so does the question.
    turn.SendMainMenuBeside(turn.texts().Html("booking.when_not_understood"));
    return absl::OkStatus();
  }
  KALENDS_ASSIGN_OR_RETURN(const auto slots, ListDay(turn, draft, when->day));
  const std::vector<Instant> starts = StartsOf(slots);
  if (const auto start = StartAt(starts, slots.time_zone(), *when)) {
    return ShowConsentsOrSummary(turn, draft, *start);
  }
  FrameNotFree(turn, *when, starts);
  if (starts.empty()) return Handle(turn, ShowMonth{draft, std::nullopt});
  return Handle(turn, PickDay{draft, when->day});
}

absl::Status Handle(Turn& turn, const AskNote& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(action.draft.provider)));
  const Draft& draft = action.draft;
  turn.session().dialogue =
      TypesNote{draft.provider.text, draft.service.text, draft.specialist.text,
                action.start.time_since_epoch().count()};
  turn.Show(AskNoteScreen(turn.reader(), provider, action));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesNote& dialogue, const std::string& text) {
  turn.session().note = {dialogue.provider, turn.nonce(), Shorten(text, kTypedCharsMax)};
  const Draft draft{{dialogue.provider}, {dialogue.service}, {dialogue.specialist}};
  return ShowSummary(turn, draft, Minute(std::chrono::minutes(dialogue.start)), "");
}

absl::Status Handle(Turn& turn, const RemoveNote& action) {
  turn.session().note = {};
  return ShowSummary(turn, action.draft, action.start, "");
}

// A repeat gets the first answer, and the appointment may have moved on since.
absl::Status ShowRequested(Turn& turn, const v1::Appointment& answer) {
  KALENDS_ASSIGN_OR_RETURN(const auto now, GetAppointment(turn, AppointmentId::Of(answer.name())));
  if (now.revision() == answer.revision()) {
    turn.Show(RequestedScreen(turn.reader(), now));
  } else {
    ShowAsItIs(turn, now, turn.texts().Html(kMovedOn));
  }
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const RequestAgain& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  turn.KeepPressedMessage();  // Why it came to nothing remains to be read.
  AskForAnother(turn, appointment);
  const Draft draft{
      ProviderId::Of(appointment.provider()), ServiceId::Of(appointment.service()), {}};
  return Handle(turn, ShowMonth{draft, std::nullopt});
}

absl::Status Handle(Turn& turn, const PayByPackage& action) {
  turn.session().pays = {};
  return ShowSummary(turn, action.draft, action.start, "");
}

absl::Status Handle(Turn& turn, const PayWithoutPackage& action) {
  DeclinePackage(turn, action.draft.provider);
  return ShowSummary(turn, action.draft, action.start, "");
}

namespace {

v1::RequestAppointmentRequest RequestOf(Turn& turn, const ConfirmRequest& action) {
  const Draft& draft = action.draft;
  v1::RequestAppointmentRequest request;
  request.set_parent(NameOf(draft.provider));
  request.mutable_appointment()->set_service(NameOf(draft.provider, draft.service));
  request.mutable_appointment()->set_specialist(NameOf(draft.specialist));
  *request.mutable_appointment()->mutable_start_time() = ToTimestamp(action.start);
  const RequestNote& note = turn.session().note;
  if (note.nonce == action.nonce) request.mutable_appointment()->set_note(note.text);
  request.set_replaces(ReplacedBy(turn, action));
  return request;
}

// `package`: the short id of the one that pays; empty: none.
absl::Status Confirm(Turn& turn, const ConfirmRequest& action, const SoldPackageId& package,
                     const std::string& request_id) {
  const Draft& draft = action.draft;
  if (const std::string accepted = AcceptedMeanwhile(turn, action); !accepted.empty()) {
    return ShowSummary(turn, draft, action.start, accepted);
  }
  v1::RequestAppointmentRequest request = RequestOf(turn, action);
  if (!package.empty()) {
    request.mutable_appointment()->set_package(
        SoldNameOf(draft.provider, AccountId::Of(turn.account().name()), package));
  }
  request.set_request_id(request_id);
  auto appointment = turn.Call<v1::Appointment>(request);
  if (!request.replaces().empty() && ReasonOf(appointment.status()) == v1::REASON_WRONG_STATUS) {
    // Somebody has ended that one meanwhile.
    turn.session().replaced = {};
    request.clear_replaces();
    appointment = turn.Call<v1::Appointment>(request);
  }
  if (appointment.ok()) {
    turn.session().note.provider.clear();      // It is on its way.
    turn.session().replaced.provider.clear();  // No further summary names it.
    return ShowRequested(turn, *appointment);
  }
  if (auto missing = MissingTermsOf(appointment.status()); !missing.empty()) {
    return ShowMissingConsents(turn, draft, action.start, std::move(missing), "");
  }
  // The package is used up by now, or ended: what else could pay is shown.
  if (!package.empty() && IsPackageRefusal(appointment.status())) {
    return ShowSummary(turn, draft, action.start, ErrorText(turn.reader(), appointment.status()));
  }
  if (!IsSlotRefusal(appointment.status())) return appointment.status();
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(draft.provider)));
  ShowAlternatives(turn, draft, appointment.status(), ClockOf(provider, draft));
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ConfirmRequest& action) {
  return Confirm(turn, action, SoldPackageId{}, turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const ConfirmPaidRequest& action) {
  const SoldPackageId package = KeptPackage(turn, action.draft.provider, action.nonce);
  // What was to pay is not known any more: it is looked for again, and shown.
  if (package.empty()) return ShowSummary(turn, action.draft, action.start, "");
  return Confirm(turn, {action.draft, action.start, action.nonce}, package,
                 turn.RequestIdOf(action, action.nonce));
}

Handlers BookingHandlers() { return HandlersOf<TypesNote, TypesWhen>(BookingActions{}); }

}  // namespace kalends::telegram

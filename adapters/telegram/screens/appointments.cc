#include "adapters/telegram/screens/appointments.h"

#include <algorithm>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/proposals.h"
#include "adapters/telegram/actions/requests.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/booking.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

struct ListTexts {
  const char* title;
  const char* empty;
};

ListTexts TextsOf(AppointmentList list) {
  switch (list) {
    case AppointmentList::kPast:
      return {"appointments.past_title", "appointments.past_none"};
    case AppointmentList::kAgenda:
      return {"calendar.agenda_title", "calendar.agenda_none"};
    default:
      return {"appointments.title", "appointments.none"};
  }
}

Action PageOf(AppointmentList list, int page) {
  switch (list) {
    case AppointmentList::kPast:
      return ShowPast{page};
    case AppointmentList::kAgenda:
      return ShowAgenda{page};
    default:
      return ShowUpcoming{page};
  }
}

bool IsStillOpen(const v1::Appointment& appointment) {
  return appointment.status() == v1::Appointment::STATUS_PENDING ||
         appointment.status() == v1::Appointment::STATUS_ACCEPTED;
}

bool IsAgreed(const v1::Appointment& appointment) {
  return appointment.status() == v1::Appointment::STATUS_ACCEPTED;
}

bool CameToNothing(const v1::Appointment& appointment) {
  return appointment.status() == v1::Appointment::STATUS_REJECTED ||
         appointment.status() == v1::Appointment::STATUS_CANCELLED;
}

// Where the reader finds it among others: a provider on its day, wherever they came from.
Action ListOf(const Reader& reader, const v1::Appointment& appointment, Side side) {
  if (side == Side::kCustomer)
    return IsStillOpen(appointment) ? Action(ShowUpcoming{}) : Action(ShowPast{});
  if (appointment.status() == v1::Appointment::STATUS_PENDING) return ShowRequests{};
  const std::string_view zone = ZoneFor(reader, appointment.provider_time_zone());
  return ShowDay{ToLocal(zone, InstantOf(appointment.start_time())).day()};
}

bool MayCancel(const v1::Appointment& appointment) {
  return Allows(appointment, v1::Appointment::ACTION_CANCEL);
}

// Whether there is a deadline to mind: one that is still to come, and comes before the start.
bool HasDeadline(const Reader& reader, const v1::Appointment& appointment) {
  if (!appointment.has_cancel_until_time() || !MayCancel(appointment)) return false;
  const Instant until = InstantOf(appointment.cancel_until_time());
  return until > reader.now && until < InstantOf(appointment.start_time());
}

std::string CancelUntilText(const Reader& reader, const v1::Appointment& appointment) {
  const Formats& formats = reader.t().formats();
  const LocalTime until = ToLocal(ZoneFor(reader, appointment.provider_time_zone()),
                                  InstantOf(appointment.cancel_until_time()));
  return reader.t().Html("appointments.cancel_until",
                         {{"time", formats.ShortDate(until.day()) + ", " + Formats::Time(until)}});
}

// What is over is looked up for its figures.
bool IsOver(const Reader& reader, const v1::Appointment& appointment) {
  return !IsStillOpen(appointment) || InstantOf(appointment.start_time()) <= reader.now;
}

std::string Facts(const Reader& reader, const v1::Appointment& appointment, Side side) {
  const Texts& t = reader.t();
  std::string text = WhenText(reader, appointment, side) + AgreeAnewText(reader, appointment) +
                     "\n" + StatusLabel(reader, appointment.status());
  if (!appointment.service_display_name().empty()) {
    text +=
        "\n" + (side == Side::kProvider
                    ? ServiceAndMoney(reader, appointment)
                    : t.Html("info.service", {{"service", appointment.service_display_name()}}));
  } else if (appointment.service().empty()) {
    text += "\n" + t.Html("info.service_open");
  }
  if (side == Side::kProvider) text += HouseLine(reader, appointment);
  text += SpecialistLine(reader, appointment);
  if (IsAgreed(appointment)) text += PlaceLine(reader, appointment);
  if (side == Side::kProvider) text += NoteLine(reader, appointment);
  if (side == Side::kCustomer && HasDeadline(reader, appointment)) {
    text += "\n" + CancelUntilText(reader, appointment);
  }
  return text;
}

// Why it came to nothing, as its history says; empty: it did not, or nobody said. HTML.
std::string LostReason(const Reader& reader, const v1::Appointment& appointment) {
  if (!CameToNothing(appointment) || appointment.history().empty()) return {};
  const auto& end = appointment.history(appointment.history_size() - 1);
  return ReasonText(reader, end.replaced_by().empty() ? end.reason() : std::string(kNoneFits));
}

// Of what is agreed, or was.
bool HasCalendarFile(const v1::Appointment& appointment) {
  if (IsAgreed(appointment)) return true;
  return appointment.status() == v1::Appointment::STATUS_CANCELLED && WasAgreed(appointment);
}

bool MayChoose(const v1::Appointment& appointment) {
  return Allows(appointment, v1::Appointment::ACTION_CHOOSE_PROPOSED_TIME);
}

// Times that the provider proposes: to choose from, or those that were sent.
void AppendProposals(const Reader& reader, const v1::Appointment& appointment, Nonce nonce,
                     Screen& screen) {
  const Texts& t = reader.t();
  if (appointment.proposed_start_times().empty()) return;
  const AppointmentId id = AppointmentId::Of(appointment.name());
  const bool may_choose = MayChoose(appointment);
  const bool one = appointment.proposed_start_times_size() == 1;
  screen.text += "\n" + std::string(may_choose ? "\n" : "") +
                 (may_choose ? t.Html(one ? "proposals.choose_one" : "proposals.choose",
                                      {{"name", OtherName(appointment, Side::kCustomer)}})
                             : t.Html("proposals.sent_before"));
  if (may_choose && IsAgreed(appointment)) {
    screen.text += "\n" + t.Html("proposals.present_stands");
  }
  std::string sent;
  for (const auto& start : appointment.proposed_start_times()) {
    const std::string when = ShortWhen(reader, InstantOf(start), appointment.provider_time_zone());
    if (may_choose) {
      screen.rows.push_back({{"🔹 " + when, Action(ChooseProposed{id, MinuteOf(start), nonce})}});
    } else {
      sent += (sent.empty() ? "\n" : " · ") + when;
    }
  }
  screen.text += sent;
  if (Allows(appointment, v1::Appointment::ACTION_DECLINE_PROPOSED_TIME)) {
    screen.rows.push_back({{t.Plain("proposals.decline_move"), Action(DeclineMove{id, nonce})}});
  }
}

// SPEC 2.5, after a rejection, and as much after a cancellation or where new zone rules took the
// agreed time away: another time, with the service kept; or talk about it.
void AppendWaysOn(const Reader& reader, const v1::Appointment& appointment,
                  std::vector<Row>& rows) {
  const Texts& t = reader.t();
  rows.push_back({{t.Plain("appointments.rejected_other_time"),
                   Action(RequestAgain{AppointmentId::Of(appointment.name())})},
                  {t.Plain("appointments.rejected_chat"),
                   Action(OpenChat{ProviderId::Of(appointment.provider())})}});
}

// What a customer says to it.
void AppendTalk(const Reader& reader, const v1::Appointment& appointment, std::vector<Row>& rows) {
  const Texts& t = reader.t();
  if (!appointment.shares_link()) return;
  if (CameToNothing(appointment) || IsToBeAgreedAnew(appointment)) {
    AppendWaysOn(reader, appointment, rows);
    return;
  }
  // An agreed one stands until another time is taken.
  if (MayChoose(appointment) && !IsAgreed(appointment)) {
    rows.push_back({{t.Plain("proposals.none_fits"),
                     Action(RequestAgain{AppointmentId::Of(appointment.name())})}});
  }
  if (IsStillOpen(appointment)) {
    rows.push_back(
        {{t.Plain("links.chat"), Action(OpenChat{ProviderId::Of(appointment.provider())})}});
  }
}

// SPEC 2.5: there are two ways on, and no others, in what tells a customer so.
bool IsTurnedDown(const v1::Appointment& appointment, Side side) {
  return side == Side::kCustomer && appointment.status() == v1::Appointment::STATUS_REJECTED;
}

// First what one keeps of what is agreed, last what ends it.
void AppendCustomerButtons(const Reader& reader, const v1::Appointment& appointment,
                           std::vector<Row>& rows) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  Row info;
  if (HasCalendarFile(appointment)) {
    info.push_back({t.Plain("info.calendar_file"), Action(SendCalendarFile{id})});
  }
  info.push_back({t.Plain("appointments.info"), Action(ShowMeetingInfo{id})});
  if (IsAgreed(appointment)) {
    AppendVideoRow(reader, appointment, rows);
    rows.push_back(info);
  }
  AppendTalk(reader, appointment, rows);
  const bool ways_on = IsTurnedDown(appointment, Side::kCustomer) && appointment.shares_link();
  const bool talks = IsStillOpen(appointment) && appointment.shares_link();
  if (!IsAgreed(appointment) && !ways_on) {
    if (talks && !IsToBeAgreedAnew(appointment)) {
      rows.back().insert(rows.back().end(), info.begin(), info.end());
    } else {
      rows.push_back(std::move(info));
    }
  }
  if (!MayCancel(appointment)) return;
  // Never the widest: beside the one button of the row above, or in a row that Back shares.
  if (rows.empty() || rows.back().size() != 1) rows.emplace_back();
  rows.back().push_back({t.Plain("appointments.cancel"), Action(AskCancel{id}), Style::kDanger});
}

// The zone of all of them; empty: there are several.
std::string OneZoneOf(const std::vector<v1::Appointment>& appointments) {
  if (appointments.empty()) return {};
  const std::string& zone = appointments.front().provider_time_zone();
  const bool all =
      std::all_of(appointments.begin(), appointments.end(),
                  [&](const v1::Appointment& other) { return other.provider_time_zone() == zone; });
  return all ? zone : std::string();
}

}  // namespace

std::string OtherName(const v1::Appointment& appointment, Side side) {
  return side == Side::kCustomer
             ? ProviderLabel(appointment.provider_kind(), appointment.provider_display_name())
             : SafeText(appointment.customer_display_name());
}

bool Allows(const v1::Appointment& appointment, v1::Appointment::Action action) {
  const auto& allowed = appointment.allowed_actions();
  return std::count(allowed.begin(), allowed.end(), action) > 0;
}

bool WasAgreed(const v1::Appointment& appointment) {
  const auto& history = appointment.history();
  return std::any_of(history.begin(), history.end(), [](const auto& change) {
    return change.to() == v1::Appointment::STATUS_ACCEPTED;
  });
}

ShownAppointment ShownOf(const v1::Appointment& appointment) {
  return {AppointmentId::Of(appointment.name()), appointment.revision()};
}

std::string ListLabel(const Reader& reader, const std::string& lead,
                      const v1::Appointment& appointment, Side side) {
  const bool organization = appointment.provider_kind() == v1::PROVIDER_KIND_ORGANIZATION;
  // The house leaves room for whom of it one will see.
  const std::string mark =
      organization
          ? " · " +
                SafeText(ShortenSeen(NameOnButton(reader, appointment.specialist_display_name()),
                                     kLabelNameCharsMin))
          : "";
  if (side == Side::kProvider)
    return NameLabel(lead, NameOnButton(reader, appointment.customer_display_name()), mark);
  return NameLabel(lead + (organization ? "🏫 " : "👤 "),
                   NameOnButton(reader, appointment.provider_display_name()), mark);
}

std::string Headline(const Reader& reader, const v1::Appointment& appointment, Side side) {
  return "<b>" + reader.t().Html("appointments.with", {{"name", OtherName(appointment, side)}}) +
         "</b>\n" + Facts(reader, appointment, side);
}

Screen AppointmentsScreen(const Reader& reader, const Page<v1::Appointment>& appointments,
                          AppointmentList list, bool has_calendar) {
  const Texts& t = reader.t();
  const ListTexts texts = TextsOf(list);
  const bool empty = appointments.items.empty() && appointments.number == 0;
  const bool to_customer = list == AppointmentList::kUpcoming || list == AppointmentList::kPast;
  const Side side = to_customer ? Side::kCustomer : Side::kProvider;
  Screen screen{.text = t.Html(empty ? texts.empty : texts.title), .rows = {}};
  const std::string zone = OneZoneOf(appointments.items);
  if (!zone.empty()) screen.text += ZoneLine(reader, zone);
  for (const v1::Appointment& appointment : appointments.items) {
    std::string label =
        std::string(StatusIcon(appointment.status())) + " " +
        ShortWhen(reader, InstantOf(appointment.start_time()), appointment.provider_time_zone());
    if (zone.empty() && reader.zone.empty()) {
      label += " " + reader.t().formats().Zone(appointment.provider_time_zone());
    }
    screen.rows.push_back({{ListLabel(reader, label + " · ", appointment, side),
                            Action(ShowAppointment{AppointmentId::Of(appointment.name())})}});
  }
  AppendPager(screen.rows, appointments.number, appointments.has_next,
              [&](int page) { return PageOf(list, page); });
  if (list == AppointmentList::kUpcoming) {
    if (empty && has_calendar) {
      screen.text += "\n\n" + t.Html("appointments.none_provider");
      screen.rows.push_back({{t.Plain("menu.calendar"), Action(ShowDay{})}});
    }
    if (empty) screen.rows.push_back({{t.Plain("menu.request"), Action(ShowProviders{})}});
    screen.rows.push_back({{t.Plain("appointments.past"), Action(ShowPast{})}});
  } else if (list == AppointmentList::kPast) {
    screen.rows.push_back({BackButton(reader, ShowUpcoming{})});
  } else if (list == AppointmentList::kAgenda) {
    screen.rows.push_back({BackButton(reader, ShowDay{})});
  }
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

Screen AppointmentMessage(const Reader& reader, const v1::Appointment& appointment, Side side,
                          Nonce nonce, const std::string& heading) {
  Screen screen{.text = heading, .rows = {}, .shows = ShownOf(appointment)};
  if (!heading.empty()) screen.text += "\n\n";
  // News say in their heading who it is about.
  const std::string name =
      reader.t().Html("appointments.with", {{"name", OtherName(appointment, side)}});
  screen.text += heading.find(name) == std::string::npos ? Headline(reader, appointment, side)
                                                         : Facts(reader, appointment, side);
  // News of a change tell that alone.
  if (heading.empty() && IsOver(reader, appointment)) {
    const std::string figures = CameToNothing(appointment) ? PaidForNothingText(reader, appointment)
                                : side == Side::kCustomer  ? MoneyText(reader, appointment)
                                                           : "";
    if (!figures.empty()) screen.text += "\n" + figures;
  }

  const std::string reason = LostReason(reader, appointment);
  if (!reason.empty() && heading.find(reason) == std::string::npos) screen.text += "\n" + reason;
  // Agreed and ahead, and yet not to be cancelled: the deadline is over.
  const bool too_late = appointment.has_cancel_until_time() && !MayCancel(appointment);
  AppendProposals(reader, appointment, nonce, screen);
  if (too_late) screen.text += "\n\n" + reader.t().Html("error.too_late_to_cancel");
  if (side == Side::kProvider) {
    AppendProviderButtons(reader, appointment, nonce, screen.rows);
  } else {
    AppendCustomerButtons(reader, appointment, screen.rows);
  }
  return screen;
}

Screen AppointmentScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                         Nonce nonce, const std::string& heading) {
  Screen screen = AppointmentMessage(reader, appointment, side, nonce, heading);
  if (side == Side::kProvider) {
    screen.rows.back().push_back(BackButton(reader, ListOf(reader, appointment, side)));
    return screen;
  }
  Row last;
  if (IsTurnedDown(appointment, side)) {
    last.push_back({reader.t().Plain("appointments.info"),
                    Action(ShowMeetingInfo{AppointmentId::Of(appointment.name())})});
  }
  last.push_back(BackButton(reader, ListOf(reader, appointment, side)));
  if (last.size() == 1 && !screen.rows.empty() && screen.rows.back().size() == 1) {
    screen.rows.back().push_back(std::move(last.front()));
  } else {
    screen.rows.push_back(std::move(last));
  }
  return screen;
}

Screen AppointmentScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                         Nonce nonce) {
  return AppointmentScreen(reader, appointment, side, nonce, "");
}

Screen AskCancelScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                       Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  const char* key =
      side == Side::kCustomer ? "appointments.cancel_ask" : "appointments.cancel_ask_provider";
  return {.text = Headline(reader, appointment, side) + "\n\n" + t.Html(key),
          .rows = {{{t.Plain("appointments.cancel_keep"), Action(ShowAppointment{id})}},
                   {{t.Plain("appointments.cancel_without_reason"), Action(Cancel{id, nonce}),
                     Style::kDanger}}},
          .shows = ShownOf(appointment)};
}

Screen CancelReasonScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                          const std::string& reason, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  return {.text = Headline(reader, appointment, side) + "\n\n" +
                  t.Html("appointments.cancel_reason", {{"reason", reason}}),
          .rows = {{{t.Plain("appointments.cancel_keep"), Action(ShowAppointment{id})}},
                   {{t.Plain("appointments.cancel"), Action(CancelForShownReason{id, nonce}),
                     Style::kDanger}}},
          .shows = ShownOf(appointment)};
}

}  // namespace kalends::telegram

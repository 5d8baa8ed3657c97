#include "adapters/telegram/screens/appointments.h"

#include <algorithm>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/documents.h"
#include "adapters/telegram/actions/proposals.h"
#include "adapters/telegram/actions/requests.h"
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
    case AppointmentList::kRequests:
      return {"requests.title", "requests.none"};
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
    case AppointmentList::kRequests:
      return ShowRequests{page};
    case AppointmentList::kAgenda:
      return ShowAgenda{page};
    default:
      return ShowUpcoming{page};
  }
}

// What a press of the button for `allowed` does; nullopt for what is drawn otherwise.
std::optional<Button> ButtonOf(const Reader& reader, v1::Appointment::Action allowed,
                               const AppointmentId& id, Nonce nonce) {
  const Texts& t = reader.t();
  switch (allowed) {
    case v1::Appointment::ACTION_ACCEPT:
      return Button{t.Plain("appointments.accept"), Action(Accept{id, nonce})};
    case v1::Appointment::ACTION_REJECT:
      return Button{t.Plain("appointments.reject"), Action(AskReject{id})};
    case v1::Appointment::ACTION_PROPOSE_TIMES:
      return Button{t.Plain("appointments.propose"), Action(ProposeMonth{id, std::nullopt, {}})};
    case v1::Appointment::ACTION_COMPLETE:
      return Button{t.Plain("appointments.complete"), Action(Complete{id, nonce})};
    case v1::Appointment::ACTION_MARK_MISSED:
      return Button{t.Plain("appointments.missed"), Action(MarkMissed{id, nonce})};
    case v1::Appointment::ACTION_CANCEL:
      return Button{t.Plain("appointments.cancel"), Action(AskCancel{id})};
    default:
      return std::nullopt;
  }
}

Action ListOf(const v1::Appointment& appointment, Side side) {
  const bool open = appointment.status() == v1::Appointment::STATUS_PENDING ||
                    appointment.status() == v1::Appointment::STATUS_ACCEPTED;
  if (side == Side::kCustomer) return open ? Action(ShowUpcoming{}) : Action(ShowPast{});
  return appointment.status() == v1::Appointment::STATUS_PENDING ? Action(ShowRequests{})
                                                                 : Action(ShowDay{});
}

bool MayCancel(const v1::Appointment& appointment) {
  const auto& allowed = appointment.allowed_actions();
  return std::count(allowed.begin(), allowed.end(), v1::Appointment::ACTION_CANCEL) > 0;
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
  const bool open = appointment.status() == v1::Appointment::STATUS_PENDING ||
                    appointment.status() == v1::Appointment::STATUS_ACCEPTED;
  return !open || InstantOf(appointment.start_time()) <= reader.now;
}

std::string Facts(const Reader& reader, const v1::Appointment& appointment, Side side) {
  const Texts& t = reader.t();
  std::string text = WhenText(reader, appointment, side) + AgreeAnewText(reader, appointment) +
                     "\n" + StatusLabel(reader, appointment.status());
  if (!appointment.service_display_name().empty()) {
    text += "\n" + t.Html("info.service", {{"service", appointment.service_display_name()}});
  } else if (appointment.service().empty()) {
    text += "\n" + t.Html("info.service_open");
  }
  if (side == Side::kProvider && appointment.provider_kind() == v1::PROVIDER_KIND_ORGANIZATION) {
    text += "\n" + t.Html("info.specialist", {{"name", appointment.specialist_display_name()}});
  }
  if (side == Side::kProvider && !appointment.note().empty()) {
    text += "\n" + t.Html("info.note", {{"note", appointment.note()}});
  }
  if (side == Side::kCustomer && appointment.has_cancel_until_time() && MayCancel(appointment)) {
    text += "\n" + CancelUntilText(reader, appointment);
  }
  return text;
}

// Whether `action` is worth a button: who may reject a request need not cancel it.
bool IsOffered(const v1::Appointment& appointment, v1::Appointment::Action action) {
  const auto& allowed = appointment.allowed_actions();
  return action != v1::Appointment::ACTION_CANCEL ||
         std::count(allowed.begin(), allowed.end(), v1::Appointment::ACTION_REJECT) == 0;
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

std::string Headline(const Reader& reader, const v1::Appointment& appointment, Side side) {
  return "<b>" + reader.t().Html("appointments.with", {{"name", OtherName(appointment, side)}}) +
         "</b>\n" + Facts(reader, appointment, side);
}

Screen AppointmentsScreen(const Reader& reader, const Page<v1::Appointment>& appointments,
                          AppointmentList list) {
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
    if (zone.empty() && reader.zone.empty()) label += " " + appointment.provider_time_zone();
    label += " · " + OtherName(appointment, side);
    screen.rows.push_back(
        {{label, Action(ShowAppointment{AppointmentId::Of(appointment.name())})}});
  }
  AppendPager(screen.rows, appointments.number, appointments.has_next,
              [&](int page) { return PageOf(list, page); });
  if (list == AppointmentList::kUpcoming) {
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

Screen AppointmentScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                         Nonce nonce, const std::string& heading) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  Screen screen{.text = heading, .rows = {}};
  if (!heading.empty()) screen.text += "\n\n";
  // News say in their heading who it is about.
  const std::string name =
      reader.t().Html("appointments.with", {{"name", OtherName(appointment, side)}});
  screen.text += heading.find(name) == std::string::npos ? Headline(reader, appointment, side)
                                                         : Facts(reader, appointment, side);
  // News of a change tell that alone.
  if (heading.empty() && IsOver(reader, appointment)) {
    screen.text += "\n" + MoneyText(reader, appointment);
  }

  std::vector<Button> buttons;
  bool may_choose = false;
  for (const int allowed : appointment.allowed_actions()) {
    const auto action = static_cast<v1::Appointment::Action>(allowed);
    may_choose = may_choose || action == v1::Appointment::ACTION_CHOOSE_PROPOSED_TIME;
    if (!IsOffered(appointment, action)) continue;
    if (auto button = ButtonOf(reader, action, id, nonce)) buttons.push_back(std::move(*button));
  }
  if (may_choose && appointment.proposed_start_times_size() > 0) {
    screen.text += "\n\n" + t.Html("proposals.choose");
    for (const auto& start : appointment.proposed_start_times()) {
      screen.rows.push_back(
          {{"✔ " + ShortWhen(reader, InstantOf(start), appointment.provider_time_zone()),
            Action(ChooseProposed{id, MinuteOf(start), nonce})}});
    }
  } else if (appointment.proposed_start_times_size() > 0) {
    screen.text += "\n\n" + t.Html("proposals.sent_before");
    for (const auto& start : appointment.proposed_start_times()) {
      screen.text += "\n• " + ShortWhen(reader, InstantOf(start), appointment.provider_time_zone());
    }
  }
  AppendGrid(screen.rows, std::move(buttons), 2);
  // Agreed and ahead, and yet not to be cancelled: the deadline is over.
  if (appointment.has_cancel_until_time() && !MayCancel(appointment)) {
    screen.text += "\n\n" + t.Html("error.too_late_to_cancel");
    screen.rows.push_back(
        {{t.Plain("links.chat"), Action(OpenChat{ProviderId::Of(appointment.provider())})}});
  }
  if (side == Side::kProvider) {
    const ProviderId provider = ProviderId::Of(appointment.provider());
    const AccountId customer = AccountId::Of(appointment.customer());
    screen.rows.push_back(
        {{t.Plain("links.chat"), Action(ShowChat{provider, customer, 0})},
         {t.Plain("links.documents"), Action(ShowDocuments{provider, customer, 0, 0, 0})}});
  }
  screen.rows.push_back({{t.Plain("appointments.info"), Action(ShowMeetingInfo{id})},
                         BackButton(reader, ListOf(appointment, side))});
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
          .rows = {{{t.Plain("appointments.cancel_without_reason"), Action(Cancel{id, nonce})}},
                   {{t.Plain("appointments.cancel_keep"), Action(ShowAppointment{id})}}}};
}

Screen CancelReasonScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                          const std::string& reason, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  return {.text = Headline(reader, appointment, side) + "\n\n" +
                  t.Html("appointments.cancel_reason", {{"reason", reason}}),
          .rows = {{{t.Plain("appointments.cancel"), Action(CancelForShownReason{id, nonce})}},
                   {{t.Plain("appointments.cancel_keep"), Action(ShowAppointment{id})}}}};
}

}  // namespace kalends::telegram

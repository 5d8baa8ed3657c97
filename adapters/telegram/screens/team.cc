#include "adapters/telegram/screens/team.h"

#include <algorithm>

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/practice.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kNamesPerRow = 2;

// "8 heute", "heute nicht da".
std::string TodayText(const Reader& reader, const Workload& work) {
  const auto count = static_cast<int>(work.appointments.size());
  if (count > 0) return reader.t().HtmlCount("team.today", count);
  return reader.t().Html(work.open.empty() ? "team.away_today" : "team.nothing_today");
}

Button InviteButton(const Reader& reader) {
  return {reader.t().Plain("team.invite"),
          Action(EditInvitation{Invite::kStaff, kStaffInvitationDays, 1}), Style::kPrimary};
}

std::string OpenText(const Reader& reader, const RemovalView& view) {
  const Texts& t = reader.t();
  if (view.count == 0) return t.Html("team.remove_none_open");
  std::string text = t.HtmlCount("team.remove_open", view.count);
  for (const v1::Appointment& appointment : view.open) {
    text += "\n• " + t.Html("team.remove_line",
                            {{"time", ShortWhen(reader, InstantOf(appointment.start_time()),
                                                appointment.provider_time_zone())},
                             {"name", OtherName(appointment, Side::kProvider)}});
  }
  if (view.count > static_cast<int>(view.open.size())) text += "\n• …";
  return text;
}

}  // namespace

Screen StaffScreen(const Reader& reader, const CalendarView& today, int page, bool has_next) {
  const Texts& t = reader.t();
  if (today.people.empty()) {
    return {.text = t.Html("team.none"),
            .rows = {{InviteButton(reader)}, {PracticeButton(reader)}}};
  }
  Screen screen{.text = t.Html("team.title"), .rows = {}};
  std::vector<Button> names;
  for (const Workload& work : today.people) {
    screen.text +=
        "\n" + t.Html("team.member", {{"name", work.name}}) + " · " + TodayText(reader, work);
    names.push_back({NameLabel("", work.name, ""), Action(ShowColleague{work.specialist})});
  }
  AppendGrid(screen.rows, std::move(names), kNamesPerRow);
  AppendPager(screen.rows, page, has_next, [](int number) { return ShowStaff{number}; });
  screen.rows.push_back({InviteButton(reader), PracticeButton(reader)});
  return screen;
}

Screen ColleagueScreen(const Reader& reader, const CalendarView& today) {
  const Texts& t = reader.t();
  const Workload& work = today.people.front();
  return {.text = t.Html("team.member", {{"name", work.name}}) + " · " + TodayText(reader, work),
          .rows = {{{t.Plain("menu.calendar"), Action(ShowStaffDay{work.specialist, std::nullopt}),
                     Style::kPrimary},
                    {t.Plain("menu.services"), Action(ShowColleagueServices{work.specialist, 0})}},
                   {{t.Plain("team.remove"), Action(AskRemoveColleague{work.specialist}),
                     Style::kDanger},
                    BackButton(reader, ShowStaff{})}}};
}

bool IsOffered(const v1::Service& service, const ProviderId& specialist) {
  const auto& named = service.specialists();
  return named.empty() || std::ranges::find(named, NameOf(specialist)) != named.end();
}

std::optional<std::vector<std::string>> OfferedBy(const v1::Service& service,
                                                  const v1::Provider& organization,
                                                  const ProviderId& specialist) {
  const bool offered = IsOffered(service, specialist);
  std::vector<std::string> by;
  for (const auto& one : organization.specialists()) {
    const ProviderId id = ProviderId::Of(one.provider());
    const bool offers = id == specialist ? !offered : IsOffered(service, id);
    if (offers) by.push_back(one.provider());
  }
  if (by.empty()) return std::nullopt;
  // Whoever joins later offers it, too.
  if (by.size() == static_cast<std::size_t>(organization.specialists_size())) by.clear();
  return by;
}

Screen OffersScreen(const Reader& reader, const OffersView& view) {
  const Texts& t = reader.t();
  const bool none = view.services.items.empty() && view.services.number == 0;
  Screen screen{.text = t.Html("team.member", {{"name", view.name}}) + "\n" +
                        t.Html(none ? "team.no_services" : "team.offers"),
                .rows = {}};
  if (view.last) screen.text = t.Html("team.last_offer") + "\n\n" + screen.text;
  for (const v1::Service& service : view.services.items) {
    screen.rows.push_back({{NameLabel(IsOffered(service, view.specialist) ? "✅ " : "⬜ ",
                                      service.display_name(), ""),
                            Action(ToggleOffer{view.specialist, ServiceId::Of(service.name()),
                                               view.services.number, view.nonce})}});
  }
  AppendPager(screen.rows, view.services.number, view.services.has_next,
              [&](int page) { return ShowColleagueServices{view.specialist, page}; });
  screen.rows.push_back({BackButton(reader, ShowColleague{view.specialist})});
  return screen;
}

Screen AskRemoveColleagueScreen(const Reader& reader, const RemovalView& view) {
  const Texts& t = reader.t();
  Screen screen{
      .text = t.Html("team.ask_remove", {{"name", view.name}}) + "\n\n" + OpenText(reader, view),
      .rows = {}};
  const auto remove = [&](Leftovers leftovers) {
    return Action(RemoveColleague{view.specialist, leftovers, view.nonce});
  };
  if (view.count == 0) {
    screen.rows.push_back({{t.Plain("team.keep"), Action(ShowColleague{view.specialist})},
                           {t.Plain("team.remove"), remove(Leftovers::kCancel), Style::kDanger}});
    return screen;
  }
  const int cancelled = view.count - view.handed_on;
  if (view.handed_on > 0) {
    screen.text += "\n\n" + t.HtmlCount("team.others_can", view.handed_on);
    if (cancelled > 0) screen.text += " " + t.HtmlCount("team.rest_cancelled", cancelled);
    screen.rows.push_back({{t.Plain("team.hand_on"), remove(Leftovers::kHandOn)}});
  }
  screen.rows.push_back(
      {{t.PlainCount("team.cancel_all", view.count), remove(Leftovers::kCancel), Style::kDanger}});
  std::vector<Button> each;
  each.reserve(static_cast<std::size_t>(view.open.size()));
  for (const v1::Appointment& appointment : view.open) {
    each.push_back({NameLabel(ShortWhen(reader, InstantOf(appointment.start_time()),
                                        appointment.provider_time_zone()) +
                                  " · ",
                              OtherName(appointment, Side::kProvider), ""),
                    Action(AskTakeOver{AppointmentId::Of(appointment.name())})});
  }
  AppendGrid(screen.rows, std::move(each), 1);
  screen.rows.push_back({{t.Plain("team.keep"), Action(ShowColleague{view.specialist})}});
  return screen;
}

Screen ColleagueRemovedScreen(const Reader& reader, const std::string& name,
                              const v1::RemoveStaffResponse& removed) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("team.removed", {{"name", name}}),
                .rows = {{BackButton(reader, ShowStaff{})}},
                .stays = true};
  if (const int count = removed.reassigned_appointments_size(); count > 0) {
    screen.text += "\n" + t.HtmlCount("team.handed_on", count);
  }
  if (const int count = removed.cancelled_appointments_size(); count > 0) {
    screen.text += "\n" + t.HtmlCount("team.cancelled", count);
  }
  return screen;
}

Screen AskTakeOverScreen(const Reader& reader, const v1::Appointment& appointment,
                         const v1::Provider& organization, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  Screen screen{
      .text = Headline(reader, appointment, Side::kProvider) + "\n\n" + t.Html("team.who_takes"),
      .rows = {},
      .shows = ShownOf(appointment)};
  std::vector<Button> names;
  for (const auto& one : organization.specialists()) {
    if (one.provider() == appointment.specialist()) continue;
    names.push_back({NameLabel("", one.display_name(), ""),
                     Action(TakeOver{id, ProviderId::Of(one.provider()), nonce})});
  }
  AppendGrid(screen.rows, std::move(names), kNamesPerRow);
  screen.rows.push_back({BackButton(reader, ShowAppointment{id})});
  return screen;
}

}  // namespace kalends::telegram

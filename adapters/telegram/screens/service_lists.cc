#include "adapters/telegram/screens/service_lists.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/service_fields.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"

namespace kalends::telegram {
namespace {

constexpr std::ptrdiff_t kNeighboursShown = 3;  // On each side of the one that moves.

bool HasDeclined(const v1::Service& service, const std::string& specialist) {
  return std::find(service.declined_by().begin(), service.declined_by().end(), specialist) !=
         service.declined_by().end();
}

// "3/8": how many come, of how many who may.
std::string FilledText(const v1::Service& service, int count) {
  return fmt::format("{}/{}", count, std::max(count, service.capacity()));
}

}  // namespace

Screen ServiceOrderScreen(const Reader& reader, const std::vector<v1::Service>& offered,
                          const ServiceId& service, Nonce nonce) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("catalog.about_order"), .rows = {}};
  const auto at = std::find_if(offered.begin(), offered.end(), [&](const v1::Service& one) {
    return ServiceId::Of(one.name()) == service;
  });
  const std::ptrdiff_t here = at - offered.begin();
  for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(0, here - kNeighboursShown);
       i < std::ssize(offered) && i <= here + kNeighboursShown; ++i) {
    const std::string name = HtmlOf(offered[static_cast<std::size_t>(i)].display_name());
    screen.text += fmt::format("\n{}. {}", i + 1, i == here ? "<b>" + name + "</b>" : name);
  }
  Row row;
  if (here > 0) {
    row.push_back({t.Plain("catalog.up"), Action(MoveService{service, Towards::kFront, nonce})});
  }
  if (here + 1 < std::ssize(offered)) {
    row.push_back({t.Plain("catalog.down"), Action(MoveService{service, Towards::kEnd, nonce})});
  }
  if (!row.empty()) screen.rows.push_back(std::move(row));
  screen.rows.push_back(BackAndHome(reader, ShowService{service}));
  return screen;
}

Screen ArchiveScreen(const Reader& reader, const Page<v1::Service>& archived) {
  const Texts& t = reader.t();
  const bool none = archived.items.empty() && archived.number == 0;
  Screen screen{.text = t.Html(none ? "catalog.archive_none" : "catalog.archive_title"),
                .rows = {}};
  for (const v1::Service& service : archived.items) {
    screen.rows.push_back(
        {{ServiceLabel(reader, service), Action(ShowService{ServiceId::Of(service.name())})}});
  }
  AppendPager(screen.rows, archived.number, archived.has_next,
              [](int page) { return ShowArchive{page}; });
  screen.rows.push_back(BackAndHome(reader, ShowServices{}));
  return screen;
}

Screen ServiceTeamScreen(const Reader& reader, const ServiceTeamView& view) {
  const Texts& t = reader.t();
  const ServiceId id = ServiceId::Of(view.service.name());
  const bool all = view.service.specialists().empty();
  Screen screen{.text = ServiceTitle(reader, view.service) + "\n" +
                        t.Html(all ? "catalog.team_all" : "catalog.team_some"),
                .rows = {}};
  if (!view.heading.empty()) screen.text = view.heading + "\n\n" + screen.text;
  bool any_declined = false;
  for (const auto& specialist : view.team.items) {
    const bool meant = IsMeantFor(view.service, specialist.provider());
    const bool declined = meant && HasDeclined(view.service, specialist.provider());
    any_declined |= declined;
    const char* const sign = declined ? "🚫 " : meant ? "✅ " : "▫️ ";
    screen.rows.push_back(
        {{NameLabel(sign, specialist.display_name(), ""),
          Action(ToggleServiceSpecialist{id, ProviderId::Of(specialist.provider()), view.nonce})}});
  }
  if (any_declined) screen.text += "\n" + t.Html("catalog.team_declined");
  if (view.team.items.empty()) screen.text += "\n\n" + t.Html("catalog.team_none");
  AppendPager(screen.rows, view.team.number, view.team.has_next,
              [&](int page) { return ShowServiceTeam{id, page}; });
  screen.rows.push_back(BackAndHome(reader, ShowService{id}));
  return screen;
}

bool IsMeantFor(const v1::Service& service, const std::string& specialist) {
  return service.specialists().empty() ||
         std::find(service.specialists().begin(), service.specialists().end(), specialist) !=
             service.specialists().end();
}

Screen HouseServicesScreen(const Reader& reader, const HouseServicesView& view) {
  const ProviderId house = ProviderId::Of(view.house.provider());
  const bool none = view.services.items.empty() && view.services.number == 0;
  Screen screen{.text = reader.t().Html(none ? "catalog.house_none" : "catalog.house_title",
                                        {{"name", view.house.display_name()}}),
                .rows = {}};
  for (const v1::Service& service : view.services.items) {
    const bool declined = HasDeclined(service, view.specialist);
    screen.rows.push_back(
        {{NameLabel(declined ? "▫️ " : "✅ ", service.display_name(),
                    " · " + ServiceFacts(reader, service)),
          Action(SetDeclined{house, ServiceId::Of(service.name()),
                             declined ? Declined::kNo : Declined::kYes, view.nonce})}});
  }
  AppendPager(screen.rows, view.services.number, view.services.has_next,
              [&](int page) { return ShowHouseServices{house, page}; });
  screen.rows.push_back(BackAndHome(reader, ShowServices{}));
  return screen;
}

std::vector<GroupSession> SessionsOf(const std::vector<v1::Appointment>& appointments,
                                     const std::string& service) {
  std::vector<GroupSession> sessions;
  for (const v1::Appointment& appointment : appointments) {
    if (appointment.service() != service) continue;
    const Minute start = MinuteOf(appointment.start_time());
    if (sessions.empty() || sessions.back().start != start) sessions.push_back({start, {}});
    sessions.back().participants.push_back(appointment);
  }
  return sessions;
}

Screen SessionsScreen(const Reader& reader, const v1::Service& service,
                      const Page<GroupSession>& sessions) {
  const Texts& t = reader.t();
  const ServiceId id = ServiceId::Of(service.name());
  const bool none = sessions.items.empty() && sessions.number == 0;
  Screen screen{.text = ServiceTitle(reader, service) + "\n" +
                        t.Html(none ? "catalog.sessions_none" : "catalog.sessions"),
                .rows = {}};
  for (const GroupSession& session : sessions.items) {
    const v1::Appointment& first = session.participants.front();
    screen.rows.push_back({{ShortWhen(reader, session.start, first.provider_time_zone()) + " · " +
                                FilledText(service, static_cast<int>(session.participants.size())),
                            Action(ShowParticipants{id, session.start})}});
  }
  AppendPager(screen.rows, sessions.number, sessions.has_next,
              [&](int page) { return ShowSessions{id, page}; });
  screen.rows.push_back(BackAndHome(reader, AskServiceField{id, ServiceField::kCapacity}));
  return screen;
}

Screen ParticipantsScreen(const Reader& reader, const v1::Service& service, Minute start,
                          const Page<v1::Appointment>& participants, int count) {
  const Texts& t = reader.t();
  const ServiceId id = ServiceId::Of(service.name());
  Screen screen{.text = ServiceTitle(reader, service), .rows = {}};
  if (participants.items.empty()) {
    screen.text += "\n" + t.Html("catalog.sessions_none");
  } else {
    screen.text +=
        "\n" + EscapeHtml(ShortWhen(reader, start, participants.items[0].provider_time_zone())) +
        "\n" + t.Html("catalog.participants_count", {{"filled", FilledText(service, count)}});
  }
  for (const v1::Appointment& one : participants.items) {
    screen.rows.push_back({{NameLabel(std::string(StatusIcon(one.status())) + " ",
                                      NameOnButton(reader, one.customer_display_name()), ""),
                            Action(ShowAppointment{AppointmentId::Of(one.name())})}});
  }
  AppendPager(screen.rows, participants.number, participants.has_next,
              [&](int page) { return ShowParticipants{id, start, page}; });
  screen.rows.push_back(BackAndHome(reader, ShowSessions{id}));
  return screen;
}

}  // namespace kalends::telegram

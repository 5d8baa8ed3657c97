#include "adapters/telegram/screens/booking.h"

#include <fmt/format.h>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/month_grid.h"
#include "adapters/telegram/screens/packages.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kSlotsOnTwoClocksPerRow = 3;
// A page of services with one each stays below Telegram's limit.
constexpr std::size_t kDescriptionCharsShown = 250;

// As people wrote it.
const std::string& WrittenName(const Reader& reader, const v1::Service& service) {
  const auto translation = service.translations().find(reader.t().language());
  const bool has =
      translation != service.translations().end() && !translation->second.display_name().empty();
  return has ? translation->second.display_name() : service.display_name();
}

}  // namespace

std::string ServiceName(const Reader& reader, const v1::Service& service) {
  return SafeText(WrittenName(reader, service));
}

std::string ServiceFacts(const Reader& reader, const v1::Service& service) {
  return reader.t().Duration(MinutesOf(service.duration())) + " · " +
         PriceText(reader, service.has_price() ? &service.price() : nullptr);
}

std::string ServiceLabel(const Reader& reader, const v1::Service& service) {
  return NameLabel("", WrittenName(reader, service), " · " + ServiceFacts(reader, service));
}

std::string BookedText(const Reader& reader, const v1::Provider& provider,
                       const v1::Provider::Specialist& specialist,
                       const std::optional<v1::Service>& service) {
  std::string text = ProviderLabel(provider.kind(), provider.display_name());
  if (!specialist.display_name().empty()) text += " · " + SafeText(specialist.display_name());
  if (service)
    text += " · " + ServiceName(reader, *service) + " · " + ServiceFacts(reader, *service);
  return text;
}

std::string ServiceDescription(const Reader& reader, const v1::Service& service) {
  const auto translation = service.translations().find(reader.t().language());
  const bool has =
      translation != service.translations().end() && !translation->second.description().empty();
  return has ? translation->second.description() : service.description();
}

std::string DescriptionText(const std::string& description) {
  return "<i>" + HtmlOf(Shorten(description, kDescriptionCharsShown)) + "</i>";
}

Screen ServicesToBookScreen(const Reader& reader, const v1::Provider& provider,
                            const Page<v1::Service>& services) {
  const Texts& t = reader.t();
  const ProviderId id = ProviderId::Of(provider.name());
  Screen screen{
      .text = t.Html("booking.choose_service",
                     {{"provider", ProviderLabel(provider.kind(), provider.display_name())}}),
      .rows = {}};
  for (const v1::Service& service : services.items) {
    const std::string description = ServiceDescription(reader, service);
    if (!description.empty()) {
      screen.text += "\n\n<b>" + EscapeHtml(ServiceName(reader, service)) + "</b>\n" +
                     DescriptionText(description);
    }
    screen.rows.push_back(
        {{ServiceLabel(reader, service), Action(PickService{id, ServiceId::Of(service.name())})}});
  }
  AppendPager(screen.rows, services.number, services.has_next,
              [&](int page) { return PickProvider{id, page}; });
  screen.rows.push_back({{t.Plain("booking.not_sure"), Action(PickService{id, ServiceId{}})}});
  screen.rows.push_back({BackButton(reader, ShowProviders{}), HomeButton(reader)});
  return screen;
}

Screen SpecialistsToBookScreen(const Reader& reader, const v1::Provider& provider,
                               const ServiceId& service,
                               const Page<v1::Provider::Specialist>& specialists,
                               const std::string& heading) {
  const Texts& t = reader.t();
  const ProviderId id = ProviderId::Of(provider.name());
  const auto leads_to = [&](const ProviderId& specialist) {
    return Action(ShowMonth{{id, service, specialist}, std::nullopt});
  };
  Screen screen{.text = t.Html("booking.choose_specialist", {{"what", heading}}),
                .rows = {{{t.Plain("booking.any_specialist"), leads_to(ProviderId{})}}}};
  for (const auto& specialist : specialists.items) {
    screen.rows.push_back({{ProviderLabel(v1::PROVIDER_KIND_SPECIALIST, specialist.display_name()),
                            leads_to(ProviderId::Of(specialist.provider()))}});
  }
  AppendPager(screen.rows, specialists.number, specialists.has_next,
              [&](int page) { return PickService{id, service, page}; });
  screen.rows.push_back({BackButton(reader, PickProvider{id}), HomeButton(reader)});
  return screen;
}

Screen NothingOfferedScreen(const Reader& reader, const v1::Provider& provider) {
  const Texts& t = reader.t();
  const std::string name = ProviderLabel(provider.kind(), provider.display_name());
  return {.text = t.Html("booking.nothing_offered", {{"provider", name}}),
          .rows = {{{t.Plain("links.chat"), Action(OpenChat{ProviderId::Of(provider.name())})},
                    HomeButton(reader)}}};
}

Screen MonthScreen(const Reader& reader, const MonthView& view) {
  const Texts& t = reader.t();
  const Formats& formats = t.formats();
  Screen screen{.text = t.Html("booking.choose_date", {{"what", view.heading}}), .rows = {}};
  const FreeMonth& free = view.free;
  if (free.days.empty()) {
    screen.text += MonthFullText(reader, free);
    if (!free.next_start && view.horizon.count() > 0) {
      screen.text += " " + t.HtmlCount("booking.horizon", static_cast<int>(view.horizon.count()));
    } else if (!free.next_start) {
      screen.text += " " + t.Html("booking.none_ahead");
    }
  }
  AppendFreeMonth(reader, screen.rows, free,
                  {.start = [&](Minute start) { return Action(PickSlot{view.draft, start}); },
                   .day = [&](date::year_month_day day) { return PickDay{view.draft, day}; },
                   .month = [&](date::year_month month) { return ShowMonth{view.draft, month}; },
                   .other_zone = free.provider_zone});
  if (free.days.empty() && free.next_start) {
    const date::year_month_day day = ToLocal(free.zone, *free.next_start).day();
    screen.rows.push_back({{t.Plain("booking.next_free", {{"day", formats.ShortDate(day)}}),
                            Action(PickDay{view.draft, day})}});
  }
  if (free.days.empty() && !free.next_start) {
    screen.rows.push_back({{t.Plain("links.chat"), Action(OpenChat{view.draft.provider})}});
  }
  screen.rows.push_back({BackButton(reader, view.back), HomeButton(reader)});
  return screen;
}

Screen SlotsScreen(const Reader& reader, const SlotsView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("booking.choose_time",
                               {{"what", view.heading},
                                {"day", t.formats().Date(view.day, LinePlace::kAtStart)}}),
                .rows = {}};
  const Action back = ShowMonth{view.draft, MonthOf(view.day)};
  if (view.starts.empty()) screen.text += "\n\n" + t.Html("booking.day_full");
  if (!view.seats.empty()) screen.text += "\n" + t.Html("booking.seats");
  screen.text += ZoneLine(reader, view.zone);
  const bool two_clocks = !view.starts.empty() && !view.provider_zone.empty() &&
                          ToLocal(view.zone, view.starts.front()).offset !=
                              ToLocal(view.provider_zone, view.starts.front()).offset;
  if (two_clocks) {
    screen.text +=
        "\n" + t.Html("booking.your_clock", {{"zone", t.formats().Zone(view.provider_zone)}});
  }
  std::vector<Button> buttons;
  const auto first = static_cast<std::size_t>(view.page) * kSlotsPerPage;
  const std::size_t end = std::min(view.starts.size(), first + kSlotsPerPage);
  for (std::size_t i = first; i < end; ++i) {
    const Minute start = std::chrono::floor<std::chrono::minutes>(view.starts[i]);
    std::string label = ShortClock(view.zone, view.provider_zone, view.starts[i]);
    if (!view.seats.empty()) label += fmt::format(" ({})", view.seats[i]);
    buttons.push_back({std::move(label), Action(PickSlot{view.draft, start})});
  }
  AppendGrid(screen.rows, std::move(buttons),
             two_clocks && view.seats.empty() ? kSlotsOnTwoClocksPerRow
             : two_clocks                     ? 2
                                              : kSlotsPerRow);
  AppendPager(screen.rows, view.page, end < view.starts.size(),
              [&](int page) { return PickDay{view.draft, view.day, page}; });
  screen.rows.push_back({BackButton(reader, back), HomeButton(reader)});
  return screen;
}

Screen SummaryScreen(const Reader& reader, const SummaryView& view) {
  const Texts& t = reader.t();
  const std::string provider = ProviderLabel(view.provider.kind(), view.provider.display_name());
  std::string text = view.heading.empty() ? "" : view.heading + "\n\n";
  text += t.Html("booking.summary_title") + "\n\n";
  text += t.Html("info.provider", {{"provider", provider}});
  const std::string& specialist = view.specialist.display_name();
  if (!specialist.empty()) {
    text += "\n" + t.Html("info.specialist", {{"name", specialist}});
  } else if (view.any_specialist) {
    text += "\n" + t.Html("info.any_specialist");
  }
  text += "\n" + (view.service
                      ? t.Html("info.service", {{"service", ServiceName(reader, *view.service)}})
                      : t.Html("info.service_open"));
  if (view.service) {
    const std::string description = ServiceDescription(reader, *view.service);
    if (!description.empty()) text += "\n" + DescriptionText(description);
    const v1::Money* price = view.service->has_price() ? &view.service->price() : nullptr;
    text += "\n" + (view.pays ? PaysText(reader, *view.package)
                              : t.Html("info.price", {{"price", PriceText(reader, price)}}));
    if (!view.service->place().empty()) {
      text += "\n" + t.Html("info.place", {{"place", view.service->place()}});
    }
  }
  if (!view.note.empty()) text += "\n" + t.Html("info.note", {{"note", view.note}});
  const Instant start = view.start;
  // An organization is in no calendar: it has the clock of its specialist, once one is chosen.
  const bool any = specialist.empty() && view.provider.kind() == v1::PROVIDER_KIND_ORGANIZATION;
  const std::string& clock =
      specialist.empty() ? view.provider.time_zone() : view.specialist.time_zone();
  text += "\n\n" + WhenText(reader, {.start = start,
                                     .end = start + view.duration,
                                     .provider_zone = clock,
                                     .other_zone = any ? "" : clock,
                                     .other_name = specialist.empty() ? view.provider.display_name()
                                                                      : specialist});
  if (view.seats_left > 0) text += "\n" + t.HtmlCount("booking.seats_left", view.seats_left);
  if (!view.replaces.empty()) text += "\n\n" + view.replaces;
  const date::year_month_day day = ToLocal(ZoneFor(reader, clock), start).day();
  const Action confirm = view.pays ? Action(ConfirmPaidRequest{view.draft, view.start, view.nonce})
                                   : Action(ConfirmRequest{view.draft, view.start, view.nonce});
  Screen screen{.text = text, .rows = {{{t.Plain("button.confirm"), confirm, Style::kPrimary}}}};
  if (view.package) {
    screen.rows.push_back({view.pays ? Button{t.Plain("packages.without"),
                                              Action(PayWithoutPackage{view.draft, view.start})}
                                     : Button{t.Plain("packages.with"),
                                              Action(PayByPackage{view.draft, view.start})}});
  }
  screen.rows.push_back({{t.Plain(view.note.empty() ? "booking.note_add" : "booking.note_change"),
                          Action(AskNote{view.draft, view.start})}});
  if (!view.note.empty()) {
    screen.rows.back().push_back(
        {t.Plain("booking.note_remove"), Action(RemoveNote{view.draft, view.start})});
  }
  screen.rows.push_back({BackButton(reader, PickDay{view.draft, day}), HomeButton(reader)});
  return screen;
}

Screen AskNoteScreen(const Reader& reader, const v1::Provider& provider, const AskNote& asked) {
  const Texts& t = reader.t();
  return {.text = t.Html("booking.note_ask",
                         {{"provider", ProviderLabel(provider.kind(), provider.display_name())}}),
          .rows = {{BackButton(reader, PickSlot{asked.draft, asked.start})}}};
}

Screen RequestedScreen(const Reader& reader, const v1::Appointment& appointment) {
  const Texts& t = reader.t();
  const bool accepted = appointment.status() == v1::Appointment::STATUS_ACCEPTED;
  const std::string provider =
      ProviderLabel(appointment.provider_kind(), appointment.provider_display_name());
  std::string text = t.Html(accepted ? "booking.requested_accepted" : "booking.requested_pending",
                            {{"provider", provider}});
  text += "\n\n" + WhenText(reader, appointment, Side::kCustomer) + "\n" +
          StatusLabel(reader, appointment.status());
  if (!appointment.service_display_name().empty()) {
    text += "\n" + t.Html("info.service", {{"service", appointment.service_display_name()}});
  }
  text += SpecialistLine(reader, appointment);
  text += NoteLine(reader, appointment);
  const AppointmentId id = AppointmentId::Of(appointment.name());
  Screen screen{
      .text = text,
      .rows = {{{t.Plain("appointments.info"), Action(ShowMeetingInfo{id})},
                {t.Plain("menu.appointments"), Action(ShowUpcoming{})}},
               {{t.Plain("links.chat"), Action(OpenChat{ProviderId::Of(appointment.provider())})}}},
      .stays = true,
      .shows = ShownOf(appointment)};
  if (Allows(appointment, v1::Appointment::ACTION_CANCEL)) {
    screen.rows.back().push_back(
        {t.Plain("appointments.cancel"), Action(AskCancel{id}), Style::kDanger});
  }
  return screen;
}

Screen AlternativesScreen(const Reader& reader, const AlternativesView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = view.refusal, .rows = {}};
  screen.text += "\n\n" + t.Html(view.starts.empty() ? "booking.alternatives_none"
                                                     : "booking.alternatives_some");
  screen.text += ZoneLine(reader, view.provider_zone);
  std::vector<Button> buttons;
  buttons.reserve(view.starts.size());
  for (const Minute start : view.starts) {
    buttons.push_back({ShortWhen(reader, start, view.provider_zone), view.pick(start)});
  }
  AppendGrid(screen.rows, std::move(buttons), 2);
  screen.rows.push_back({{t.Plain("booking.alternatives_all_dates"), view.other}});
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram

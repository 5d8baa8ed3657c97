#include "adapters/telegram/screens/book_for.h"

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/customers.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/month_grid.h"
#include "adapters/telegram/screens/packages.h"

namespace kalends::telegram {
namespace {

constexpr BookingWay kWithoutPackage[] = {BookingWay::kOffered, BookingWay::kAnyTime};
constexpr BookingWay kWithPackage[] = {BookingWay::kOfferedPaid, BookingWay::kAnyTimePaid};

BookingWay WayOf(bool any_time, bool pays) {
  return (pays ? kWithPackage : kWithoutPackage)[any_time ? 1 : 0];
}

// Where "back" leads from the dates: to the services, which lead to the card.
Action BeforeMonth(const BookedFor& booked) {
  return BookForCustomer{booked.customer, std::nullopt};
}

}  // namespace

std::string HeadingText(const BookedHeading& heading) {
  std::string text = SafeText(heading.customer);
  for (const std::string& part : {heading.service, heading.specialist}) {
    if (!part.empty()) text += " · " + SafeText(part);
  }
  return text;
}

Screen ServicesToBookForScreen(const Reader& reader, const BookedHeading& heading,
                               const Page<v1::Service>& services, const AccountId& customer,
                               std::optional<date::year_month_day> day) {
  const Texts& t = reader.t();
  const bool none = services.items.empty() && services.number == 0;
  Screen screen{.text = t.Html(none ? "book_for.no_services" : "book_for.choose_service",
                               {{"what", HeadingText(heading)}}),
                .rows = {}};
  for (const v1::Service& service : services.items) {
    screen.rows.push_back(
        {{ServiceLabel(reader, service),
          Action(ChooseServiceFor{customer, ServiceId::Of(service.name()), day})}});
  }
  AppendPager(screen.rows, services.number, services.has_next,
              [&](int page) { return BookForCustomer{customer, day, page}; });
  if (none) screen.rows.push_back({{t.Plain("menu.services"), Action(ShowServices{})}});
  screen.rows.push_back({BackButton(reader, ShowCustomer{customer}), HomeButton(reader)});
  return screen;
}

Screen SpecialistsToBookForScreen(const Reader& reader, const BookedHeading& heading,
                                  const std::vector<v1::Provider::Specialist>& specialists,
                                  const BookedFor& booked) {
  const Texts& t = reader.t();
  const auto leads_to = [&](const ProviderId& specialist) {
    return Action(ShowMonthFor{{booked.customer, booked.service, specialist}, std::nullopt});
  };
  Screen screen{.text = t.Html("book_for.choose_specialist", {{"what", HeadingText(heading)}}),
                .rows = {{{t.Plain("booking.any_specialist"), leads_to(ProviderId{})}}}};
  std::vector<Button> buttons;
  buttons.reserve(specialists.size());
  for (const auto& specialist : specialists) {
    buttons.push_back({ProviderLabel(v1::PROVIDER_KIND_SPECIALIST, specialist.display_name()),
                       leads_to(ProviderId::Of(specialist.provider()))});
  }
  AppendGrid(screen.rows, std::move(buttons), 2);
  screen.rows.push_back({BackButton(reader, BeforeMonth(booked)), HomeButton(reader)});
  return screen;
}

Screen MonthForScreen(const Reader& reader, const MonthForView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("book_for.choose_date", {{"what", HeadingText(view.heading)}}),
                .rows = {}};
  screen.text += MonthFullText(reader, view.free) + "\n" + t.Html("book_for.type_when");
  AppendFreeMonth(
      reader, screen.rows, view.free,
      {.start = [&](Minute start) { return Action(ReviewBooking{view.booked, start}); },
       .day = [&](date::year_month_day day) { return ShowDayFor{view.booked, day}; },
       .month = [&](date::year_month month) { return ShowMonthFor{view.booked, month}; }});
  screen.rows.push_back({BackButton(reader, BeforeMonth(view.booked)), HomeButton(reader)});
  return screen;
}

Screen DayForScreen(const Reader& reader, const DayForView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("book_for.choose_time",
                               {{"what", HeadingText(view.heading)},
                                {"day", t.formats().Date(view.day, LinePlace::kAtStart)}}),
                .rows = {}};
  if (view.starts.empty()) screen.text += "\n\n" + t.Html("book_for.day_full");
  screen.text += "\n" + t.Html("book_for.type_when") + ZoneLine(reader, view.zone);
  AppendFreeDay(
      screen.rows, {.starts = view.starts, .page = view.page},
      {.start =
           [&](Instant at) {
             return Button{
                 Formats::Time(ToLocal(view.zone, at)),
                 Action(ReviewBooking{view.booked, std::chrono::floor<std::chrono::minutes>(at)})};
           },
       .page = [&](int page) { return ShowDayFor{view.booked, view.day, page}; }});
  screen.rows.push_back(
      {BackButton(reader, ShowMonthFor{view.booked, MonthOf(view.day)}), HomeButton(reader)});
  return screen;
}

Screen ReviewBookingScreen(const Reader& reader, const BookingView& view) {
  const Texts& t = reader.t();
  const Instant start = view.start;
  std::string text = t.Html("book_for.review", {{"customer", view.heading.customer}}) + "\n" +
                     WhenText(reader, {.start = start,
                                       .end = start + view.duration,
                                       .provider_zone = view.zone,
                                       .other_zone = "",
                                       .other_name = ""});
  text += "\n" + t.Html("info.service", {{"service", view.heading.service}});
  if (!view.heading.specialist.empty()) {
    text += "\n" + t.Html("info.specialist", {{"name", view.heading.specialist}});
  }
  text += "\n" + (view.pays ? PaysText(reader, *view.package)
                            : t.Html("info.price", {{"price", view.price}}));
  if (view.any_time) text += "\n\n" + t.Html("book_for.any_time");
  const BookingWay way = WayOf(view.any_time, view.pays);
  Screen screen{.text = text,
                .rows = {{{t.Plain("book_for.confirm"),
                           Action(ConfirmBooking{view.booked, view.start, way, view.nonce}),
                           Style::kSuccess}}}};
  if (view.package) {
    screen.rows.push_back(
        {{t.Plain(view.pays ? "packages.without" : "packages.with"),
          Action(ReviewBooking{view.booked, view.start, WayOf(view.any_time, !view.pays)})}});
  }
  const date::year_month_day day = ToLocal(ZoneFor(reader, view.zone), start).day();
  screen.rows.push_back({BackButton(reader, ShowDayFor{view.booked, day}), HomeButton(reader)});
  return screen;
}

std::string BookedText(const Reader& reader, const v1::BookAppointmentResponse& booked) {
  const Texts& t = reader.t();
  std::string text =
      t.Html("book_for.booked", {{"customer", booked.appointment().customer_display_name()}});
  if (booked.missing_consents().empty()) return text;
  std::string names;
  for (const auto& document : booked.missing_consents()) {
    names += (names.empty() ? "" : ", ") + document.display_name();
  }
  return text + "\n" + t.Html("book_for.unsigned", {{"documents", names}});
}

}  // namespace kalends::telegram

#include "adapters/telegram/screens/customers.h"

#include <algorithm>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/book_for.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/documents.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/actions/packages.h"
#include "adapters/telegram/actions/payments.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kNoteCharsShown = 120;
constexpr std::size_t kNameCharsBesideAnother = 14;  // Two customers in a row.
constexpr std::chrono::hours kSameWeek{6 * 24};

std::string_view OwnClock(const Reader& reader) { return ZoneFor(reader, kNobodysZone); }

// "Do 9:00" of the coming week, else "Do., 10. Dez.".
std::string NextLabel(const Reader& reader, Instant start) {
  const Formats& formats = reader.t().formats();
  const LocalTime local = ToLocal(OwnClock(reader), start);
  if (start - reader.now >= kSameWeek) return formats.ShortDate(local.day());
  const int weekday = static_cast<int>(date::weekday(local.day()).iso_encoding());
  return formats.WeekdayAbbreviation(weekday) + " " + Formats::Time(local);
}

std::string CustomerLabel(const Reader& reader, const v1::Link& link) {
  std::string name = SafeText(
      ShortenSeen(NameOnButton(reader, link.customer_display_name()), kNameCharsBesideAnother));
  if (link.has_block_time()) return "🚫 " + name;
  if (link.has_remove_time()) return "👻 " + name;
  const v1::LinkSummary& summary = link.summary();
  if (summary.has_next_start_time()) {
    return name + " · " + NextLabel(reader, InstantOf(summary.next_start_time()));
  }
  if (summary.pending_consents() > 0) {
    return name + " · ⏳ " + reader.t().Plain("customers.terms_short");
  }
  return name;
}

Action PageFor(const CustomerPurpose& purpose, int page) {
  switch (purpose.purpose) {
    case CustomerFor::kBooking:
      return ChooseCustomerToBook{purpose.day, page};
    case CustomerFor::kSale:
      return ChooseCustomerToSell{purpose.package, page};
    default:
      return ShowCustomers{page};
  }
}

std::string CustomersTitle(const Reader& reader, const CustomersView& view) {
  const Texts& t = reader.t();
  switch (view.purpose.purpose) {
    case CustomerFor::kBooking:
      return t.Html("customers.choose_to_book");
    case CustomerFor::kSale:
      return t.Html("customers.choose_to_sell", {{"package", view.purpose.name}});
    default:
      return view.total == 0 ? t.Html("customers.title_none")
                             : t.HtmlCount("customers.title", view.total);
  }
}

std::string OutstandingOf(const Reader& reader, const v1::Money& money, int sign) {
  return reader.t().formats().Money(money.currency_code(), sign * money.minor_units());
}

std::string VisitsLine(const Reader& reader, const v1::LinkSummary& summary) {
  const Texts& t = reader.t();
  const int kept = summary.completed_count() + summary.upcoming_count();
  std::string line =
      kept == 0 ? t.Html("customers.no_visits") : t.HtmlCount("customers.visits", kept);
  if (summary.missed_count() > 0) {
    line += " · " + t.HtmlCount("customers.missed", summary.missed_count());
  }
  return line;
}

// What stands between the two, a line each.
std::string Standing(const Reader& reader, const CustomerView& view) {
  const Texts& t = reader.t();
  const v1::LinkSummary& summary = view.link.summary();
  std::string text = "\n" + VisitsLine(reader, summary);
  if (summary.has_next_start_time()) {
    text += "\n" + t.Html("customers.next",
                          {{"when", ShortWhen(reader, InstantOf(summary.next_start_time()),
                                              OwnClock(reader))}});
  }
  if (const auto due = OutstandingText(reader, summary, 1); !due.empty()) {
    text += "\n" + t.Html("customers.outstanding", {{"money", due}});
  }
  if (const auto over = OutstandingText(reader, summary, -1); !over.empty()) {
    text += "\n" + t.Html("customers.overpaid", {{"money", over}});
  }
  if (summary.package_visits() > 0) {
    text +=
        "\n" + t.Html("customers.package", {{"left", std::to_string(summary.remaining_visits())},
                                            {"visits", std::to_string(summary.package_visits())}});
  }
  if (summary.pending_consents() > 0) {
    text += "\n" + t.HtmlCount("customers.terms_pending", summary.pending_consents());
  }
  if (!view.note.empty()) {
    text += "\n📝 <i>" + HtmlOf(Shorten(view.note, kNoteCharsShown)) + "</i>";
  }
  return text;
}

std::string CustomerLine(const v1::Link& link) {
  return "<b>" + HtmlOf(link.customer_display_name()) + "</b>";
}

std::string TermsState(const Reader& reader, v1::Consent::State state) {
  switch (state) {
    case v1::Consent::STATE_PENDING:
      return reader.t().Html("consents.pending");
    case v1::Consent::STATE_SIGNED:
      return reader.t().Html("consents.signed");
    default:
      return {};
  }
}

}  // namespace

std::string OutstandingText(const Reader& reader, const v1::LinkSummary& summary, int sign) {
  std::string text;
  for (const v1::Money& money : summary.outstanding()) {
    if (money.minor_units() * sign <= 0) continue;
    if (!text.empty()) text += ", ";
    text += OutstandingOf(reader, money, sign);
  }
  return text;
}

Action LeadsTo(const CustomerPurpose& purpose, const AccountId& customer) {
  switch (purpose.purpose) {
    case CustomerFor::kBooking:
      return BookForCustomer{customer, purpose.day};
    case CustomerFor::kSale:
      return ReviewSale{purpose.package, customer};
    default:
      return ShowCustomer{customer};
  }
}

Screen CustomersScreen(const Reader& reader, const CustomersView& view) {
  const Texts& t = reader.t();
  const bool none = view.total == 0 && view.searched.empty();
  if (none) {
    return {.text = t.Html("customers.none"),
            .rows = {{{t.Plain("menu.invitations"), Action(ShowInvitations{}), Style::kPrimary}},
                     {HomeButton(reader)}}};
  }
  Screen screen{.text = CustomersTitle(reader, view), .rows = {}};
  if (!view.searched.empty()) {
    const bool found = !view.customers.items.empty();
    screen.text +=
        "\n" + t.Html(found ? "customers.found" : "customers.not_found", {{"text", view.searched}});
    if (view.customers.has_next) screen.text += " " + t.Html("customers.more_found");
  } else {
    screen.text += "\n" + t.Html("customers.type_to_search");
  }
  std::vector<Button> buttons;
  buttons.reserve(view.customers.items.size());
  for (const v1::Link& link : view.customers.items) {
    buttons.push_back(
        {CustomerLabel(reader, link), LeadsTo(view.purpose, AccountId::Of(link.customer()))});
  }
  AppendGrid(screen.rows, std::move(buttons), 2);
  if (view.searched.empty()) {
    AppendPager(screen.rows, view.customers.number, view.customers.has_next,
                [&](int page) { return PageFor(view.purpose, page); });
  } else {
    screen.rows.push_back({{t.Plain("customers.all"), PageFor(view.purpose, 0)}});
  }
  if (view.purpose.purpose == CustomerFor::kSale) {
    screen.rows.push_back({BackButton(reader, ShowPackage{view.purpose.package})});
  } else {
    screen.rows.push_back({HomeButton(reader)});
  }
  return screen;
}

Screen CustomerScreen(const Reader& reader, const CustomerView& view) {
  const Texts& t = reader.t();
  const v1::Link& link = view.link;
  const ProviderId provider = ProviderId::Of(link.provider());
  const AccountId customer = AccountId::Of(link.customer());
  const bool blocked = link.has_block_time();
  const bool open = !blocked && !link.has_remove_time();
  Screen screen{.text = view.heading.empty() ? "" : view.heading + "\n\n", .rows = {}};
  screen.text += CustomerLine(link);
  if (blocked) screen.text += "\n" + t.Html("customers.is_blocked");
  if (link.has_remove_time()) screen.text += "\n" + t.Html("customers.is_removed");
  screen.text += Standing(reader, view);
  const std::string unread = view.unread > 0 ? " 💬" + std::to_string(view.unread) : "";
  const Button chat{t.Plain("links.chat") + unread, Action(ShowChat{provider, customer, 0})};
  if (open) {
    screen.rows.push_back({{t.Plain("customers.book"),
                            Action(BookForCustomer{customer, std::nullopt}), Style::kPrimary},
                           chat});
  } else {
    screen.rows.push_back({chat});
  }
  screen.rows.push_back(
      {{t.Plain("customers.appointments"), Action(ShowCustomerAppointments{customer})},
       {t.Plain("customers.payments"), Action(ShowCustomerPayments{customer})},
       {t.Plain("customers.packages"), Action(ShowCustomerPackages{customer})}});
  screen.rows.push_back(
      {{t.Plain("links.documents"), Action(ShowDocuments{provider, customer, 0, 0, 0})},
       {t.Plain("customers.note"), Action(ShowCustomerNote{customer})},
       {t.Plain("links.terms"), Action(ShowCustomerTerms{customer})}});
  screen.rows.push_back(
      {BackButton(reader, ShowCustomers{}),
       blocked ? Button{t.Plain("customers.unblock"), Action(AskBlockCustomer{customer})}
               : Button{t.Plain("customers.block"), Action(AskBlockCustomer{customer})}});
  return screen;
}

Screen AskBlockScreen(const Reader& reader, const v1::Link& link, Nonce nonce) {
  const Texts& t = reader.t();
  const AccountId customer = AccountId::Of(link.customer());
  const bool blocked = link.has_block_time();
  const Button act = blocked ? Button{t.Plain("customers.unblock"),
                                      Action(UnblockCustomer{customer, nonce}), Style::kSuccess}
                             : Button{t.Plain("customers.block"),
                                      Action(BlockCustomer{customer, nonce}), Style::kDanger};
  return {.text = t.Html(blocked ? "customers.ask_unblock" : "customers.ask_block",
                         {{"customer", link.customer_display_name()}}),
          .rows = {{act, BackButton(reader, ShowCustomer{customer})}}};
}

Screen CustomerAppointmentsScreen(const Reader& reader, const v1::Link& link,
                                  CustomerAppointments which, const Page<v1::Appointment>& page) {
  const Texts& t = reader.t();
  const AccountId customer = AccountId::Of(link.customer());
  const bool past = which == CustomerAppointments::kPast;
  const bool none = page.items.empty() && page.number == 0;
  Screen screen{.text = CustomerLine(link) + "\n" +
                        t.Html(past ? (none ? "appointments.past_none" : "customers.past")
                                    : (none ? "customers.upcoming_none" : "customers.upcoming")),
                .rows = {}};
  for (const v1::Appointment& appointment : page.items) {
    const std::string lead =
        std::string(StatusIcon(appointment.status())) + " " +
        ShortWhen(reader, InstantOf(appointment.start_time()), OwnClock(reader));
    const std::string& service = appointment.service_display_name();
    screen.rows.push_back({{service.empty() ? lead : NameLabel(lead + " · ", service, ""),
                            Action(ShowAppointment{AppointmentId::Of(appointment.name())})}});
  }
  AppendPager(screen.rows, page.number, page.has_next,
              [&](int number) { return ShowCustomerAppointments{customer, which, number}; });
  const Button other =
      past ? Button{t.Plain("customers.to_upcoming"), Action(ShowCustomerAppointments{customer})}
           : Button{t.Plain("customers.to_past"),
                    Action(ShowCustomerAppointments{customer, CustomerAppointments::kPast})};
  screen.rows.push_back({other, BackButton(reader, ShowCustomer{customer})});
  return screen;
}

Screen CustomerTermsScreen(const Reader& reader, const v1::Link& link,
                           const Page<v1::Consent>& consents) {
  const Texts& t = reader.t();
  const Formats& formats = t.formats();
  Screen screen{.text = CustomerLine(link), .rows = {}};
  screen.text += "\n" + t.Html(consents.items.empty() ? "customers.no_terms" : "customers.terms");
  for (const v1::Consent& consent : consents.items) {
    screen.text += "\n• " + HtmlOf(consent.consent_document().display_name());
    const std::string state = TermsState(reader, consent.state());
    if (!state.empty()) screen.text += ": " + state;
    if (consent.state() == v1::Consent::STATE_SIGNED && consent.has_change_time()) {
      const LocalTime when = ToLocal(OwnClock(reader), InstantOf(consent.change_time()));
      screen.text += " · " + EscapeHtml(formats.Stamp(when));
    }
  }
  if (consents.has_next) screen.text += "\n• …";
  screen.rows.push_back({BackButton(reader, ShowCustomer{AccountId::Of(link.customer())})});
  return screen;
}

Screen CustomerNoteScreen(const Reader& reader, const v1::Link& link, const std::string& note,
                          Nonce nonce) {
  const Texts& t = reader.t();
  const AccountId customer = AccountId::Of(link.customer());
  Screen screen{.text = CustomerLine(link), .rows = {}};
  if (!note.empty()) screen.text += "\n📝 " + HtmlOf(note);
  screen.text += "\n\n" + t.Html(note.empty() ? "customers.note_ask" : "customers.note_change");
  Row last;
  if (!note.empty()) {
    last.push_back({t.Plain("customers.note_remove"), Action(RemoveCustomerNote{customer, nonce}),
                    Style::kDanger});
  }
  last.push_back(BackButton(reader, ShowCustomer{customer}));
  screen.rows.push_back(std::move(last));
  return screen;
}

}  // namespace kalends::telegram

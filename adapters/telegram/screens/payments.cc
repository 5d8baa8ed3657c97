#include "adapters/telegram/screens/payments.h"

#include <algorithm>
#include <iterator>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/customers.h"
#include "adapters/telegram/actions/packages.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/customers.h"

namespace kalends::telegram {
namespace {

struct PaidByRow {
  PaidBy by;
  std::string_view note;
  const char* key;
};
constexpr PaidByRow kPaidBy[] = {
    {PaidBy::kCash, "cash", "payments.cash"},
    {PaidBy::kCard, "card", "payments.card"},
    {PaidBy::kTransfer, "transfer", "payments.transfer"},
    {PaidBy::kOther, "other", "payments.other"},
};

// What is free of charge has no currency, either.
std::string Amount(const Reader& reader, const v1::Money& money) {
  if (money.currency_code().empty()) return std::to_string(money.minor_units());
  return reader.t().formats().Money(money.currency_code(), money.minor_units());
}

// "Anna · Beratung · Do., 3. Dez., 9:00".
std::string ThingText(const Reader& reader, const PaidThing& thing) {
  std::string text = SafeText(NameOnButton(reader, thing.customer_name));
  if (!thing.name.empty()) text += " · " + SafeText(thing.name);
  // On the reader's clock alone: UTC stands in for a clock, it is nobody's.
  if (thing.start)
    text += " · " + ShortWhen(reader, ZoneFor(reader, kNobodysZone), "", *thing.start);
  return text;
}

std::string ThingHead(const Reader& reader, const PaidThing& thing) {
  const Texts& t = reader.t();
  std::string text = "<b>" + EscapeHtml(ThingText(reader, thing)) + "</b>\n";
  if (!thing.price.currency_code().empty()) {
    text += t.Html("payments.price", {{"money", Amount(reader, thing.price)}}) + " · ";
  }
  text += t.Html("payments.paid", {{"money", Amount(reader, thing.paid)}});
  if (thing.covered.minor_units() > 0) text += " · " + t.Html("payments.covered");
  if (thing.outstanding.minor_units() < 0) {
    v1::Money over = thing.outstanding;
    over.set_minor_units(-over.minor_units());
    return text + " · " + t.Html("payments.overpaid", {{"money", Amount(reader, over)}});
  }
  return text + " · " +
         t.Html("payments.outstanding", {{"money", Amount(reader, thing.outstanding)}});
}

Action BackTo(const PaidThing& thing) {
  if (!thing.appointment.empty()) return ShowAppointment{thing.appointment};
  return ShowSoldPackage{thing.customer, thing.package};
}

// How a line was paid, as far as its note is a word of ours.
std::string NoteText(const Reader& reader, const std::string& note) {
  if (note == kCorrection) return reader.t().Html("payments.correction");
  for (const PaidByRow& row : kPaidBy) {
    if (row.note == note) return reader.t().Html(row.key);
  }
  return HtmlOf(note);
}

std::string PaymentLine(const Reader& reader, const v1::Payment& payment) {
  const bool back = payment.kind() == v1::Payment::KIND_REFUND;
  v1::Money amount = payment.amount();
  if (back) amount.set_minor_units(-amount.minor_units());
  const std::string note = NoteText(reader, payment.note());
  return EscapeHtml(Amount(reader, amount)) + (note.empty() ? "" : " · " + note);
}

std::string ThingLabel(const Reader& reader, const PaidThing& thing) {
  const std::int64_t due = thing.outstanding.minor_units();
  std::string lead = due > 0 ? "🔸 " : due < 0 ? "🔹 " : "✅ ";
  std::string name = thing.name;
  if (thing.start) {
    const auto day = ToLocal(ZoneFor(reader, kNobodysZone), *thing.start).day();
    lead += reader.t().formats().ShortDate(day) + (name.empty() ? "" : " · ");
  }
  return NameLabel(lead, name, " · " + Amount(reader, due == 0 ? thing.paid : thing.outstanding));
}

}  // namespace

std::string_view NoteOf(PaidBy by) {
  return std::find_if(std::begin(kPaidBy), std::end(kPaidBy),
                      [by](const PaidByRow& row) { return row.by == by; })
      ->note;
}

PaidThing ThingOf(const v1::Appointment& appointment) {
  return {.appointment = AppointmentId::Of(appointment.name()),
          .customer = {},
          .package = {},
          .customer_name = appointment.customer_display_name(),
          .name = appointment.service_display_name(),
          .start = InstantOf(appointment.start_time()),
          .price = appointment.price(),
          .paid = appointment.paid(),
          .outstanding = appointment.outstanding(),
          .covered = appointment.covered()};
}

PaidThing ThingOf(const v1::SoldPackage& package) {
  return {.appointment = {},
          .customer = AccountId::Of(package.customer()),
          .package = SoldPackageId::Of(package.name()),
          .customer_name = package.customer_display_name(),
          .name = package.display_name(),
          .start = std::nullopt,
          .price = package.price(),
          .paid = package.paid(),
          .outstanding = package.outstanding(),
          .covered = {}};
}

std::int64_t LikelyAmount(const PaidThing& thing, MoneyMoves moves) {
  const std::int64_t due = thing.outstanding.minor_units();
  if (moves == MoneyMoves::kIn) return std::max<std::int64_t>(due, 0);
  return due < 0 ? -due : std::max<std::int64_t>(thing.paid.minor_units(), 0);
}

Screen RecordPaymentScreen(const Reader& reader, const PaymentView& view) {
  const Texts& t = reader.t();
  const PaidThing& thing = view.thing;
  const bool in = view.moves == MoneyMoves::kIn;
  Screen screen{.text = view.heading.empty() ? "" : view.heading + "\n\n", .rows = {}};
  screen.text +=
      ThingHead(reader, thing) + "\n\n" + t.Html(in ? "payments.how" : "payments.how_back");
  const std::string amount = t.formats().Money(view.amount.currency, view.amount.minor_units);
  std::vector<Button> buttons;
  for (const PaidByRow& row : kPaidBy) {
    buttons.push_back({amount + " " + t.Plain(row.key),
                       Action(KeepPayment{thing.appointment, thing.customer, thing.package,
                                          view.moves, row.by, view.nonce}),
                       row.by == PaidBy::kCash && in ? Style::kSuccess : Style::kNone});
  }
  AppendGrid(screen.rows, std::move(buttons), 2);
  Row others;
  others.push_back(
      {t.Plain("payments.other_amount"),
       Action(AskAmount{thing.appointment, thing.customer, thing.package, view.moves})});
  if (in && thing.paid.minor_units() > 0) {
    others.push_back({t.Plain("payments.refund"),
                      Action(RecordRefund{thing.appointment, thing.customer, thing.package})});
  }
  screen.rows.push_back(std::move(others));
  screen.rows.push_back({BackButton(reader, BackTo(thing)),
                         {t.Plain("payments.list"),
                          Action(ShowPayments{thing.appointment, thing.customer, thing.package})}});
  return screen;
}

Screen AskAmountScreen(const Reader& reader, const PaymentView& view) {
  const Texts& t = reader.t();
  const PaidThing& thing = view.thing;
  const bool in = view.moves == MoneyMoves::kIn;
  Screen screen{.text = view.heading.empty() ? "" : view.heading + "\n\n", .rows = {}};
  screen.text += ThingHead(reader, thing) + "\n\n" +
                 t.Html(in ? "payments.how_much" : "payments.how_much_back");
  Row last = {BackButton(reader, BackTo(thing))};
  if (in && thing.paid.minor_units() > 0) {
    last.push_back({t.Plain("payments.refund"),
                    Action(RecordRefund{thing.appointment, thing.customer, thing.package})});
  }
  if (thing.paid.minor_units() > 0) {
    last.push_back({t.Plain("payments.list"),
                    Action(ShowPayments{thing.appointment, thing.customer, thing.package})});
  }
  screen.rows.push_back(std::move(last));
  return screen;
}

Screen PaymentKeptScreen(const Reader& reader, const PaidThing& thing, const v1::Payment& payment,
                         bool undone) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html(undone ? "payments.undone" : "payments.kept",
                               {Arg::Raw("payment", PaymentLine(reader, payment))}) +
                        "\n\n" + ThingHead(reader, thing),
                .rows = {}};
  if (!undone) {
    screen.rows.push_back({{t.Plain("payments.undo"),
                            Action(UndoPayment{thing.appointment, thing.customer, thing.package,
                                               PaymentId::Of(payment.name())})}});
  }
  screen.rows.push_back({BackButton(reader, BackTo(thing)),
                         {t.Plain("payments.list"),
                          Action(ShowPayments{thing.appointment, thing.customer, thing.package})}});
  return screen;
}

Screen PaymentsScreen(const Reader& reader, const PaidThing& thing,
                      const std::vector<v1::Payment>& payments) {
  const Texts& t = reader.t();
  Screen screen{.text = ThingHead(reader, thing), .rows = {}};
  if (payments.empty()) screen.text += "\n\n" + t.Html("payments.none");
  const std::size_t first =
      payments.size() - std::min<std::size_t>(payments.size(), kPaymentsShown);
  if (first > 0) screen.text += "\n…";
  for (std::size_t i = first; i < payments.size(); ++i) {
    const LocalTime when =
        ToLocal(ZoneFor(reader, kNobodysZone), InstantOf(payments[i].receive_time()));
    screen.text += (i == first ? "\n\n" : "\n") + EscapeHtml(t.formats().Stamp(when)) + " · " +
                   PaymentLine(reader, payments[i]);
  }
  screen.rows.push_back(
      {{t.Plain("payments.record"),
        Action(RecordPayment{thing.appointment, thing.customer, thing.package}), Style::kPrimary}});
  if (!payments.empty() && payments.back().note() != kCorrection) {
    screen.rows.push_back({{t.Plain("payments.undo_last"),
                            Action(UndoPayment{thing.appointment, thing.customer, thing.package,
                                               PaymentId::Of(payments.back().name())})}});
  }
  screen.rows.push_back({BackButton(reader, BackTo(thing))});
  return screen;
}

Screen CustomerPaymentsScreen(const Reader& reader, const v1::Link& link,
                              const Page<PaidThing>& things) {
  const Texts& t = reader.t();
  const AccountId customer = AccountId::Of(link.customer());
  Screen screen{.text = "<b>" + HtmlOf(link.customer_display_name()) + "</b>", .rows = {}};
  const std::string due = OutstandingText(reader, link.summary(), 1);
  const std::string over = OutstandingText(reader, link.summary(), -1);
  if (!due.empty()) screen.text += "\n" + t.Html("customers.outstanding", {{"money", due}});
  if (!over.empty()) screen.text += "\n" + t.Html("customers.overpaid", {{"money", over}});
  if (due.empty() && over.empty()) screen.text += "\n" + t.Html("payments.all_paid");
  const bool none = things.items.empty() && things.number == 0;
  screen.text += "\n\n" + t.Html(none ? "payments.nothing_yet" : "payments.choose");
  for (const PaidThing& thing : things.items) {
    screen.rows.push_back(
        {{ThingLabel(reader, thing),
          Action(RecordPayment{thing.appointment, thing.customer, thing.package})}});
  }
  AppendPager(screen.rows, things.number, things.has_next,
              [&](int page) { return ShowCustomerPayments{customer, page}; });
  screen.rows.push_back({BackButton(reader, ShowCustomer{customer})});
  return screen;
}

}  // namespace kalends::telegram

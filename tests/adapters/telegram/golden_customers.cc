// Customers, booking for them, payments and packages.
#include "adapters/telegram/actions.h"
#include "adapters/telegram/screens/book_for.h"
#include "adapters/telegram/screens/customers.h"
#include "adapters/telegram/screens/packages.h"
#include "adapters/telegram/screens/payments.h"
#include "tests/adapters/telegram/golden_screens.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;

const AccountId kJo{"0acc000000001"};
const BookedFor kBooked{kJo, {kServiceId}, {}};
const Minute kBookedStart(std::chrono::minutes(1798466400 / 60));

v1::Money Euros(std::int64_t minor_units) {
  v1::Money money;
  money.set_currency_code("EUR");
  money.set_minor_units(minor_units);
  return money;
}

v1::Link SampleLink() {
  v1::Link link;
  link.set_name("providers/0prv000000001/links/0acc000000001");
  link.set_provider("providers/0prv000000001");
  link.set_customer("accounts/0acc000000001");
  link.set_customer_display_name(Written("Jo <b>"));
  v1::LinkSummary& summary = *link.mutable_summary();
  summary.set_completed_count(4);
  summary.set_missed_count(1);
  summary.set_upcoming_count(1);
  summary.mutable_next_start_time()->set_seconds(1798466400);
  *summary.add_outstanding() = Euros(8000);
  summary.set_package_visits(10);
  summary.set_remaining_visits(3);
  summary.set_pending_consents(1);
  return link;
}

v1::Link BlockedLink() {
  v1::Link link = SampleLink();
  link.mutable_block_time()->set_seconds(kTestNow);
  link.mutable_summary()->Clear();
  *link.mutable_summary()->add_outstanding() = Euros(-2000);
  return link;
}

CustomersView SampleCustomers() {
  CustomersView view;
  v1::Link soon = SampleLink();
  soon.mutable_summary()->mutable_next_start_time()->set_seconds(kTestNow + 3 * 86400);
  v1::Link unsigned_terms = SampleLink();
  unsigned_terms.mutable_summary()->clear_next_start_time();
  view.customers.items = {soon, SampleLink(), unsigned_terms, BlockedLink()};
  view.customers.has_next = true;
  view.total = 24;
  return view;
}

CustomersView Searched(const std::string& text, bool found) {
  CustomersView view = SampleCustomers();
  view.searched = Written(text);
  if (!found) view.customers = {};
  view.total = static_cast<int>(view.customers.items.size());
  return view;
}

v1::Package SamplePackage() {
  v1::Package package;
  package.set_name("providers/0prv000000001/packages/0pck000000001");
  package.set_display_name(Written("10× Massage <Rücken>"));
  package.set_visits(10);
  *package.mutable_price() = Euros(72000);
  package.set_valid_days(365);
  package.set_sold_count(4);
  package.set_remaining_visits(23);
  return package;
}

PaidThing SampleThing() {
  v1::Appointment appointment = SampleAppointment(v1::Appointment::STATUS_COMPLETED);
  *appointment.mutable_price() = Euros(8000);
  *appointment.mutable_paid() = Euros(3000);
  *appointment.mutable_outstanding() = Euros(5000);
  return ThingOf(appointment);
}

v1::Payment SamplePayment(v1::Payment::Kind kind, std::string_view note) {
  v1::Payment payment;
  payment.set_name("providers/0prv000000001/appointments/0apt000000001/payments/0pay000000001");
  payment.set_kind(kind);
  *payment.mutable_amount() = Euros(3000);
  payment.set_note(std::string(note));
  payment.mutable_receive_time()->set_seconds(kTestNow - 3600);
  return payment;
}

BookedHeading SampleHeading() { return {Written("Jo <b>"), Written("Massage"), ""}; }

BookingView SampleBooking() {
  return {.heading = SampleHeading(),
          .booked = kBooked,
          .start = kBookedStart,
          .duration = std::chrono::minutes(50),
          .zone = "Europe/Berlin",
          .price = "80,00 €",
          .any_time = false,
          .package = std::nullopt,
          .pays = false,
          .nonce = kNonce};
}

Screens BookForScreens(const Reader& reader) {
  Page<v1::Service> services;
  services.items = {SampleService()};
  BookingView paid = SampleBooking();
  paid.package = SampleSoldPackage();
  paid.pays = true;
  BookingView any_time = SampleBooking();
  any_time.package = SampleSoldPackage();
  any_time.any_time = true;
  v1::BookAppointmentResponse booked;
  *booked.mutable_appointment() = SampleAppointment(v1::Appointment::STATUS_ACCEPTED);
  booked.add_missing_consents()->set_display_name(Written("AGB <neu>"));
  const Instant slot = kBookedStart;
  return {
      {"services to book for",
       ServicesToBookForScreen(reader, {Written("Jo <b>"), "", ""}, services, kJo, std::nullopt)},
      {"no services to book for",
       ServicesToBookForScreen(reader, {Written("Jo <b>"), "", ""}, {}, kJo, std::nullopt)},
      {"month to book for",
       MonthForScreen(reader, {.heading = SampleHeading(),
                               .booked = kBooked,
                               .free = {.month = 2026_y / 12,
                                        .last_month = 2026_y / 12,
                                        .days = {2026_y / 12 / 28, 2026_y / 12 / 29},
                                        .is_first = true,
                                        .first_starts = {slot},
                                        .next_start = slot,
                                        .zone = "Europe/Berlin"}})},
      {"day to book for", DayForScreen(reader, {.heading = SampleHeading(),
                                                .booked = kBooked,
                                                .day = 2026_y / 12 / 28,
                                                .starts = {slot},
                                                .page = 0,
                                                .zone = "Europe/Berlin"})},
      {"review booking", ReviewBookingScreen(reader, SampleBooking())},
      {"review paid booking", ReviewBookingScreen(reader, paid)},
      {"review booking at any time", ReviewBookingScreen(reader, any_time)},
      {"booked", {.text = BookedText(reader, booked), .rows = {}}},
  };
}

Screens PaymentScreens(const Reader& reader) {
  const PaidThing thing = SampleThing();
  Page<PaidThing> things;
  PaidThing paid = thing;
  paid.outstanding = Euros(0);
  things.items = {thing, paid, ThingOf(SampleSoldPackage())};
  const auto payment = SamplePayment(v1::Payment::KIND_PAYMENT, NoteOf(PaidBy::kCash));
  const auto correction = SamplePayment(v1::Payment::KIND_REFUND, kCorrection);
  const auto noted = SamplePayment(v1::Payment::KIND_REFUND, Written("Gutschein <X>"));
  return {
      {"record payment",
       RecordPaymentScreen(
           reader,
           {.thing = thing, .moves = MoneyMoves::kIn, .amount = {"EUR", 5000}, .nonce = kNonce})},
      {"record refund",
       RecordPaymentScreen(
           reader,
           {.thing = thing, .moves = MoneyMoves::kBack, .amount = {"EUR", 3000}, .nonce = kNonce})},
      {"ask amount",
       AskAmountScreen(reader,
                       {.thing = thing, .moves = MoneyMoves::kIn, .amount = {}, .nonce = kNonce})},
      {"payment kept", PaymentKeptScreen(reader, thing, payment, false)},
      {"payment undone", PaymentKeptScreen(reader, thing, correction, true)},
      {"payments", PaymentsScreen(reader, thing, {payment, noted})},
      {"payments corrected", PaymentsScreen(reader, thing, {payment, correction})},
      {"no payments", PaymentsScreen(reader, ThingOf(SampleSoldPackage()), {})},
      {"customer's payments", CustomerPaymentsScreen(reader, SampleLink(), things)},
      {"customer without payments", CustomerPaymentsScreen(reader, BlockedLink(), {})},
  };
}

Screens PackageScreens(const Reader& reader) {
  Page<v1::Package> packages;
  packages.items = {SamplePackage()};
  v1::Package archived = SamplePackage();
  archived.set_archived(true);
  CustomerPackagesView sold{.link = SampleLink(), .sold = {}, .offers = {SamplePackage()}};
  sold.sold.items = {SampleSoldPackage()};
  v1::SoldPackage cancelled = SampleSoldPackage();
  cancelled.mutable_cancel_time()->set_seconds(kTestNow);
  *cancelled.mutable_outstanding() = Euros(-72000);
  v1::SoldPackage unused = SampleSoldPackage();
  unused.set_remaining_visits(10);
  const PackagePriceView price{.id = {kServiceId},
                               .service = Written("Massage"),
                               .visits = 10,
                               .reduced = {"EUR", 72000},
                               .full = {"EUR", 80000},
                               .nonce = kNonce};
  const std::string services = Written("Massage");
  return {
      {"packages", PackagesScreen(reader, packages)},
      {"no packages", PackagesScreen(reader, {})},
      {"package", PackageScreen(reader, {.package = SamplePackage(), .services = {services}})},
      {"archived package", PackageScreen(reader, {.package = archived, .services = {services}})},
      {"package of what", PackageServicesScreen(reader, {SampleService()})},
      {"package of how many", PackageVisitsScreen(reader, {kServiceId}, Written("Massage"))},
      {"package for how much", PackagePriceScreen(reader, price)},
      {"review package", ReviewPackageScreen(reader, price, {"EUR", 70000})},
      {"package price anew", AskPackagePriceScreen(reader, SamplePackage(), kNonce)},
      {"package validity", PackageValidityScreen(reader, SamplePackage(), kNonce)},
      {"ask archive package", AskArchivePackageScreen(reader, SamplePackage(), kNonce)},
      {"review sale", ReviewSaleScreen(reader, SamplePackage(), SampleLink(), kNonce)},
      {"customer's packages", CustomerPackagesScreen(reader, sold)},
      {"customer without packages",
       CustomerPackagesScreen(reader, {.link = SampleLink(), .sold = {}, .offers = {}})},
      {"sold package", SoldPackageScreen(reader, unused, "")},
      {"cancelled sale", SoldPackageScreen(reader, cancelled, "")},
      {"ask cancel sale", AskCancelSaleScreen(reader, unused, kNonce)},
      {"own packages", OwnPackagesScreen(reader, SampleProvider(), {SampleSoldPackage()})},
      {"no own packages", OwnPackagesScreen(reader, SampleProvider(), {})},
      {"package sold", SaleNotice(reader, SampleProvider(), unused, "notifications.package_sold")},
      {"sale taken back",
       SaleNotice(reader, SampleProvider(), cancelled, "notifications.package_sale_cancelled")},
  };
}

}  // namespace

v1::SoldPackage SampleSoldPackage() {
  v1::SoldPackage package;
  package.set_name("providers/0prv000000001/links/0acc000000001/soldPackages/0sld000000001");
  package.set_customer("accounts/0acc000000001");
  package.set_customer_display_name(Written("Jo <b>"));
  package.set_display_name(Written("10× Massage <Rücken>"));
  package.set_visits(10);
  package.set_remaining_visits(3);
  *package.mutable_price() = Euros(72000);
  *package.mutable_paid() = Euros(0);
  *package.mutable_outstanding() = Euros(72000);
  package.mutable_expire_time()->set_seconds(kTestNow + 90 * 86400);
  return package;
}

Screens CustomerScreens(const Reader& reader) {
  CustomersView to_book = SampleCustomers();
  to_book.purpose.purpose = CustomerFor::kBooking;
  CustomersView to_sell = SampleCustomers();
  to_sell.purpose = {.purpose = CustomerFor::kSale,
                     .package = {"0pck000000001"},
                     .name = Written("10× Massage <Rücken>")};
  Page<v1::Appointment> appointments;
  appointments.items = {SampleAppointment(v1::Appointment::STATUS_ACCEPTED)};
  Page<v1::Consent> terms;
  v1::Consent& consent = terms.items.emplace_back();
  consent.mutable_consent_document()->set_display_name(Written("AGB <neu>"));
  consent.set_state(v1::Consent::STATE_SIGNED);
  consent.mutable_change_time()->set_seconds(kTestNow);
  const std::string note = Written("Knie <links>\n& rechts");
  Screens screens = {
      {"customers", CustomersScreen(reader, SampleCustomers())},
      {"no customers", CustomersScreen(reader, {})},
      {"customers found", CustomersScreen(reader, Searched("jo <", true))},
      {"no customers found", CustomersScreen(reader, Searched("xyz", false))},
      {"customers to book", CustomersScreen(reader, to_book)},
      {"customers to sell", CustomersScreen(reader, to_sell)},
      {"customer", CustomerScreen(reader, {.link = SampleLink(), .unread = 2, .note = note})},
      {"blocked customer", CustomerScreen(reader, {.link = BlockedLink()})},
      {"ask block", AskBlockScreen(reader, SampleLink(), kNonce)},
      {"ask unblock", AskBlockScreen(reader, BlockedLink(), kNonce)},
      {"customer's appointments",
       CustomerAppointmentsScreen(reader, SampleLink(), CustomerAppointments::kUpcoming,
                                  appointments)},
      {"customer's past",
       CustomerAppointmentsScreen(reader, SampleLink(), CustomerAppointments::kPast, {})},
      {"customer's terms", CustomerTermsScreen(reader, SampleLink(), terms)},
      {"customer's note", CustomerNoteScreen(reader, SampleLink(), note, kNonce)},
      {"no customer's note", CustomerNoteScreen(reader, SampleLink(), "", kNonce)},
  };
  for (auto some : {BookForScreens, PaymentScreens, PackageScreens}) {
    for (auto& named : some(reader)) screens.push_back(std::move(named));
  }
  return screens;
}

}  // namespace kalends::telegram

// What the screens of customers, payments and packages offer, and when.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/screens/book_for.h"
#include "adapters/telegram/screens/customers.h"
#include "adapters/telegram/screens/package_uses.h"
#include "adapters/telegram/screens/packages.h"
#include "adapters/telegram/screens/payments.h"
#include "tests/adapters/telegram/golden_screens.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

const Reader kReader = ReaderIn("de", "Europe/Berlin");

v1::Money Cents(std::int64_t minor_units) {
  v1::Money money;
  money.set_currency_code("EUR");
  money.set_minor_units(minor_units);
  return money;
}

PaidThing ThingWith(std::int64_t paid, std::int64_t outstanding) {
  PaidThing thing;
  thing.appointment = {kAppointmentId};
  thing.price = Cents(8000);
  thing.paid = Cents(paid);
  thing.outstanding = Cents(outstanding);
  return thing;
}

v1::Payment Line(std::string_view note) {
  v1::Payment payment;
  payment.set_name("providers/0prv000000001/appointments/0apt000000001/payments/0pay000000001");
  payment.set_kind(v1::Payment::KIND_PAYMENT);
  *payment.mutable_amount() = Cents(8000);
  payment.set_note(std::string(note));
  return payment;
}

v1::Link LinkOfJo() {
  v1::Link link;
  link.set_provider("providers/0prv000000001");
  link.set_customer("accounts/0acc000000001");
  link.set_customer_display_name("Jo");
  return link;
}

TEST(PaymentScreens, WhatIsOutstandingIsTheFirstAmountAndWhatWasPaidTooMuchComesBack) {
  EXPECT_EQ(LikelyAmount(ThingWith(0, 8000), MoneyMoves::kIn), 8000);
  EXPECT_EQ(LikelyAmount(ThingWith(9000, -1000), MoneyMoves::kIn), 0);
  EXPECT_EQ(LikelyAmount(ThingWith(9000, -1000), MoneyMoves::kBack), 1000);
  EXPECT_EQ(LikelyAmount(ThingWith(8000, 0), MoneyMoves::kBack), 8000);
  EXPECT_EQ(LikelyAmount(ThingWith(0, 8000), MoneyMoves::kBack), 0);
}

TEST(PaymentScreens, TheLastLineIsTakenBackAndACorrectionIsNot) {
  EXPECT_TRUE(Has(PaymentsScreen(kReader, ThingWith(8000, 0), {Line("cash")}), "mu"));
  EXPECT_FALSE(
      Has(PaymentsScreen(kReader, ThingWith(0, 8000), {Line("cash"), Line(kCorrection)}), "mu"));
  EXPECT_FALSE(Has(PaymentsScreen(kReader, ThingWith(0, 8000), {}), "mu"));
  EXPECT_TRUE(Has(PaymentKeptScreen(kReader, ThingWith(8000, 0), Line("cash"), false), "mu"));
  EXPECT_FALSE(Has(PaymentKeptScreen(kReader, ThingWith(0, 8000), Line(kCorrection), true), "mu"));
}

TEST(PaymentScreens, WhenItIsStandsOnTheReadersClockAlone) {
  PaidThing thing = ThingWith(0, 8000);
  thing.start = kReader.now;
  const Screen screen = PaymentsScreen(kReader, thing, {});
  EXPECT_EQ(screen.text.find('('), std::string::npos) << screen.text;
}

TEST(PaymentScreens, NothingIsPaidBackThatWasNotPaid) {
  const PaymentView unpaid{.thing = ThingWith(0, 8000),
                           .moves = MoneyMoves::kIn,
                           .amount = {"EUR", 8000},
                           .nonce = kNonce};
  EXPECT_FALSE(Has(RecordPaymentScreen(kReader, unpaid), "mr"));
  PaymentView paid = unpaid;
  paid.thing = ThingWith(3000, 5000);
  EXPECT_TRUE(Has(RecordPaymentScreen(kReader, paid), "mr"));
}

TEST(CustomerScreens, NobodyIsBookedOrSoldToWhoIsBlockedOrGone) {
  CustomerPackagesView packages{.link = LinkOfJo(), .sold = {}, .offers = {v1::Package()}};
  EXPECT_TRUE(Has(CustomerScreen(kReader, {.link = LinkOfJo()}), "bf"));
  EXPECT_TRUE(Has(CustomerPackagesScreen(kReader, packages), "qr"));
  for (const bool blocked : {true, false}) {
    v1::Link link = LinkOfJo();
    (blocked ? link.mutable_block_time() : link.mutable_remove_time())->set_seconds(kTestNow);
    packages.link = link;
    EXPECT_FALSE(Has(CustomerScreen(kReader, {.link = link}), "bf"));
    EXPECT_FALSE(Has(CustomerPackagesScreen(kReader, packages), "qr"));
  }
}

TEST(CustomerScreens, ACardKeepsWithinEightLinesAndFourRows) {
  CustomerView view{.link = LinkOfJo(), .unread = 3, .note = "Knie"};
  v1::LinkSummary& summary = *view.link.mutable_summary();
  summary.set_completed_count(3);
  summary.set_missed_count(1);
  summary.mutable_next_start_time()->set_seconds(kTestNow + 86400);
  *summary.add_outstanding() = Cents(100);
  summary.set_package_visits(10);
  summary.set_pending_consents(2);
  const Screen screen = CustomerScreen(kReader, view);
  EXPECT_LE(std::count(screen.text.begin(), screen.text.end(), '\n') + 1, 8) << screen.text;
  EXPECT_LE(screen.rows.size(), 4U);
}

TEST(PackageScreens, WhatCanBeSoldIsPromisedWhereThereIsSomethingToSell) {
  const Texts& t = kReader.t();
  CustomerPackagesView view{.link = LinkOfJo(), .sold = {}, .offers = {}};
  const auto says = [&](const char* key) {
    return CustomerPackagesScreen(kReader, view).text.ends_with(t.Html(key));
  };
  EXPECT_TRUE(says("packages.customer_nothing"));
  view.offers.emplace_back().set_name("providers/0prv000000001/packages/0pkg000000001");
  EXPECT_TRUE(says("packages.customer_none"));
  view.link.mutable_block_time()->set_seconds(1);
  EXPECT_TRUE(says("packages.customer_nothing"));
}

TEST(PackageScreens, OfWhatIsFreeOfChargeThereIsNothingToRecord) {
  v1::SoldPackage free = SampleSoldPackage();
  EXPECT_TRUE(Has(SoldPackageScreen(kReader, free, ""), "mp"));
  for (auto* money : {free.mutable_price(), free.mutable_paid(), free.mutable_outstanding()}) {
    money->Clear();
  }
  EXPECT_FALSE(Has(SoldPackageScreen(kReader, free, ""), "mp"));
  EXPECT_EQ(PaymentsScreen(kReader, ThingOf(free), {}).text.find("XXX"), std::string::npos);
}

TEST(PackageScreens, UsesAreShownWithWhatTheyWereFor) {
  PackageUsesView view{.package = SampleSoldPackage(), .uses = {}, .back = Action(ShowPackages{})};
  EXPECT_NE(PackageUsesScreen(kReader, view).text.find(kReader.t().Html("package_uses.none")),
            std::string::npos);
  PackageUseView used;
  used.use.set_kind(v1::PackageUse::KIND_USED);
  used.use.mutable_time()->set_seconds(kTestNow);
  used.appointment = SampleAppointment(v1::Appointment::STATUS_COMPLETED);
  PackageUseView back = used;
  back.use.set_kind(v1::PackageUse::KIND_GIVEN_BACK);
  back.appointment.reset();
  view.uses = {back, used};
  const std::string text = PackageUsesScreen(kReader, view).text;
  EXPECT_NE(text.find("Massage"), std::string::npos) << text;
  EXPECT_NE(text.find("↩️"), std::string::npos) << text;
}

TEST(PackageScreens, OnlyAnUnusedSaleIsOfferedToBeTakenBack) {
  v1::SoldPackage sold = SampleSoldPackage();
  EXPECT_FALSE(Has(SoldPackageScreen(kReader, sold, ""), "qy"));
  sold.set_remaining_visits(sold.visits());
  EXPECT_TRUE(Has(SoldPackageScreen(kReader, sold, ""), "qy"));
  sold.mutable_cancel_time()->set_seconds(kTestNow);
  EXPECT_FALSE(Has(SoldPackageScreen(kReader, sold, ""), "qy"));
}

TEST(PackageScreens, WhatWasPaidForACancelledSaleIsPaidBackFirst) {
  v1::SoldPackage sold = SampleSoldPackage();
  EXPECT_TRUE(Has(SoldPackageScreen(kReader, sold, ""), "mp"));
  *sold.mutable_outstanding() = Cents(-72000);
  const Screen screen = SoldPackageScreen(kReader, sold, "");
  EXPECT_FALSE(Has(screen, "mp"));
  EXPECT_TRUE(Has(screen, "mr"));
}

TEST(BookForScreens, TheReviewOffersTheOtherWayToPayOnlyWhereThereIsOne) {
  BookingView view{.heading = {"Jo", "Massage", ""},
                   .booked = {{"0acc000000001"}, {kServiceId}, {}},
                   .start = Minute(std::chrono::minutes(1798466400 / 60)),
                   .zone = "Europe/Berlin",
                   .price = "80",
                   .package = std::nullopt,
                   .nonce = kNonce};
  EXPECT_FALSE(Has(ReviewBookingScreen(kReader, view), "br"));
  view.package = SampleSoldPackage();
  view.pays = true;
  const Screen paid = ReviewBookingScreen(kReader, view);
  const auto confirmed = std::get<Action>(paid.rows[0][0].does).As<ConfirmBooking>();
  ASSERT_TRUE(confirmed);
  EXPECT_EQ(confirmed->way, BookingWay::kOfferedPaid);
  const auto other = std::get<Action>(paid.rows[1][0].does).As<ReviewBooking>();
  ASSERT_TRUE(other);
  EXPECT_EQ(other->way, BookingWay::kOffered);
}

TEST(Topics, APaymentForAPackageIsAboutItsCustomer) {
  const auto package = TopicOf(RecordPayment{{}, {"0acc000000001"}, {"0sld000000001"}});
  EXPECT_EQ(std::get<AccountId>(package).text, "0acc000000001");
  const auto appointment = TopicOf(RecordPayment{{kAppointmentId}, {}, {}});
  EXPECT_EQ(std::get<AppointmentId>(appointment).text, kAppointmentId);
}

}  // namespace
}  // namespace kalends::telegram

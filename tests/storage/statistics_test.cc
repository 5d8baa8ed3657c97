#include "storage/statistics.h"

#include "storage/booking.h"
#include "storage/links.h"
#include "storage/packages.h"
#include "storage/payments.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using std::chrono::hours;

void Pay(Transaction& tx, std::int64_t id, core::PaymentKind kind, core::Instant received) {
  core::Payment payment;
  payment.id = {id};
  payment.provider = kCarla;
  payment.appointment = {200};
  payment.kind = kind;
  payment.amount = {1000, "EUR"};
  payment.received = received;
  payment.created = kNow;
  InsertPayment(tx, payment);
}

// [start, end): what is at the start is in, what is at the end is not.
TEST(Statistics, HoldWhatFallsIntoTheIntervalByEachOnesOwnTime) {
  Store store;
  const core::Interval day{kNow, kNow + hours(24)};
  store.Write([&](Transaction& tx) {
    InsertLink(tx, kCarla, kAda, kNow);
    std::int64_t id = 200;
    for (const core::Instant start :
         {day.start, day.end - hours(1), day.start - hours(1), day.end}) {
      core::Appointment appointment = SampleAppointment(id++, start);
      appointment.created = start;
      InsertAppointment(tx, appointment);
      InsertStatusChange(tx, appointment,
                         {std::nullopt, core::AppointmentStatus::kPending, kNow,
                          core::Actor::kCustomer, kAda, ""});
    }
    // The provider entered it: nobody asked.
    core::Appointment entered = SampleAppointment(210, day.start + hours(5));
    entered.status = core::AppointmentStatus::kAccepted;
    entered.created = day.start;
    InsertAppointment(tx, entered);
    InsertStatusChange(tx, entered,
                       {std::nullopt, core::AppointmentStatus::kAccepted, kNow,
                        core::Actor::kProvider, kCarlaAccount, ""});
    using enum core::PaymentKind;
    Pay(tx, 300, kPayment, day.start);
    Pay(tx, 301, kRefund, day.end - std::chrono::seconds(1));
    Pay(tx, 302, kPayment, day.end);
    Pay(tx, 303, kPayment, day.start - std::chrono::seconds(1));
    core::Package package;
    package.id = {600};
    package.provider = kCarla;
    package.name = "Ten";
    package.services = {kHaircut};
    InsertPackage(tx, package);
    core::SoldPackage sold;
    sold.id = {700};
    sold.provider = kCarla;
    sold.customer = kAda;
    sold.package = package.id;
    sold.name = "Ten";
    sold.sold = kNow;
    InsertSoldPackage(tx, sold);
    core::Payment payment;
    payment.id = {304};
    payment.provider = kCarla;
    payment.package = sold.id;
    payment.amount = {7000, "CHF"};
    payment.received = day.start;
    payment.created = kNow;
    InsertPackagePayment(tx, payment);
  });
  const core::Facts facts = store.Read([&](Transaction& tx) { return FactsOf(tx, kCarla, day); });
  EXPECT_EQ(facts.requests.size(), 2U);
  ASSERT_EQ(facts.visits.size(), 3U);
  EXPECT_EQ(facts.visits[0].specialist, kCarla);
  EXPECT_EQ(facts.visits[0].start, day.start);
  EXPECT_EQ(facts.visits[1].status, core::AppointmentStatus::kAccepted);
  ASSERT_EQ(facts.money.size(), 3U);
  EXPECT_EQ(facts.money[0].minor_units, 1000);
  EXPECT_EQ(facts.money[0].specialist, kCarla);
  EXPECT_EQ(facts.money[1].minor_units, -1000);
  EXPECT_EQ(facts.money[2].minor_units, 7000);
  EXPECT_EQ(facts.money[2].currency, "CHF");
  EXPECT_FALSE(facts.money[2].specialist);
  const core::Facts others = store.Read([&](Transaction& tx) { return FactsOf(tx, kDan, day); });
  EXPECT_TRUE(others.requests.empty() && others.visits.empty() && others.money.empty());
}

}  // namespace
}  // namespace kalends::storage

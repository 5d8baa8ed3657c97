#include "core/payments/payment.h"

#include <gtest/gtest.h>

#include <random>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "tests/support/seed.h"

namespace kalends::core {
namespace {

const Instant kNow = FromUnixSeconds(1'800'000'000);

Payment Line(PaymentKind kind, std::int64_t minor, const std::string& currency = "EUR") {
  Payment payment;
  payment.kind = kind;
  payment.amount = {minor, currency};
  payment.received = kNow;
  return payment;
}

TEST(BalanceOf, IsPriceMinusPaidMinusCovered) {
  using enum PaymentKind;
  const struct {
    const char* name;
    std::int64_t price;
    AppointmentStatus status;
    std::vector<Payment> payments;
    std::int64_t covered;
    std::int64_t paid;
    std::int64_t outstanding;
  } kCases[] = {
      {"nothing paid", 8000, AppointmentStatus::kAccepted, {}, 0, 0, 8000},
      {"a part", 8000, AppointmentStatus::kAccepted, {Line(kPayment, 3000)}, 0, 3000, 5000},
      {"all",
       8000,
       AppointmentStatus::kCompleted,
       {Line(kPayment, 3000), Line(kPayment, 5000)},
       0,
       8000,
       0},
      {"too much", 8000, AppointmentStatus::kMissed, {Line(kPayment, 9000)}, 0, 9000, -1000},
      {"paid back",
       8000,
       AppointmentStatus::kAccepted,
       {Line(kPayment, 8000), Line(kRefund, 8000)},
       0,
       0,
       8000},
      {"by a package", 8000, AppointmentStatus::kAccepted, {Line(kPayment, 1000)}, 7000, 1000, 0},
      {"by a package, and paid all the same",
       8000,
       AppointmentStatus::kMissed,
       {Line(kPayment, 8000)},
       8000,
       8000,
       -8000},
      {"by a package, cancelled too late", 8000, AppointmentStatus::kCancelled, {}, 8000, 0, 0},
      {"a request", 8000, AppointmentStatus::kPending, {}, 0, 0, 8000},
      {"rejected", 8000, AppointmentStatus::kRejected, {}, 0, 0, 0},
      {"cancelled after paying",
       8000,
       AppointmentStatus::kCancelled,
       {Line(kPayment, 8000)},
       0,
       8000,
       -8000},
      {"free", 0, AppointmentStatus::kAccepted, {}, 0, 0, 0},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const Balance balance = BalanceOf({c.price, "EUR"}, c.status, c.payments, c.covered);
    EXPECT_EQ(balance.paid, (Money{c.paid, "EUR"}));
    EXPECT_EQ(balance.outstanding, (Money{c.outstanding, "EUR"}));
  }
}

TEST(BalanceOf, TakesTheCurrencyOfThePaymentsWhereThePriceHasNone) {
  const Payment tip = Line(PaymentKind::kPayment, 500, "CHF");
  EXPECT_EQ(BalanceOf({}, AppointmentStatus::kCompleted, {&tip, 1}, 0).paid, (Money{500, "CHF"}));
  EXPECT_EQ(BalanceOf({}, AppointmentStatus::kCompleted, std::span<const Payment>(), 0).outstanding,
            Money());
}

TEST(IsPayable, WhatIsAgreedAndOutstanding) {
  const struct {
    AppointmentStatus status;
    bool payable;
  } kCases[] = {
      {AppointmentStatus::kPending, false},   {AppointmentStatus::kAccepted, true},
      {AppointmentStatus::kRejected, false},  {AppointmentStatus::kCompleted, true},
      {AppointmentStatus::kCancelled, false}, {AppointmentStatus::kMissed, true},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(NameOf(c.status));
    const auto owing = [](std::int64_t minor) { return Balance{{}, {}, {}, {minor, "EUR"}}; };
    EXPECT_EQ(IsPayable(c.status, owing(1)), c.payable);
    EXPECT_FALSE(IsPayable(c.status, owing(0)));
    EXPECT_FALSE(IsPayable(c.status, owing(-1)));
  }
}

TEST(CheckPayment, RefusesInTheDocumentedOrder) {
  using enum PaymentKind;
  Payment ahead = Line(kPayment, 100);
  ahead.received = kNow + std::chrono::seconds(1);
  Payment noted = Line(kPayment, 100);
  noted.note = std::string(kNoteCharsMax + 1, 'a');
  const std::vector<Payment> full(kPaymentsPerAppointmentMax, Line(kPayment, 1));
  const struct {
    const char* name;
    Payment wanted;
    AppointmentStatus status;
    std::vector<Payment> recorded;
    const char* reason;
  } kCases[] = {
      {"a request", Line(kPayment, 0), AppointmentStatus::kPending, {}, "WRONG_STATUS"},
      {"a rejected one", Line(kPayment, 100), AppointmentStatus::kRejected, {}, "WRONG_STATUS"},
      {"nothing", Line(kPayment, 0), AppointmentStatus::kAccepted, {}, "INVALID_FIELD"},
      {"less than nothing", Line(kPayment, -1), AppointmentStatus::kAccepted, {}, "INVALID_FIELD"},
      {"the most", Line(kPayment, kPaymentMinorMax), AppointmentStatus::kAccepted, {}, ""},
      {"more than that",
       Line(kPayment, kPaymentMinorMax + 1),
       AppointmentStatus::kAccepted,
       {},
       "INVALID_FIELD"},
      {"no code", Line(kPayment, 100, "eur"), AppointmentStatus::kAccepted, {}, "INVALID_FIELD"},
      {"another currency",
       Line(kPayment, 100, "USD"),
       AppointmentStatus::kAccepted,
       {},
       "INVALID_FIELD"},
      {"ahead", ahead, AppointmentStatus::kAccepted, {}, "INVALID_FIELD"},
      {"a long note", noted, AppointmentStatus::kAccepted, {}, "INVALID_FIELD"},
      {"a line too many", Line(kRefund, 1000), AppointmentStatus::kAccepted, full, "LIMIT_REACHED"},
      {"all back", Line(kRefund, 100), AppointmentStatus::kCancelled, {Line(kPayment, 100)}, ""},
      {"more than all",
       Line(kRefund, 101),
       AppointmentStatus::kCancelled,
       {Line(kPayment, 100)},
       "REFUND_EXCEEDS_PAID"},
      {"a fee", Line(kPayment, 100), AppointmentStatus::kMissed, {}, ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(ReasonName(CheckPayment(c.wanted, {8000, "EUR"}, c.status, c.recorded, kNow)),
              c.reason);
  }
  const std::vector<Payment> francs{Line(kPayment, 100, "CHF")};
  EXPECT_FALSE(
      CheckPayment(Line(kPayment, 1), {}, AppointmentStatus::kAccepted, francs, kNow).ok());
  EXPECT_TRUE(
      CheckPayment(Line(kPayment, 1, "CHF"), {}, AppointmentStatus::kAccepted, francs, kNow).ok());
}

TEST(CheckPayment, WhateverIsAllowedNeverPaysBackMoreThanWasPaid) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  for (int round = 0; round < 200; ++round) {
    std::vector<Payment> recorded;
    std::int64_t paid = 0;
    for (int line = 0; line < 50; ++line) {
      const bool refund = random() % 2 == 0;
      const auto minor = static_cast<std::int64_t>(random() % 500) + 1;
      const Payment wanted = Line(refund ? PaymentKind::kRefund : PaymentKind::kPayment, minor);
      const bool ok =
          CheckPayment(wanted, {8000, "EUR"}, AppointmentStatus::kCompleted, recorded, kNow).ok();
      EXPECT_EQ(ok, !refund || minor <= paid);
      if (!ok) continue;
      recorded.push_back(wanted);
      paid += refund ? -minor : minor;
      const Balance balance = BalanceOf({8000, "EUR"}, AppointmentStatus::kCompleted, recorded, 0);
      EXPECT_GE(balance.paid.minor_units, 0);
      EXPECT_EQ(balance.paid.minor_units + balance.outstanding.minor_units, 8000);
    }
  }
}

}  // namespace
}  // namespace kalends::core

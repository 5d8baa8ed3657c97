#include "core/packages/package.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "tests/support/times.h"
#include "tests/support/violation.h"

namespace kalends::core {
namespace {

using std::chrono::hours;

constexpr ServiceId kHaircut{31}, kMassage{32};
const Instant kNow = FromUnixSeconds(1'800'000'000);

Package Ten() {
  Package package;
  package.name = "Ten";
  package.services = {kHaircut, kMassage};
  package.visits = 10;
  package.price = {72000, "EUR"};
  package.valid_days = 365;
  return package;
}

SoldPackage Sold() {
  SoldPackage sold;
  sold.services = {kHaircut};
  sold.visits = 2;
  sold.expires = kNow + hours(1);
  return sold;
}

TEST(CheckPackage, RefusesWhatTheContractRefuses) {
  const ServiceId known[] = {kHaircut, kMassage};
  EXPECT_TRUE(CheckPackage(Ten(), known).ok());
  const struct {
    const char* field;
    void (*change)(Package& package);
  } kCases[] = {
      {"package.display_name", [](Package& p) { p.name = ""; }},
      {"package.translations[tlh]", [](Package& p) { p.translations["tlh"] = "wa'maH"; }},
      {"package.translations[de].display_name",
       [](Package& p) { p.translations["de"] = std::string(101, 'x'); }},
      {"package.services", [](Package& p) { p.services.clear(); }},
      {"package.services[1]", [](Package& p) { p.services[1] = kHaircut; }},
      {"package.services[1]", [](Package& p) { p.services[1] = {99}; }},
      {"package.visits", [](Package& p) { p.visits = 0; }},
      {"package.visits", [](Package& p) { p.visits = kVisitsPerPackageMax + 1; }},
      {"package.price.minor_units", [](Package& p) { p.price.minor_units = -1; }},
      {"package.price.minor_units", [](Package& p) { p.price.minor_units = kPaymentMinorMax + 1; }},
      {"package.price.currency_code", [](Package& p) { p.price.currency_code = ""; }},
      {"package.valid_days", [](Package& p) { p.valid_days = -1; }},
      {"package.valid_days", [](Package& p) { p.valid_days = kPackageValidDaysMax + 1; }},
  };
  for (const auto& c : kCases) {
    Package package = Ten();
    c.change(package);
    EXPECT_EQ(test::FieldOf(CheckPackage(package, known)), c.field);
  }
  Package free = Ten();
  free.price = {};
  free.valid_days = 0;
  EXPECT_TRUE(CheckPackage(free, known).ok());
}

TEST(NameIn, IsTheProvidersFirstOneWhereThereIsNoOther) {
  Package package = Ten();
  package.translations = {{"de", "Zehn"}, {"fr", ""}};
  EXPECT_EQ(NameIn(package, "de"), "Zehn");
  EXPECT_EQ(NameIn(package, "fr"), "Ten");
  EXPECT_EQ(NameIn(package, "uk"), "Ten");
}

TEST(ExpiryOf, IsTheEndOfALocalDayAlsoWhereTheClockChanges) {
  const TimeZone berlin = *TimeZone::Find("Europe/Berlin");
  const auto expiry = [&](const char* sold, int days) { return ExpiryOf(days, berlin, Utc(sold)); };
  // 2026-03-29 has 23 hours in Berlin.
  EXPECT_EQ(expiry("2026-03-28T12:00:00Z", 1), Utc("2026-03-29T22:00:00Z"));
  // Just before midnight in Berlin, and just after.
  EXPECT_EQ(expiry("2026-06-01T21:59:59Z", 1), Utc("2026-06-02T22:00:00Z"));
  EXPECT_EQ(expiry("2026-06-01T22:00:00Z", 1), Utc("2026-06-03T22:00:00Z"));
  EXPECT_EQ(expiry("2026-12-01T12:00:00Z", 365), Utc("2027-12-01T23:00:00Z"));
  EXPECT_FALSE(expiry("2026-12-01T12:00:00Z", 0));
}

TEST(CheckSale, RefusesWhatIsArchivedAndTooMany) {
  EXPECT_TRUE(CheckSale(Ten(), kSoldPackagesPerLinkMax - 1).ok());
  EXPECT_EQ(ReasonName(CheckSale(Ten(), kSoldPackagesPerLinkMax)), "LIMIT_REACHED");
  Package archived = Ten();
  archived.archived = true;
  EXPECT_EQ(ReasonName(CheckSale(archived, kSoldPackagesPerLinkMax)), "PACKAGE_ARCHIVED");
}

TEST(CheckUsable, RefusesInTheDocumentedOrder) {
  SoldPackage used_up = Sold();
  used_up.used = 2;
  SoldPackage cancelled = used_up;
  cancelled.cancelled = kNow;
  const struct {
    const char* name;
    SoldPackage package;
    std::optional<ServiceId> service;
    Instant start;
    std::string_view reason;
  } kCases[] = {
      {"to its last second", Sold(), kHaircut, kNow + hours(1) - std::chrono::seconds(1), ""},
      {"from its end on", Sold(), kHaircut, kNow + hours(1), "PACKAGE_EXPIRED"},
      {"taken back", cancelled, kMassage, kNow + hours(2), "PACKAGE_CANCELLED"},
      {"another service", used_up, kMassage, kNow + hours(2), "PACKAGE_NOT_COVERING"},
      {"no service", used_up, std::nullopt, kNow, "PACKAGE_NOT_COVERING"},
      {"expired and used up", used_up, kHaircut, kNow + hours(2), "PACKAGE_EXPIRED"},
      {"used up", used_up, kHaircut, kNow, "PACKAGE_USED_UP"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ReasonName(CheckUsable(c.package, c.service, c.start)), c.reason) << c.name;
  }
  SoldPackage endless = Sold();
  endless.expires.reset();
  EXPECT_TRUE(CheckUsable(endless, kHaircut, kNow + hours(1'000'000)).ok());
}

TEST(CheckCancellable, WhatWasUsedStaysSold) {
  SoldPackage sold = Sold();
  EXPECT_TRUE(CheckCancellable(sold).ok());
  sold.used = 1;
  EXPECT_EQ(ReasonName(CheckCancellable(sold)), "PACKAGE_IN_USE");
}

// Every transition there is, by everybody: the refund rules of the contract.
TEST(GivesBack, WhatNothingComesOfAndNotWhatIsCancelledTooLate) {
  using enum AppointmentStatus;
  Transition t;
  t.interval = {kNow, kNow + hours(1)};
  t.cancellation_deadline = Minutes(120);
  for (const Actor actor : {Actor::kCustomer, Actor::kProvider, Actor::kSystem, Actor::kTool}) {
    t.actor = actor;
    for (const auto& [from, to] :
         {std::pair(kPending, kRejected), std::pair(kPending, kCancelled)}) {
      t.from = from;
      t.to = to;
      t.now = kNow - Minutes(1);
      EXPECT_TRUE(GivesBack(t)) << NameOf(to) << " by " << NameOf(actor);
    }
    for (const auto& [from, to] :
         {std::pair(kPending, kAccepted), std::pair(kAccepted, kAccepted),
          std::pair(kAccepted, kCompleted), std::pair(kAccepted, kMissed),
          std::pair(kCompleted, kMissed), std::pair(kMissed, kCompleted)}) {
      t.from = from;
      t.to = to;
      t.now = kNow + Minutes(1);
      EXPECT_FALSE(GivesBack(t)) << NameOf(from) << " to " << NameOf(to);
    }
    t.from = kAccepted;
    t.to = kCancelled;
    t.now = kNow - Minutes(120);
    EXPECT_TRUE(GivesBack(t)) << NameOf(actor);
    t.now += std::chrono::seconds(1);
    EXPECT_EQ(GivesBack(t), actor != Actor::kCustomer) << NameOf(actor);
  }
}

TEST(PackageUseKind, IsReadAsItIsNamed) {
  for (const auto kind : {PackageUseKind::kUsed, PackageUseKind::kGivenBack}) {
    EXPECT_EQ(ParsePackageUseKind(NameOf(kind)), kind);
  }
  EXPECT_FALSE(ParsePackageUseKind("LENT"));
}

}  // namespace
}  // namespace kalends::core

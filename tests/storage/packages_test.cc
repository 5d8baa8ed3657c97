#include "storage/packages.h"

#include <map>
#include <random>

#include "storage/booking.h"
#include "storage/links.h"
#include "tests/storage/sample.h"
#include "tests/support/seed.h"

namespace kalends::storage {
namespace {

using std::chrono::hours;

core::Package SamplePackage(std::int64_t id) {
  core::Package package;
  package.id = {id};
  package.provider = kCarla;
  package.name = "Ten";
  package.translations = {{"de", "Zehn"}};
  package.services = {kHaircut, kYoga};
  package.visits = 10;
  package.price = {72000, "EUR"};
  package.valid_days = 365;
  package.position = 3;
  return package;
}

core::SoldPackage SampleSold(std::int64_t id, int visits) {
  core::SoldPackage sold;
  sold.id = {id};
  sold.provider = kCarla;
  sold.customer = kAda;
  sold.package = {600};
  sold.name = "Ten";
  sold.services = {kHaircut};
  sold.visits = visits;
  sold.price = {72000, "EUR"};
  sold.sold = kNow;
  sold.expires = kNow + hours(1000);
  return sold;
}

std::string ShowOffer(const core::Package& package) {
  std::string text = package.name + " " + package.translations.at("de");
  for (const std::int64_t number :
       {package.id.value, package.provider.value, std::int64_t{package.visits},
        package.price.minor_units, std::int64_t{package.valid_days}, std::int64_t{package.position},
        std::int64_t{package.archived}, package.version}) {
    text += " " + std::to_string(number);
  }
  for (const core::ServiceId service : package.services) text += " " + service.ToString();
  return text + package.price.currency_code;
}

class Packages : public testing::Test {
 protected:
  Packages() {
    store_.Write([](Transaction& tx) {
      InsertLink(tx, kCarla, kAda, kNow);
      InsertPackage(tx, SamplePackage(600));
    });
  }
  void Sell(const core::SoldPackage& sold) {
    store_.Write([&](Transaction& tx) { InsertSoldPackage(tx, sold); });
  }
  void Book(std::int64_t id) {
    store_.Write(
        [&](Transaction& tx) { InsertAppointment(tx, SampleAppointment(id, kNow + hours(id))); });
  }
  bool Line(std::int64_t appointment, core::PackageUseKind kind, std::int64_t sold = 700) {
    return store_
        .TryWrite([&](Transaction& tx) {
          InsertPackageUse(tx, {kCarla, {sold}, 0, {appointment}, kind, kNow});
        })
        .ok();
  }
  bool Use(std::int64_t appointment) { return Line(appointment, core::PackageUseKind::kUsed); }
  bool GiveBack(std::int64_t appointment) {
    return Line(appointment, core::PackageUseKind::kGivenBack);
  }
  int Used(std::int64_t sold = 700) {
    return store_.Read([&](Transaction& tx) { return FindSoldPackage(tx, kCarla, {sold}); })->used;
  }
  bool Sql(std::string_view sql) {
    return store_.TryWrite([&](Transaction& tx) { tx.Execute(sql); }).ok();
  }

  Store store_;
};

TEST_F(Packages, AnOfferComesBackAsItWasWritten) {
  const auto find = [&] {
    return *store_.Read([](Transaction& tx) { return FindPackage(tx, kCarla, {600}); });
  };
  EXPECT_EQ(ShowOffer(find()), ShowOffer(SamplePackage(600)));
  core::Package changed = SamplePackage(600);
  changed.name = "Five";
  changed.translations = {{"de", "Fünf"}};
  changed.services = {kYoga};
  changed.visits = 5;
  changed.price = {};
  changed.valid_days = 0;
  changed.position = -1;
  changed.archived = true;
  changed.version = 2;
  store_.Write([&](Transaction& tx) { UpdatePackage(tx, changed); });
  EXPECT_EQ(ShowOffer(find()), ShowOffer(changed));
  EXPECT_FALSE(store_.Read([](Transaction& tx) { return FindPackage(tx, kDan, {600}); }));
}

TEST_F(Packages, OffersAreListedByPositionInPagesOfAnySize) {
  store_.Write([](Transaction& tx) {
    const int positions[] = {2, 0, 1, 0, 5, -1};
    for (std::int64_t i = 0; i < 6; ++i) {
      core::Package package = SamplePackage(100 + i);
      package.position = positions[i];
      package.archived = i == 2;
      InsertPackage(tx, package);
    }
  });
  EXPECT_EQ(store_.Read([](Transaction& tx) { return CountPackages(tx, kCarla); }), 7);
  for (const auto archived : {Archived::kShow, Archived::kHide}) {
    for (int limit = 1; limit <= 8; ++limit) {
      std::vector<std::int64_t> ids;
      std::optional<PackageCursor> after;
      while (true) {
        const auto page = store_.Read(
            [&](Transaction& tx) { return ListPackages(tx, kCarla, archived, after, limit); });
        for (const auto& package : page) ids.push_back(package.id.value);
        if (static_cast<int>(page.size()) < limit) break;
        after = PackageCursor{page.back().position, page.back().id};
      }
      EXPECT_EQ(ids, archived == Archived::kShow
                         ? (std::vector<std::int64_t>{105, 101, 103, 102, 100, 600, 104})
                         : (std::vector<std::int64_t>{105, 101, 103, 100, 600, 104}))
          << limit;
    }
  }
}

TEST_F(Packages, WhatWasSoldIsListedToWhomItConcernsAndByWhatItIsGoodFor) {
  Sell(SampleSold(700, 1));
  core::SoldPackage endless = SampleSold(701, 2);
  endless.expires.reset();
  endless.services = {kYoga};
  Sell(endless);
  core::SoldPackage bens = SampleSold(702, 3);
  bens.customer = kBen;
  Sell(bens);
  Book(200);
  ASSERT_TRUE(Use(200));
  const core::LinkKey adas{kCarla, kAda};
  const auto of_link = [&](const UsableFor& usable) {
    return IdsOf(store_.Read(
        [&](Transaction& tx) { return SoldPackagesOf(tx, adas, usable, std::nullopt, 9); }));
  };
  using Ids = std::vector<std::int64_t>;
  EXPECT_EQ(of_link({}), (Ids{700, 701}));
  EXPECT_EQ(of_link({kHaircut, std::nullopt}), Ids{});  // Used up.
  EXPECT_EQ(of_link({kYoga, std::nullopt}), Ids{701});
  EXPECT_EQ(of_link({std::nullopt, kNow + hours(1000)}), Ids{701});
  EXPECT_EQ(store_.Read([&](Transaction& tx) { return CountSoldPackages(tx, adas); }), 2);
  const auto all = [&](std::optional<core::SoldPackageId> after, int limit) {
    return IdsOf(
        store_.Read([&](Transaction& tx) { return SoldPackagesOf(tx, kCarla, {}, after, limit); }));
  };
  EXPECT_EQ(all(std::nullopt, 2), (Ids{700, 701}));
  EXPECT_EQ(all(core::SoldPackageId{701}, 2), Ids{702});
  EXPECT_EQ(IdsOf(store_.Read([&](Transaction& tx) {
              return SoldPackagesOf(tx, kAda, SoldPackageCursor{kCarla, {700}}, 9);
            })),
            Ids{701});
  const auto found =
      *store_.Read([](Transaction& tx) { return FindSoldPackage(tx, kCarla, {701}); });
  EXPECT_EQ(found.customer, kAda);
  EXPECT_EQ(found.package, core::PackageId{600});
  EXPECT_EQ(found.name, "Ten");
  EXPECT_EQ(found.services, std::vector{kYoga});
  EXPECT_EQ(found.visits, 2);
  EXPECT_EQ(found.price, (core::Money{72000, "EUR"}));
  EXPECT_EQ(found.sold, kNow);
  EXPECT_FALSE(found.expires);
}

TEST_F(Packages, TheLedgerTakesAndGivesBackEachVisitOnce) {
  Sell(SampleSold(700, 1));
  for (const std::int64_t id : {200, 201, 202}) Book(id);
  EXPECT_FALSE(GiveBack(200));
  EXPECT_TRUE(Use(200));
  EXPECT_FALSE(Use(200));
  EXPECT_FALSE(Use(201));  // Nothing is left.
  EXPECT_EQ(Used(), 1);
  EXPECT_TRUE(GiveBack(200));
  EXPECT_FALSE(GiveBack(200));
  EXPECT_FALSE(Use(200));  // An appointment takes one once.
  EXPECT_TRUE(Use(202));
  EXPECT_EQ(Used(), 1);
  const auto uses = store_.Read([](Transaction& tx) { return UsesOf(tx, kCarla, {700}, 0, 9); });
  ASSERT_EQ(uses.size(), 3U);
  EXPECT_EQ(uses[1].number, 2);
  EXPECT_EQ(uses[1].appointment, core::AppointmentId{200});
  EXPECT_EQ(uses[1].kind, core::PackageUseKind::kGivenBack);
  EXPECT_EQ(uses[1].when, kNow);
  EXPECT_EQ(store_.Read([](Transaction& tx) { return UsesOf(tx, kCarla, {700}, 2, 9); }).size(),
            1U);
  const auto paying = [&](std::int64_t id) {
    return store_.Read([&](Transaction& tx) { return PackagePayingFor(tx, {id}); });
  };
  EXPECT_FALSE(paying(200));
  EXPECT_FALSE(paying(201));
  EXPECT_EQ(paying(202), core::SoldPackageId{700});
}

TEST_F(Packages, NobodyUsesWhatIsNotTheirsNotCoveredOrNotValidAnyMore) {
  Sell(SampleSold(700, 9));
  core::SoldPackage bens = SampleSold(701, 9);
  bens.customer = kBen;
  Sell(bens);
  Book(200);
  EXPECT_FALSE(Line(200, core::PackageUseKind::kUsed, 701));
  EXPECT_FALSE(Line(200, core::PackageUseKind::kUsed, 799));
  store_.Write([](Transaction& tx) {
    InsertAppointment(tx, GroupAppointment(201, kNow + hours(300)));
    InsertAppointment(tx, SampleAppointment(202, kNow + hours(1000)));
    InsertAppointment(tx, SampleAppointment(203, kNow + hours(999)));
  });
  EXPECT_FALSE(Use(201));
  EXPECT_FALSE(Use(202));
  EXPECT_TRUE(Use(203));
}

TEST_F(Packages, WhatWasSoldAndWhatItWasUsedForCannotBeRewritten) {
  Sell(SampleSold(700, 2));
  Book(200);
  ASSERT_TRUE(Use(200));
  for (const char* sql :
       {"UPDATE sold_packages SET used = 0", "UPDATE sold_packages SET used = 2",
        "UPDATE sold_packages SET visits = 9", "UPDATE sold_packages SET customer_id = 2",
        "UPDATE sold_packages SET expires_s = NULL", "UPDATE sold_packages SET price_minor = 1",
        "UPDATE package_uses SET kind = 'GIVEN_BACK'", "DELETE FROM package_uses",
        "DELETE FROM sold_packages", "DELETE FROM sold_package_services",
        "UPDATE sold_packages SET cancelled_s = sold_s",
        "INSERT OR REPLACE INTO package_uses"
        " SELECT provider_id, sold_package_id, number, appointment_id, 'GIVEN_BACK', when_s"
        " FROM package_uses",
        "INSERT OR REPLACE INTO sold_packages SELECT provider_id, id, customer_id, package_id,"
        " display_name, visits, 0, price_minor, price_currency, sold_s, expires_s, NULL"
        " FROM sold_packages",
        "INSERT INTO sold_packages SELECT provider_id, id + 1, customer_id, package_id,"
        " display_name, visits, -1, price_minor, price_currency, sold_s, expires_s, NULL"
        " FROM sold_packages"}) {
    EXPECT_FALSE(Sql(sql)) << sql;
  }
  EXPECT_EQ(Used(), 1);
}

TEST_F(Packages, ASaleIsTakenBackUnusedAndOnceAndPaysForNothingThen) {
  Sell(SampleSold(700, 2));
  EXPECT_TRUE(Sql("UPDATE sold_packages SET cancelled_s = sold_s + 1"));
  EXPECT_FALSE(Sql("UPDATE sold_packages SET cancelled_s = NULL"));
  EXPECT_FALSE(Sql("UPDATE sold_packages SET cancelled_s = sold_s + 2"));
  Book(200);
  EXPECT_FALSE(Use(200));
}

core::Payment PackageLine(std::int64_t id, core::PaymentKind kind, std::int64_t minor) {
  core::Payment payment;
  payment.id = {id};
  payment.provider = kCarla;
  payment.package = core::SoldPackageId{700};
  payment.kind = kind;
  payment.amount = {minor, "EUR"};
  payment.note = "cash";
  payment.received = kNow - hours(1);
  payment.created = kNow;
  payment.account = kCarlaAccount;
  return payment;
}

TEST_F(Packages, TheBooksOfAPackageRefuseWhatTheRulesRefuse) {
  Sell(SampleSold(700, 2));
  const auto pay = [&](const core::Payment& payment) {
    return store_.TryWrite([&](Transaction& tx) { InsertPackagePayment(tx, payment); }).ok();
  };
  using enum core::PaymentKind;
  EXPECT_FALSE(pay(PackageLine(300, kRefund, 1)));
  core::Payment dollars = PackageLine(300, kPayment, 1);
  dollars.amount.currency_code = "USD";
  EXPECT_FALSE(pay(dollars));
  EXPECT_TRUE(pay(PackageLine(300, kPayment, 1000)));
  EXPECT_FALSE(pay(PackageLine(300, kPayment, 1000)));
  EXPECT_FALSE(pay(PackageLine(301, kRefund, 1001)));
  EXPECT_TRUE(pay(PackageLine(301, kRefund, 1000)));
  const auto found =
      store_.Read([](Transaction& tx) { return PackagePaymentsOf(tx, kCarla, {700}); });
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].amount, (core::Money{1000, "EUR"}));
  EXPECT_EQ(found[0].note, "cash");
  EXPECT_EQ(found[0].received, kNow - hours(1));
  EXPECT_EQ(found[0].account, kCarlaAccount);
  EXPECT_EQ(found[1].kind, kRefund);
  EXPECT_FALSE(Sql("DELETE FROM package_payments"));
  EXPECT_FALSE(Sql("UPDATE package_payments SET amount_minor = 1"));
  EXPECT_FALSE(Sql("UPDATE package_payments SET note = 'other'"));
  EXPECT_TRUE(Sql("UPDATE package_payments SET note = '', account_id = NULL"));
}

// Whatever lines are tried, in whatever order, what is used is their sum and within what was sold.
TEST_F(Packages, NoOrderOfLinesTakesMoreThanWasSold) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  constexpr int kVisits = 4;
  Sell(SampleSold(700, kVisits));
  for (std::int64_t id = 200; id < 230; ++id) Book(id);
  std::map<std::int64_t, int> lines;  // 1: used, 2: given back.
  int used = 0;
  for (int i = 0; i < 300; ++i) {
    const auto id = static_cast<std::int64_t>(200 + random() % 30);
    if (random() % 3 != 0) {
      const bool may = lines[id] == 0 && used < kVisits;
      EXPECT_EQ(Use(id), may);
      if (may) ++used, lines[id] = 1;
    } else {
      const bool may = lines[id] == 1;
      EXPECT_EQ(GiveBack(id), may);
      if (may) --used, lines[id] = 2;
    }
    ASSERT_EQ(Used(), used);
  }
}

}  // namespace
}  // namespace kalends::storage

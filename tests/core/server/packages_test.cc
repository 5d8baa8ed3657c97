// Packages over the wire: offered, sold, used, given back and paid.
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <thread>

#include "tests/support/await.h"
#include "tests/support/export.h"
#include "tests/support/seed.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Sales = v1::PackageService::Stub;
using Bookings = v1::BookingService::Stub;
using Payments = v1::PaymentService::Stub;

constexpr std::chrono::hours kHour{1};

class PackageTest : public testing::Test {
 protected:
  v1::CreatePackageRequest Ten() const {
    v1::CreatePackageRequest request;
    request.set_parent(practice_.provider);
    v1::Package& package = *request.mutable_package();
    package.set_display_name("Ten");
    package.add_services(practice_.service);
    package.set_visits(10);
    package.mutable_price()->set_currency_code("EUR");
    package.mutable_price()->set_minor_units(72000);
    package.set_valid_days(30);
    return request;
  }
  v1::Package Offer(int visits = 10) const {
    auto request = Ten();
    request.mutable_package()->set_visits(visits);
    return practice_.specialist.Must(&Sales::CreatePackage, request);
  }
  v1::SellPackageRequest SaleOf(const v1::Package& package) const {
    v1::SellPackageRequest request;
    request.set_parent(link_);
    request.set_package(package.name());
    return request;
  }
  v1::SoldPackage Sell(int visits = 10) const {
    return practice_.specialist.Must(&Sales::SellPackage, SaleOf(Offer(visits)));
  }
  v1::SoldPackage Get(const std::string& name) const {
    v1::GetSoldPackageRequest request;
    request.set_name(name);
    const auto sold = practice_.customer.Must(&Sales::GetSoldPackage, request);
    EXPECT_EQ(practice_.specialist.Must(&Sales::GetSoldPackage, request).remaining_visits(),
              sold.remaining_visits());
    return sold;
  }
  int Left(const std::string& name) const { return Get(name).remaining_visits(); }
  v1::RequestAppointmentRequest RequestOf(core::Instant start, const std::string& package) const {
    v1::RequestAppointmentRequest request;
    request.set_parent(practice_.provider);
    request.mutable_appointment()->set_service(practice_.service);
    request.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    request.mutable_appointment()->set_package(package);
    return request;
  }
  v1::Appointment Book(core::Instant start, const std::string& package) const {
    return practice_.customer.Must(&Bookings::RequestAppointment, RequestOf(start, package));
  }
  v1::Appointment Appointment(const std::string& name) const {
    v1::GetAppointmentRequest request;
    request.set_name(name);
    return practice_.customer.Must(&Bookings::GetAppointment, request);
  }
  template <typename Request, typename Method>
  static std::string Change(const Client& client, Method method, const std::string& name) {
    Request request;
    request.set_name(name);
    return client.Try(method, request);
  }
  std::string Cancel(const Client& client, const std::string& name) const {
    return Change<v1::CancelAppointmentRequest>(client, &Bookings::CancelAppointment, name);
  }
  void Pay(const std::string& parent, v1::Payment::Kind kind, std::int64_t minor) const {
    v1::CreatePaymentRequest request;
    request.set_parent(parent);
    request.mutable_payment()->set_kind(kind);
    request.mutable_payment()->mutable_amount()->set_minor_units(minor);
    request.mutable_payment()->mutable_amount()->set_currency_code("EUR");
    request.mutable_payment()->set_note("cash");
    practice_.specialist.Must(&Payments::CreatePayment, request);
  }
  std::string LinkOf(const Client& client) const {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    const std::string name = client.Must(&v1::AccountService::Stub::GetAccount, request).name();
    return practice_.provider + "/links/" + name.substr(name.find('/') + 1);
  }

  TestServer server_;
  Practice practice_{server_};
  const std::string link_ = LinkOf(practice_.customer);
  const core::Instant tuesday_ten_ = At("2026-03-03T09:00:00Z");  // 10:00 in Berlin.
};

TEST_F(PackageTest, AnOfferIsWhatItWasMadeAndChangedByItsMask) {
  const v1::Package made = Offer();
  v1::GetPackageRequest get;
  get.set_name(made.name());
  EXPECT_EQ(practice_.customer.Must(&Sales::GetPackage, get).SerializeAsString(),
            made.SerializeAsString());
  v1::UpdatePackageRequest update;
  update.mutable_package()->set_name(made.name());
  update.mutable_package()->set_visits(12);
  update.mutable_package()->set_valid_days(5);
  update.mutable_update_mask()->add_paths("visits");
  const v1::Package changed = practice_.specialist.Must(&Sales::UpdatePackage, update);
  EXPECT_EQ(changed.visits(), 12);
  EXPECT_EQ(changed.valid_days(), 30);
  EXPECT_EQ(changed.display_name(), "Ten");
  update.mutable_package()->set_etag(made.etag());
  EXPECT_EQ(practice_.specialist.Try(&Sales::UpdatePackage, update), "STALE_ETAG");
  update.mutable_update_mask()->add_paths("archived");
  EXPECT_EQ(practice_.specialist.Try(&Sales::UpdatePackage, update), "INVALID_FIELD");
  // A list is replaced only by who has read it.
  update.mutable_package()->clear_etag();
  update.mutable_update_mask()->clear_paths();
  update.mutable_update_mask()->add_paths("services");
  update.mutable_package()->add_services(practice_.service);
  EXPECT_EQ(practice_.specialist.Try(&Sales::UpdatePackage, update), "INVALID_FIELD");
  update.mutable_package()->set_etag(changed.etag());
  EXPECT_EQ(practice_.specialist.Try(&Sales::UpdatePackage, update), "OK");
}

TEST_F(PackageTest, RefusalsNameTheField) {
  const struct {
    const char* field;
    void (*change)(v1::Package& package);
  } kCases[] = {
      {"package.display_name", [](v1::Package& p) { p.clear_display_name(); }},
      {"package.services", [](v1::Package& p) { p.clear_services(); }},
      {"package.services[1]", [](v1::Package& p) { p.add_services(p.services(0)); }},
      {"package.services[1]",
       [](v1::Package& p) { p.add_services("providers/0000000000001/services/0000000000001"); }},
      {"package.services[0]", [](v1::Package& p) { p.set_services(0, "services/1"); }},
      {"package.visits", [](v1::Package& p) { p.set_visits(0); }},
      {"package.visits", [](v1::Package& p) { p.set_visits(1001); }},
      {"package.price.minor_units", [](v1::Package& p) { p.mutable_price()->set_minor_units(-1); }},
      {"package.valid_days", [](v1::Package& p) { p.set_valid_days(3661); }},
  };
  for (const auto& c : kCases) {
    auto request = Ten();
    c.change(*request.mutable_package());
    v1::Package unused;
    EXPECT_EQ(FieldOf(practice_.specialist.Call(&Sales::CreatePackage, request, &unused)), c.field);
  }
}

TEST_F(PackageTest, ASoldOneStaysAsItWasSoldWhateverBecomesOfTheOffer) {
  const v1::Package offer = Offer();
  const v1::SoldPackage sold = practice_.specialist.Must(&Sales::SellPackage, SaleOf(offer));
  EXPECT_EQ(sold.remaining_visits(), 10);
  EXPECT_EQ(sold.price().minor_units(), 72000);
  EXPECT_EQ(sold.outstanding().minor_units(), 72000);
  // Sold on 2 March; valid to the end of 1 April in Berlin, where summer has come by then.
  EXPECT_EQ(sold.expire_time().seconds(), core::ToUnixSeconds(At("2026-04-01T22:00:00Z")));
  v1::UpdatePackageRequest update;
  *update.mutable_package() = offer;
  update.mutable_package()->set_visits(1);
  update.mutable_package()->set_display_name("One");
  update.mutable_update_mask()->add_paths("visits");
  update.mutable_update_mask()->add_paths("display_name");
  practice_.specialist.Must(&Sales::UpdatePackage, update);
  v1::ArchivePackageRequest archive;
  archive.set_name(offer.name());
  EXPECT_TRUE(practice_.specialist.Must(&Sales::ArchivePackage, archive).archived());
  practice_.specialist.Must(&Sales::ArchivePackage, archive);
  EXPECT_EQ(practice_.specialist.Try(&Sales::SellPackage, SaleOf(offer)), "PACKAGE_ARCHIVED");
  EXPECT_EQ(Get(sold.name()).display_name(), "Ten");
  EXPECT_EQ(Left(sold.name()), 10);
  v1::ListPackagesRequest list;
  list.set_parent(practice_.provider);
  EXPECT_EQ(practice_.customer.Must(&Sales::ListPackages, list).packages_size(), 0);
  list.set_show_archived(true);
  EXPECT_EQ(practice_.specialist.Must(&Sales::ListPackages, list).packages_size(), 1);
}

TEST_F(PackageTest, ARequestTakesAVisitThatPaysForAll) {
  const std::string sold = Sell().name();
  const auto requested = Book(tuesday_ten_, sold);
  EXPECT_EQ(requested.package(), sold);
  EXPECT_EQ(requested.covered().minor_units(), 8000);
  EXPECT_EQ(requested.outstanding().minor_units(), 0);
  EXPECT_EQ(Left(sold), 9);
  practice_.Accept(requested.name());
  EXPECT_EQ(Appointment(requested.name()).outstanding().minor_units(), 0);
  EXPECT_EQ(Appointment(requested.name()).payment_link(), "");
}

TEST_F(PackageTest, AVisitIsGivenBackByWhateverEndsItInTime) {
  const std::string sold = Sell(1).name();
  const auto check = [&](const std::string& name, const char* how) {
    EXPECT_EQ(Left(sold), 1) << how;
    EXPECT_EQ(Appointment(name).package(), "") << how;
    EXPECT_EQ(Appointment(name).covered().minor_units(), 0) << how;
    EXPECT_EQ(Appointment(name).outstanding().minor_units(), 0) << how;
  };
  const auto rejected = Book(tuesday_ten_, sold).name();
  EXPECT_EQ(Left(sold), 0);
  EXPECT_EQ(Change<v1::RejectAppointmentRequest>(practice_.specialist, &Bookings::RejectAppointment,
                                                 rejected),
            "OK");
  check(rejected, "rejected");
  const auto withdrawn = Book(tuesday_ten_, sold).name();
  EXPECT_EQ(Cancel(practice_.customer, withdrawn), "OK");
  check(withdrawn, "withdrawn");
  for (const Client* side : {&practice_.customer, &practice_.specialist}) {
    const auto cancelled = Book(tuesday_ten_, sold).name();
    practice_.Accept(cancelled);
    EXPECT_EQ(Cancel(*side, cancelled), "OK");
    check(cancelled, "cancelled");
  }
  const auto unanswered = Book(tuesday_ten_, sold).name();
  server_.SetNow(tuesday_ten_);
  ASSERT_TRUE(test::Eventually(
      [&] { return Appointment(unanswered).status() == v1::Appointment::STATUS_REJECTED; }));
  check(unanswered, "unanswered");
}

TEST_F(PackageTest, AProviderWhoCancelsWhatRunsAlreadyGivesBackToo) {
  const std::string sold = Sell(1).name();
  const auto name = Book(tuesday_ten_, sold).name();
  practice_.Accept(name);
  server_.SetNow(tuesday_ten_ + std::chrono::minutes(10));
  EXPECT_EQ(Cancel(practice_.specialist, name), "OK");
  EXPECT_EQ(Left(sold), 1);
}

TEST_F(PackageTest, WhatIsCompletedOrMissedIsUsedUpHoweverItIsCorrectedOrPaid) {
  const std::string sold = Sell(1).name();
  const auto name = Book(tuesday_ten_, sold).name();
  practice_.Accept(name);
  server_.SetNow(tuesday_ten_ + kHour);
  const auto missed = [&] {
    return Change<v1::MarkAppointmentMissedRequest>(practice_.specialist,
                                                    &Bookings::MarkAppointmentMissed, name);
  };
  const auto completed = [&] {
    return Change<v1::CompleteAppointmentRequest>(practice_.specialist,
                                                  &Bookings::CompleteAppointment, name);
  };
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(missed(), "OK");
    EXPECT_EQ(Left(sold), 0);
    EXPECT_EQ(completed(), "OK");
    EXPECT_EQ(Left(sold), 0);
  }
  Pay(name, v1::Payment::KIND_PAYMENT, 8000);
  EXPECT_EQ(Appointment(name).outstanding().minor_units(), -8000);
  EXPECT_EQ(Left(sold), 0);
  Pay(sold, v1::Payment::KIND_PAYMENT, 72000);
  EXPECT_EQ(Left(sold), 0);
  EXPECT_EQ(practice_.customer.Try(&Bookings::RequestAppointment,
                                   RequestOf(At("2026-03-05T09:00:00Z"), sold)),
            "PACKAGE_USED_UP");
}

TEST_F(PackageTest, PaysForStartsBeforeItsEndAndNotForOthersHoweverLateItIsPaid) {
  auto request = Ten();
  request.mutable_package()->set_valid_days(1);
  const auto offer = practice_.specialist.Must(&Sales::CreatePackage, request);
  const std::string sold = practice_.specialist.Must(&Sales::SellPackage, SaleOf(offer)).name();
  const core::Instant wednesday = At("2026-03-04T09:00:00Z");
  const auto attempt = [&](core::Instant start) {
    return practice_.customer.Try(&Bookings::RequestAppointment, RequestOf(start, sold));
  };
  EXPECT_EQ(attempt(wednesday), "PACKAGE_EXPIRED");
  practice_.Accept(Book(At("2026-03-03T15:00:00Z"), sold).name());  // The last of Tuesday.
  server_.SetNow(wednesday - kHour);
  Pay(sold, v1::Payment::KIND_PAYMENT, 72000);
  EXPECT_EQ(attempt(wednesday), "PACKAGE_EXPIRED");
  EXPECT_EQ(Left(sold), 9);
}

TEST_F(PackageTest, WhatIsRefusedTakesNoVisitAndMakesNoAppointment) {
  const std::string sold = Sell().name();
  auto unsure = RequestOf(tuesday_ten_, sold);
  unsure.mutable_appointment()->clear_service();
  EXPECT_EQ(practice_.customer.Try(&Bookings::RequestAppointment, unsure), "PACKAGE_NOT_COVERING");
  v1::CreateServiceRequest other;
  other.set_parent(practice_.provider);
  other.mutable_service()->set_display_name("Other");
  other.mutable_service()->mutable_duration()->set_seconds(3600);
  auto elsewhere = RequestOf(tuesday_ten_, sold);
  elsewhere.mutable_appointment()->set_service(
      practice_.specialist.Must(&v1::CatalogService::Stub::CreateService, other).name());
  EXPECT_EQ(practice_.customer.Try(&Bookings::RequestAppointment, elsewhere),
            "PACKAGE_NOT_COVERING");
  const Client stranger = practice_.NewCustomer("telegram:2002");
  EXPECT_EQ(stranger.Try(&Bookings::RequestAppointment, RequestOf(tuesday_ten_, sold)),
            "NOT_FOUND");
  EXPECT_EQ(practice_.customer.Try(&Bookings::RequestAppointment,
                                   RequestOf(tuesday_ten_, link_ + "/soldPackages/0000000000001")),
            "NOT_FOUND");
  EXPECT_EQ(practice_.customer.Try(&Bookings::RequestAppointment,
                                   RequestOf(tuesday_ten_, "soldPackages/1")),
            "INVALID_FIELD");
  EXPECT_EQ(Left(sold), 10);
  // The time is free all the same.
  Book(tuesday_ten_, "");
  EXPECT_EQ(practice_.customer.Try(&Bookings::RequestAppointment, RequestOf(tuesday_ten_, sold)),
            "SLOT_TAKEN");
  EXPECT_EQ(Left(sold), 10);
}

TEST_F(PackageTest, ARequestThatTakesThePlaceOfAnotherHasItsVisit) {
  const std::string sold = Sell(1).name();
  const std::string first = Book(tuesday_ten_, sold).name();
  auto request = RequestOf(tuesday_ten_ + kHour, sold);
  request.set_replaces(first);
  EXPECT_EQ(practice_.customer.Must(&Bookings::RequestAppointment, request).package(), sold);
  EXPECT_EQ(Appointment(first).package(), "");
  EXPECT_EQ(Left(sold), 0);
}

TEST_F(PackageTest, AProviderBooksForACustomerOnTheirPackageAndNoOtherOnes) {
  const std::string sold = Sell(1).name();
  const Client stranger = practice_.NewCustomer("telegram:2002");
  const std::string their_link = LinkOf(stranger);
  v1::BookAppointmentRequest book;
  book.set_parent(practice_.provider);
  book.set_customer("accounts/" + their_link.substr(their_link.rfind('/') + 1));
  book.set_service(practice_.service);
  book.mutable_start_time()->set_seconds(core::ToUnixSeconds(tuesday_ten_));
  book.set_package(sold);
  EXPECT_EQ(practice_.specialist.Try(&Bookings::BookAppointment, book), "NOT_FOUND");
  book.set_customer("accounts/" + link_.substr(link_.rfind('/') + 1));
  const auto booked = practice_.specialist.Must(&Bookings::BookAppointment, book).appointment();
  EXPECT_EQ(booked.package(), sold);
  EXPECT_EQ(booked.outstanding().minor_units(), 0);
  EXPECT_EQ(Left(sold), 0);
  book.mutable_start_time()->set_seconds(core::ToUnixSeconds(tuesday_ten_ + kHour));
  EXPECT_EQ(practice_.specialist.Try(&Bookings::BookAppointment, book), "PACKAGE_USED_UP");
  EXPECT_EQ(Cancel(practice_.customer, booked.name()), "OK");
  EXPECT_EQ(Left(sold), 1);
}

TEST_F(PackageTest, WhatIsMovedKeepsItsVisitAlsoBeyondTheEndOfThePackage) {
  const std::string sold = Sell(1).name();
  const std::string name = Book(tuesday_ten_, sold).name();
  practice_.Accept(name);
  for (const core::Instant start : {tuesday_ten_ + kHour, At("2026-05-05T08:00:00Z")}) {
    v1::RescheduleAppointmentRequest move;
    move.set_name(name);
    move.mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    EXPECT_EQ(practice_.specialist.Must(&Bookings::RescheduleAppointment, move).package(), sold);
    EXPECT_EQ(Left(sold), 0);
  }
}

TEST_F(PackageTest, ARepeatTakesOneVisitAndSellsOnce) {
  auto sale = SaleOf(Offer());
  sale.set_request_id("sale-1");
  const std::string sold = practice_.specialist.Must(&Sales::SellPackage, sale).name();
  EXPECT_EQ(practice_.specialist.Must(&Sales::SellPackage, sale).name(), sold);
  auto request = RequestOf(tuesday_ten_, sold);
  request.set_request_id("tap-1");
  const auto first = practice_.customer.Must(&Bookings::RequestAppointment, request);
  EXPECT_EQ(practice_.customer.Must(&Bookings::RequestAppointment, request).name(), first.name());
  EXPECT_EQ(Left(sold), 9);
}

// Sixteen at once for fewer visits; some give theirs back and try again.
TEST_F(PackageTest, SixteenBookingsAtOnceNeverTakeMoreThanIsLeft) {
  const Seed seed;
  std::mt19937_64 random(seed.value());
  for (int round = 0; round < 3; ++round) {
    const int visits = 1 + static_cast<int>(random() % 5);
    const std::string sold = Sell(visits).name();
    std::vector<std::string> booked(16);
    std::atomic<int> used_up{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i) {
      // Eight a day, on two days.
      const core::Instant start =
          At("2026-03-09T08:00:00Z") + kHour * (i % 8) + std::chrono::hours(24) * (i / 8);
      threads.emplace_back([&, i, start] {
        v1::Appointment appointment;
        const auto status = practice_.customer.Call(&Bookings::RequestAppointment,
                                                    RequestOf(start, sold), &appointment);
        if (status.ok()) booked[i] = appointment.name();
        if (ReasonOf(status) == "PACKAGE_USED_UP") ++used_up;
      });
    }
    for (std::thread& thread : threads) thread.join();
    std::erase(booked, "");
    EXPECT_EQ(static_cast<int>(booked.size()), visits);
    EXPECT_EQ(used_up, 16 - visits);
    EXPECT_EQ(Left(sold), 0);
    // All are cancelled by both sides at once: each visit comes back once.
    threads.clear();
    for (const std::string& name : booked) {
      for (const Client* side : {&practice_.customer, &practice_.specialist}) {
        threads.emplace_back([&, side] { Cancel(*side, name); });
      }
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(Left(sold), visits);
    v1::ListPackageUsesRequest list;
    list.set_parent(sold);
    const auto uses = practice_.customer.Must(&Sales::ListPackageUses, list).uses();
    int sum = 0;
    for (const auto& use : uses) sum += use.kind() == v1::PackageUse::KIND_USED ? 1 : -1;
    EXPECT_EQ(sum, 0);
    EXPECT_EQ(uses.size(), 2 * visits);
    // The customer may make thirty requests a day.
    server_.Advance(std::chrono::hours(25));
  }
}

TEST_F(PackageTest, TheBooksOfAPackageBalance) {
  const std::string sold = Sell().name();
  const Seed seed;
  std::mt19937_64 random(seed.value());
  std::int64_t paid = 0;
  for (int i = 0; i < 30; ++i) {
    const auto amount = static_cast<std::int64_t>(1 + random() % 9000);
    if (amount <= paid && random() % 2 == 0) {
      Pay(sold, v1::Payment::KIND_REFUND, amount);
      paid -= amount;
    } else {
      Pay(sold, v1::Payment::KIND_PAYMENT, amount);
      paid += amount;
    }
    const v1::SoldPackage shown = Get(sold);
    ASSERT_EQ(shown.paid().minor_units(), paid);
    ASSERT_EQ(shown.outstanding().minor_units(), 72000 - paid);
  }
  v1::CreatePaymentRequest refund;
  refund.set_parent(sold);
  refund.mutable_payment()->set_kind(v1::Payment::KIND_REFUND);
  refund.mutable_payment()->mutable_amount()->set_currency_code("EUR");
  refund.mutable_payment()->mutable_amount()->set_minor_units(paid + 1);
  EXPECT_EQ(practice_.specialist.Try(&Payments::CreatePayment, refund), "REFUND_EXCEEDS_PAID");
  refund.mutable_payment()->mutable_amount()->set_currency_code("USD");
  EXPECT_EQ(practice_.specialist.Try(&Payments::CreatePayment, refund), "INVALID_FIELD");
  // Both sides see the lines, page by page; the provider alone its notes.
  v1::ListPaymentsRequest list;
  list.set_parent(sold);
  list.set_page_size(7);
  std::set<std::string> names;
  std::int64_t sum = 0;
  do {
    const auto page = practice_.customer.Must(&Payments::ListPayments, list);
    for (const auto& line : page.payments()) {
      names.insert(line.name());
      EXPECT_EQ(line.note(), "");
      EXPECT_EQ(line.name().substr(0, sold.size()), sold);
      const std::int64_t minor = line.amount().minor_units();
      sum += line.kind() == v1::Payment::KIND_PAYMENT ? minor : -minor;
    }
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  EXPECT_EQ(names.size(), 30U);
  EXPECT_EQ(sum, paid);
  EXPECT_EQ(practice_.specialist.Must(&Payments::ListPayments, list).payments(0).note(), "cash");
}

TEST_F(PackageTest, WhatIsSoldIsListedInPagesAndByWhatItPaysFor) {
  const v1::Package offer = Offer(1);
  std::vector<std::string> sold;
  for (int i = 0; i < 5; ++i) {
    sold.push_back(practice_.specialist.Must(&Sales::SellPackage, SaleOf(offer)).name());
  }
  Book(tuesday_ten_, sold[0]);
  v1::ListSoldPackagesRequest list;
  const auto all = [&](const Client& client) {
    std::vector<std::string> names;
    list.set_page_size(2);
    do {
      const auto page = client.Must(&Sales::ListSoldPackages, list);
      for (const auto& one : page.sold_packages()) names.push_back(one.name());
      list.set_page_token(page.next_page_token());
    } while (!list.page_token().empty());
    return names;
  };
  list.set_parent(practice_.provider + "/links/me");
  EXPECT_EQ(all(practice_.customer), sold);
  list.set_service(practice_.service);
  list.mutable_start_time()->set_seconds(core::ToUnixSeconds(tuesday_ten_ + 2 * kHour));
  EXPECT_EQ(all(practice_.customer), std::vector<std::string>(sold.begin() + 1, sold.end()));
  list.mutable_start_time()->set_seconds(core::ToUnixSeconds(At("2026-04-01T22:00:00Z")));
  EXPECT_TRUE(all(practice_.customer).empty());
  list.Clear();
  list.set_parent(practice_.provider);
  EXPECT_EQ(all(practice_.specialist), sold);
  list.set_page_token("nonsense");
  EXPECT_EQ(practice_.specialist.Try(&Sales::ListSoldPackages, list), "INVALID_PAGE_TOKEN");
}

TEST_F(PackageTest, NothingIsSoldOverALinkThatEnded) {
  const v1::Package offer = Offer();
  v1::BlockLinkRequest block;
  block.set_name(link_);
  practice_.specialist.Must(&v1::LinkService::Stub::BlockLink, block);
  EXPECT_EQ(practice_.specialist.Try(&Sales::SellPackage, SaleOf(offer)), "LINK_BLOCKED");
  v1::UnblockLinkRequest unblock;
  unblock.set_name(link_);
  practice_.specialist.Must(&v1::LinkService::Stub::UnblockLink, unblock);
  v1::RemoveLinkRequest remove;
  remove.set_name(link_);
  practice_.customer.Must(&v1::LinkService::Stub::RemoveLink, remove);
  EXPECT_EQ(practice_.specialist.Try(&Sales::SellPackage, SaleOf(offer)), "LINK_REMOVED");
}

TEST_F(PackageTest, TheExportsOfBothSidesHaveItAndItStaysInTheBooks) {
  const std::string sold = Sell().name();
  Pay(sold, v1::Payment::KIND_PAYMENT, 72000);
  const std::string open = Book(tuesday_ten_, sold).name();
  const std::pair<const Client*, std::string> kSides[] = {{&practice_.customer, "customer/"},
                                                          {&practice_.specialist, "provider/"}};
  for (const auto& [client, side] : kSides) {
    const auto files = ExportOf(*client).files;
    for (const char* file : {"sold_packages.json", "package_uses.json", "package_payments.json"}) {
      EXPECT_NE(files.at(side + file).find(sold), std::string::npos) << side << file;
    }
  }
  EXPECT_NE(ExportOf(practice_.specialist).files.at("provider/packages.json").find("Ten"),
            std::string::npos);
  v1::PreviewAccountDeletionRequest preview;
  preview.set_name("accounts/me");
  using Privacy = v1::PrivacyService::Stub;
  EXPECT_EQ(practice_.customer.Must(&Privacy::PreviewAccountDeletion, preview).packages(), 1);
  EXPECT_EQ(
      practice_.specialist.Must(&Privacy::PreviewAccountDeletion, preview).of_provider().packages(),
      1);
  v1::DeleteAccountRequest deletion;
  deletion.set_name("accounts/me");
  practice_.customer.Must(&Privacy::DeleteAccount, deletion);
  v1::GetSoldPackageRequest get;
  get.set_name(sold);
  const auto kept = practice_.specialist.Must(&Sales::GetSoldPackage, get);
  EXPECT_EQ(kept.customer_display_name(), "–");
  EXPECT_EQ(kept.remaining_visits(), 10);  // The system cancelled what was open.
  EXPECT_EQ(kept.paid().minor_units(), 72000);
  v1::ListPaymentsRequest list;
  list.set_parent(sold);
  EXPECT_EQ(practice_.specialist.Must(&Payments::ListPayments, list).payments(0).note(), "");
}

}  // namespace
}  // namespace kalends::test

// What a provider is told of each customer, and sales of packages that are taken back.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/support/await.h"
#include "tests/support/notification_stream.h"
#include "tests/support/seed.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Links = v1::LinkService::Stub;
using Sales = v1::PackageService::Stub;
using Bookings = v1::BookingService::Stub;
using Payments = v1::PaymentService::Stub;

constexpr std::chrono::hours kHour{1};

class CustomerTest : public testing::Test {
 protected:
  std::string AccountOf(const Client& client) const {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    return client.Must(&v1::AccountService::Stub::GetAccount, request).name();
  }
  std::string LinkOf(const std::string& account) const {
    return practice_.provider + "/links/" + account.substr(account.find('/') + 1);
  }
  v1::Link Link(const Client& client) const {
    v1::GetLinkRequest request;
    request.set_name(LinkOf(customer_));
    return client.Must(&Links::GetLink, request);
  }
  v1::LinkSummary Summary() const { return Link(practice_.specialist).summary(); }

  v1::Package Offer(int visits = 2) const {
    v1::CreatePackageRequest request;
    request.set_parent(practice_.provider);
    v1::Package& package = *request.mutable_package();
    package.set_display_name("Some");
    package.add_services(practice_.service);
    package.set_visits(visits);
    package.mutable_price()->set_currency_code("EUR");
    package.mutable_price()->set_minor_units(15000);
    package.set_valid_days(30);
    return practice_.specialist.Must(&Sales::CreatePackage, request);
  }
  v1::SoldPackage Sell(const v1::Package& offer) const {
    v1::SellPackageRequest request;
    request.set_parent(LinkOf(customer_));
    request.set_package(offer.name());
    return practice_.specialist.Must(&Sales::SellPackage, request);
  }
  static v1::CancelSoldPackageRequest CancelOf(const v1::SoldPackage& sold) {
    v1::CancelSoldPackageRequest request;
    request.set_name(sold.name());
    return request;
  }
  std::string TryCancel(const v1::SoldPackage& sold) const {
    return practice_.specialist.Try(&Sales::CancelSoldPackage, CancelOf(sold));
  }
  v1::BookAppointmentRequest BookingOf(core::Instant start, const std::string& package) const {
    v1::BookAppointmentRequest request;
    request.set_parent(practice_.provider);
    request.set_customer(customer_);
    request.set_service(practice_.service);
    request.mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    request.set_ignore_hours(true);
    request.set_package(package);
    return request;
  }
  v1::Appointment Book(core::Instant start, const std::string& package = "") const {
    return practice_.specialist.Must(&Bookings::BookAppointment, BookingOf(start, package))
        .appointment();
  }
  std::string Cancel(const std::string& appointment) const {
    v1::CancelAppointmentRequest request;
    request.set_name(appointment);
    return practice_.specialist.Try(&Bookings::CancelAppointment, request);
  }
  std::string Pay(const std::string& parent, v1::Payment::Kind kind, std::int64_t minor) const {
    v1::CreatePaymentRequest request;
    request.set_parent(parent);
    request.mutable_payment()->set_kind(kind);
    request.mutable_payment()->mutable_amount()->set_minor_units(minor);
    request.mutable_payment()->mutable_amount()->set_currency_code("EUR");
    return practice_.specialist.Try(&Payments::CreatePayment, request);
  }
  v1::ListAppointmentsRequest ListOf(const std::string& customer) const {
    v1::ListAppointmentsRequest request;
    request.set_parent(practice_.provider);
    request.set_customer(customer);
    request.set_page_size(200);
    return request;
  }
  std::vector<v1::SoldPackage> Sold() const {
    v1::ListSoldPackagesRequest request;
    request.set_parent(LinkOf(customer_));
    request.set_page_size(200);
    const auto answer = practice_.specialist.Must(&Sales::ListSoldPackages, request);
    return {answer.sold_packages().begin(), answer.sold_packages().end()};
  }

  TestServer server_;
  Practice practice_{server_};
  const std::string customer_ = AccountOf(practice_.customer);
  const core::Instant tuesday_ten_ = At("2026-03-03T09:00:00Z");
};

TEST_F(CustomerTest, TheProviderIsToldHowItStandsAndTheCustomerIsNot) {
  EXPECT_FALSE(Link(practice_.customer).has_summary());
  EXPECT_EQ(Summary().upcoming_count(), 0);
  EXPECT_FALSE(Summary().has_next_start_time());
  Book(tuesday_ten_ + 48 * kHour);
  Book(tuesday_ten_);
  const v1::SoldPackage sold = Sell(Offer());
  const v1::LinkSummary summary = Summary();
  EXPECT_EQ(summary.upcoming_count(), 2);
  EXPECT_EQ(summary.next_start_time().seconds(), core::ToUnixSeconds(tuesday_ten_));
  EXPECT_EQ(summary.package_visits(), 2);
  EXPECT_EQ(summary.remaining_visits(), 2);
  ASSERT_EQ(summary.outstanding_size(), 1);
  EXPECT_EQ(summary.outstanding(0).minor_units(), 2 * 8000 + 15000);
  EXPECT_EQ(Pay(sold.name(), v1::Payment::KIND_PAYMENT, 15000), "OK");
  EXPECT_EQ(Summary().outstanding(0).minor_units(), 2 * 8000);
}

TEST_F(CustomerTest, ARequestIsNotDueAndWhatWasCompletedOrMissedIsCounted) {
  const v1::Appointment asked = practice_.MustRequest(tuesday_ten_);
  EXPECT_EQ(Summary().upcoming_count(), 1);
  EXPECT_EQ(Summary().outstanding_size(), 0);
  practice_.Accept(asked.name());
  const v1::Appointment other = Book(tuesday_ten_ + 2 * kHour);
  server_.SetNow(tuesday_ten_ + 5 * kHour);
  v1::CompleteAppointmentRequest complete;
  complete.set_name(asked.name());
  practice_.specialist.Must(&Bookings::CompleteAppointment, complete);
  v1::MarkAppointmentMissedRequest missed;
  missed.set_name(other.name());
  practice_.specialist.Must(&Bookings::MarkAppointmentMissed, missed);
  const v1::LinkSummary summary = Summary();
  EXPECT_EQ(summary.completed_count(), 1);
  EXPECT_EQ(summary.missed_count(), 1);
  EXPECT_EQ(summary.upcoming_count(), 0);
  EXPECT_FALSE(summary.has_next_start_time());
  EXPECT_EQ(summary.outstanding(0).minor_units(), 2 * 8000);
}

TEST_F(CustomerTest, AListHasWhatComesNextWhereItIsAskedFor) {
  Book(tuesday_ten_);
  v1::ListLinksRequest request;
  request.set_parent(practice_.provider);
  EXPECT_FALSE(practice_.specialist.Must(&Links::ListLinks, request).links(0).has_summary());
  request.set_show_summary(true);
  const auto link = practice_.specialist.Must(&Links::ListLinks, request).links(0);
  EXPECT_EQ(link.summary().next_start_time().seconds(), core::ToUnixSeconds(tuesday_ten_));
  EXPECT_EQ(link.summary().upcoming_count(), 0);
  EXPECT_EQ(link.summary().outstanding_size(), 0);
}

TEST_F(CustomerTest, AppointmentsOfOneCustomerAreListedByEveryFilter) {
  const Client other = practice_.NewCustomer("telegram:7001");
  Book(tuesday_ten_);
  v1::BookAppointmentRequest theirs = BookingOf(tuesday_ten_ + 3 * kHour, "");
  theirs.set_customer(AccountOf(other));
  practice_.specialist.Must(&Bookings::BookAppointment, theirs);
  const std::string asked = practice_.MustRequest(tuesday_ten_ + 6 * kHour).name();
  const auto names = [&](v1::ListAppointmentsRequest::Filter filter) {
    v1::ListAppointmentsRequest request = ListOf(customer_);
    request.set_filter(filter);
    std::vector<std::string> found;
    const auto listed = practice_.specialist.Must(&Bookings::ListAppointments, request);
    for (const auto& one : listed.appointments()) {
      EXPECT_EQ(one.customer(), customer_);
      found.push_back(one.name());
    }
    return found;
  };
  EXPECT_EQ(names(v1::ListAppointmentsRequest::FILTER_UNSPECIFIED).size(), 2U);
  EXPECT_EQ(names(v1::ListAppointmentsRequest::FILTER_UPCOMING).size(), 2U);
  EXPECT_EQ(names(v1::ListAppointmentsRequest::FILTER_PENDING), std::vector{asked});
  EXPECT_TRUE(names(v1::ListAppointmentsRequest::FILTER_PAST).empty());
  server_.SetNow(tuesday_ten_ + 2 * kHour);
  EXPECT_EQ(names(v1::ListAppointmentsRequest::FILTER_PAST).size(), 1U);

  v1::ListAppointmentsRequest page = ListOf(customer_);
  page.set_page_size(1);
  const auto first = practice_.specialist.Must(&Bookings::ListAppointments, page);
  page.set_page_token(first.next_page_token());
  const auto second = practice_.specialist.Must(&Bookings::ListAppointments, page);
  EXPECT_NE(first.appointments(0).name(), second.appointments(0).name());
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(CustomerTest, ACustomerIsNamedToOnesOwnProviderOnly) {
  EXPECT_EQ(practice_.customer.Try(&Bookings::ListAppointments, ListOf(customer_)), "NOT_FOUND");
  v1::ListAppointmentsRequest own = ListOf(customer_);
  own.set_parent("accounts/me");
  EXPECT_EQ(practice_.customer.Try(&Bookings::ListAppointments, own), "INVALID_FIELD");
  v1::ListAppointmentsRequest outside = ListOf(customer_);
  outside.set_filter(v1::ListAppointmentsRequest::FILTER_OUTSIDE_HOURS);
  EXPECT_EQ(practice_.specialist.Try(&Bookings::ListAppointments, outside), "INVALID_FIELD");
}

TEST_F(CustomerTest, ASaleIsTakenBackWhileNothingOfItIsUsed) {
  const v1::Package offer = Offer();
  const v1::SoldPackage sold = Sell(offer);
  const v1::Appointment visit = Book(tuesday_ten_, sold.name());
  EXPECT_EQ(TryCancel(sold), "PACKAGE_IN_USE");
  EXPECT_EQ(Cancel(visit.name()), "OK");  // Which gives the visit back.
  EXPECT_EQ(practice_.customer.Try(&Sales::CancelSoldPackage, CancelOf(sold)), "PROVIDER_ONLY");
  const auto cancelled = practice_.specialist.Must(&Sales::CancelSoldPackage, CancelOf(sold));
  EXPECT_TRUE(cancelled.has_cancel_time());
  EXPECT_EQ(cancelled.outstanding().minor_units(), 0);
  EXPECT_EQ(TryCancel(sold), "OK");  // Twice is no error.
  EXPECT_EQ(
      practice_.specialist.Try(&Bookings::BookAppointment, BookingOf(tuesday_ten_, sold.name())),
      "PACKAGE_CANCELLED");
  v1::ListSoldPackagesRequest usable;
  usable.set_parent(LinkOf(customer_));
  usable.set_service(practice_.service);
  EXPECT_EQ(practice_.customer.Must(&Sales::ListSoldPackages, usable).sold_packages_size(), 0);
  EXPECT_EQ(Sold().size(), 1U);
  EXPECT_EQ(Summary().package_visits(), 0);
}

TEST_F(CustomerTest, WhatWasPaidForASaleThatWasTakenBackIsToBePaidBack) {
  const v1::SoldPackage sold = Sell(Offer());
  EXPECT_EQ(Pay(sold.name(), v1::Payment::KIND_PAYMENT, 15000), "OK");
  practice_.specialist.Must(&Sales::CancelSoldPackage, CancelOf(sold));
  EXPECT_EQ(Sold().front().outstanding().minor_units(), -15000);
  EXPECT_EQ(Summary().outstanding(0).minor_units(), -15000);
  EXPECT_EQ(Pay(sold.name(), v1::Payment::KIND_REFUND, 15000), "OK");
  EXPECT_EQ(Sold().front().outstanding().minor_units(), 0);
  EXPECT_EQ(Summary().outstanding_size(), 0);
}

TEST_F(CustomerTest, WhatBecameOfAnOfferIsForTheProviderAlone) {
  const v1::Package offer = Offer(3);
  const v1::SoldPackage mistake = Sell(offer);
  Book(tuesday_ten_, Sell(offer).name());
  Sell(offer);
  practice_.specialist.Must(&Sales::CancelSoldPackage, CancelOf(mistake));
  v1::GetPackageRequest request;
  request.set_name(offer.name());
  const auto seen = practice_.specialist.Must(&Sales::GetPackage, request);
  EXPECT_EQ(seen.sold_count(), 2);
  EXPECT_EQ(seen.remaining_visits(), 5);
  EXPECT_EQ(practice_.customer.Must(&Sales::GetPackage, request).sold_count(), 0);
  server_.SetNow(tuesday_ten_ + 24 * 40 * kHour);
  EXPECT_EQ(practice_.specialist.Must(&Sales::GetPackage, request).remaining_visits(), 0);
}

TEST_F(CustomerTest, ASaleAndItsEndAreToldToTheCustomerOnce) {
  const v1::SoldPackage sold = Sell(Offer());
  for (int i = 0; i < 2; ++i) {
    practice_.specialist.Must(&Sales::CancelSoldPackage, CancelOf(sold));
  }
  practice_.MustRequest(tuesday_ten_);
  practice_.specialist.Must(&Bookings::BookAppointment, BookingOf(tuesday_ten_ + 4 * kHour, ""));
  NotificationStream stream(practice_.admin);
  std::vector<v1::Notification> told;
  while (told.empty() || told.back().kind() != v1::Notification::KIND_APPOINTMENT_BOOKED) {
    const auto next = stream.Next();
    Acknowledge(practice_.admin, next);
    if (next.recipient() == customer_) told.push_back(next);
  }
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[0].kind(), v1::Notification::KIND_PACKAGE_SOLD);
  EXPECT_EQ(told[0].sold_package().name(), sold.name());
  EXPECT_EQ(told[0].provider().name(), practice_.provider);
  EXPECT_EQ(told[1].kind(), v1::Notification::KIND_PACKAGE_SALE_CANCELLED);
  EXPECT_TRUE(told[1].sold_package().has_cancel_time());
}

// Whatever is booked, sold, used, paid and taken back: the summary is the sum of the lists.
TEST_F(CustomerTest, TheSummaryIsTheSumOfWhatIsListed) {
  const Seed seed;
  std::mt19937_64 random(seed.value());
  const v1::Package offer = Offer();
  std::vector<std::string> payable;
  for (int step = 0; step < 120; ++step) {
    const std::vector<v1::SoldPackage> sold = Sold();
    const auto any = [&](std::size_t size) { return static_cast<std::size_t>(random() % size); };
    switch (random() % 6) {
      case 0:
        payable.push_back(Sell(offer).name());
        break;
      case 1:
      case 2: {
        v1::BookAppointmentResponse booked;
        const std::string package = sold.empty() ? "" : sold[any(sold.size())].name();
        const auto start = tuesday_ten_ + static_cast<int>(random() % 400) * kHour;
        const auto request = BookingOf(start, random() % 2 == 0 ? package : "");
        const auto status = practice_.specialist.Call(&Bookings::BookAppointment, request, &booked);
        if (status.ok()) payable.push_back(booked.appointment().name());
        break;
      }
      case 3:
        if (!payable.empty()) Cancel(payable[any(payable.size())]);
        break;
      case 4:
        if (!sold.empty()) TryCancel(sold[any(sold.size())]);
        break;
      default:
        if (payable.empty()) break;
        Pay(payable[any(payable.size())],
            random() % 3 == 0 ? v1::Payment::KIND_REFUND : v1::Payment::KIND_PAYMENT,
            static_cast<std::int64_t>(1 + random() % 9000));
    }
  }
  std::int64_t outstanding = 0;
  int left = 0;
  for (const auto& one : Sold()) {
    outstanding += one.outstanding().minor_units();
    if (!one.has_cancel_time()) left += one.remaining_visits();
  }
  int upcoming = 0;
  const auto listed = practice_.specialist.Must(&Bookings::ListAppointments, ListOf(customer_));
  for (const auto& one : listed.appointments()) {
    outstanding += one.outstanding().minor_units();
    if (one.status() == v1::Appointment::STATUS_ACCEPTED) ++upcoming;
  }
  const v1::LinkSummary summary = Summary();
  EXPECT_EQ(summary.outstanding_size() == 0 ? 0 : summary.outstanding(0).minor_units(),
            outstanding);
  EXPECT_EQ(summary.remaining_visits(), left);
  EXPECT_EQ(summary.upcoming_count(), upcoming);
}

}  // namespace
}  // namespace kalends::test

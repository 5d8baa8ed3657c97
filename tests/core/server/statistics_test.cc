// Statistics over the wire: a solo specialist's and an organization's, by the provider's clock.
#include <gtest/gtest.h>

#include <map>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Figures = v1::StatisticsService::Stub;
using Accounts = v1::AccountService::Stub;
using Bookings = v1::BookingService::Stub;

v1::GetStatisticsRequest Around(v1::Statistics::Period period, int year, int month, int day) {
  v1::GetStatisticsRequest request;
  request.set_name("providers/me/statistics");
  request.set_period(period);
  request.mutable_date()->set_year(year);
  request.mutable_date()->set_month(month);
  request.mutable_date()->set_day(day);
  return request;
}

std::map<std::string, std::int64_t> RevenueOf(const v1::Statistics::Counts& counts) {
  std::map<std::string, std::int64_t> revenue;
  for (const auto& money : counts.revenue()) {
    EXPECT_FALSE(revenue.contains(money.currency_code()));
    revenue[money.currency_code()] = money.minor_units();
  }
  return revenue;
}

class StatisticsTest : public testing::Test {
 protected:
  void Pay(const Client& client, const std::string& parent, v1::Payment::Kind kind,
           std::int64_t minor) const {
    v1::CreatePaymentRequest request;
    request.set_parent(parent);
    request.mutable_payment()->set_kind(kind);
    request.mutable_payment()->mutable_amount()->set_minor_units(minor);
    request.mutable_payment()->mutable_amount()->set_currency_code("EUR");
    client.Must(&v1::PaymentService::Stub::CreatePayment, request);
  }
  template <typename Request, typename Method>
  static void Change(const Client& client, Method method, const std::string& name) {
    Request request;
    request.set_name(name);
    ASSERT_EQ(client.Try(method, request), "OK");
  }

  TestServer server_;
  Practice practice_{server_};
};

TEST_F(StatisticsTest, AWeekIsWhatWasAskedWhatCameOfItAndWhatWasPaid) {
  // Requested now, on Monday 2 March; one of them for the week after.
  const auto completed = practice_.MustRequest(At("2026-03-03T09:00:00Z")).name();
  const auto missed = practice_.MustRequest(At("2026-03-03T11:00:00Z")).name();
  const auto cancelled = practice_.MustRequest(At("2026-03-04T09:00:00Z")).name();
  const auto rejected = practice_.MustRequest(At("2026-03-04T11:00:00Z")).name();
  practice_.MustRequest(At("2026-03-06T09:00:00Z"));
  practice_.Accept(practice_.MustRequest(At("2026-03-09T09:00:00Z")).name());
  for (const auto& name : {completed, missed, cancelled}) practice_.Accept(name);
  Change<v1::CancelAppointmentRequest>(practice_.customer, &Bookings::CancelAppointment, cancelled);
  Change<v1::RejectAppointmentRequest>(practice_.specialist, &Bookings::RejectAppointment,
                                       rejected);
  server_.SetNow(At("2026-03-03T12:30:00Z"));
  Change<v1::CompleteAppointmentRequest>(practice_.specialist, &Bookings::CompleteAppointment,
                                         completed);
  Change<v1::MarkAppointmentMissedRequest>(practice_.specialist, &Bookings::MarkAppointmentMissed,
                                           missed);
  Pay(practice_.specialist, completed, v1::Payment::KIND_PAYMENT, 9000);
  Pay(practice_.specialist, completed, v1::Payment::KIND_REFUND, 1000);

  const auto week = practice_.specialist.Must(&Figures::GetStatistics,
                                              Around(v1::Statistics::PERIOD_WEEK, 2026, 3, 8));
  EXPECT_EQ(week.name(), practice_.provider + "/statistics");
  EXPECT_EQ(week.period(), v1::Statistics::PERIOD_WEEK);
  EXPECT_EQ(week.time_zone(), "Europe/Berlin");
  EXPECT_EQ(week.start_date().day(), 2);
  EXPECT_EQ(week.end_date().day(), 8);
  EXPECT_EQ(week.start_time().seconds(), core::ToUnixSeconds(At("2026-03-01T23:00:00Z")));
  EXPECT_EQ(week.end_time().seconds(), core::ToUnixSeconds(At("2026-03-08T23:00:00Z")));
  EXPECT_EQ(week.total().requested(), 6);
  EXPECT_EQ(week.total().accepted(), 2);
  EXPECT_EQ(week.total().completed(), 1);
  EXPECT_EQ(week.total().missed(), 1);
  EXPECT_EQ(week.total().rejected(), 1);
  EXPECT_EQ(week.total().cancelled(), 1);
  EXPECT_EQ(RevenueOf(week.total()), (std::map<std::string, std::int64_t>{{"EUR", 8000}}));
  ASSERT_EQ(week.days_size(), 7);
  EXPECT_EQ(week.days(0).counts().requested(), 6);
  EXPECT_EQ(week.days(1).date().day(), 3);
  EXPECT_EQ(week.days(1).counts().completed(), 1);
  EXPECT_EQ(week.days(2).counts().cancelled(), 1);
  EXPECT_EQ(week.specialists_size(), 0);

  auto next = Around(v1::Statistics::PERIOD_WEEK, 2026, 3, 9);
  EXPECT_EQ(practice_.specialist.Must(&Figures::GetStatistics, next).total().accepted(), 1);
  EXPECT_EQ(practice_.specialist.Must(&Figures::GetStatistics, next).total().requested(), 0);
  // Without a date: the present one.
  next.set_period(v1::Statistics::PERIOD_MONTH);
  next.clear_date();
  const auto month = practice_.specialist.Must(&Figures::GetStatistics, next);
  EXPECT_EQ(month.days_size(), 31);
  EXPECT_EQ(month.total().accepted(), 3);
  // March has 743 hours in Berlin.
  EXPECT_EQ(month.end_time().seconds() - month.start_time().seconds(), 743 * 3600);
}

TEST_F(StatisticsTest, RefusesAPeriodItDoesNotKnowAndDatesThatAreNone) {
  const auto attempt = [&](const v1::GetStatisticsRequest& request) {
    v1::Statistics unused;
    return FieldOf(practice_.specialist.Call(&Figures::GetStatistics, request, &unused));
  };
  EXPECT_EQ(attempt(Around(v1::Statistics::PERIOD_UNSPECIFIED, 2026, 3, 8)), "period");
  EXPECT_EQ(attempt(Around(static_cast<v1::Statistics::Period>(9), 2026, 3, 8)), "period");
  EXPECT_EQ(attempt(Around(v1::Statistics::PERIOD_WEEK, 2026, 2, 29)), "date");
  auto unnamed = Around(v1::Statistics::PERIOD_WEEK, 2026, 3, 8);
  unnamed.set_name("providers/me");
  EXPECT_EQ(attempt(unnamed), "name");
  // The first and the last date there can be.
  EXPECT_EQ(practice_.specialist.Try(&Figures::GetStatistics,
                                     Around(v1::Statistics::PERIOD_WEEK, 1970, 1, 1)),
            "OK");
  EXPECT_EQ(practice_.specialist.Try(&Figures::GetStatistics,
                                     Around(v1::Statistics::PERIOD_MONTH, 2100, 12, 31)),
            "OK");
}

TEST_F(StatisticsTest, AnOrganizationsAreOfAllItsSpecialistsAndOfEach) {
  v1::EnsureAccountRequest ensure;
  ensure.set_identity("telegram:1002");
  ensure.set_display_name("House");
  practice_.admin.Must(&Accounts::EnsureAccount, ensure);
  const Client house(server_, server_.admin_key(), "telegram:1002");
  v1::RegisterProviderRequest registration;
  registration.set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  registration.set_display_name("Haus");
  registration.set_time_zone("America/New_York");
  const std::string provider = house.Must(&Accounts::RegisterProvider, registration).name();
  const auto invite = [&](v1::Invitation::Kind kind) {
    v1::CreateInvitationRequest request;
    request.set_parent(provider);
    request.mutable_invitation()->set_kind(kind);
    v1::RedeemInvitationRequest redeem;
    redeem.set_code(house.Must(&v1::InvitationService::Stub::CreateInvitation, request).code());
    return redeem;
  };
  practice_.specialist.Must(&v1::InvitationService::Stub::RedeemInvitation,
                            invite(v1::Invitation::KIND_STAFF));
  practice_.customer.Must(&v1::InvitationService::Stub::RedeemInvitation,
                          invite(v1::Invitation::KIND_CUSTOMER));
  v1::CreateServiceRequest creation;
  creation.set_parent(provider);
  creation.mutable_service()->set_display_name("Massage");
  creation.mutable_service()->mutable_duration()->set_seconds(3600);
  creation.mutable_service()->mutable_price()->set_currency_code("EUR");
  creation.mutable_service()->mutable_price()->set_minor_units(5000);
  creation.mutable_service()->set_auto_accept(true);
  const std::string service = house.Must(&v1::CatalogService::Stub::CreateService, creation).name();
  v1::RequestAppointmentRequest request;
  request.set_parent(provider);
  request.mutable_appointment()->set_service(service);
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(At("2026-03-03T09:00:00Z")));
  const auto booked = practice_.customer.Must(&Bookings::RequestAppointment, request);
  Pay(house, booked.name(), v1::Payment::KIND_PAYMENT, 5000);
  v1::CreatePackageRequest offer;
  offer.set_parent(provider);
  offer.mutable_package()->set_display_name("Ten");
  offer.mutable_package()->add_services(service);
  offer.mutable_package()->set_visits(10);
  v1::SellPackageRequest sale;
  sale.set_package(house.Must(&v1::PackageService::Stub::CreatePackage, offer).name());
  sale.set_parent(provider + "/links/" + booked.customer().substr(booked.customer().find('/') + 1));
  Pay(house, house.Must(&v1::PackageService::Stub::SellPackage, sale).name(),
      v1::Payment::KIND_PAYMENT, 45000);

  const auto week =
      house.Must(&Figures::GetStatistics, Around(v1::Statistics::PERIOD_WEEK, 2026, 3, 3));
  EXPECT_EQ(week.time_zone(), "America/New_York");
  EXPECT_EQ(week.total().requested(), 1);
  EXPECT_EQ(week.total().accepted(), 1);
  EXPECT_EQ(RevenueOf(week.total()).at("EUR"), 50000);
  ASSERT_EQ(week.specialists_size(), 1);
  EXPECT_EQ(week.specialists(0).specialist(), practice_.provider);
  EXPECT_EQ(week.specialists(0).specialist_display_name(), "Praxis Weber");
  EXPECT_EQ(week.specialists(0).counts().accepted(), 1);
  EXPECT_EQ(RevenueOf(week.specialists(0).counts()).at("EUR"), 5000);
  // What was booked with the organization is not of the specialist's own business.
  EXPECT_EQ(practice_.specialist
                .Must(&Figures::GetStatistics, Around(v1::Statistics::PERIOD_WEEK, 2026, 3, 3))
                .total()
                .requested(),
            0);
}

}  // namespace
}  // namespace kalends::test

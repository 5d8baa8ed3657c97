// The contract as a foreign client meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Accounts = v1::AccountService::Stub;
using Booking = v1::BookingService::Stub;
using Providers = v1::ProviderService::Stub;

class ContractTest : public testing::Test {
 protected:
  v1::ListSlotsRequest SlotsOf(int month, int day) const {
    v1::ListSlotsRequest request;
    request.set_parent(practice_.provider);
    request.set_service(practice_.service);
    for (v1::Date* date : {request.mutable_start_date(), request.mutable_end_date()}) {
      date->set_year(2026);
      date->set_month(month);
      date->set_day(day);
    }
    return request;
  }
  Client NewAccount(const std::string& identity, const std::string& language) const {
    v1::EnsureAccountRequest request;
    request.set_identity(identity);
    request.set_display_name("Oksana");
    request.set_language_code(language);
    practice_.admin.Must(&Accounts::EnsureAccount, request);
    return {practice_.server, practice_.server.admin_key(), identity};
  }
  static void SetZone(const Client& client, const std::string& zone) {
    client.Must(&Accounts::UpdateAccount, ZoneUpdate(zone));
  }
  static v1::UpdateAccountRequest ZoneUpdate(const std::string& zone) {
    v1::UpdateAccountRequest request;
    request.mutable_account()->set_name("accounts/me");
    request.mutable_account()->set_time_zone(zone);
    request.mutable_update_mask()->add_paths("time_zone");
    return request;
  }
  static v1::RegisterProviderRequest Registration(v1::ProviderKind kind) {
    v1::RegisterProviderRequest request;
    request.set_kind(kind);
    request.set_display_name("Praxis");
    return request;
  }
  v1::Appointment Get(const Client& client, const std::string& name) const {
    v1::GetAppointmentRequest request;
    request.set_name(name);
    return client.Must(&Booking::GetAppointment, request);
  }
  template <typename Method, typename Request>
  static std::vector<std::int64_t> AlternativesTo(const Client& client, Method method,
                                                  const Request& request) {
    v1::Appointment appointment;
    const grpc::Status status = client.Call(method, request, &appointment);
    EXPECT_EQ(ReasonOf(status), "SLOT_TAKEN");
    return AlternativesOf(status);
  }

  TestServer server_;
  Practice practice_{server_};
  const core::Instant ten_ = At("2026-03-03T09:00:00Z");  // Tuesday, 10:00 in Berlin.
  const core::Instant noon_ = ten_ + std::chrono::hours(2);
};

TEST_F(ContractTest, AReadableSlotCanBePutIntoARequest) {
  auto request = SlotsOf(3, 3);
  request.set_time_zone("Asia/Kathmandu");
  const auto packed = practice_.customer.Must(&Booking::ListSlots, request);
  request.set_view(v1::ListSlotsRequest::VIEW_PACKED);
  EXPECT_EQ(practice_.customer.Must(&Booking::ListSlots, request).SerializeAsString(),
            packed.SerializeAsString());
  request.set_view(v1::ListSlotsRequest::VIEW_READABLE);
  const auto readable = practice_.customer.Must(&Booking::ListSlots, request);
  ASSERT_EQ(readable.days_size(), packed.days_size());
  EXPECT_EQ(readable.days(0).start_times_s_size(), 0);
  ASSERT_EQ(readable.days(0).slots_size(), packed.days(0).start_times_s_size());
  for (int i = 0; i < readable.days(0).slots_size(); ++i) {
    const auto& slot = readable.days(0).slots(i);
    EXPECT_EQ(slot.start_time().seconds(), packed.days(0).start_times_s(i));
    EXPECT_EQ(slot.end_time().seconds(), slot.start_time().seconds() + 3600);
  }
  const auto& first = readable.days(0).slots(0);
  EXPECT_EQ(first.local_start_time(), "2026-03-03T13:45:00+05:45");
  v1::RequestAppointmentRequest wanted;
  wanted.set_parent(practice_.provider);
  wanted.mutable_appointment()->set_service(practice_.service);
  *wanted.mutable_appointment()->mutable_start_time() = first.start_time();
  EXPECT_EQ(practice_.customer.Must(&Booking::RequestAppointment, wanted).end_time().seconds(),
            first.end_time().seconds());
  request.set_view(static_cast<v1::ListSlotsRequest::View>(9));
  EXPECT_EQ(practice_.customer.Try(&Booking::ListSlots, request), "INVALID_FIELD");
}

TEST_F(ContractTest, LocalStartsOfASlotFollowTheClockChange) {
  auto request = SlotsOf(3, 30);  // The Monday after summer time began.
  request.set_view(v1::ListSlotsRequest::VIEW_READABLE);
  request.set_time_zone("America/Toronto");
  const auto listed = practice_.customer.Must(&Booking::ListSlots, request);
  EXPECT_EQ(listed.days(0).slots(0).local_start_time(), "2026-03-30T03:00:00-04:00");
}

TEST_F(ContractTest, NobodyBecomesAProviderWithoutAZone) {
  const Client oksana = NewAccount("telegram:3001", "uk");
  for (const auto kind : {v1::PROVIDER_KIND_SPECIALIST, v1::PROVIDER_KIND_ORGANIZATION}) {
    EXPECT_EQ(oksana.Try(&Accounts::RegisterProvider, Registration(kind)), "TIME_ZONE_MISSING");
  }
  auto request = Registration(v1::PROVIDER_KIND_SPECIALIST);
  request.set_time_zone("Europe/Atlantis");
  EXPECT_EQ(oksana.Try(&Accounts::RegisterProvider, request), "TIME_ZONE_UNKNOWN");
  request.set_time_zone("Europe/Kyiv");
  EXPECT_EQ(oksana.Must(&Accounts::RegisterProvider, request).time_zone(), "Europe/Kyiv");
  v1::GetAccountRequest me;
  me.set_name("accounts/me");
  EXPECT_EQ(oksana.Must(&Accounts::GetAccount, me).time_zone(), "Europe/Kyiv");
}

TEST_F(ContractTest, TheZoneOfTheRequestGoesBeforeTheAccounts) {
  const Client paul = NewAccount("telegram:3002", "de");
  SetZone(paul, "Europe/Vienna");
  auto request = Registration(v1::PROVIDER_KIND_SPECIALIST);
  request.set_time_zone("America/New_York");
  EXPECT_EQ(paul.Must(&Accounts::RegisterProvider, request).time_zone(), "America/New_York");
  v1::GetAccountRequest me;
  me.set_name("accounts/me");
  EXPECT_EQ(paul.Must(&Accounts::GetAccount, me).time_zone(), "Europe/Vienna");
}

TEST_F(ContractTest, AProviderStaysInItsZoneWhenTheAccountHasNone) {
  const Client paul = NewAccount("telegram:3003", "de");
  SetZone(paul, "Europe/Vienna");
  EXPECT_EQ(paul.Must(&Accounts::RegisterProvider, Registration(v1::PROVIDER_KIND_SPECIALIST))
                .time_zone(),
            "Europe/Vienna");
  SetZone(paul, "");
  v1::GetProviderRequest get;
  get.set_name("providers/me");
  EXPECT_EQ(paul.Must(&Providers::GetProvider, get).time_zone(), "Europe/Vienna");
  const Client house = NewAccount("telegram:3004", "de");
  SetZone(house, "Europe/Vienna");
  house.Must(&Accounts::RegisterProvider, Registration(v1::PROVIDER_KIND_ORGANIZATION));
  EXPECT_EQ(house.Try(&Accounts::UpdateAccount, ZoneUpdate("")), "TIME_ZONE_MISSING");
}

TEST_F(ContractTest, ACurrencyIsGuessedUntilItIsSet) {
  const Client oksana = NewAccount("telegram:3005", "uk");
  auto request = Registration(v1::PROVIDER_KIND_SPECIALIST);
  request.set_time_zone("UTC+02:00");
  const auto guessed = oksana.Must(&Accounts::RegisterProvider, request);
  EXPECT_EQ(guessed.currency_code(), "UAH");
  EXPECT_TRUE(guessed.currency_guessed());
  v1::UpdateProviderRequest update;
  update.mutable_provider()->set_name("providers/me");
  update.mutable_provider()->set_currency_code("eur");
  update.mutable_update_mask()->add_paths("currency_code");
  v1::Provider provider;
  EXPECT_EQ(FieldOf(oksana.Call(&Providers::UpdateProvider, update, &provider)),
            "provider.currency_code");
  update.mutable_provider()->set_currency_code("EUR");
  const auto set = oksana.Must(&Providers::UpdateProvider, update);
  EXPECT_EQ(set.currency_code(), "EUR");
  EXPECT_FALSE(set.currency_guessed());
  const Client paul = NewAccount("telegram:3006", "de");
  request.set_currency_code("CHF");
  const auto said = paul.Must(&Accounts::RegisterProvider, request);
  EXPECT_EQ(said.currency_code(), "CHF");
  EXPECT_FALSE(said.currency_guessed());
}

TEST_F(ContractTest, EveryRefusalOfATakenTimeOffersOthers) {
  const auto first = practice_.MustRequest(ten_);
  v1::ProposeTimesRequest offer;
  offer.set_name(first.name());
  offer.add_start_times()->set_seconds(core::ToUnixSeconds(noon_));
  practice_.specialist.Must(&Booking::ProposeTimes, offer);
  const Client other = practice_.NewCustomer("telegram:2002");
  v1::RequestAppointmentRequest taken;
  taken.set_parent(practice_.provider);
  taken.mutable_appointment()->set_service(practice_.service);
  taken.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(noon_));
  other.Must(&Booking::RequestAppointment, taken);
  v1::ChooseProposedTimeRequest choice;
  choice.set_name(first.name());
  *choice.mutable_start_time() = offer.start_times(0);
  const auto to_choose = AlternativesTo(practice_.customer, &Booking::ChooseProposedTime, choice);
  EXPECT_EQ(to_choose.size(), 6U);
  EXPECT_THAT(to_choose, testing::Not(testing::Contains(core::ToUnixSeconds(noon_))));
  // What is offered can be asked for: also the one next to the request, which is still there.
  EXPECT_THAT(to_choose, testing::Contains(core::ToUnixSeconds(ten_ + std::chrono::hours(1))));
  for (const std::int64_t start : {to_choose.front(), to_choose.back()}) {
    taken.mutable_appointment()->mutable_start_time()->set_seconds(start);
    EXPECT_EQ(other.Try(&Booking::RequestAppointment, taken), "OK");
  }
  EXPECT_FALSE(AlternativesTo(practice_.specialist, &Booking::ProposeTimes, offer).empty());
}

TEST_F(ContractTest, AcceptingWithAServiceThatNeedsMoreTimeOffersOthers) {
  v1::CreateServiceRequest creation;
  creation.set_parent(practice_.provider);
  creation.mutable_service()->set_display_name("Lang");
  creation.mutable_service()->mutable_duration()->set_seconds(2 * 3600);
  const auto longer = practice_.specialist.Must(&v1::CatalogService::Stub::CreateService, creation);
  v1::RequestAppointmentRequest unsure;
  unsure.set_parent(practice_.provider);
  unsure.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(ten_));
  const auto requested = practice_.customer.Must(&Booking::RequestAppointment, unsure);
  practice_.MustRequest(ten_ + std::chrono::hours(1));
  v1::AcceptAppointmentRequest accept;
  accept.set_name(requested.name());
  accept.set_service(longer.name());
  EXPECT_EQ(AlternativesTo(practice_.specialist, &Booking::AcceptAppointment, accept).size(), 6U);
}

TEST_F(ContractTest, AToolThatActsForNobodyIsRecordedAsItself) {
  const auto key = [&] {
    v1::ApiKey wanted;
    wanted.add_scopes(v1::SCOPE_TOOL_WRITE);
    return server_.MakeKey(wanted);
  }();
  const Client tool(server_, key.secret());
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  const auto requested = practice_.MustRequest(ten_);
  v1::AcceptAppointmentRequest accept;
  accept.set_name(requested.name());
  const auto accepted = tool.Must(&Booking::AcceptAppointment, accept);
  ASSERT_EQ(accepted.history_size(), 2);
  EXPECT_EQ(accepted.history(1).actor(), v1::Appointment::ACTOR_TOOL);
  EXPECT_EQ(accepted.history(1).api_key(), key.api_key().name());
  for (const Client* side : {&practice_.customer, &practice_.specialist}) {
    const auto seen = Get(*side, requested.name());
    EXPECT_EQ(seen.history(1).actor(), v1::Appointment::ACTOR_TOOL);
    EXPECT_EQ(seen.history(1).api_key(), "");
  }
  // Both are told: neither has done it.
  NotificationStream stream(adapter);
  std::vector<std::string> told;
  while (told.size() < 2) {
    const auto notification = stream.Next();
    if (notification.kind() == v1::Notification::KIND_APPOINTMENT_ACCEPTED) {
      EXPECT_EQ(notification.actor(), v1::Appointment::ACTOR_TOOL);
      told.push_back(notification.identity());
    }
    Acknowledge(adapter, notification);
  }
  EXPECT_THAT(told, testing::UnorderedElementsAre("telegram:1001", "telegram:2001"));
}

TEST_F(ContractTest, WhatIsNotThereIsNamedToToolsAlone) {
  const std::string nothing = core::ServiceId{7}.ToString();
  v1::GetServiceRequest get;
  get.set_name(practice_.provider + "/services/" + nothing);
  v1::Service service;
  const grpc::Status to_tool =
      practice_.admin.Call(&v1::CatalogService::Stub::GetService, get, &service);
  EXPECT_EQ(ReasonOf(to_tool), "NOT_FOUND");
  EXPECT_EQ(MissingOf(to_tool), get.name());
  EXPECT_EQ(to_tool.error_message(), "There is no " + get.name() + ".");
  const grpc::Status to_customer =
      practice_.customer.Call(&v1::CatalogService::Stub::GetService, get, &service);
  EXPECT_EQ(MissingOf(to_customer), "");
  EXPECT_EQ(to_customer.error_message().find(nothing), std::string::npos);
  // Of several names in a request it is the one that is missing; also where memory answers.
  auto slots = SlotsOf(3, 3);
  slots.set_service(practice_.provider + "/services/" + nothing);
  v1::ListSlotsResponse listed;
  EXPECT_EQ(MissingOf(practice_.admin.Call(&Booking::ListSlots, slots, &listed)), slots.service());
  v1::GetAppointmentRequest appointment;
  appointment.set_name("providers/-/appointments/" + nothing);
  v1::Appointment found;
  EXPECT_EQ(MissingOf(practice_.admin.Call(&Booking::GetAppointment, appointment, &found)),
            appointment.name());
}

TEST_F(ContractTest, RedeemingAnInvitationReturnsTheLink) {
  const Client oksana = NewAccount("telegram:3007", "uk");
  v1::RedeemInvitationRequest redeem;
  redeem.set_code(practice_.invitation_code);
  const auto redeemed = oksana.Must(&v1::InvitationService::Stub::RedeemInvitation, redeem);
  v1::GetLinkRequest get;
  get.set_name(practice_.provider + "/links/me");
  const auto link = oksana.Must(&v1::LinkService::Stub::GetLink, get);
  EXPECT_EQ(redeemed.link().SerializeAsString(), link.SerializeAsString());
  EXPECT_EQ(link.customer_display_name(), "Oksana");
}

}  // namespace
}  // namespace kalends::test

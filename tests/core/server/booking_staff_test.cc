// An organization whose specialists take over from each other, and go, over the wire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Accounts = v1::AccountService::Stub;
using Booking = v1::BookingService::Stub;
using Invitations = v1::InvitationService::Stub;
using Providers = v1::ProviderService::Stub;
using Removal = v1::RemoveStaffRequest;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

// A house with Berta and Carl, who work all day, and a customer of the house.
class BookingStaffTest : public testing::Test {
 protected:
  struct Worker {
    Client client;
    std::string provider;
  };

  BookingStaffTest() {
    v1::CreateServiceRequest create;
    create.set_parent(house_.provider);
    create.mutable_service()->set_display_name("Hour");
    create.mutable_service()->mutable_duration()->set_seconds(3600);
    service_ = house_.client.Must(&v1::CatalogService::Stub::CreateService, create).name();
    v1::CreateInvitationRequest invite;
    invite.set_parent(house_.provider);
    v1::RedeemInvitationRequest redeem;
    redeem.set_code(house_.client.Must(&Invitations::CreateInvitation, invite).code());
    practice_.customer.Must(&Invitations::RedeemInvitation, redeem);
  }

  Client NewAccount(const std::string& identity) {
    v1::EnsureAccountRequest request;
    request.set_identity(identity);
    request.set_display_name(identity);
    practice_.admin.Must(&Accounts::EnsureAccount, request);
    return {server_, server_.admin_key(), identity};
  }
  Worker Register(const std::string& identity, v1::ProviderKind kind) {
    const Client client = NewAccount(identity);
    v1::RegisterProviderRequest request;
    request.set_kind(kind);
    request.set_display_name(identity);
    request.set_time_zone("UTC");
    return {client, client.Must(&Accounts::RegisterProvider, request).name()};
  }
  void Join(const Client& specialist) {
    v1::CreateInvitationRequest invite;
    invite.set_parent(house_.provider);
    invite.mutable_invitation()->set_kind(v1::Invitation::KIND_STAFF);
    v1::RedeemInvitationRequest redeem;
    redeem.set_code(house_.client.Must(&Invitations::CreateInvitation, invite).code());
    specialist.Must(&Invitations::RedeemInvitation, redeem);
  }
  Worker NewStaff(const std::string& identity) {
    const Worker worker = Register(identity, v1::PROVIDER_KIND_SPECIALIST);
    v1::ChangeWeeklyHoursRequest hours;
    hours.set_name(worker.provider + "/schedule");
    for (int weekday = 1; weekday <= 7; ++weekday) {
      auto* added = hours.add_added();
      added->set_weekday(weekday);
      added->mutable_hours()->set_end_minute(1440);
    }
    worker.client.Must(&v1::ScheduleService::Stub::ChangeWeeklyHours, hours);
    Join(worker.client);
    return worker;
  }
  v1::Appointment MustRequest(core::Instant start, const std::string& specialist = "") {
    v1::RequestAppointmentRequest request;
    request.set_parent(house_.provider);
    request.mutable_appointment()->set_service(service_);
    request.mutable_appointment()->set_specialist(specialist);
    request.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    return practice_.customer.Must(&Booking::RequestAppointment, request);
  }
  Removal RemovalOf(const Worker& worker) {
    Removal request;
    request.set_parent(house_.provider);
    request.set_specialist(worker.provider);
    return request;
  }
  v1::Appointment Get(const Client& client, const std::string& name) {
    v1::GetAppointmentRequest request;
    request.set_name(name);
    return client.Must(&Booking::GetAppointment, request);
  }
  int Listed(const Client& client) {
    v1::ListAppointmentsRequest request;
    request.set_parent("providers/me");
    return client.Must(&Booking::ListAppointments, request).appointments_size();
  }

  TestServer server_;
  Practice practice_{server_};
  const Worker house_ = Register("telegram:3000", v1::PROVIDER_KIND_ORGANIZATION);
  const Worker berta_ = NewStaff("telegram:3001");
  const Worker carl_ = NewStaff("telegram:3002");
  std::string service_;
  const core::Instant ten_ = At("2026-03-03T10:00:00Z");
};

TEST_F(BookingStaffTest, WhoDeclinesAServiceIsBookedForItNoMoreUntilTheyOfferItAgain) {
  using Catalogs = v1::CatalogService::Stub;
  v1::SetServiceDeclinedRequest decline;
  decline.set_name(service_);
  decline.set_specialist(berta_.provider);
  decline.set_declined(true);
  EXPECT_EQ(carl_.client.Try(&Catalogs::SetServiceDeclined, decline), "NOT_FOUND");
  EXPECT_EQ(house_.client.Try(&Catalogs::SetServiceDeclined, decline), "NOT_FOUND");
  const auto declined = berta_.client.Must(&Catalogs::SetServiceDeclined, decline);
  EXPECT_THAT(declined.declined_by(), ElementsAre(berta_.provider));
  EXPECT_EQ(MustRequest(ten_).specialist(), carl_.provider);
  v1::RequestAppointmentRequest request;
  request.set_parent(house_.provider);
  request.mutable_appointment()->set_service(service_);
  request.mutable_appointment()->set_specialist(berta_.provider);
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(ten_ + hours(2)));
  EXPECT_EQ(practice_.customer.Try(&Booking::RequestAppointment, request),
            "SPECIALIST_NOT_OFFERING");
  decline.set_declined(false);
  EXPECT_THAT(berta_.client.Must(&Catalogs::SetServiceDeclined, decline).declined_by(), IsEmpty());
  EXPECT_EQ(practice_.customer.Try(&Booking::RequestAppointment, request), "OK");
}

TEST_F(BookingStaffTest, ASpecialistAloneReadsWhoseStaffTheyAre) {
  v1::GetProviderRequest get;
  get.set_name(berta_.provider);
  const auto own = berta_.client.Must(&Providers::GetProvider, get);
  ASSERT_EQ(own.organizations_size(), 1);
  EXPECT_EQ(own.organizations(0).provider(), house_.provider);
  EXPECT_EQ(house_.client.Must(&Providers::GetProvider, get).organizations_size(), 0);
}

TEST_F(BookingStaffTest, AnySpecialistIsTheOneWithTheFewestHoursThatWeek) {
  std::multiset<std::string> kept;
  // One after the other, as both are free each time.
  for (int i = 0; i < 4; ++i) kept.insert(MustRequest(ten_ + i * hours(2)).specialist());
  EXPECT_EQ(kept.count(berta_.provider), 2);
  EXPECT_EQ(kept.count(carl_.provider), 2);
}

TEST_F(BookingStaffTest, TheHouseGivesAnAppointmentToAnother) {
  const auto one = MustRequest(ten_, berta_.provider);
  v1::ReassignAppointmentRequest request;
  request.set_name(one.name());
  request.set_specialist(carl_.provider);
  EXPECT_EQ(practice_.customer.Try(&Booking::ReassignAppointment, request), "PROVIDER_ONLY");
  EXPECT_EQ(berta_.client.Try(&Booking::ReassignAppointment, request), "PROVIDER_ONLY");
  const auto given = house_.client.Must(&Booking::ReassignAppointment, request);
  EXPECT_EQ(given.specialist(), carl_.provider);
  EXPECT_EQ(given.start_time().seconds(), one.start_time().seconds());
  EXPECT_EQ(given.status(), one.status());
  EXPECT_EQ(Get(carl_.client, one.name()).specialist(), carl_.provider);
  EXPECT_EQ(Listed(berta_.client), 0);
  // Berta is free again, and Carl is not.
  EXPECT_EQ(MustRequest(ten_).specialist(), berta_.provider);
  EXPECT_EQ(house_.client.Try(&Booking::ReassignAppointment, request), "SPECIALIST_NOT_OFFERING");
  request.set_specialist(berta_.provider);
  EXPECT_EQ(house_.client.Try(&Booking::ReassignAppointment, request), "SLOT_TAKEN");
}

TEST_F(BookingStaffTest, TheFormerSpecialistIsToldThatAnotherKeepsIt) {
  const auto one = MustRequest(ten_, berta_.provider);
  v1::ReassignAppointmentRequest request;
  request.set_name(one.name());
  request.set_specialist(carl_.provider);
  house_.client.Must(&Booking::ReassignAppointment, request);
  NotificationStream stream(practice_.admin);
  std::map<std::string, v1::Notification> told;  // By identity.
  while (!told.contains("telegram:3001") || !told.contains("telegram:3002")) {
    const auto next = stream.Next();
    Acknowledge(practice_.admin, next);
    if (next.kind() == v1::Notification::KIND_APPOINTMENT_GIVEN_AWAY ||
        next.kind() == v1::Notification::KIND_APPOINTMENT_REASSIGNED) {
      told[next.identity()] = next;
    }
  }
  const v1::Notification& former = told["telegram:3001"];
  EXPECT_EQ(former.kind(), v1::Notification::KIND_APPOINTMENT_GIVEN_AWAY);
  EXPECT_EQ(former.provider().display_name(), "telegram:3000");
  EXPECT_EQ(former.start_time().seconds(), one.start_time().seconds());
  EXPECT_FALSE(former.has_appointment());
  EXPECT_EQ(told["telegram:3002"].kind(), v1::Notification::KIND_APPOINTMENT_REASSIGNED);
}

TEST_F(BookingStaffTest, MessagesOfTheFormerSpecialistAreToShowItNoMore) {
  const auto one = MustRequest(ten_, berta_.provider);
  v1::KeepCardRequest card;
  card.mutable_card()->set_channel("telegram");
  card.mutable_card()->set_message("1:7");
  card.mutable_card()->set_appointment(one.name());
  card.mutable_card()->set_revision(one.revision());
  berta_.client.Must(&v1::NotificationService::Stub::KeepCard, card);
  v1::ReassignAppointmentRequest request;
  request.set_name(one.name());
  request.set_specialist(carl_.provider);
  house_.client.Must(&Booking::ReassignAppointment, request);
  NotificationStream stream(practice_.admin);
  v1::Notification told;
  do {
    told = stream.Next();
    Acknowledge(practice_.admin, told);
  } while (told.kind() != v1::Notification::KIND_APPOINTMENT_CHANGED);
  EXPECT_EQ(told.identity(), "telegram:3001");
  EXPECT_FALSE(told.has_appointment());
  EXPECT_THAT(told.cards(), ElementsAre("1:7"));
}

TEST_F(BookingStaffTest, NobodyIsRemovedOverOpenAppointmentsUnasked) {
  const auto one = MustRequest(ten_, berta_.provider);
  auto request = RemovalOf(berta_);
  EXPECT_EQ(house_.client.Try(&Providers::RemoveStaff, request), "OPEN_APPOINTMENTS");
  request.set_validate_only(true);
  const auto preview = house_.client.Must(&Providers::RemoveStaff, request);
  EXPECT_THAT(preview.open_appointments(), ElementsAre(one.name()));
  EXPECT_THAT(preview.cancelled_appointments(), IsEmpty());
  EXPECT_EQ(Get(berta_.client, one.name()).status(), v1::Appointment::STATUS_PENDING);
}

TEST_F(BookingStaffTest, WhatIsOpenGoesToOthersOrIsCancelledAndRightsEndAtOnce) {
  const auto free = MustRequest(ten_, berta_.provider);
  const auto busy = MustRequest(ten_ + hours(2), berta_.provider);
  MustRequest(ten_ + hours(2), carl_.provider);
  auto request = RemovalOf(berta_);
  request.set_open_appointments(Removal::OPEN_APPOINTMENTS_REASSIGN);
  request.set_reason("Berta has left");
  request.set_validate_only(true);
  const auto preview = house_.client.Must(&Providers::RemoveStaff, request);
  request.set_validate_only(false);
  const auto removed = house_.client.Must(&Providers::RemoveStaff, request);
  EXPECT_EQ(preview.SerializeAsString(), removed.SerializeAsString());
  EXPECT_THAT(removed.reassigned_appointments(), ElementsAre(free.name()));
  EXPECT_THAT(removed.cancelled_appointments(), ElementsAre(busy.name()));
  EXPECT_EQ(Get(practice_.customer, free.name()).specialist(), carl_.provider);
  const auto cancelled = Get(practice_.customer, busy.name());
  EXPECT_EQ(cancelled.status(), v1::Appointment::STATUS_CANCELLED);
  EXPECT_EQ(cancelled.history(cancelled.history_size() - 1).reason(), "Berta has left");
  // What she kept there is none of hers any more, neither in lists nor by name.
  v1::GetAppointmentRequest get;
  get.set_name(busy.name());
  EXPECT_EQ(berta_.client.Try(&Booking::GetAppointment, get), "NOT_FOUND");
  EXPECT_EQ(Listed(berta_.client), 0);
  v1::GetProviderRequest house;
  house.set_name(house_.provider);
  EXPECT_EQ(berta_.client.Try(&Providers::GetProvider, house), "NOT_FOUND");
  EXPECT_EQ(house_.client.Must(&Providers::GetProvider, house).specialists_size(), 1);
  EXPECT_EQ(house_.client.Try(&Providers::RemoveStaff, request), "NOT_FOUND");
  EXPECT_EQ(MustRequest(ten_ + hours(4)).specialist(), carl_.provider);
}

TEST_F(BookingStaffTest, WhoComesBackSeesAgainWhatTheyKept) {
  const auto one = MustRequest(ten_, berta_.provider);
  auto request = RemovalOf(berta_);
  request.set_open_appointments(Removal::OPEN_APPOINTMENTS_CANCEL);
  house_.client.Must(&Providers::RemoveStaff, request);
  Join(berta_.client);
  EXPECT_EQ(Get(berta_.client, one.name()).status(), v1::Appointment::STATUS_CANCELLED);
  EXPECT_EQ(Listed(berta_.client), 1);
}

TEST_F(BookingStaffTest, TheSpecialistIsTold) {
  house_.client.Must(&Providers::RemoveStaff, RemovalOf(berta_));
  NotificationStream stream(practice_.admin);
  v1::Notification told;
  do {
    told = stream.Next();
    Acknowledge(practice_.admin, told);
  } while (told.kind() != v1::Notification::KIND_STAFF_REMOVED);
  EXPECT_EQ(told.identity(), "telegram:3001");
  EXPECT_EQ(told.provider().display_name(), "telegram:3000");
  EXPECT_THAT(told.provider().specialists(), IsEmpty());
}

TEST_F(BookingStaffTest, WhoKeepsAnAppointmentHearsThatTheHouseCancelledIt) {
  v1::CancelAppointmentRequest cancel;
  cancel.set_name(MustRequest(ten_, berta_.provider).name());
  house_.client.Must(&Booking::CancelAppointment, cancel);
  NotificationStream stream(practice_.admin);
  std::set<std::string> told;
  while (told.size() < 2) {
    const auto next = stream.Next();
    Acknowledge(practice_.admin, next);
    if (next.kind() == v1::Notification::KIND_APPOINTMENT_CANCELLED) told.insert(next.identity());
  }
  EXPECT_TRUE(told.contains("telegram:3001"));
  EXPECT_FALSE(told.contains("telegram:3000"));
}

TEST_F(BookingStaffTest, TheHouseSeesOfAnOwnPracticeOnlyThatSomebodyIsBusy) {
  Join(practice_.specialist);
  const core::Instant nine = At("2026-03-03T08:00:00Z");  // In Berlin, when the practice opens.
  practice_.MustRequest(nine);
  practice_.MustRequest(nine + hours(1));
  v1::ListBusyTimesRequest request;
  request.set_parent(practice_.provider);
  request.mutable_start_time()->set_seconds(core::ToUnixSeconds(nine - hours(1)));
  request.mutable_end_time()->set_seconds(core::ToUnixSeconds(nine + hours(4)));
  using Schedules = v1::ScheduleService::Stub;
  const auto times = house_.client.Must(&Schedules::ListBusyTimes, request);
  ASSERT_EQ(times.open_size(), 1);
  EXPECT_EQ(times.open(0).start_time().seconds(), core::ToUnixSeconds(nine));
  EXPECT_EQ(times.open(0).end_time().seconds(), core::ToUnixSeconds(nine + hours(4)));
  ASSERT_EQ(times.busy_size(), 1) << "one from the next cannot be told";
  EXPECT_EQ(times.busy(0).end_time().seconds(), core::ToUnixSeconds(nine + hours(2)));
  EXPECT_EQ(Listed(house_.client), 0);
  for (const Client& other : {berta_.client, practice_.customer}) {
    EXPECT_EQ(other.Try(&Schedules::ListBusyTimes, request), "NOT_FOUND");
  }
  house_.client.Must(&Providers::RemoveStaff, [&] {
    Removal removal;
    removal.set_parent(house_.provider);
    removal.set_specialist(practice_.provider);
    return removal;
  }());
  EXPECT_EQ(house_.client.Try(&Schedules::ListBusyTimes, request), "NOT_FOUND");
  request.mutable_end_time()->set_seconds(core::ToUnixSeconds(nine + date::days(70)));
  EXPECT_EQ(practice_.specialist.Try(&Schedules::ListBusyTimes, request), "INVALID_FIELD");
}

TEST_F(BookingStaffTest, WhatIsAroundAnAppointmentLeavesItOutForWhoSeesIt) {
  Join(practice_.specialist);
  const core::Instant ten = At("2026-03-03T09:00:00Z");
  practice_.MustRequest(ten - hours(1));
  const auto asked = practice_.MustRequest(ten);
  v1::ListBusyTimesRequest request;
  request.set_parent(practice_.provider);
  request.mutable_start_time()->set_seconds(core::ToUnixSeconds(ten - hours(1)));
  request.mutable_end_time()->set_seconds(core::ToUnixSeconds(ten + hours(2)));
  request.set_except_appointment(asked.name());
  using Schedules = v1::ScheduleService::Stub;
  const auto times = practice_.specialist.Must(&Schedules::ListBusyTimes, request);
  ASSERT_EQ(times.busy_size(), 1);
  EXPECT_EQ(times.busy(0).end_time().seconds(), core::ToUnixSeconds(ten));
  EXPECT_EQ(house_.client.Try(&Schedules::ListBusyTimes, request), "NOT_FOUND")
      << "nobody finds out by trying what it is with";
  request.set_except_appointment("nonsense");
  v1::ListBusyTimesResponse none;
  EXPECT_EQ(FieldOf(practice_.specialist.Call(&Schedules::ListBusyTimes, request, &none)),
            "except_appointment");
}

TEST_F(BookingStaffTest, TheHouseBooksForItsCustomersWithAnySpecialist) {
  v1::GetAccountRequest me;
  me.set_name("accounts/me");
  v1::BookAppointmentRequest request;
  request.set_parent(house_.provider);
  request.set_customer(practice_.customer.Must(&Accounts::GetAccount, me).name());
  request.set_service(service_);
  request.mutable_start_time()->set_seconds(core::ToUnixSeconds(ten_));
  std::set<std::string> kept;
  for (int i = 0; i < 2; ++i) {
    kept.insert(house_.client.Must(&Booking::BookAppointment, request).appointment().specialist());
  }
  EXPECT_EQ(kept, (std::set{berta_.provider, carl_.provider}));
  EXPECT_EQ(house_.client.Try(&Booking::BookAppointment, request), "SLOT_TAKEN");
  // Staff do not book in the house's name.
  EXPECT_EQ(berta_.client.Try(&Booking::BookAppointment, request), "NOT_FOUND");
}

}  // namespace
}  // namespace kalends::test

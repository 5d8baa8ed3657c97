// Booking over the wire: what is listed can be booked, once; statuses move as the table says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/support/await.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Booking = v1::BookingService::Stub;
using testing::ElementsAre;
using testing::IsEmpty;

class BookingTest : public testing::Test {
 protected:
  std::vector<std::int64_t> Slots(const Client& client, int day) {
    v1::ListSlotsRequest request;
    request.set_parent(practice_.provider);
    request.set_service(practice_.service);
    for (v1::Date* date : {request.mutable_start_date(), request.mutable_end_date()}) {
      date->set_year(2026);
      date->set_month(3);
      date->set_day(day);
    }
    std::vector<std::int64_t> starts;
    const v1::ListSlotsResponse response = client.Must(&Booking::ListSlots, request);
    for (const auto& slot_day : response.days()) {
      starts.insert(starts.end(), slot_day.start_times_s().begin(), slot_day.start_times_s().end());
    }
    return starts;
  }
  v1::Appointment Get(const Client& client, const std::string& name) {
    v1::GetAppointmentRequest request;
    request.set_name(name);
    return client.Must(&Booking::GetAppointment, request);
  }
  template <typename Request, typename Method>
  std::string Try(const Client& client, Method method, const std::string& name) {
    Request request;
    request.set_name(name);
    return client.Try(method, request);
  }

  TestServer server_;
  Practice practice_{server_};
  const core::Instant tuesday_ten_ = At("2026-03-03T09:00:00Z");  // 10:00 in Berlin.
};

TEST_F(BookingTest, TheProviderIsToldWhichVisitItIs) {
  const auto first = practice_.MustRequest(tuesday_ten_);
  const auto second = practice_.MustRequest(tuesday_ten_ + std::chrono::hours(1));
  const Client other = practice_.NewCustomer("telegram:77");
  EXPECT_EQ(Get(practice_.specialist, second.name()).visit_number(), 1) << "nothing is agreed";
  practice_.Accept(first.name());
  EXPECT_EQ(Get(practice_.specialist, first.name()).visit_number(), 1);
  EXPECT_EQ(Get(practice_.specialist, second.name()).visit_number(), 2);
  EXPECT_EQ(Get(practice_.customer, second.name()).visit_number(), 0) << "to the provider alone";
  v1::CancelAppointmentRequest cancel;
  cancel.set_name(first.name());
  practice_.customer.Must(&Booking::CancelAppointment, cancel);
  EXPECT_EQ(Get(practice_.specialist, second.name()).visit_number(), 1);
  v1::RequestAppointmentRequest request;
  request.set_parent(practice_.provider);
  request.mutable_appointment()->set_service(practice_.service);
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(tuesday_ten_ + std::chrono::hours(3)));
  const auto others = other.Must(&Booking::RequestAppointment, request);
  EXPECT_EQ(Get(practice_.specialist, others.name()).visit_number(), 1) << "each has their own";
}

TEST_F(BookingTest, WhatIsListedCanBeRequestedAndThenIsListedNoMore) {
  const auto before = Slots(practice_.customer, 3);
  ASSERT_THAT(before, testing::Contains(core::ToUnixSeconds(tuesday_ten_)));
  practice_.MustRequest(tuesday_ten_);
  const auto after = Slots(practice_.customer, 3);
  EXPECT_THAT(after, testing::Not(testing::Contains(core::ToUnixSeconds(tuesday_ten_))));
  EXPECT_LT(after.size(), before.size());
}

TEST_F(BookingTest, AServiceIsNamedInTheReadersLanguageUntilItIsRenamed) {
  using Catalog = v1::CatalogService::Stub;
  v1::UpdateServiceRequest change;
  v1::Service& service = *change.mutable_service();
  v1::GetServiceRequest get;
  get.set_name(practice_.service);
  service.set_name(practice_.service);
  service.set_etag(practice_.specialist.Must(&Catalog::GetService, get).etag());
  service.set_description("Erstes Gespräch");
  service.mutable_translations()->operator[]("fr").set_display_name("Conseil");
  service.mutable_translations()->operator[]("fr").set_description("Premier entretien");
  change.mutable_update_mask()->add_paths("description");
  change.mutable_update_mask()->add_paths("translations");
  const auto own = practice_.specialist.Must(&Catalog::UpdateService, change);
  v1::UpdateAccountRequest account;
  account.mutable_account()->set_name("accounts/me");
  account.mutable_account()->set_language_code("fr");
  account.mutable_update_mask()->add_paths("language_code");
  practice_.customer.Must(&v1::AccountService::Stub::UpdateAccount, account);

  const auto made = practice_.MustRequest(tuesday_ten_);
  EXPECT_EQ(made.service_display_name(), "Conseil");
  EXPECT_EQ(Get(practice_.customer, made.name()).service_description(), "Premier entretien");
  const auto seen = Get(practice_.specialist, made.name());
  EXPECT_EQ(seen.service_display_name(), own.display_name());
  EXPECT_EQ(seen.service_description(), "Erstes Gespräch");
  // What was agreed keeps its name.
  service.clear_etag();
  service.set_display_name("Anderes");
  change.clear_update_mask();
  change.mutable_update_mask()->add_paths("display_name");
  practice_.specialist.Must(&Catalog::UpdateService, change);
  EXPECT_EQ(Get(practice_.customer, made.name()).service_display_name(), own.display_name());
}

TEST_F(BookingTest, ATakenStartAnswersWithTheNearestThatAreFree) {
  practice_.MustRequest(tuesday_ten_);
  v1::Appointment appointment;
  const grpc::Status status = practice_.Request(tuesday_ten_, &appointment);
  EXPECT_EQ(ReasonOf(status), "SLOT_TAKEN");
  const auto alternatives = AlternativesOf(status);
  ASSERT_FALSE(alternatives.empty());
  EXPECT_TRUE(practice_.Request(core::FromUnixSeconds(alternatives[0]), &appointment).ok());
}

TEST_F(BookingTest, ARepeatedRequestIdGetsTheFirstAnswerAndDoesNothingElse) {
  v1::RequestAppointmentRequest request;
  request.set_parent(practice_.provider);
  request.mutable_appointment()->set_service(practice_.service);
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(tuesday_ten_));
  request.set_request_id("tap-1");
  const auto first = practice_.customer.Must(&Booking::RequestAppointment, request);
  practice_.Accept(first.name());
  const auto again = practice_.customer.Must(&Booking::RequestAppointment, request);
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(tuesday_ten_ + std::chrono::hours(1)));
  EXPECT_EQ(practice_.customer.Try(&Booking::RequestAppointment, request), "REQUEST_ID_REUSED");
}

TEST_F(BookingTest, TheProviderAcceptsAndBothSeeIt) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  EXPECT_EQ(requested.status(), v1::Appointment::STATUS_PENDING);
  EXPECT_THAT(requested.allowed_actions(), ElementsAre(v1::Appointment::ACTION_CANCEL));
  practice_.Accept(requested.name());
  for (const Client* side : {&practice_.customer, &practice_.specialist}) {
    EXPECT_EQ(Get(*side, requested.name()).status(), v1::Appointment::STATUS_ACCEPTED);
  }
  EXPECT_EQ(Get(practice_.customer, requested.name()).history_size(), 2);
}

TEST_F(BookingTest, ACustomerCannotAcceptTheirOwnRequest) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  EXPECT_EQ(Try<v1::AcceptAppointmentRequest>(practice_.customer, &Booking::AcceptAppointment,
                                              requested.name()),
            "PROVIDER_ONLY");
}

TEST_F(BookingTest, ARejectedTimeIsFreeAgain) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  v1::RejectAppointmentRequest rejection;
  rejection.set_name(requested.name());
  rejection.set_reason("Leider \u202Ekrank");
  practice_.specialist.Must(&Booking::RejectAppointment, rejection);
  EXPECT_EQ(Get(practice_.customer, requested.name()).history(1).reason(), "Leider krank");
  practice_.MustRequest(tuesday_ten_);
}

TEST_F(BookingTest, StrangersDoNotSeeAnAppointmentNorTheProvider) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  v1::EnsureAccountRequest account;
  account.set_identity("telegram:6666");
  account.set_display_name("Mallory");
  practice_.admin.Must(&v1::AccountService::Stub::EnsureAccount, account);
  const Client stranger(server_, server_.admin_key(), "telegram:6666");
  EXPECT_EQ(Try<v1::GetAppointmentRequest>(stranger, &Booking::GetAppointment, requested.name()),
            "NOT_FOUND");
  EXPECT_EQ(
      Try<v1::CancelAppointmentRequest>(stranger, &Booking::CancelAppointment, requested.name()),
      "NOT_FOUND");
  v1::GetProviderRequest provider;
  provider.set_name(practice_.provider);
  EXPECT_EQ(stranger.Try(&v1::ProviderService::Stub::GetProvider, provider), "NOT_FOUND");
  v1::RequestAppointmentRequest request;
  request.set_parent(practice_.provider);
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(tuesday_ten_));
  EXPECT_EQ(stranger.Try(&Booking::RequestAppointment, request), "NOT_FOUND");
}

TEST_F(BookingTest, AnUnansweredRequestIsRejectedAtItsStart) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  server_.SetNow(tuesday_ten_);
  EXPECT_NE(Try<v1::AcceptAppointmentRequest>(practice_.specialist, &Booking::AcceptAppointment,
                                              requested.name()),
            "OK");
  ASSERT_TRUE(Eventually([&] {
    return Get(practice_.customer, requested.name()).status() != v1::Appointment::STATUS_PENDING;
  }));
  const auto rejected = Get(practice_.customer, requested.name());
  EXPECT_EQ(rejected.status(), v1::Appointment::STATUS_REJECTED);
  EXPECT_EQ(rejected.history(1).reason(), "unanswered");
  EXPECT_EQ(rejected.history(1).actor(), v1::Appointment::ACTOR_SYSTEM);
}

TEST_F(BookingTest, AnUnmarkedAppointmentIsCompletedADayAfterItsEnd) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  practice_.Accept(requested.name());
  server_.SetNow(tuesday_ten_ + std::chrono::hours(25));
  ASSERT_TRUE(Eventually([&] {
    return Get(practice_.customer, requested.name()).status() != v1::Appointment::STATUS_ACCEPTED;
  }));
  EXPECT_EQ(Get(practice_.customer, requested.name()).history(2).reason(), "unmarked");
}

TEST_F(BookingTest, CompletedAndMissedComeAfterTheStartAndCanBeCorrectedForThirtyDays) {
  const auto name = practice_.Accept(practice_.MustRequest(tuesday_ten_).name()).name();
  const auto complete = [&] {
    return Try<v1::CompleteAppointmentRequest>(practice_.specialist, &Booking::CompleteAppointment,
                                               name);
  };
  const auto miss = [&] {
    return Try<v1::MarkAppointmentMissedRequest>(practice_.specialist,
                                                 &Booking::MarkAppointmentMissed, name);
  };
  EXPECT_EQ(complete(), "NOT_STARTED");
  server_.SetNow(tuesday_ten_);
  EXPECT_EQ(complete(), "OK");
  EXPECT_EQ(miss(), "OK");
  server_.SetNow(tuesday_ten_ + std::chrono::days(29));
  EXPECT_EQ(complete(), "OK");
  server_.SetNow(tuesday_ten_ + std::chrono::days(31));
  EXPECT_EQ(miss(), "TOO_LATE_TO_CORRECT");
}

TEST_F(BookingTest, AnAppointmentThatBeganCannotBeCancelledByTheCustomerAnyMore) {
  const auto name = practice_.Accept(practice_.MustRequest(tuesday_ten_).name()).name();
  EXPECT_EQ(Get(practice_.customer, name).cancel_until_time().seconds(),
            core::ToUnixSeconds(tuesday_ten_));
  server_.SetNow(tuesday_ten_);
  EXPECT_FALSE(Get(practice_.customer, name).has_cancel_until_time());
}

TEST_F(BookingTest, ARequestWithoutServiceTakesTheDefaultLengthAndGetsItsServiceWhenAccepted) {
  v1::RequestAppointmentRequest request;
  request.set_parent(practice_.provider);
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(tuesday_ten_));
  const auto requested = practice_.customer.Must(&Booking::RequestAppointment, request);
  EXPECT_EQ(requested.end_time().seconds() - requested.start_time().seconds(), 3600);
  v1::AcceptAppointmentRequest acceptance;
  acceptance.set_name(requested.name());
  EXPECT_EQ(practice_.specialist.Try(&Booking::AcceptAppointment, acceptance), "SERVICE_REQUIRED");
  acceptance.set_service(practice_.service);
  const auto accepted = practice_.specialist.Must(&Booking::AcceptAppointment, acceptance);
  EXPECT_EQ(accepted.service(), practice_.service);
  EXPECT_EQ(accepted.price().minor_units(), 8000);
}

TEST_F(BookingTest, AGroupServiceFillsOneSessionUpToItsCapacity) {
  v1::CreateServiceRequest creation;
  creation.set_parent(practice_.provider);
  creation.mutable_service()->set_display_name("Gruppe");
  creation.mutable_service()->mutable_duration()->set_seconds(3600);
  creation.mutable_service()->set_capacity(2);
  const auto group = practice_.specialist.Must(&v1::CatalogService::Stub::CreateService, creation);
  v1::RequestAppointmentRequest request;
  request.set_parent(practice_.provider);
  request.mutable_appointment()->set_service(group.name());
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(tuesday_ten_));
  EXPECT_EQ(practice_.customer.Try(&Booking::RequestAppointment, request), "OK");
  EXPECT_EQ(practice_.NewCustomer("telegram:2002").Try(&Booking::RequestAppointment, request),
            "OK");
  EXPECT_EQ(practice_.NewCustomer("telegram:2003").Try(&Booking::RequestAppointment, request),
            "SLOT_TAKEN");
}

TEST_F(BookingTest, TheCancellationDeadlineBindsTheCustomerOnly) {
  v1::UpdateServiceRequest update;
  update.mutable_service()->set_name(practice_.service);
  update.mutable_service()->mutable_cancellation_deadline()->set_seconds(24 * 3600);
  update.mutable_update_mask()->add_paths("cancellation_deadline");
  practice_.specialist.Must(&v1::CatalogService::Stub::UpdateService, update);
  const auto name = practice_.MustRequest(tuesday_ten_).name();
  EXPECT_FALSE(Get(practice_.customer, name).has_cancel_until_time());  // Until it is agreed.
  practice_.Accept(name);
  EXPECT_EQ(Get(practice_.customer, name).cancel_until_time().seconds(),
            core::ToUnixSeconds(tuesday_ten_ - std::chrono::hours(24)));
  EXPECT_FALSE(Get(practice_.specialist, name).has_cancel_until_time());
  server_.SetNow(tuesday_ten_ - std::chrono::hours(23));
  // It is still told, so that people learn why they cannot.
  EXPECT_TRUE(Get(practice_.customer, name).has_cancel_until_time());
  EXPECT_EQ(
      Try<v1::CancelAppointmentRequest>(practice_.customer, &Booking::CancelAppointment, name),
      "TOO_LATE_TO_CANCEL");
  EXPECT_EQ(
      Try<v1::CancelAppointmentRequest>(practice_.specialist, &Booking::CancelAppointment, name),
      "OK");
}

TEST_F(BookingTest, AStaleEtagChangesNothing) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  v1::RejectAppointmentRequest rejection;
  rejection.set_name(requested.name());
  rejection.set_etag("\"7\"");
  EXPECT_EQ(practice_.specialist.Try(&Booking::RejectAppointment, rejection), "STALE_ETAG");
  EXPECT_EQ(Get(practice_.customer, requested.name()).status(), v1::Appointment::STATUS_PENDING);
}

TEST_F(BookingTest, PagesHoldEveryAppointmentOnce) {
  std::vector<std::string> wanted;
  for (int i = 0; i < 7; ++i)
    wanted.push_back(practice_.MustRequest(tuesday_ten_ + std::chrono::hours(i)).name());
  std::vector<std::string> listed;
  v1::ListAppointmentsRequest request;
  request.set_parent("accounts/me");
  request.set_filter(v1::ListAppointmentsRequest::FILTER_UPCOMING);
  request.set_page_size(3);
  do {
    const auto page = practice_.customer.Must(&Booking::ListAppointments, request);
    for (const auto& appointment : page.appointments()) listed.push_back(appointment.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(listed, wanted);
  request.set_page_token("bm9uc2Vuc2U");
  EXPECT_EQ(practice_.customer.Try(&Booking::ListAppointments, request), "INVALID_PAGE_TOKEN");
}

TEST_F(BookingTest, ThirtyTwoCustomersFightForOneSlotAndOneWins) {
  std::vector<Client> customers;
  for (int i = 0; i < 32; ++i)
    customers.push_back(practice_.NewCustomer("telegram:" + std::to_string(3000 + i)));
  std::atomic<int> won{0};
  std::vector<std::thread> threads;
  for (const Client& client : customers) {
    threads.emplace_back([&] {
      v1::RequestAppointmentRequest request;
      request.set_parent(practice_.provider);
      request.mutable_appointment()->set_service(practice_.service);
      request.mutable_appointment()->mutable_start_time()->set_seconds(
          core::ToUnixSeconds(tuesday_ten_));
      if (client.Try(&Booking::RequestAppointment, request) == "OK") ++won;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(won, 1);
}

TEST_F(BookingTest, ACustomerMakesThirtyRequestsADayToAProviderWhateverBecameOfThem) {
  const auto cancel = [&](const std::string& name) {
    return Try<v1::CancelAppointmentRequest>(practice_.customer, &Booking::CancelAppointment, name);
  };
  const core::Instant first = server_.now();
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(cancel(practice_.MustRequest(tuesday_ten_).name()), "OK");
    if (i == 0) server_.Advance(std::chrono::hours(1));
  }
  v1::Appointment appointment;
  const grpc::Status refused = practice_.Request(tuesday_ten_, &appointment);
  EXPECT_EQ(ReasonOf(refused), "RATE_LIMITED");
  EXPECT_EQ(RetryDelayOf(refused), std::chrono::hours(23));
  // Each customer counts for themselves.
  v1::RequestAppointmentRequest request;
  request.set_parent(practice_.provider);
  request.mutable_appointment()->set_service(practice_.service);
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(tuesday_ten_));
  EXPECT_EQ(practice_.NewCustomer("telegram:2002").Try(&Booking::RequestAppointment, request),
            "OK");
  const core::Instant thursday = tuesday_ten_ + std::chrono::hours(48);
  server_.SetNow(first + std::chrono::hours(24) - std::chrono::seconds(1));
  EXPECT_EQ(ReasonOf(practice_.Request(thursday, &appointment)), "RATE_LIMITED");
  server_.SetNow(first + std::chrono::hours(24));
  EXPECT_EQ(ReasonOf(practice_.Request(thursday, &appointment)), "OK");
  EXPECT_EQ(ReasonOf(practice_.Request(thursday + std::chrono::hours(1), &appointment)),
            "RATE_LIMITED");
}

TEST_F(BookingTest, AClosureIsSeenAtOnceAndNamesTheAppointmentsItHits) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  v1::CreateClosureRequest closure;
  closure.set_parent(practice_.provider);
  closure.mutable_closure()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(At("2026-03-03T00:00:00Z")));
  closure.mutable_closure()->mutable_end_time()->set_seconds(
      core::ToUnixSeconds(At("2026-03-04T00:00:00Z")));
  const auto closed = practice_.specialist.Must(&v1::ScheduleService::Stub::CreateClosure, closure);
  EXPECT_THAT(closed.affected_appointments(), ElementsAre(requested.name()));
  EXPECT_THAT(Slots(practice_.customer, 3), IsEmpty());
}

}  // namespace
}  // namespace kalends::test

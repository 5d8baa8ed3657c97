// What another program kept, over the wire: wholly or not at all, once, and in silence.
#include <gtest/gtest.h>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Imports = v1::ImportService::Stub;
using Bookings = v1::BookingService::Stub;

class ImportTest : public testing::Test {
 protected:
  v1::ImportResult Customer(const std::string& id, const std::string& identity = "") const {
    v1::ImportCustomerRequest request;
    request.set_parent(practice_.provider);
    request.set_external_id(id);
    request.set_identity(identity);
    request.set_display_name("Ada Ng");
    request.set_private_note("Phone: +49 30 1");
    return practice_.admin.Must(&Imports::ImportCustomer, request);
  }
  v1::ImportAppointmentRequest Appointment(const std::string& id, core::Instant start,
                                           v1::Appointment::Status status) const {
    v1::ImportAppointmentRequest request;
    request.set_parent(practice_.provider);
    request.set_external_id(id);
    request.set_customer(customer_);
    request.set_service(practice_.service);
    request.mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    request.mutable_end_time()->set_seconds(core::ToUnixSeconds(start + std::chrono::hours(1)));
    request.set_status(status);
    return request;
  }
  v1::ImportResult Bring(const v1::ImportAppointmentRequest& request) const {
    return practice_.admin.Must(&Imports::ImportAppointment, request);
  }
  std::string Refused(const v1::ImportAppointmentRequest& request) const {
    return practice_.admin.Try(&Imports::ImportAppointment, request);
  }
  v1::Appointment Get(const std::string& name) const {
    v1::GetAppointmentRequest request;
    request.set_name(name);
    return practice_.admin.Must(&Bookings::GetAppointment, request);
  }

  TestServer server_;
  Practice practice_{server_};
  const std::string customer_ = Customer("x/customer/1").name();
  const core::Instant future_ = At("2026-03-03T09:00:00Z");
  const core::Instant past_ = At("2020-03-03T09:00:00Z");
};

TEST_F(ImportTest, ACustomerIsThereOnceAndReachableByNobody) {
  const v1::ImportResult again = Customer("x/customer/1");
  EXPECT_EQ(again.outcome(), v1::ImportResult::OUTCOME_EXISTS);
  EXPECT_EQ(again.name(), customer_);
  v1::GetAccountRequest get;
  get.set_name(customer_);
  const auto account = practice_.admin.Must(&v1::AccountService::Stub::GetAccount, get);
  ASSERT_EQ(account.identities_size(), 1);
  EXPECT_EQ(account.identities(0), "import:x/customer/1");
  v1::GetPrivateNoteRequest note;
  note.set_name(practice_.provider + "/links/" + customer_.substr(customer_.find('/') + 1) +
                "/privateNote");
  EXPECT_EQ(practice_.specialist.Must(&v1::NoteService::Stub::GetPrivateNote, note).text(),
            "Phone: +49 30 1");
}

TEST_F(ImportTest, WhoIsInTheChannelAlreadyIsTheCustomer) {
  const v1::ImportResult first = Customer("x/customer/2", "telegram:777");
  EXPECT_EQ(Customer("y/customer/9", "telegram:777").name(), first.name());
}

TEST_F(ImportTest, WhoWasErasedIsNotBroughtBack) {
  v1::DeleteAccountRequest erase;
  erase.set_name(customer_);
  practice_.admin.Must(&v1::PrivacyService::Stub::DeleteAccount, erase);
  const v1::ImportResult again = Customer("x/customer/1");
  EXPECT_EQ(again.outcome(), v1::ImportResult::OUTCOME_ERASED);
  EXPECT_EQ(again.name(), "");
}

TEST_F(ImportTest, ThePastArrivesSettled) {
  const struct {
    v1::Appointment::Status there;
    v1::Appointment::Status here;
    int lines;
  } kCases[] = {
      {v1::Appointment::STATUS_PENDING, v1::Appointment::STATUS_REJECTED, 2},
      {v1::Appointment::STATUS_ACCEPTED, v1::Appointment::STATUS_COMPLETED, 2},
      {v1::Appointment::STATUS_COMPLETED, v1::Appointment::STATUS_COMPLETED, 2},
      {v1::Appointment::STATUS_MISSED, v1::Appointment::STATUS_MISSED, 2},
      {v1::Appointment::STATUS_CANCELLED, v1::Appointment::STATUS_CANCELLED, 2},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(v1::Appointment::Status_Name(c.there));
    const v1::ImportResult result =
        Bring(Appointment(v1::Appointment::Status_Name(c.there), past_, c.there));
    EXPECT_EQ(result.status(), c.here);
    const v1::Appointment appointment = Get(result.name());
    EXPECT_EQ(appointment.status(), c.here);
    EXPECT_EQ(appointment.history_size(), c.lines);
    EXPECT_EQ(appointment.history(0).actor(), v1::Appointment::ACTOR_TOOL);
  }
  EXPECT_EQ(Refused(Appointment("x", future_, v1::Appointment::STATUS_MISSED)), "NOT_STARTED");
}

TEST_F(ImportTest, WhatIsToComeHoldsItsTimeAndTakesNobodyElses) {
  const auto wanted = Appointment("x/appointment/1", future_, v1::Appointment::STATUS_ACCEPTED);
  const v1::ImportResult first = Bring(wanted);
  EXPECT_EQ(first.outcome(), v1::ImportResult::OUTCOME_CREATED);
  EXPECT_EQ(Refused(Appointment("x/appointment/2", future_ + std::chrono::minutes(30),
                                v1::Appointment::STATUS_ACCEPTED)),
            "SLOT_TAKEN");
  v1::Appointment unused;
  EXPECT_EQ(ReasonOf(practice_.Request(future_, &unused)), "SLOT_TAKEN");
  auto again = wanted;
  again.mutable_start_time()->set_seconds(core::ToUnixSeconds(past_));
  again.mutable_end_time()->set_seconds(core::ToUnixSeconds(past_ + std::chrono::hours(1)));
  const v1::ImportResult second = Bring(again);
  EXPECT_EQ(second.outcome(), v1::ImportResult::OUTCOME_EXISTS);
  EXPECT_EQ(second.name(), first.name());
  EXPECT_EQ(Get(first.name()).start_time().seconds(), core::ToUnixSeconds(future_));
}

TEST_F(ImportTest, ATrySaysTheSameAndLeavesNothing) {
  auto request = Appointment("x/appointment/1", future_, v1::Appointment::STATUS_ACCEPTED);
  request.set_validate_only(true);
  request.clear_customer();
  const v1::ImportResult tried = Bring(request);
  EXPECT_EQ(tried.outcome(), v1::ImportResult::OUTCOME_CREATED);
  EXPECT_EQ(tried.name(), "");
  v1::ListAppointmentsRequest list;
  list.set_parent(practice_.provider);
  EXPECT_EQ(practice_.admin.Must(&Bookings::ListAppointments, list).appointments_size(), 0);
  request.set_validate_only(false);
  EXPECT_EQ(Refused(request), "INVALID_FIELD");
}

TEST_F(ImportTest, StaffJoinsItsOrganizationWithItsServices) {
  v1::ImportProviderRequest house;
  house.set_external_id("x/provider/company");
  house.set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  house.set_display_name("Praxis");
  house.set_time_zone("Europe/Berlin");
  const std::string organization = practice_.admin.Must(&Imports::ImportProvider, house).name();
  v1::ImportProviderRequest person = house;
  person.set_external_id("x/provider/2");
  person.set_kind(v1::PROVIDER_KIND_SPECIALIST);
  person.set_organization(organization);
  const std::string specialist = practice_.admin.Must(&Imports::ImportProvider, person).name();
  v1::ImportCatalogServiceRequest service;
  service.set_parent(organization);
  service.set_external_id("x/service/5");
  service.mutable_service()->set_display_name("Massage");
  service.mutable_service()->mutable_duration()->set_seconds(3000);
  service.mutable_service()->add_specialists(specialist);
  const v1::ImportResult first = practice_.admin.Must(&Imports::ImportCatalogService, service);
  service.mutable_service()->set_display_name("Other");
  const v1::ImportResult again = practice_.admin.Must(&Imports::ImportCatalogService, service);
  EXPECT_EQ(again.outcome(), v1::ImportResult::OUTCOME_EXISTS);
  EXPECT_EQ(again.name(), first.name());
  person.set_organization(specialist);
  person.set_external_id("x/provider/3");
  EXPECT_EQ(practice_.admin.Try(&Imports::ImportProvider, person), "INVALID_FIELD");
}

}  // namespace
}  // namespace kalends::test

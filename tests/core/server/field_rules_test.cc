// What the contract's rules of single fields accept and refuse.
#include "core/server/field_rules.h"

#include <google/protobuf/duration.pb.h>
#include <gtest/gtest.h>

#include "core/base/detail.h"
#include "kalends/v1/account_service.pb.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/consent_service.pb.h"
#include "kalends/v1/notification_service.pb.h"
#include "kalends/v1/payment_service.pb.h"
#include "kalends/v1/profile_service.pb.h"
#include "kalends/v1/provider_service.pb.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::server {
namespace {

// "field: what is wrong", or "OK".
template <typename Request>
std::string Check(const Request& request) {
  const absl::Status status = FieldRules(*Request::descriptor()).Check(request);
  if (status.ok()) return "OK";
  const auto violation = core::DetailOf<core::FieldViolation>(status).value();
  return violation.field + ": " + violation.description;
}

v1::CreateServiceRequest Service(int minutes) {
  v1::CreateServiceRequest request;
  request.mutable_service()->set_display_name("Beratung");
  request.mutable_service()->mutable_duration()->set_seconds(std::int64_t{minutes} * 60);
  return request;
}

TEST(FieldRules, BothEndsOfARangeAreInIt) {
  EXPECT_EQ(Check(Service(5)), "OK");
  EXPECT_EQ(Check(Service(1440)), "OK");
  EXPECT_EQ(Check(Service(4)), "service.duration: must be 5 to 1440 minutes");
  EXPECT_EQ(Check(Service(1441)), "service.duration: must be 5 to 1440 minutes");
}

TEST(FieldRules, MinutesAreWhole) {
  auto request = Service(60);
  request.mutable_service()->mutable_duration()->set_seconds(61);
  EXPECT_EQ(Check(request), "service.duration: must be in whole minutes");
}

TEST(FieldRules, WhatIsRequiredIsThere) {
  auto request = Service(60);
  request.mutable_service()->clear_duration();
  EXPECT_EQ(Check(request), "service.duration: must be set");
  v1::CreatePaymentRequest payment;
  payment.mutable_payment();
  EXPECT_EQ(Check(payment), "payment.kind: must be set");
}

TEST(FieldRules, AMessageThatIsNotThereIsNotLookedInto) {
  EXPECT_EQ(Check(v1::CreateServiceRequest()), "OK");
}

TEST(FieldRules, TextsAreCountedInCharactersAndHaveLinesWhereTheyMay) {
  auto request = Service(60);
  std::string name;
  for (int i = 0; i < 100; ++i) name += "ü";
  request.mutable_service()->set_display_name(name);
  EXPECT_EQ(Check(request), "OK");
  request.mutable_service()->set_display_name(name + "ü");
  EXPECT_EQ(Check(request), "service.display_name: must have 1 to 100 characters");
  request.mutable_service()->set_display_name("a\nb");
  EXPECT_EQ(Check(request), "service.display_name: must not hold control characters");
  request.mutable_service()->set_display_name("a");
  request.mutable_service()->set_description("a\nb");
  EXPECT_EQ(Check(request), "OK");
}

TEST(FieldRules, AnUpdateIsLookedAtWhereItsMaskSays) {
  v1::UpdateServiceRequest request;
  request.mutable_service()->set_capacity(501);
  request.mutable_update_mask()->add_paths("place");
  EXPECT_EQ(Check(request), "OK") << "neither the name nor the capacity is changed";
  request.mutable_update_mask()->add_paths("capacity");
  EXPECT_EQ(Check(request), "service.capacity: must be 0 to 500");
}

TEST(FieldRules, EachEntryOfAListIsChecked) {
  v1::UpdateProviderRequest request;
  request.mutable_update_mask()->add_paths("reminders");
  request.mutable_provider()->set_etag("1");
  for (int i = 0; i < 5; ++i) request.mutable_provider()->add_reminders()->set_seconds(300);
  EXPECT_EQ(Check(request), "OK");
  request.mutable_provider()->mutable_reminders(4)->set_seconds(240);
  EXPECT_EQ(Check(request), "provider.reminders[4]: must be 5 to 43200 minutes");
  request.mutable_provider()->add_reminders()->set_seconds(300);
  EXPECT_EQ(Check(request), "provider.reminders: must be at most 5");
}

TEST(FieldRules, FieldsOfEntriesAreNamedByTheirPathAndIndex) {
  v1::UpdateScheduleRequest request;
  request.mutable_update_mask()->add_paths("weekly_hours");
  request.mutable_schedule()->set_etag("1");
  for (int i = 0; i < 12; ++i) {
    v1::WeeklyHours* hours = request.mutable_schedule()->add_weekly_hours();
    hours->set_weekday(7);
    hours->mutable_hours();
  }
  EXPECT_EQ(Check(request), "OK");
  request.mutable_schedule()->add_weekly_hours()->set_weekday(7);
  EXPECT_EQ(Check(request), "schedule.weekly_hours[12].hours: must be set");
  request.mutable_schedule()->mutable_weekly_hours(3)->set_weekday(8);
  EXPECT_EQ(Check(request), "schedule.weekly_hours[3].weekday: must be 1 to 7");
}

TEST(FieldRules, AListIsReplacedOnlyWithTheEtagOfWhatWasRead) {
  v1::UpdateScheduleRequest schedule;
  schedule.mutable_update_mask()->add_paths("daily_cap");
  EXPECT_EQ(Check(schedule), "OK");
  schedule.mutable_update_mask()->add_paths("special_dates");
  EXPECT_EQ(Check(schedule),
            "schedule.etag: must be that of what was read: the update replaces all of "
            "`special_dates`");
  schedule.mutable_schedule()->set_etag("1");
  EXPECT_EQ(Check(schedule), "OK");
  v1::UpdateServiceRequest service;
  service.mutable_update_mask()->add_paths("translations");
  EXPECT_EQ(Check(service),
            "service.etag: must be that of what was read: the update replaces all of "
            "`translations`");
}

// Every duration that a request can hold must say its range.
void ExpectRanges(const google::protobuf::Descriptor& message, const std::string& path, int depth) {
  for (int i = 0; i < message.field_count() && depth < 6; ++i) {
    const auto* field = message.field(i);
    const std::string name = path + "." + field->name();
    if (field->message_type() == nullptr || field->name() == "utc_offset")
      continue;  // Output only.
    if (field->message_type() != google::protobuf::Duration::descriptor()) {
      ExpectRanges(*field->message_type(), name, depth + 1);
      continue;
    }
    const v1::FieldRules& rules = field->options().GetExtension(v1::field);
    const v1::Span& span = rules.has_minutes() ? rules.minutes() : rules.seconds();
    EXPECT_TRUE(span.has_min() && span.has_max()) << name;
  }
}

TEST(FieldRules, EveryDurationOfARequestHasARange) {
  int requests = 0;
  for (const auto* message :
       {v1::Account::descriptor(), v1::Appointment::descriptor(), v1::Notification::descriptor(),
        v1::Profile::descriptor(), v1::Provider::descriptor(), v1::Schedule::descriptor(),
        v1::Service::descriptor()}) {
    for (int i = 0; i < message->file()->service_count(); ++i) {
      const auto* service = message->file()->service(i);
      for (int k = 0; k < service->method_count(); ++k, ++requests) {
        const auto* request = service->method(k)->input_type();
        ExpectRanges(*request, request->name(), 0);
      }
    }
  }
  EXPECT_GT(requests, 40);
}

TEST(FieldRules, OfAStreamGoForWhatItsMessageHolds) {
  v1::PublishConsentDocumentRequest request;
  request.set_data("bytes");
  EXPECT_EQ(Check(request), "OK");
  request.mutable_header()->mutable_document();
  EXPECT_EQ(Check(request), "header.document.display_name: must have 1 to 100 characters");
  request.mutable_header()->mutable_document()->set_display_name("AGB");
  EXPECT_EQ(Check(request), "OK");
}

TEST(FieldRules, APageHasNoNegativeSize) {
  v1::ListServicesRequest request;
  EXPECT_EQ(Check(request), "OK");
  request.set_page_size(-1);
  EXPECT_EQ(Check(request), "page_size: must not be negative");
}

TEST(FieldRules, AnEnumIsOneThatTheContractKnows) {
  v1::CreatePaymentRequest request;
  request.mutable_payment()->set_kind(v1::Payment::KIND_REFUND);
  EXPECT_EQ(Check(request), "OK");
  request.mutable_payment()->set_kind(static_cast<v1::Payment::Kind>(99));
  EXPECT_EQ(Check(request), "payment.kind: must be one of the enum Kind");
}

}  // namespace
}  // namespace kalends::server

// What is kept of texts from people: nothing that turns the direction of others' or shows nothing.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/server/field_rules.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/schedule_service.pb.h"
#include "tests/support/any_call.h"
#include "tests/support/violation.h"

namespace kalends::server {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

template <typename Request>
absl::Status CleanAndCheck(Request& request) {
  return FieldRules(*Request::descriptor()).CleanAndCheck(request);
}

TEST(CleanAndCheck, TakesOutOfTextsWithLinesWhatTurnsOthers) {
  v1::RejectAppointmentRequest rejection;
  rejection.set_reason("krank\u202E\n\u200Bja");
  EXPECT_TRUE(CleanAndCheck(rejection).ok());
  EXPECT_EQ(rejection.reason(), "krank\nja");
  v1::RequestAppointmentRequest request;
  request.mutable_appointment()->set_note("\u2067bitte\u2069");
  EXPECT_TRUE(CleanAndCheck(request).ok());
  EXPECT_EQ(request.appointment().note(), "bitte");
}

TEST(CleanAndCheck, ChecksWhatIsLeft) {
  v1::RejectAppointmentRequest rejection;
  rejection.set_reason(std::string(500, 'x') + "\u202E");
  EXPECT_TRUE(CleanAndCheck(rejection).ok());
  rejection.set_reason("a\x01");
  EXPECT_EQ(test::FieldOf(CleanAndCheck(rejection)), "reason");
}

TEST(CleanAndCheck, LeavesWhatIsNoTextOfPeople) {
  v1::RejectAppointmentRequest rejection;
  rejection.set_etag("\u202E");
  EXPECT_TRUE(CleanAndCheck(rejection).ok());
  EXPECT_EQ(rejection.etag(), "\u202E");
}

// Of one line: where they are decoded, by core::CleanLine or what is made of it.
constexpr std::string_view kCleanedLines[] = {
    "Account.display_name",
    "AnswerTicketRequest.answered_by",
    "ApiKey.display_name",
    "Attachment.file_name",
    "Closure.label",
    "ConnectSupportDeskRequest.display_name",
    "ConsentDocument.display_name",
    "EnsureAccountRequest.display_name",
    "ImportCustomerRequest.display_name",
    "ImportProviderRequest.display_name",
    "Invitation.label",
    "LocalizedText.description",  // By core::CleanLines: the values of maps have no rules.
    "LocalizedText.display_name",
    "Package.display_name",
    "Payment.note",
    "Picture.caption",
    "Profile.email",
    "Profile.phone",
    "Provider.display_name",
    "PublishConsentDocumentRequest.Header.file_name",
    "PublishConsentVersionRequest.Header.file_name",
    "RegisterProviderRequest.display_name",
    "Service.display_name",
    "SpecialDate.label",
    "UploadDocumentRequest.Header.file_name",
    "WebLink.display_name",
};
// Not of people, not kept, or only told by the core.
constexpr std::string_view kNoTexts[] = {
    "Appointment.AgreedTime.local_time",
    "Appointment.AgreedTime.rules_version",
    "Appointment.StatusChange.api_key",
    "Appointment.StatusChange.reason",
    "Appointment.customer_display_name",
    "Appointment.customer_time_zone",
    "Appointment.place",
    "Appointment.provider_display_name",
    "Appointment.provider_time_zone",
    "Appointment.service_description",
    "Appointment.service_display_name",
    "Appointment.specialist_display_name",
    "BusyCalendar.address",
    "BusyCalendar.affected_appointments",
    "BusyCalendar.host",
    "BusyCalendar.password",
    "BusyCalendar.user",
    "Card.message",
    "ConsentVersion.file_name",
    "DropCardRequest.message",
    "ListLinksRequest.name_contains",
    "Message.sender_display_name",
    "Profile.accent_color",
    "Profile.former_slugs",
    "Profile.map_link",
    "Profile.website",
    "Provider.Organization.display_name",
    "Provider.Specialist.display_name",
    "Provider.profile_slug",
    "ReportBusyCalendarRequest.Read.entity_tag",
    "ReportBusyCalendarRequest.Read.last_modified",
    "SearchTimeZonesRequest.query",
    "TicketMessage.answered_by",
    "WebLink.url",
};
// The same by what they are called: names of resources, keys, codes.
constexpr std::string_view kNoTextNames[] = {
    "account",
    "appointment",
    "bridge_key",
    "channel",
    "channel_key",
    "code",
    "consent_document",
    "content_type",
    "currency_code",
    "customer",
    "declined_by",
    "delivered_as",
    "etag",
    "except_appointment",
    "external_id",
    "identities",
    "identity",
    "invitation",
    "language_code",
    "link",
    "media_type",
    "name",
    "organization",
    "package",
    "page_token",
    "parent",
    "paths",
    "payment_link",
    "preview_token",
    "provider",
    "reference",
    "replaced_by",
    "replaces",
    "request_id",
    "service",
    "services",
    "slug",
    "specialist",
    "specialists",
    "ticket",
    "time_zone",
    "token",
    "unreadable_fields",
    "version",
};

// The texts that requests can hold, by their names in the contract; whether they are cleaned by
// their rule.
void AddTexts(const Descriptor& message, std::set<const Descriptor*>& seen,
              std::map<std::string, bool>& texts) {
  if (!seen.insert(&message).second) return;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (field.message_type() != nullptr) {
      AddTexts(*field.message_type(), seen, texts);
    } else if (field.type() == FieldDescriptor::TYPE_STRING && !message.options().map_entry()) {
      constexpr std::string_view kPackage = "kalends.v1.";
      texts[field.full_name().substr(kPackage.size())] =
          field.options().GetExtension(v1::field).lines();
    }
  }
}

TEST(CleanAndCheck, EveryTextOfPeopleIsCleanedSomewhere) {
  std::set<const Descriptor*> seen;
  std::map<std::string, bool> texts;
  for (const std::string& name : test::ServicesOfContract()) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    ASSERT_NE(service, nullptr) << name;
    for (int i = 0; i < service->method_count(); ++i) {
      AddTexts(*service->method(i)->input_type(), seen, texts);
    }
  }
  std::set<std::string_view> listed(std::begin(kCleanedLines), std::end(kCleanedLines));
  listed.insert(std::begin(kNoTexts), std::end(kNoTexts));
  const std::set<std::string_view> names(std::begin(kNoTextNames), std::end(kNoTextNames));
  for (const auto& [text, cleaned] : texts) {
    if (cleaned || names.contains(std::string_view(text).substr(text.rfind('.') + 1))) {
      EXPECT_FALSE(listed.contains(text)) << text << " needs no row";
    } else {
      EXPECT_TRUE(listed.contains(text))
          << text << " is kept with what turns the direction of other texts: let its rule have"
          << " `lines`, or clean it where it is decoded, and list it";
    }
    listed.erase(text);
  }
  for (const std::string_view text : listed) ADD_FAILURE() << "there is no " << text;
}

}  // namespace
}  // namespace kalends::server

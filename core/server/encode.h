// Value types -> messages.
#pragma once

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <string_view>

#include "core/app/accounts.h"
#include "core/app/booking.h"
#include "core/app/consents.h"
#include "core/app/documents.h"
#include "core/app/notifications_view.h"
#include "core/app/providers.h"
#include "core/app/schedule.h"
#include "core/base/time.h"
#include "core/invitations/invitation.h"
#include "core/keys/api_key.h"
#include "kalends/v1/account_service.pb.h"
#include "kalends/v1/admin_service.pb.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/consent_service.pb.h"
#include "kalends/v1/document_service.pb.h"
#include "kalends/v1/invitation_service.pb.h"
#include "kalends/v1/notification_service.pb.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::server {

google::protobuf::Timestamp EncodeInstant(core::Instant instant);
google::protobuf::Duration EncodeSeconds(std::chrono::seconds seconds);
v1::Date EncodeDate(date::local_days date);
void EncodeMoney(const core::Money& money, v1::Money* message);
v1::ProviderKind EncodeKind(core::ProviderKind kind);
v1::Appointment::Status EncodeStatus(core::AppointmentStatus status);
v1::Appointment::Actor EncodeActor(core::Actor actor);

std::string ProviderName(core::ProviderId id);
std::string AccountName(core::AccountId id);
std::string ServiceName(core::ProviderId provider, core::ServiceId id);
std::string AppointmentName(core::ProviderId provider, core::AppointmentId id);
std::string NotificationName(core::NotificationId id);

// Each fills an empty message.
void Encode(const app::AccountView& view, core::Instant now, v1::Account* message);
void Encode(const app::ProviderView& view, v1::Provider* message);
void Encode(const core::Invitation& invitation, core::Instant now, v1::Invitation* message);
void Encode(const core::Service& service, v1::Service* message);
void Encode(core::ProviderId provider, const storage::ScheduleRow& row, v1::Schedule* message);
void Encode(core::ProviderId provider, const core::Closure& closure, v1::Closure* message);
void Encode(core::ProviderId provider, const core::Opening& opening, v1::Opening* message);
void Encode(const app::AppointmentView& view, v1::Appointment* message);
void Encode(const app::NotificationView& view, v1::Notification* message);
void Encode(const core::ApiKey& key, core::Instant now, v1::ApiKey* message);

std::string LinkName(const core::LinkKey& link);
std::string ConsentDocumentName(core::ProviderId provider, core::ConsentDocumentId id);
std::string ConsentVersionName(const core::ConsentVersionRef& ref);
void Encode(const app::DocumentView& view, v1::Document* message);
void Encode(const app::FileView& view, v1::FileInfo* message);
void Encode(const app::DownloadView& view, v1::Download* message);
void Encode(const core::ConsentDocument& document, v1::ConsentDocument* message);
void Encode(const core::ConsentDocument& document, const core::ConsentVersion& version,
            v1::ConsentVersion* message);
void Encode(const app::ConsentView& view, v1::Consent* message);
void Encode(const app::ConsentRecordView& view, v1::ConsentRecord* message);

}  // namespace kalends::server

// The services of the contract. A new one is a file with a function, declared and listed here.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "core/app/notifications_hub.h"
#include "core/server/calls.h"
#include "core/server/pictures_program.h"
#include "core/server/rpcs.h"
#include "core/server/transfers.h"

namespace kalends::server {

// What services are made of. All of it outlives them.
struct Serving {
  Calls& calls;
  app::NotificationHub& hub;
  Transfers& transfers;
  PicturePrograms& pictures;
  core::Instant started;
};
using Served = absl::StatusOr<std::unique_ptr<BoundService>>;

Served MakeAccountService(const Serving& serving);
Served MakeProviderService(const Serving& serving);
Served MakeInvitationService(const Serving& serving);
Served MakeFeedService(const Serving& serving);
Served MakePictureService(const Serving& serving);
Served MakeProfileService(const Serving& serving);
Served MakeCatalogService(const Serving& serving);
Served MakeScheduleService(const Serving& serving);
Served MakeBookingService(const Serving& serving);
Served MakeBusyCalendarService(const Serving& serving);
Served MakePaymentService(const Serving& serving);
Served MakePackageService(const Serving& serving);
Served MakeStatisticsService(const Serving& serving);
Served MakeLinkService(const Serving& serving);
Served MakeNoteService(const Serving& serving);
Served MakeChatService(const Serving& serving);
Served MakeSupportService(const Serving& serving);
Served MakePrivacyService(const Serving& serving);
Served MakeDocumentService(const Serving& serving);
Served MakeConsentService(const Serving& serving);
Served MakeNotificationService(const Serving& serving);
Served MakeSessionService(const Serving& serving);
Served MakeAdminService(const Serving& serving);
Served MakeImportService(const Serving& serving);

inline constexpr Served (*kServices[])(const Serving&) = {
    MakeAccountService,  MakeProviderService,     MakeInvitationService,   MakeProfileService,
    MakeCatalogService,  MakeScheduleService,     MakeBookingService,      MakePaymentService,
    MakeLinkService,     MakeChatService,         MakeSupportService,      MakePrivacyService,
    MakeDocumentService, MakeConsentService,      MakeNotificationService, MakeSessionService,
    MakeAdminService,    MakePackageService,      MakeNoteService,         MakeStatisticsService,
    MakePictureService,  MakeBusyCalendarService, MakeFeedService,         MakeImportService};

}  // namespace kalends::server

#include "core/server/privacy_export_sections.h"

#include <iterator>
#include <utility>

#include "core/app/accounts.h"
#include "core/base/status_macros.h"

namespace kalends::server {

// Each defined with the messages of its subject.
extern const SubjectExport kAccountsExport, kSessionsExport, kFeedsExport, kProvidersExport,
    kProfilesExport, kStaffExport, kCatalogExport, kScheduleExport, kBusyExport, kInvitationsExport,
    kLinksExport, kBookingExport, kPaymentsExport, kPicturesExport, kPackagesExport, kNotesExport,
    kChatExport, kSupportExport, kDocumentsExport, kConsentsExport;

namespace {

void Append(std::vector<ExportSection> more, std::vector<ExportSection>& sections) {
  std::move(more.begin(), more.end(), std::back_inserter(sections));
}

}  // namespace

std::span<const SubjectExport* const> SubjectExports() {
  static constexpr const SubjectExport* kExports[] = {
      &kAccountsExport, &kSessionsExport, &kFeedsExport,     &kProvidersExport, &kProfilesExport,
      &kStaffExport,    &kCatalogExport,  &kScheduleExport,  &kBusyExport,      &kInvitationsExport,
      &kLinksExport,    &kBookingExport,  &kPaymentsExport,  &kPackagesExport,  &kNotesExport,
      &kChatExport,     &kSupportExport,  &kDocumentsExport, &kConsentsExport,  &kPicturesExport,
  };
  return kExports;
}

absl::StatusOr<std::vector<ExportSection>> SectionsOf(const app::ReadContext& cx,
                                                      core::AccountId account) {
  ASSIGN_OR_RETURN(const app::AccountView view, app::GetAccount(cx, account));
  std::vector<ExportSection> sections;
  for (const SubjectExport* subject : SubjectExports()) {
    if (subject->of_customer != nullptr) Append(subject->of_customer(account), sections);
  }
  if (!view.provider) return sections;
  for (const SubjectExport* subject : SubjectExports()) {
    if (subject->of_provider != nullptr) Append(subject->of_provider(*view.provider), sections);
  }
  return sections;
}

}  // namespace kalends::server

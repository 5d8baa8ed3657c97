#include "core/app/privacy.h"

#include <algorithm>

#include "core/app/accounts.h"
#include "core/app/booking.h"
#include "core/app/booking_parts.h"
#include "core/app/documents.h"
#include "core/app/providers.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/providers.h"
#include "storage/schedule.h"

namespace kalends::app {
namespace {

constexpr int kBatch = 500;

absl::StatusOr<core::Account> OwnAccount(const ReadContext& cx, core::AccountId id) {
  auto account = storage::FindAccount(cx.tx, id);
  if (!account || account->erased || !core::MayActAs(cx.caller, id)) {
    return core::Error(core::Reason::kNotFound);
  }
  return *std::move(account);
}

// Requests without an answer, and accepted ones that have not begun. One that runs, or that nobody
// marked yet, took place: the other side or time will mark it.
bool IsOpen(const core::Appointment& appointment, core::Instant now) {
  return appointment.status == core::AppointmentStatus::kPending ||
         (appointment.status == core::AppointmentStatus::kAccepted &&
          appointment.interval.start > now);
}

std::vector<core::Appointment> OpenOnes(storage::Transaction& tx, const storage::Whose& whose,
                                        core::Instant now) {
  std::vector<core::Appointment> open;
  std::optional<storage::AppointmentCursor> after;
  while (true) {
    const auto page = storage::ListUpcoming(tx, whose, now, after, kBatch);
    std::copy_if(page.begin(), page.end(), std::back_inserter(open),
                 [&](const core::Appointment& one) { return IsOpen(one, now); });
    if (page.size() < kBatch) return open;
    after = storage::AppointmentCursor{page.back().interval.start, page.back().id};
  }
}

void CancelAll(WriteContext& cx, const storage::Whose& whose) {
  for (core::Appointment& appointment : OpenOnes(cx.tx, whose, cx.now)) {
    CancelBySystem(cx, appointment, "account_deleted");
  }
}

void DropBlobs(WriteContext& cx, const storage::BlobStore& store,
               const std::vector<std::string>& blobs) {
  for (const std::string& blob : blobs) DropBlob(cx, store, blob);
}

void EraseAsProvider(WriteContext& cx, const storage::BlobStore& blobs, core::Provider provider) {
  provider.display_name = core::kErasedName;
  provider.reminders.clear();
  provider.erased = cx.now;
  ++provider.version;
  storage::UpdateProvider(cx.tx, provider);
  CancelAll(cx, storage::AsProvider{provider.id});
  cx.changed_catalogs.push_back(provider.id);
  for (const core::ProviderId organization : storage::OrganizationsOf(cx.tx, provider.id)) {
    cx.changed_catalogs.push_back(organization);
  }
  DropBlobs(cx, blobs, storage::EraseDocuments(cx.tx, provider.id, cx.now));
  storage::EraseProvider(cx.tx, provider.id, provider.account);
  if (provider.kind == core::ProviderKind::kSpecialist) cx.calendars.Reload(provider.id);
}

}  // namespace

absl::StatusOr<DeletionPreview> PreviewDeletion(const ReadContext& cx, core::AccountId id) {
  DeletionPreview preview;
  ASSIGN_OR_RETURN(preview.account, OwnAccount(cx, id));
  const auto count_open = [&](const storage::Whose& whose) {
    return static_cast<int>(OpenOnes(cx.tx, whose, cx.now).size());
  };
  preview.cancelled_as_customer = count_open(storage::AsCustomer{id});
  preview.customer = storage::CountTraces(cx.tx, id);
  if (const auto provider = storage::FindProviderOfAccount(cx.tx, id)) {
    preview.provider = {count_open(storage::AsProvider{provider->id}),
                        storage::CountTraces(cx.tx, provider->id)};
  }
  return preview;
}

absl::Status DeleteAccount(WriteContext& cx, const storage::BlobStore& blobs, core::AccountId id,
                           std::string_view etag) {
  ASSIGN_OR_RETURN(core::Account account, OwnAccount(cx.AsRead(), id));
  RETURN_IF_ERROR(CheckEtag(etag, account.version));
  // First of all, so that nothing more is told to nobody.
  account.display_name = core::kErasedName;
  account.language = core::Language::kEn;
  account.time_zone.clear();
  account.erased = cx.now;
  ++account.version;
  storage::UpdateAccount(cx.tx, account);
  CancelAll(cx, storage::AsCustomer{id});
  if (auto provider = storage::FindProviderOfAccount(cx.tx, id)) {
    EraseAsProvider(cx, blobs, *std::move(provider));
  }
  DropBlobs(cx, blobs, storage::EraseDocuments(cx.tx, id, cx.now));
  storage::EraseCustomer(cx.tx, id);
  storage::EraseAccess(cx.tx, id, RequestScope(id));
  return absl::OkStatus();
}

}  // namespace kalends::app

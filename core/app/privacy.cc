#include "core/app/privacy.h"

#include "core/app/documents.h"
#include "core/app/keys_streams.h"
#include "core/base/error.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "storage/accounts.h"
#include "storage/providers.h"

namespace kalends::app {

// Each defined with the use cases of its subject.
extern const Farewell kAccountsFarewell, kProvidersFarewell, kBookingFarewell, kCatalogFarewell,
    kScheduleFarewell;

namespace {

// In this order: nothing is told any more to who is erased already.
constexpr const Farewell* kFarewells[] = {&kAccountsFarewell, &kProvidersFarewell,
                                          &kBookingFarewell, &kCatalogFarewell, &kScheduleFarewell};

absl::StatusOr<Leaving> FindLeaving(const ReadContext& cx, core::AccountId id) {
  auto account = storage::FindAccount(cx.tx, id);
  if (!account || account->erased || !core::MayActAs(cx.caller, id)) {
    return core::NotFound("accounts/*", id);
  }
  return Leaving{*std::move(account), storage::FindProviderOfAccount(cx.tx, id)};
}

storage::Leaver LeaverOf(const Leaving& leaving, core::Instant now) {
  const core::AccountId account = leaving.account.id;
  const auto provider = leaving.provider ? std::optional(leaving.provider->id) : std::nullopt;
  return {account, provider, now, RequestScope(account)};
}

}  // namespace

std::vector<storage::Trace> PreviewedTraces() {
  std::vector<storage::Trace> all;
  for (const storage::Erasure* erasure : storage::Erasures()) {
    all.insert(all.end(), erasure->traces.begin(), erasure->traces.end());
  }
  for (const Farewell* farewell : kFarewells) {
    all.insert(all.end(), farewell->traces.begin(), farewell->traces.end());
  }
  return all;
}

absl::StatusOr<DeletionPreview> PreviewDeletion(const ReadContext& cx, core::AccountId id) {
  ASSIGN_OR_RETURN(const Leaving leaving, FindLeaving(cx, id));
  return DeletionPreview{leaving.account, leaving.provider,
                         storage::CountTraces(cx.tx, LeaverOf(leaving, cx.now), PreviewedTraces())};
}

absl::Status DeleteAccount(WriteContext& cx, const storage::BlobStore& blobs, core::AccountId id,
                           std::string_view etag) {
  ASSIGN_OR_RETURN(const Leaving leaving, FindLeaving(cx.AsRead(), id));
  RETURN_IF_ERROR(CheckEtag(etag, leaving.account.version));
  cx.gone.push_back({StreamOf(id), core::Error(core::Reason::kAccountUnknown)});
  for (const Farewell* farewell : kFarewells) {
    if (farewell->begin != nullptr) farewell->begin(cx, leaving);
  }
  for (const std::string& blob : storage::Erase(cx.tx, LeaverOf(leaving, cx.now))) {
    DropBlob(cx, blobs, blob);
  }
  for (const Farewell* farewell : kFarewells) {
    if (farewell->end != nullptr) farewell->end(cx, leaving);
  }
  cx.erased = true;
  return absl::OkStatus();
}

}  // namespace kalends::app

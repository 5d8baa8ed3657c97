// Use cases of erasing an account. Exporting one is put together in core/server out of what the
// other use cases show the account.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/accounts/account.h"
#include "core/app/context.h"
#include "core/providers/provider.h"
#include "storage/blobs/blob_store.h"
#include "storage/privacy.h"

namespace kalends::app {

struct Leaving {
  core::Account account;
  std::optional<core::Provider> provider;
};

// What a subject does about an account that goes beside what storage::Erasure takes out of its
// tables.
struct Farewell {
  std::span<const storage::Trace> traces = {};
  // Before anything is taken out.
  void (*begin)(WriteContext& cx, const Leaving& leaving) = nullptr;
  // Afterwards.
  void (*end)(WriteContext& cx, const Leaving& leaving) = nullptr;
};

// All that a preview counts, of every subject.
std::vector<storage::Trace> PreviewedTraces();

// What DeleteAccount would do now: what of the account's and of its provider's is concerned, by the
// names of the preview's fields.
struct DeletionPreview {
  core::Account account;
  std::optional<core::Provider> provider;
  std::vector<storage::TraceCount> counts;
};
absl::StatusOr<DeletionPreview> PreviewDeletion(const ReadContext& cx, core::AccountId account);

// Erases the account: NOT_FOUND, STALE_ETAG. Open appointments are cancelled by the system and the
// other side is told; whatever the books of others refer to stays without a name.
absl::Status DeleteAccount(WriteContext& cx, const storage::BlobStore& blobs,
                           core::AccountId account, std::string_view etag);

}  // namespace kalends::app

// Use cases of erasing an account. Exporting one is put together in core/server out of what the
// other use cases show the account.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/accounts/account.h"
#include "core/app/context.h"
#include "storage/blobs/blob_store.h"
#include "storage/privacy.h"

namespace kalends::app {

// What DeleteAccount would do now.
struct DeletionPreview {
  core::Account account;
  int cancelled_as_customer = 0;
  storage::CustomerTraces customer;
  struct OfProvider {
    int cancelled = 0;
    storage::ProviderTraces traces;
  };
  std::optional<OfProvider> provider;
};
absl::StatusOr<DeletionPreview> PreviewDeletion(const ReadContext& cx, core::AccountId account);

// Erases the account: NOT_FOUND, STALE_ETAG. Open appointments are cancelled by the system and the
// other side is told; whatever the books of others refer to stays without a name.
absl::Status DeleteAccount(WriteContext& cx, const storage::BlobStore& blobs,
                           core::AccountId account, std::string_view etag);

}  // namespace kalends::app

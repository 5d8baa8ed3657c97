// Services of the catalog. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <vector>

#include "core/catalog/service.h"
#include "storage/database.h"

namespace kalends::storage {

void InsertService(Transaction& tx, const core::Service& service);
void UpdateService(Transaction& tx,
                   const core::Service& service);  // All, translations and staff too.
// Whether one of the staff does it. False: that is so already.
bool SetServiceDeclined(Transaction& tx, core::ProviderId provider, core::ServiceId id,
                        core::ProviderId specialist, bool declined);
// Its place in the catalog alone.
void SetServicePosition(Transaction& tx, core::ProviderId provider, core::ServiceId id,
                        int position);
std::optional<core::Service> FindService(Transaction& tx, core::ProviderId provider,
                                         core::ServiceId id);

struct ServiceCursor {
  int position = 0;
  core::ServiceId id;
};
enum class Archived { kHide, kShow };
// By (position, id).
std::vector<core::Service> ListServices(Transaction& tx, core::ProviderId provider,
                                        Archived archived,
                                        const std::optional<ServiceCursor>& after, int limit);
int CountServices(Transaction& tx, core::ProviderId provider);
bool HasOpenService(Transaction& tx, core::ProviderId provider);  // Not archived.

}  // namespace kalends::storage

// Use cases of the service catalog.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/app/context.h"
#include "core/catalog/service.h"
#include "storage/catalog.h"

namespace kalends::app {

// Whether CreateService would make it.
absl::Status CheckNewService(const ReadContext& cx, const core::Service& service);
// `service` without id and version; all else is checked here.
absl::StatusOr<core::Service> CreateService(WriteContext& cx, core::Service service);
absl::StatusOr<core::Service> GetService(const ReadContext& cx, core::ProviderId provider,
                                         core::ServiceId id);
absl::StatusOr<std::vector<core::Service>> ListServices(
    const ReadContext& cx, core::ProviderId provider, storage::Archived archived,
    const std::optional<storage::ServiceCursor>& after, int limit);
// `change` alters what the caller's mask names.
absl::StatusOr<core::Service> UpdateService(WriteContext& cx, core::ProviderId provider,
                                            core::ServiceId id, std::string_view etag,
                                            const std::function<void(core::Service&)>& change);
enum class Offering { kArchived, kOffered };
absl::StatusOr<core::Service> SetOffering(WriteContext& cx, core::ProviderId provider,
                                          core::ServiceId id, Offering offering);
// Whether `specialist`, of the staff of `organization`, does its service. Said by themselves.
absl::StatusOr<core::Service> SetServiceDeclined(WriteContext& cx, core::ProviderId organization,
                                                 core::ServiceId id, core::ProviderId specialist,
                                                 bool declined);
// Past `places` of the offered ones (core/catalog/order.h); not 0. INVALID_FIELD, SERVICE_ARCHIVED.
absl::StatusOr<core::Service> MoveService(WriteContext& cx, core::ProviderId provider,
                                          core::ServiceId id, int places);

}  // namespace kalends::app

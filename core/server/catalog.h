// Services of a catalog and their messages.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/app/catalog.h"
#include "core/server/decode.h"
#include "core/server/listing.h"
#include "kalends/v1/catalog_service.pb.h"

namespace kalends::server {

// "providers/{provider}/services/{service}".
std::string ServiceName(core::ProviderId provider, core::ServiceId id);
absl::StatusOr<ChildName<core::ServiceId>> DecodeServiceName(std::string_view field,
                                                             std::string_view name);

void Encode(const core::Service& service, v1::Service* message);
// INVALID_FIELD.
absl::StatusOr<core::Service> DecodeService(core::ProviderId provider, const v1::Service& message);

// In the order of the catalog.
Listing<core::Service, storage::ServiceCursor, v1::Service> ServicesOf(core::ProviderId provider,
                                                                       storage::Archived archived);

}  // namespace kalends::server

// What was brought in from another program, by its ids there. Call only inside Database::Read or
// Submit.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/id.h"
#include "core/links/link.h"
#include "storage/database.h"

namespace kalends::storage {

std::optional<core::AccountId> FindImportedCustomer(Transaction& tx, core::ProviderId provider,
                                                    std::string_view external_id);
void InsertImportedCustomer(Transaction& tx, const core::LinkKey& link,
                            std::string_view external_id);

std::optional<core::ServiceId> FindImportedService(Transaction& tx, core::ProviderId provider,
                                                   std::string_view external_id);
void InsertImportedService(Transaction& tx, core::ProviderId provider, core::ServiceId service,
                           std::string_view external_id);

std::optional<core::AppointmentId> FindImportedAppointment(Transaction& tx,
                                                           core::ProviderId provider,
                                                           std::string_view external_id);
void InsertImportedAppointment(Transaction& tx, core::ProviderId provider,
                               core::AppointmentId appointment, std::string_view external_id);

}  // namespace kalends::storage

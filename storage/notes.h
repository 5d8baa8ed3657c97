// Private notes of providers, sealed. Call only inside Database::Read or Submit.
#pragma once

#include <vector>

#include "core/base/id.h"
#include "core/links/link.h"
#include "core/notes/private_note.h"
#include "storage/booking.h"
#include "storage/database.h"

namespace kalends::storage {

// What was noted; the empty note where nothing ever was.
core::PrivateNote FindNote(Transaction& tx, const core::LinkKey& link);
core::PrivateNote FindNote(Transaction& tx, core::AppointmentId appointment);
// Writes it as it is, over the one that is there.
void PutNote(Transaction& tx, const core::LinkKey& link, const core::PrivateNote& note);
void PutNote(Transaction& tx, core::AppointmentId appointment, const core::PrivateNote& note);

// The customers that a provider has noted something on, by id, from above `after`.
std::vector<core::AccountId> NotedCustomers(Transaction& tx, core::ProviderId provider,
                                            core::AccountId after, int limit);

}  // namespace kalends::storage

// The PostgreSQL driver: one writer that group-commits, readers with connections of their own.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/database.h"

namespace kalends::storage {

// Connects to the database that `address` names (a URI or key words, as libpq takes them), makes
// its tables or brings them up to date, and keeps every other core from writing to it for as long
// as this lives. FAILED_PRECONDITION with a sentence for people, without the address, in which
// there may be a password: there is no way to it, it is another program's or from a newer one, its
// texts are not in UTF-8, another core writes to it.
absl::StatusOr<std::unique_ptr<Database>> OpenPostgres(const std::string& address);

}  // namespace kalends::storage

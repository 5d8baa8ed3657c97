#include "storage/sqlite/failure.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include "core/base/error.h"
#include "storage/unreadable.h"

namespace kalends::storage {
namespace {

constexpr int kPrimaryCode = 0xff;  // Extended result codes add bits above.

}  // namespace

absl::Status StatusOf(const std::exception& thrown) {
  // The log has named it.
  if (dynamic_cast<const UnreadableRow*>(&thrown) != nullptr) {
    return core::Error(core::Reason::kUnreadable);
  }
  const auto* failure = dynamic_cast<const SQLite::Exception*>(&thrown);
  if (failure == nullptr) {
    spdlog::error("A transaction failed: {}.", thrown.what());
    return core::Error(core::Reason::kInternal);
  }
  switch (failure->getErrorCode() & kPrimaryCode) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return core::Error(core::Reason::kBusy);
    case SQLITE_FULL:
      return core::Error(core::Reason::kStorageFull, "The disk is full; nothing was saved.");
    default:
      spdlog::error("A transaction failed: {} (SQLite code {}).", failure->what(),
                    failure->getExtendedErrorCode());
      return core::Error(core::Reason::kInternal);
  }
}

}  // namespace kalends::storage

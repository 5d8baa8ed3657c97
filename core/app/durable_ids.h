// Ids that stay unique and rising across every way a core can end: what may be given is reserved in
// the database, in the transaction that uses it.
#pragma once

#include <chrono>
#include <optional>

#include "core/base/id.h"
#include "storage/watermarks.h"

namespace kalends::app {

// Used on the writer's thread only. A body works between Begin and End.
class DurableIds {
 public:
  explicit DurableIds(core::IdSource source) : source_(std::move(source)) {}

  // The first call reads what earlier cores reserved.
  core::IdSource& Begin(storage::Transaction& tx);
  // Reserves what the body used, where that was not yet; and notes the time now and then. Call it
  // when the body is to be committed.
  void End(storage::Transaction& tx, core::Instant now);
  // The group was committed, or lost.
  void GroupEnded(bool committed);

 private:
  core::IdSource source_;
  // As committed, and with what the group has written so far. nullopt: not read yet.
  std::optional<storage::Watermarks> committed_;
  storage::Watermarks written_;
};

}  // namespace kalends::app

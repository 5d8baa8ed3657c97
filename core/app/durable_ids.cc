#include "core/app/durable_ids.h"

namespace kalends::app {
namespace {

// How far the noted time may lag behind: little for what it is there for (core::kClockBehindMax),
// and one more row in an hour.
constexpr std::chrono::hours kTimeNoted{1};

}  // namespace

core::IdSource& DurableIds::Begin(storage::Transaction& tx) {
  if (!committed_) {
    committed_ = written_ = storage::FindWatermarks(tx);
    source_.GoOnAbove(committed_->ids_up_to);
  }
  return source_;
}

void DurableIds::End(storage::Transaction& tx, core::Instant now) {
  const bool reserved = source_.Last() <= written_.ids_up_to;
  if (reserved && std::chrono::abs(now - written_.written) < kTimeNoted) return;
  const storage::Watermarks next{reserved ? written_.ids_up_to : source_.Reserved(), now};
  storage::PutWatermarks(tx, next);
  written_ = next;
}

void DurableIds::GroupEnded(bool committed) {
  if (!committed_) return;
  if (committed) {
    committed_ = written_;
  } else {
    written_ = *committed_;
  }
}

}  // namespace kalends::app

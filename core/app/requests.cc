// First answers are kept for a while (SPEC 4.4); the engine reads and writes them.
#include "storage/requests.h"

#include "core/app/duties.h"

namespace kalends::app {

extern constinit const Duty kForgetRequests{
    "forgetting old first answers",
    [](storage::Transaction& tx, core::Instant now, const DutyOptions&) {
      return storage::HasOldRequests(tx, now - core::kRequestIdKept);
    },
    [](WriteContext& cx, const DutyOptions&) {
      storage::PurgeRequests(cx.tx, cx.now - core::kRequestIdKept, kDutyPurgedMax);
    }};

}  // namespace kalends::app

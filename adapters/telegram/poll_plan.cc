#include "adapters/telegram/poll_plan.h"

#include <algorithm>

#include "adapters/telegram/update.h"

namespace kalends::telegram {
namespace {

// As every answer with updates begins; a proxy's page does not.
constexpr std::string_view kSuccess = R"({"ok":true)";
// Further ahead than any queue is long: no id to go on from where the rest cannot be read.
constexpr std::int64_t kIdsAheadMax = 1'000'000;

}  // namespace

bool PollPlan::OnUpdates(const nlohmann::json& updates) {
  tries_ = 0;
  failed_ = false;
  singly_ = updates.empty() ? 0 : std::max(singly_ - 1, 0);
  if (updates.empty()) return true;
  std::optional<std::int64_t> last;
  // Ids go up within a batch, but may start again lower after a quiet week.
  for (const nlohmann::json& update : updates) {
    if (const auto id = UpdateIdOf(update)) last = id;
  }
  if (!last) return false;
  offset_ = *last + 1;
  done_.clear();
  for (const nlohmann::json& update : updates) done_.insert(KeyOf(update, 0));
  return true;
}

void PollPlan::OnFailure() {
  offset_ = 0;
  failed_ = true;
}

bool PollPlan::IsRepeat(const nlohmann::json& update) const {
  return failed_ && UpdateIdOf(update) && done_.contains(KeyOf(update, 0));
}

std::optional<std::int64_t> PollPlan::OnUnreadable(std::string_view answer) {
  if (++tries_ < kUnreadableTriesMax) return std::nullopt;
  if (singly_ == 0) {
    tries_ = 0;
    singly_ = kUpdatesPerPoll;
    return std::nullopt;
  }
  if (!answer.starts_with(kSuccess)) return std::nullopt;
  const std::optional<std::int64_t> id = FindUpdateId(answer);
  if (!id) return std::nullopt;
  if (offset_ > 0 && (*id < offset_ || *id - offset_ > kIdsAheadMax)) return std::nullopt;
  tries_ = 0;
  singly_ = kUpdatesPerPoll;
  offset_ = *id + 1;
  return id;
}

}  // namespace kalends::telegram

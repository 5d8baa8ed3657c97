#include "adapters/telegram/crash_watch.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <sstream>
#include <utility>

#include "adapters/telegram/kept_session.h"
#include "adapters/telegram/session.h"

namespace kalends::telegram {
namespace {

constexpr char kName[] = "sessions/telegram-inbox";
constexpr char kAtWork[] = "at work";

}  // namespace

absl::Status CrashWatch::Open() {
  const auto left = LoadKept(client_, kName);
  // Damaged over there: that must not keep us from starting.
  if (!left.ok() && !absl::IsInternal(left.status())) return left.status();
  // "at work", and for each update at hand a line with its key and how often it was so.
  std::istringstream lines(left.value_or(kAtWork));
  std::string line;
  std::getline(lines, line);
  const bool crashed = line == kAtWork;
  std::string text;
  int crashes = 0;
  while (crashed && lines >> text >> crashes) {
    if (const auto key = ReadUpdateKey(text)) crashes_[*key] = crashes;
  }
  if (crashed) {
    spdlog::warn("the process before this one ended in the midst of its work");
    careful_until_ = std::chrono::steady_clock::now() + kCarefulFor;
  }
  opened_ = true;
  // What is suspected stays so, should this process not even get to handle it.
  return crashed ? absl::OkStatus() : StoreKept(client_, kName, kAtWork);
}

bool CrashWatch::Begin(const UpdateKey& update) {
  const std::lock_guard writing(writing_);
  const auto data = Note(update);
  if (!data) return false;
  if (data->empty()) return true;
  if (const absl::Status written = StoreKept(client_, kName, *data); !written.ok()) {
    WarnOf("not noted what is being handled", written);
  }
  return true;
}

std::optional<std::string> CrashWatch::Note(const UpdateKey& update) {
  const std::lock_guard lock(mutex_);
  if (!opened_) return "";
  if (crashes_[update] >= kCrashesMax) return std::nullopt;
  at_hand_.insert(update);
  std::string data = kAtWork;
  for (const UpdateKey& key : at_hand_) {
    // Counted beforehand: afterwards there may be nobody to do it.
    const std::string line = fmt::format("\n{} {}", TextOf(key), crashes_[key] + 1);
    if (data.size() + line.size() <= kSessionBytesMax) data += line;
  }
  return data;
}

void CrashWatch::End(const UpdateKey& update) {
  const std::lock_guard lock(mutex_);
  if (at_hand_.erase(update) > 0) crashes_.erase(update);
}

void CrashWatch::Close() {
  const std::lock_guard writing(writing_);
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(opened_, false)) return;
  }
  if (const absl::Status written = StoreKept(client_, kName, ""); !written.ok()) {
    WarnOf("the end is not noted", written);
  }
}

}  // namespace kalends::telegram

#include "adapters/telegram/backlog.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>

#include "adapters/telegram/json_reader.h"
#include "adapters/telegram/kept_session.h"
#include "adapters/telegram/session.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kHeaderBytesMax = 64;
constexpr std::size_t kPartBytesMax = kSessionBytesMax - kHeaderBytesMax;
constexpr int kDropAttemptsMax = 3;

std::string BacklogNameOf(int session) {
  return fmt::format("sessions/telegram-backlog:{}", session);
}

// A piece of an update as a session holds it: "1000000001:812:9f3a5c0012ab34cd 0 2\n" and the
// bytes.
struct Part {
  UpdateKey key;
  std::size_t number = 0;  // From 0.
  std::size_t count = 0;
  std::string bytes;
};

std::string WritePart(const Part& part) {
  return fmt::format("{} {} {}\n{}", TextOf(part.key), part.number, part.count, part.bytes);
}

template <typename Number>
bool TakeNumber(std::string_view& text, char end, Number& number) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest == text.data() + text.size() || *rest != end) return false;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()) + 1);
  return true;
}

std::optional<Part> ReadPart(std::string_view text) {
  Part part;
  const std::size_t space = std::min(text.find(' '), text.size());
  const auto key = ReadUpdateKey(text.substr(0, space));
  if (!key || space == text.size()) return std::nullopt;
  part.key = *key;
  text.remove_prefix(space + 1);
  if (!TakeNumber(text, ' ', part.number) || !TakeNumber(text, '\n', part.count) ||
      part.number >= part.count || part.count > kBacklogSessions) {
    return std::nullopt;
  }
  part.bytes = text;
  return part;
}

}  // namespace

absl::StatusOr<std::vector<KeptUpdate>> Backlog::Load() {
  struct Found {
    std::map<std::size_t, std::string> bytes;
    std::map<std::size_t, int> sessions;
    std::size_t count = 0;
  };
  std::map<UpdateKey, Found> found;
  for (int session = 0; session < kBacklogSessions; ++session) {
    const auto kept = LoadKept(client_, BacklogNameOf(session));
    if (!kept.ok() && !absl::IsInternal(kept.status())) return kept.status();
    if (!kept.ok()) {
      // Damaged over there: that must not keep us from starting.
      spdlog::error("place {} of the backlog cannot be read: {}", session,
                    absl::StatusCodeToString(kept.status().code()));
      free_.insert(session);
    } else if (const auto part = ReadPart(*kept)) {
      Found& update = found[part->key];
      update.bytes[part->number] = part->bytes;
      update.sessions[part->number] = session;
      update.count = part->count;
    } else {
      free_.insert(session);
    }
  }
  std::vector<KeptUpdate> updates;
  for (const auto& [id, update] : found) {
    std::string text;
    for (const auto& [number, bytes] : update.bytes) text += bytes;
    const bool whole = update.bytes.size() == update.count;
    for (const auto& [number, session] : update.sessions) {
      if (whole) {
        kept_[id].push_back(session);
      } else {
        free_.insert(session);  // A crash cut it short: Telegram still has it.
      }
    }
    if (whole) updates.push_back({id, ReadJson(text)});
  }
  return updates;
}

bool Backlog::Keep(const UpdateKey& key, const nlohmann::json& update) {
  const std::string text = WriteJson(update);
  const std::size_t count = (text.size() + kPartBytesMax - 1) / kPartBytesMax;
  std::vector<int> sessions;
  {
    const std::lock_guard lock(mutex_);
    std::vector<int>& kept = kept_[key];
    if (kept.empty() && count <= free_.size()) {
      for (std::size_t i = 0; i < count; ++i) kept.push_back(free_.extract(free_.begin()).value());
    }
    sessions = kept;
    if (sessions.empty()) kept_.erase(key);
  }
  if (sessions.empty()) {
    spdlog::warn("no room for one more update that is still being handled");
    return false;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Part part{key, i, count, text.substr(i * kPartBytesMax, kPartBytesMax)};
    if (const absl::Status status = StoreKept(client_, BacklogNameOf(sessions[i]), WritePart(part));
        !status.ok()) {
      WarnOf("update not kept", status);
      return false;
    }
  }
  return true;
}

std::size_t Backlog::CountKept() {
  const std::lock_guard lock(mutex_);
  return kept_.size();
}

void Backlog::Drop(const UpdateKey& key) {
  std::vector<int> sessions;
  {
    const std::lock_guard lock(mutex_);
    const auto kept = kept_.find(key);
    if (kept == kept_.end()) return;
    sessions = std::move(kept->second);
    kept_.erase(kept);
  }
  for (const int session : sessions) {
    absl::Status dropped;
    for (int attempt = 0; attempt < kDropAttemptsMax; ++attempt) {
      dropped = StoreKept(client_, BacklogNameOf(session), "");
      if (dropped.ok()) break;
    }
    // The next update that takes this place overwrites it.
    if (!dropped.ok()) WarnOf("update not dropped", dropped);
    const std::lock_guard lock(mutex_);
    free_.insert(session);
  }
}

}  // namespace kalends::telegram

#include "adapters/telegram/zones.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <mutex>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace kalends::telegram {
namespace {

constexpr char kSystemFolder[] = "/usr/share/zoneinfo";
// How often a zone's file is looked at: as often as the core does, which moves appointments to
// where new rules want them.
constexpr std::chrono::seconds kLookEvery{10};
constexpr std::string_view kZoneSigns =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";

// How a file lay on the disk.
struct FileMark {
  ino_t inode = 0;
  off_t size = 0;
  std::int64_t written_s = 0;
  std::int64_t written_ns = 0;

  friend bool operator==(const FileMark&, const FileMark&) = default;
};

std::optional<FileMark> MarkOf(const std::string& path) {
  struct stat facts{};
  if (stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
  return FileMark{facts.st_ino, facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec};
}

// Zones as their files are at the moment. The core moves appointments to where new rules want them,
// and tells of it at once: who reads the time then must not go by the old ones, so a file is looked
// at each time, which takes a microsecond. Thread-safe.
class ZoneFiles {
 public:
  // nullopt: no such zone.
  std::optional<absl::TimeZone> Find(std::string_view name) {
    if (name.empty() || name.find_first_not_of(kZoneSigns) != std::string_view::npos) {
      return std::nullopt;
    }
    const std::string path = PathOf(name);
    const std::optional<FileMark> mark = MarkOf(path);
    const std::lock_guard lock(mutex_);
    const auto found = zones_.find(name);
    const auto before = found == zones_.end() ? std::nullopt : std::optional(found->second.zone);
    if (!mark || (before && *mark == found->second.mark)) return before;
    absl::TimeZone zone;
    if (!absl::LoadTimeZone(SpelledAnew(path), &zone)) return before;
    zones_.insert_or_assign(std::string(name), Known{zone, *mark});
    return zone;
  }

 private:
  struct Known {
    absl::TimeZone zone;
    FileMark mark;
  };

  static std::string PathOf(std::string_view name) {
    const char* const folder = std::getenv("TZDIR");
    std::string path = folder != nullptr && *folder == '/' ? folder : kSystemFolder;
    return path.append("/").append(name);
  }

  // abseil keeps for good what it read, by the name it was asked for. A file that has changed is
  // asked for by another spelling of its path: the number in ones ("./") and zeros ("/").
  std::string SpelledAnew(const std::string& path) {
    std::string spelled = "/";
    for (std::uint64_t rest = ++spellings_; rest > 0; rest /= 2) {
      spelled += rest % 2 == 1 ? "./" : "/";
    }
    return spelled + path;
  }

  std::mutex mutex_;
  std::map<std::string, Known, std::less<>> zones_;
  std::uint64_t spellings_ = 0;
};

std::optional<absl::TimeZone> Find(std::string_view zone) {
  static auto* const files = new ZoneFiles;  // Never destroyed: threads may outlive main.
  return files->Find(zone);
}

absl::CivilSecond CivilOf(date::local_seconds time) {
  return absl::CivilSecond() + time.time_since_epoch().count();
}

}  // namespace

std::optional<std::chrono::seconds> BareOffset(std::string_view zone) {
  if (zone == "UTC") return std::chrono::seconds(0);
  if (zone.size() != 9 || !zone.starts_with("UTC") || zone[6] != ':') return std::nullopt;
  if (zone[3] != '+' && zone[3] != '-') return std::nullopt;
  for (const std::size_t digit : {4U, 5U, 7U, 8U}) {
    if (zone[digit] < '0' || zone[digit] > '9') return std::nullopt;
  }
  const int minutes =
      ((zone[4] - '0') * 10 + zone[5] - '0') * 60 + (zone[7] - '0') * 10 + zone[8] - '0';
  return std::chrono::minutes(zone[3] == '-' ? -minutes : minutes);
}

LocalTime ToLocal(std::string_view zone, Instant instant) {
  const auto read = [&](std::chrono::seconds offset) {
    return LocalTime{date::local_seconds(instant.time_since_epoch() + offset), offset};
  };
  if (const auto bare = BareOffset(zone)) return read(*bare);
  const std::optional<absl::TimeZone> known = Find(zone);
  if (!known) return read(std::chrono::seconds(0));
  const absl::Time at = absl::FromUnixSeconds(instant.time_since_epoch().count());
  LocalTime local = read(std::chrono::seconds(known->At(at).offset));
  local.repeated = known->At(CivilOf(local.time)).kind == absl::TimeZone::TimeInfo::REPEATED;
  return local;
}

Instant DayStart(std::string_view zone, date::year_month_day day) {
  return AtClock(zone, day, std::chrono::minutes(0));
}

Instant AtClock(std::string_view zone, date::year_month_day day, std::chrono::minutes clock) {
  const date::local_seconds reading = date::local_days(day) + clock;
  const Instant as_utc(reading.time_since_epoch());
  if (const auto bare = BareOffset(zone)) return as_utc - *bare;
  const std::optional<absl::TimeZone> known = Find(zone);
  if (!known) return as_utc;
  const absl::TimeZone::TimeInfo info = known->At(CivilOf(reading));
  // What is skipped is where the new offset begins.
  const bool skipped = info.kind == absl::TimeZone::TimeInfo::SKIPPED;
  return Instant(std::chrono::seconds(absl::ToUnixSeconds(skipped ? info.trans : info.pre)));
}

std::string OffsetText(std::chrono::minutes offset) {
  if (offset.count() == 0) return "UTC";
  const auto total = std::abs(offset.count());
  const char* sign = offset.count() < 0 ? "−" : "+";
  if (total % 60 == 0) return fmt::format("UTC{}{}", sign, total / 60);
  return fmt::format("UTC{}{}:{:02}", sign, total / 60, total % 60);
}

}  // namespace kalends::telegram

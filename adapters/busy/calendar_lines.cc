#include "adapters/busy/calendar_lines.h"

#include <algorithm>
#include <vector>

namespace kalends::busy {
namespace {

constexpr std::string_view kKept[] = {
    "UID",          "DTSTART",    "DTEND",          "DURATION",
    "RRULE",        "RDATE",      "EXDATE",         "TRANSP",
    "STATUS",       "FREEBUSY",   "RECURRENCE-ID",  "TZID",
    "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION", "X-MICROSOFT-CDO-BUSYSTATUS"};
constexpr std::string_view kComponents[] = {"VCALENDAR", "VEVENT",   "VFREEBUSY",
                                            "VTIMEZONE", "STANDARD", "DAYLIGHT"};
constexpr std::size_t kNameBytesMax = 40;

std::string Capitals(std::string_view text) {
  std::string capitals(text);
  std::transform(capitals.begin(), capitals.end(), capitals.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return capitals;
}

template <typename List>
bool IsIn(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::string_view WithoutBlanks(std::string_view text) {
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

absl::Status NoCalendar() { return absl::InvalidArgumentError("no calendar"); }

// Takes whole lines, and keeps those that count.
class Sieve {
 public:
  absl::Status Take(std::string_view line) {
    line = WithoutBlanks(line);
    if (line.empty()) return absl::OkStatus();
    const std::size_t behind = line.find_first_of(";:");
    if (behind == std::string_view::npos || behind > kNameBytesMax) return absl::OkStatus();
    const std::string name = Capitals(line.substr(0, behind));
    if (name == "BEGIN") return Begin(Capitals(line.substr(behind + 1)));
    if (name == "END") return End(Capitals(line.substr(behind + 1)));
    if (open_.empty()) return NoCalendar();
    if (line.size() > kLineBytesMax) return absl::OutOfRangeError("a line is too long");
    if (dropped_ == 0 && IsIn(kKept, name)) Put(line);
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> Finish() {
    if (!has_calendar_) return NoCalendar();
    // A file that broke off is not read: what is missing would be open.
    if (!open_.empty()) return NoCalendar();
    return std::move(text_);
  }

 private:
  void Put(std::string_view line) { text_.append(line).append("\r\n"); }

  absl::Status Begin(std::string name) {
    has_calendar_ = has_calendar_ || name == "VCALENDAR";
    if (!has_calendar_) return NoCalendar();
    if (open_.size() == kNestingMax) return absl::OutOfRangeError("nested too deeply");
    if (++entries_ > kEntriesMax) return absl::OutOfRangeError("too many entries");
    if (dropped_ > 0 || !IsIn(kComponents, name)) {
      ++dropped_;
    } else {
      Put("BEGIN:" + name);
    }
    open_.push_back(std::move(name));
    return absl::OkStatus();
  }

  absl::Status End(const std::string& name) {
    if (open_.empty() || open_.back() != name) return NoCalendar();
    open_.pop_back();
    if (dropped_ > 0) {
      --dropped_;
    } else {
      Put("END:" + name);
    }
    return absl::OkStatus();
  }

  std::string text_;
  std::vector<std::string> open_;
  std::size_t dropped_ = 0;  // Of those that are open: it and all that it holds are left out.
  int entries_ = 0;
  bool has_calendar_ = false;
};

}  // namespace

absl::StatusOr<std::string> BusyLines(std::string_view bytes) {
  if (bytes.size() > kFileBytesMax) return absl::OutOfRangeError("too large");
  if (bytes.find('\0') != std::string_view::npos) return NoCalendar();
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  Sieve sieve;
  std::string line;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find_first_of("\r\n");
    line.append(bytes.substr(0, end));
    bytes.remove_prefix(std::min(bytes.size(), end));
    if (bytes.starts_with("\r\n")) bytes.remove_prefix(1);
    if (!bytes.empty()) bytes.remove_prefix(1);
    // A line that begins with a blank goes on with the one before it.
    if (bytes.starts_with(' ') || bytes.starts_with('\t')) {
      bytes.remove_prefix(1);
      continue;
    }
    const absl::Status taken = sieve.Take(line);
    if (!taken.ok()) return taken;
    line.clear();
  }
  return sieve.Finish();
}

}  // namespace kalends::busy

#include "core/schedule/calendar_text.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/status_macros.h"

namespace kalends::core {
namespace {

constexpr std::size_t kComponentLineMax = 100;

// A line that begins with a blank goes on with the one before it.
std::string Unfolded(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\r') continue;
    const bool folded =
        bytes[i] == '\n' && i + 1 < bytes.size() && (bytes[i + 1] == ' ' || bytes[i + 1] == '\t');
    if (folded) {
      ++i;
    } else {
      text += bytes[i];
    }
  }
  return text;
}

// What stands behind `name` at the begin of a line, in capitals.
std::optional<std::string> Behind(std::string_view line, std::string_view name) {
  std::string capitals(line.substr(0, kComponentLineMax));
  std::transform(capitals.begin(), capitals.end(), capitals.begin(), [](unsigned char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : static_cast<char>(c);
  });
  if (!capitals.starts_with(name)) return std::nullopt;
  return capitals.substr(name.size());
}

// libical goes through components by recursion, and writes of ends that fit no beginning to the
// error output: how deep and how well they are nested is looked at before.
absl::Status CheckShape(std::string_view text, const CalendarLimits& limits) {
  std::vector<std::string> open;
  int count = 0;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (auto begun = Behind(line, "BEGIN")) {
      open.push_back(*std::move(begun));
      ++count;
    } else if (const auto ended = Behind(line, "END")) {
      if (open.empty() || open.back() != *ended) return NoCalendar();
      open.pop_back();
    }
    if (open.size() > limits.nesting) {
      return LimitReached("nesting", limits.nesting, "The file is nested too deeply.");
    }
    if (count > limits.components) {
      return LimitReached("entries", limits.components, "There are too many entries in the file.");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status NoCalendar() { return InvalidField("calendar", "must be an iCalendar file (.ics)"); }

absl::StatusOr<std::string> CalendarText(std::string_view bytes, const CalendarLimits& limits) {
  if (bytes.size() > limits.bytes) {
    return LimitReached("calendar_bytes", limits.bytes, "The file is too large.");
  }
  if (bytes.find('\0') != std::string_view::npos) return NoCalendar();
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string text = Unfolded(bytes);
  RETURN_IF_ERROR(CheckShape(text, limits));
  return text;
}

}  // namespace kalends::core

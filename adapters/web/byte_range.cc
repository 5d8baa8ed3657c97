#include "adapters/web/byte_range.h"

#include <algorithm>
#include <charconv>

namespace kalends::web {
namespace {

// Digits only; numbers too large for any document are as good as the largest.
std::optional<std::int64_t> Number(std::string_view text) {
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return std::nullopt;
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec == std::errc::result_out_of_range) return INT64_MAX;
  return number;
}

}  // namespace

WantedRange ParseRange(std::string_view header, std::int64_t size) {
  const WantedRange whole{WantedRange::Kind::kWhole, {0, size}};
  const WantedRange unsatisfiable{WantedRange::Kind::kUnsatisfiable, {}};
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return whole;
  header.remove_prefix(kUnit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return whole;
  const std::string_view first = header.substr(0, dash);
  const std::string_view last = header.substr(dash + 1);
  if (first.empty()) {  // The last so many bytes.
    const auto count = Number(last);
    if (!count) return whole;
    if (*count == 0 || size == 0) return unsatisfiable;
    return {WantedRange::Kind::kPart, {size - std::min(*count, size), size}};
  }
  const auto start = Number(first);
  const auto end = last.empty() ? std::optional(INT64_MAX) : Number(last);
  if (!start || !end || *end < *start) return whole;
  if (*start >= size) return unsatisfiable;
  return {WantedRange::Kind::kPart, {*start, *end >= size ? size : *end + 1}};
}

}  // namespace kalends::web

#include "core/server/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

#include "absl/strings/escaping.h"
#include "core/base/error.h"

namespace kalends::server {
namespace {

constexpr char kTokenSeparator = '\x1f';

std::string Fingerprint(std::string_view list) {
  // FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): the same in every process.
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : list) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return fmt::format("{:x}", hash);
}

}  // namespace

std::optional<std::vector<std::string_view>> MatchName(std::string_view pattern,
                                                       std::string_view name) {
  std::vector<std::string_view> stars;
  while (true) {
    const std::size_t pattern_end = pattern.find('/');
    const std::size_t name_end = name.find('/');
    const std::string_view expected = pattern.substr(0, pattern_end);
    const std::string_view segment = name.substr(0, name_end);
    if (expected == "*" && !segment.empty()) {
      stars.push_back(segment);
    } else if (expected != segment) {
      return std::nullopt;
    }
    if ((pattern_end == std::string_view::npos) != (name_end == std::string_view::npos))
      return std::nullopt;
    if (pattern_end == std::string_view::npos) return stars;
    pattern.remove_prefix(pattern_end + 1);
    name.remove_prefix(name_end + 1);
  }
}

std::string EncodePageToken(std::string_view list, const std::vector<std::string>& place) {
  const std::string text = fmt::format("{}{}{}", Fingerprint(list), kTokenSeparator,
                                       fmt::join(place, std::string(1, kTokenSeparator)));
  std::string token;
  absl::WebSafeBase64Escape(text, &token);
  return token;
}

absl::StatusOr<std::optional<std::vector<std::string>>> DecodePageToken(std::string_view list,
                                                                        std::string_view token,
                                                                        std::size_t parts) {
  if (token.empty()) return std::optional<std::vector<std::string>>();
  std::string text;
  if (!absl::WebSafeBase64Unescape(absl::string_view(token.data(), token.size()), &text)) {
    return core::Error(core::Reason::kInvalidPageToken);
  }
  std::vector<std::string> fields(1);
  for (const char c : text) {
    if (c == kTokenSeparator)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  if (fields.size() != parts + 1 || fields[0] != Fingerprint(list)) {
    return core::Error(core::Reason::kInvalidPageToken);
  }
  fields.erase(fields.begin());
  return std::optional(std::move(fields));
}

absl::StatusOr<std::int64_t> TokenNumber(const std::string& text) {
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) {
    return core::Error(core::Reason::kInvalidPageToken);
  }
  return number;
}

}  // namespace kalends::server

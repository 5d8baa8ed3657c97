#include "core/documents/file_name.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/base/text.h"

namespace kalends::core {
namespace {

constexpr std::string_view kFallback = "file";
constexpr std::u32string_view kRefusedByWindows = U"<>:\"|?*";
constexpr std::size_t kExtensionCharsMax = 12;
// Devices of DOS, which Windows takes for these whatever the extension.
constexpr std::array<std::string_view, 4> kDevices = {"con", "prn", "aux", "nul"};
constexpr std::array<std::string_view, 2> kNumberedDevices = {"com", "lpt"};

// Of valid UTF-8.
std::u32string Decode(std::string_view text) {
  std::u32string points;
  while (!text.empty()) points.push_back(*TakeCodePoint(text));
  return points;
}

// Without what Windows refuses.
std::u32string Accepted(std::u32string points) {
  std::replace_if(
      points.begin(), points.end(),
      [](char32_t point) { return kRefusedByWindows.find(point) != std::u32string_view::npos; },
      U'_');
  return points;
}

std::u32string_view Trimmed(std::u32string_view points) {
  constexpr std::u32string_view kEnds = U" .";
  points.remove_prefix(std::min(points.find_first_not_of(kEnds), points.size()));
  return points.substr(0, points.find_last_not_of(kEnds) + 1);
}

// At most kFileNameCharsMax, taken from before the extension.
std::u32string Shortened(std::u32string_view points) {
  if (points.size() <= kFileNameCharsMax) return std::u32string(points);
  const std::size_t dot = points.rfind(U'.');
  const bool extension =
      dot != std::u32string_view::npos && points.size() - dot <= kExtensionCharsMax;
  const std::u32string_view end = extension ? points.substr(dot) : std::u32string_view();
  std::u32string shortened(Trimmed(points.substr(0, kFileNameCharsMax - end.size())));
  return shortened.append(end);
}

std::string Encoded(std::u32string_view points) {
  std::string text;
  for (const char32_t point : points) AppendCodePoint(text, point);
  return text;
}

bool IsDevice(std::string_view name) {
  std::string stem(name.substr(0, name.find('.')));
  std::transform(stem.begin(), stem.end(), stem.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (std::find(kDevices.begin(), kDevices.end(), stem) != kDevices.end()) return true;
  return stem.size() == 4 && stem[3] >= '1' && stem[3] <= '9' &&
         std::find(kNumberedDevices.begin(), kNumberedDevices.end(), stem.substr(0, 3)) !=
             kNumberedDevices.end();
}

bool IsTokenCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
}

}  // namespace

std::string CleanFileName(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  const std::u32string points = Accepted(Decode(CleanLine(name)));
  std::u32string trimmed(Trimmed(points));
  if (!ShowsSomething(Encoded(trimmed))) return std::string(kFallback);
  if (IsDevice(Encoded(trimmed))) trimmed.insert(trimmed.begin(), U'_');
  return Encoded(Shortened(trimmed));
}

std::optional<std::string> CleanContentType(std::string_view text) {
  if (text.empty()) return "application/octet-stream";
  if (text.size() > kContentTypeBytesMax) return std::nullopt;
  std::string type(text.substr(0, text.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const std::size_t slash = type.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == type.size()) return std::nullopt;
  for (std::size_t i = 0; i < type.size(); ++i) {
    if (i != slash && !IsTokenCharacter(type[i])) return std::nullopt;
  }
  return type;
}

}  // namespace kalends::core

#include "adapters/web/language.h"

#include <algorithm>

#include "adapters/web/limits.h"

namespace kalends::web {
namespace {

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Takes what stands before `separator` off the front of `text`.
std::string_view Take(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return Trim(taken);
}

// "q=0.8" in thousandths: 800. A quality that cannot be read is none.
int Quality(std::string_view parameter) {
  if (parameter.empty()) return 1000;
  if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return 0;
  parameter.remove_prefix(2);
  if (parameter.empty() || (parameter[0] != '0' && parameter[0] != '1')) return 0;
  int quality = (parameter[0] - '0') * 1000;
  if (parameter.size() > 1 && parameter[1] != '.') return 0;
  int unit = 100;
  for (const char digit : parameter.substr(std::min<std::size_t>(2, parameter.size()))) {
    if (digit < '0' || digit > '9') return 0;
    quality += unit * (digit - '0');
    unit /= 10;
  }
  return std::min(quality, 1000);
}

const std::string* Find(std::string_view tag, std::span<const std::string> spoken) {
  if (tag == "*") return spoken.data();
  std::string primary(tag.substr(0, tag.find('-')));
  std::transform(primary.begin(), primary.end(), primary.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const auto found = std::find(spoken.begin(), spoken.end(), primary);
  return found == spoken.end() ? nullptr : &*found;
}

}  // namespace

const std::string* PreferredLanguage(std::string_view accept_language,
                                     std::span<const std::string> spoken) {
  if (spoken.empty() || accept_language.size() > kLanguagesHeaderBytesMax) return nullptr;
  const std::string* best = nullptr;
  int best_quality = 0;
  while (!accept_language.empty()) {
    std::string_view wanted = Take(accept_language, ',');
    const std::string* language = Find(Take(wanted, ';'), spoken);
    const int quality = Quality(Trim(wanted));
    if (language == nullptr || quality <= best_quality) continue;
    best = language;
    best_quality = quality;
  }
  return best;
}

}  // namespace kalends::web

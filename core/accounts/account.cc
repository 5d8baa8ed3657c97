#include "core/accounts/account.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/base/limits.h"

namespace kalends::core {
namespace {

constexpr std::array<std::string_view, 6> kLanguageCodes = {"de", "en", "fr", "ru", "uk", "es"};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string_view CodeOf(Language language) {
  return kLanguageCodes[static_cast<std::size_t>(language)];
}

std::optional<Language> ParseLanguage(std::string_view code) {
  const auto found = std::find(kLanguageCodes.begin(), kLanguageCodes.end(), code);
  if (found == kLanguageCodes.end()) return std::nullopt;
  return static_cast<Language>(found - kLanguageCodes.begin());
}

Language LanguageForTag(std::string_view tag) {
  std::string primary(tag.substr(0, tag.find_first_of("-_")));
  std::transform(primary.begin(), primary.end(), primary.begin(), Lower);
  return ParseLanguage(primary).value_or(Language::kEn);
}

std::optional<Identity> Identity::Parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (text.size() > kIdentityBytesMax || colon == std::string_view::npos) return std::nullopt;
  const std::string_view channel = text.substr(0, colon);
  const std::string_view address = text.substr(colon + 1);
  const bool channel_ok =
      !channel.empty() &&
      std::all_of(channel.begin(), channel.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool address_ok =
      !address.empty() &&
      std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!channel_ok || !address_ok) return std::nullopt;
  return Identity{std::string(channel), std::string(address)};
}

}  // namespace kalends::core

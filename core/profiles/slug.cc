#include "core/profiles/slug.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <cassert>
#include <memory>

#include "core/base/limits.h"

namespace kalends::core {
namespace {

constexpr int kNumberedSlugs = 9;  // marie-weber, marie-weber-2 ... marie-weber-9.

constexpr std::size_t kSuggestionCharsMax = 40;
constexpr std::string_view kNameless = "profile";

// In ICU's language of transforms: scripts as the language transcribes them, then what is left of
// other scripts, then accents off.
const char* TransformOf(Language language) {
  switch (language) {
    case Language::kDe:
      return "NFC; de-ASCII; Any-Latin; Latin-ASCII; Lower";
    case Language::kRu:
      return "NFC; Russian-Latin/BGN; Any-Latin; Latin-ASCII; Lower";
    case Language::kUk:
      return "NFC; Ukrainian-Latin/BGN; Any-Latin; Latin-ASCII; Lower";
    case Language::kEn:
    case Language::kFr:
    case Language::kEs:
      break;
  }
  return "NFC; Any-Latin; Latin-ASCII; Lower";
}

std::string ToLatin(std::string_view name, Language language) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> transform(icu::Transliterator::createInstance(
      icu::UnicodeString(TransformOf(language), -1, US_INV), UTRANS_FORWARD, status));
  assert(U_SUCCESS(status));
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  transform->transliterate(text);
  std::string latin;
  return text.toUTF8String(latin);
}

bool IsSlugLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// At most `max` characters of a slug; not with a hyphen at the end.
std::string_view CutSlug(std::string_view slug, std::size_t max) {
  slug = slug.substr(0, max);
  while (slug.ends_with('-')) slug.remove_suffix(1);
  return slug;
}

}  // namespace

bool IsSlug(std::string_view slug) {
  if (slug.size() < kSlugCharsMin || slug.size() > kSlugCharsMax) return false;
  bool after_letter = false;
  for (const char c : slug) {
    if (!IsSlugLetter(c) && !(c == '-' && after_letter)) return false;
    after_letter = c != '-';
  }
  return after_letter;
}

std::string SlugFromName(std::string_view name, Language language) {
  std::string slug;
  for (const char c : ToLatin(name, language)) {
    if (IsSlugLetter(c)) {
      slug += c;
    } else if (c != '\'' && !slug.empty() && slug.back() != '-') {
      slug += '-';  // An apostrophe ends no word: O'Brien is obrien.
    }
  }
  slug = CutSlug(slug, kSuggestionCharsMax);
  if (slug.empty()) return std::string(kNameless);
  return slug.size() < kSlugCharsMin ? SlugWithSuffix(kNameless, slug) : slug;
}

std::string SlugWithSuffix(std::string_view slug, std::string_view suffix) {
  assert(suffix.size() + 1 < kSlugCharsMax);
  std::string whole(CutSlug(slug, kSlugCharsMax - suffix.size() - 1));
  return whole.append("-").append(suffix);
}

std::vector<std::string> SlugSuggestions(std::string_view name, Language language, ProviderId id) {
  const std::string base = SlugFromName(name, language);
  std::vector<std::string> slugs = {base};
  for (int number = 2; number <= kNumberedSlugs; ++number) {
    slugs.push_back(SlugWithSuffix(base, std::to_string(number)));
  }
  slugs.push_back(SlugWithSuffix(base, id.ToString()));
  return slugs;
}

}  // namespace kalends::core

#include "core/base/text.h"

#include <unicode/uchar.h>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {
namespace {

// An ordinary symbol to Unicode, and yet nothing but a blank to the eye.
constexpr char32_t kBrailleBlank = 0x2800;

// Unicode's category Cc, which is never added to.
bool IsControl(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

bool Has(char32_t point, UProperty property) {
  return u_hasBinaryProperty(static_cast<UChar32>(point), property) != 0;
}

UCharCategory CategoryOf(char32_t point) {
  return static_cast<UCharCategory>(u_charType(static_cast<UChar32>(point)));
}

// What shows nothing itself, but decides how its neighbours look: joiners of letters and emoji,
// variation selectors, the tags of flags.
bool Shapes(char32_t point) {
  return Has(point, UCHAR_JOIN_CONTROL) || Has(point, UCHAR_VARIATION_SELECTOR) ||
         Has(point, UCHAR_EMOJI_COMPONENT);
}

bool IsDropped(char32_t point) {
  if (IsControl(point) || Has(point, UCHAR_NONCHARACTER_CODE_POINT)) return true;
  if (Shapes(point)) return false;
  return Has(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         (CategoryOf(point) == U_FORMAT_CHAR && !Has(point, UCHAR_PREPENDED_CONCATENATION_MARK));
}

bool IsSeen(char32_t point) {
  const UCharCategory category = CategoryOf(point);
  return !IsDropped(point) && !Has(point, UCHAR_WHITE_SPACE) &&
         !Has(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) && category != U_NON_SPACING_MARK &&
         category != U_ENCLOSING_MARK && point != kBrailleBlank;
}

// The same, where a byte that is not UTF-8 becomes `_`.
char32_t TakeAnything(std::string_view& text) {
  const std::optional<char32_t> point = TakeCodePoint(text);
  if (!point) text.remove_prefix(1);
  return point.value_or(U'_');
}

}  // namespace

std::optional<char32_t> TakeCodePoint(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const int length = first < 0x80       ? 1
                     : first >> 5 == 6  ? 2
                     : first >> 4 == 14 ? 3
                     : first >> 3 == 30 ? 4
                                        : 0;
  if (length == 0 || text.size() < static_cast<std::size_t>(length)) return std::nullopt;
  char32_t point = length == 1 ? first : first & (0x7FU >> length);
  for (int i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[static_cast<std::size_t>(i)]);
    if (byte >> 6 != 2) return std::nullopt;
    point = point << 6 | (byte & 0x3FU);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < kLeast[length] || surrogate || point > 0x10FFFF) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(length));
  return point;
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      text.remove_prefix(1);
    } else if (!TakeCodePoint(text)) {
      return false;
    }
  }
  return true;
}

void AppendCodePoint(std::string& text, char32_t point) {
  const auto tail = [&](int shift) {
    text.push_back(static_cast<char>(0x80 | ((point >> shift) & 0x3F)));
  };
  if (point < 0x80) {
    text.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    text.push_back(static_cast<char>(0xC0 | (point >> 6)));
    tail(0);
  } else if (point < 0x10000) {
    text.push_back(static_cast<char>(0xE0 | (point >> 12)));
    tail(6);
    tail(0);
  } else {
    text.push_back(static_cast<char>(0xF0 | (point >> 18)));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string CleanLine(std::string_view text) {
  std::string clean;
  bool blank = false;  // Is due before the next character.
  while (!text.empty()) {
    const char32_t point = TakeAnything(text);
    if (Has(point, UCHAR_WHITE_SPACE)) {
      blank = !clean.empty();
    } else if (!IsDropped(point)) {
      if (blank) clean += ' ';
      blank = false;
      AppendCodePoint(clean, point);
    }
  }
  if (!ShowsSomething(clean)) clean.clear();
  return clean;
}

std::string CleanLines(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const std::string_view rest = text;
    const std::optional<char32_t> point = TakeCodePoint(text);
    if (!point) text.remove_prefix(1);
    if (!point || IsControl(*point) || !IsDropped(*point)) {
      clean.append(rest.substr(0, rest.size() - text.size()));
    }
  }
  return clean;
}

bool ShowsSomething(std::string_view text) {
  while (!text.empty()) {
    if (IsSeen(TakeAnything(text))) return true;
  }
  return false;
}

absl::Status CheckText(std::string_view field, std::string_view text, std::size_t min,
                       std::size_t max, Lines lines) {
  std::size_t count = 0;
  bool seen = min == 0;
  while (!text.empty()) {
    const std::optional<char32_t> point = TakeCodePoint(text);
    if (!point) return InvalidField(field, "must be valid UTF-8");
    const bool line_break = *point == U'\n' && lines == Lines::kMany;
    if (IsControl(*point) && !line_break) {
      return InvalidField(field, "must not hold control characters");
    }
    seen = seen || IsSeen(*point);
    ++count;
  }
  if (count < min || count > max) {
    return InvalidField(
        field, "must have " + std::to_string(min) + " to " + std::to_string(max) + " characters");
  }
  if (!seen) return InvalidField(field, "must show something: blanks and invisible signs do not");
  return absl::OkStatus();
}

absl::Status CheckName(std::string_view field, std::string_view name) {
  return CheckText(field, name, 1, kNameCharsMax);
}

}  // namespace kalends::core

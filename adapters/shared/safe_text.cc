#include "adapters/shared/safe_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kalends {
namespace {

constexpr UChar32 kFirstStrongIsolate = 0x2068;
constexpr UChar32 kPopDirectionalIsolate = 0x2069;
constexpr std::string_view kIsolate = "\u2068";
constexpr std::string_view kPop = "\u2069";
// An ordinary symbol to Unicode, and yet nothing but a blank to the eye.
constexpr UChar32 kBrailleBlank = 0x2800;

bool Has(UChar32 point, UProperty property) { return u_hasBinaryProperty(point, property) != 0; }

// What shows nothing itself, but decides how its neighbours look: joiners of letters and emoji,
// variation selectors, the tags of flags.
bool Shapes(UChar32 point) {
  return Has(point, UCHAR_JOIN_CONTROL) || Has(point, UCHAR_VARIATION_SELECTOR) ||
         Has(point, UCHAR_EMOJI_COMPONENT);
}

bool IsDropped(UChar32 point) {
  const auto category = u_charType(point);
  if (category == U_CONTROL_CHAR || Has(point, UCHAR_NONCHARACTER_CODE_POINT)) return true;
  if (Shapes(point)) return false;
  return Has(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         (category == U_FORMAT_CHAR && !Has(point, UCHAR_PREPENDED_CONCATENATION_MARK));
}

bool IsSeen(UChar32 point) {
  const auto category = u_charType(point);
  return !Has(point, UCHAR_WHITE_SPACE) && !Has(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) &&
         category != U_NON_SPACING_MARK && category != U_ENCLOSING_MARK && point != kBrailleBlank;
}

bool IsFromRightToLeft(UChar32 point) {
  const UCharDirection direction = u_charDirection(point);
  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC ||
         direction == U_ARABIC_NUMBER;
}

// Tabs, separators of lines and the like, which are white space and no spaces.
bool IsOtherBlank(UChar32 point) {
  return Has(point, UCHAR_WHITE_SPACE) && u_charType(point) != U_SPACE_SEPARATOR;
}

// Nothing in it needs care: text of ASCII's printable characters.
bool IsPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; }) &&
         text.find_first_not_of(' ') != std::string_view::npos;
}

void Append(std::string& text, UChar32 point) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, point);
  text.append(bytes, static_cast<std::size_t>(length));
}

struct Line {
  std::string text;
  bool seen = false;    // There is something to see in it.
  bool turned = false;  // It has letters from right to left outside of isolates.
};

enum class Stands { kAmongText, kAlone };

Line CleanLine(std::string_view from, Stands stands) {
  Line line;
  bool isolated = false;
  const auto length = static_cast<std::int32_t>(from.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(from.data(), i, length, point);
    if (point == kFirstStrongIsolate || point == kPopDirectionalIsolate) {
      // Those that we put there come in pairs; what has no partner is not ours.
      const bool opens = point == kFirstStrongIsolate;
      if (opens != isolated && stands == Stands::kAmongText) {
        line.text += opens ? kIsolate : kPop;
        isolated = opens;
      }
    } else if (IsOtherBlank(point)) {
      if (stands == Stands::kAmongText) line.text += ' ';
    } else if (!IsDropped(point)) {
      Append(line.text, point);
      line.seen = line.seen || IsSeen(point);
      line.turned = line.turned || (!isolated && IsFromRightToLeft(point));
    }
  }
  if (isolated) line.text += kPop;
  return line;
}

}  // namespace

std::string SafeText(std::string_view text) {
  if (text.empty() || IsPlain(text)) return std::string(text);
  std::string shown;
  bool seen = false;
  for (bool first = true, last = false; !last; first = false) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    last = end == text.size();
    const Line line = CleanLine(text.substr(0, end), Stands::kAmongText);
    const bool isolate = line.turned && (first || last);
    if (!first) shown += '\n';
    if (isolate) shown += kIsolate;
    shown += line.text;
    if (isolate) shown += kPop;
    seen = seen || line.seen;
    if (!last) text.remove_prefix(end + 1);
  }
  return seen ? shown : std::string(kNothingSeen);
}

std::string LoneText(std::string_view text) {
  Line line = CleanLine(text, Stands::kAlone);
  return line.seen ? std::move(line.text) : std::string();
}

}  // namespace kalends

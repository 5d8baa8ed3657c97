#include "adapters/telegram/when_words.h"

#include <unicode/dtfmtsym.h>
#include <unicode/normalizer2.h>
#include <unicode/reldatefmt.h>
#include <unicode/uchar.h>

#include <string>
#include <utility>

namespace kalends::telegram {
namespace {

constexpr std::size_t kWhenBytesMax = 200;
// Of a name without its last letter, which grammar changes: "среду" is "среда".
constexpr std::int32_t kStemCharsMin = 4;

struct WhenWords {
  WhenWord kind;
  // Between blanks; with a star: however it ends.
  std::string_view words;
};
constexpr WhenWords kWhenWords[] = {
    {WhenWord::kClock,
     "uhr h heure heures hora horas ч час часа часов год година годин годині годину"},
    {WhenWord::kPm, "pm"},
    {WhenWord::kAfternoon,
     "abend abends nachmittag nachmittags evening afternoon tonight soir tarde noche вечера "
     "вечером "
     "дня днем вечора ввечері увечері вдень"},
    {WhenWord::kAbout,
     "nach vor ab bis zwischen frühestens spätestens after before from until till between avant "
     "après partir entre desde después antes hasta после до с від після між з із"},
    {WhenWord::kOrdinal, "er st nd rd th º го е"},
    {WhenWord::kNext, "nächst* kommend* next prochain* próxim* следующ* наступн*"},
    {WhenWord::kThis, "dies* this cette ce esta este этой эту этот цього цей цю"},
    {WhenWord::kWeek,
     "woche week semaine semana неделя неделе неделю недели тиждень тижня übernächst*"},
    {WhenWord::kWeeks, "wochen weeks semaines semanas недель тижні тижнів"},
    {WhenWord::kFiller,
     "am den der dem tag um bitte on at the of day please le la les à de du jour el los las a al "
     "día del в во на у о об"},
};

// ICU has no name for it in these languages, or people write it otherwise.
struct RelativePhrase {
  std::string_view text;
  int days;
};
constexpr RelativePhrase kRelativePhrases[] = {{"day after tomorrow", 2}, {"après demain", 2}};

// Parts of a day that hold the name of another one, and what is written in several ways.
constexpr std::pair<std::string_view, std::string_view> kRewritten[] = {
    {"por la mañana", " "},    {"de la mañana", " am "},  {"am morgen", " "},
    {"après-midi", " tarde "}, {"après midi", " tarde "}, {"a.m.", " am "},
    {"p.m.", " pm "},          {"a. m.", " am "},         {"p. m.", " pm "},
};

icu::UnicodeString Folded(icu::UnicodeString text) {
  UErrorCode status = U_ZERO_ERROR;
  text.toLower(icu::Locale::getRoot());
  const icu::Normalizer2* apart = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) return text;
  const icu::UnicodeString letters = apart->normalize(text, status);
  icu::UnicodeString folded;
  for (std::int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1)) {
    const UChar32 c = letters.char32At(at);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    const bool apostrophe = c == 0x2019 || c == 0x02BC;  // Phones type any of them.
    folded.append(apostrophe ? UChar32{'\''} : c);
  }
  return folded;
}

icu::UnicodeString Folded(std::string_view text) {
  return Folded(icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))));
}

WhenToken::Kind KindOf(UChar32 c) {
  if (c >= '0' && c <= '9') return WhenToken::Kind::kNumber;
  return u_isalpha(c) || c == '\'' ? WhenToken::Kind::kWord : WhenToken::Kind::kMark;
}

int NumberOf(const icu::UnicodeString& digits) {
  if (digits.length() > 4) return -1;
  int number = 0;
  for (std::int32_t i = 0; i < digits.length(); ++i) number = number * 10 + (digits[i] - u'0');
  return number;
}

// Takes `said` out of `text`, where it stands as words of its own.
bool TakeOut(icu::UnicodeString& text, const icu::UnicodeString& said,
             const icu::UnicodeString& instead) {
  const std::int32_t at = said.isEmpty() ? -1 : text.indexOf(said);
  if (at < 0 || u_isalpha(text.char32At(at + said.length())) ||
      (at > 0 && u_isalpha(text.char32At(at - 1)))) {
    return false;
  }
  text.replace(at, said.length(), instead);
  return true;
}

// Every word of `kind`, folded.
std::vector<icu::UnicodeString> ListOf(WhenWord kind) {
  std::vector<icu::UnicodeString> list;
  for (const WhenWords& row : kWhenWords) {
    if (row.kind != kind) continue;
    for (std::string_view left = row.words; !left.empty();) {
      const std::size_t end = left.find(' ');
      list.push_back(Folded(left.substr(0, end)));
      left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
    }
  }
  return list;
}

}  // namespace

icu::UnicodeString FoldWhen(std::string_view text) {
  icu::UnicodeString folded = Folded(text.substr(0, kWhenBytesMax));
  for (const auto& [said, instead] : kRewritten) TakeOut(folded, Folded(said), Folded(instead));
  return folded;
}

std::vector<WhenToken> WhenTokensOf(const icu::UnicodeString& folded) {
  std::vector<WhenToken> tokens;
  bool glued = false;
  for (std::int32_t at = 0; at < folded.length();) {
    const UChar32 c = folded.char32At(at);
    const std::int32_t begin = at;
    at = folded.moveIndex32(at, 1);
    if (u_isUWhiteSpace(c)) {
      glued = false;
      continue;
    }
    WhenToken token{KindOf(c), {}, -1, glued};
    while (token.kind != WhenToken::Kind::kMark && at < folded.length() &&
           KindOf(folded.char32At(at)) == token.kind) {
      at = folded.moveIndex32(at, 1);
    }
    token.text = folded.tempSubStringBetween(begin, at);
    if (token.kind == WhenToken::Kind::kNumber) token.number = NumberOf(token.text);
    tokens.push_back(std::move(token));
    glued = true;
  }
  return tokens;
}

bool Says(WhenWord kind, const icu::UnicodeString& word) {
  for (const icu::UnicodeString& known : ListOf(kind)) {
    const std::int32_t stem = known.length() - 1;
    if (known.endsWith(u"*") ? word.startsWith(known, 0, stem) : word == known) return true;
  }
  return false;
}

WhenNames::WhenNames(std::string_view language) : locale_(std::string(language).c_str()) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(locale_, status);
  if (U_FAILURE(status)) return;
  for (const auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
    for (const auto width : {icu::DateFormatSymbols::ABBREVIATED, icu::DateFormatSymbols::WIDE}) {
      const bool abbreviated = width == icu::DateFormatSymbols::ABBREVIATED;
      int count = 0;
      const icu::UnicodeString* weekdays = symbols.getWeekdays(count, context, width);
      for (int i = 1; i < count; ++i) Add(weekdays_, weekdays[i], i == 1 ? 7 : i - 1, abbreviated);
      const icu::UnicodeString* months = symbols.getMonths(count, context, width);
      for (int i = 0; i < count; ++i) Add(months_, months[i], i + 1, abbreviated);
    }
  }
}

WhenNames::Weekday WhenNames::WeekdayOf(const icu::UnicodeString& word) const {
  const Name name = Find(weekdays_, word);
  return {name.number, name.abbreviated};
}

int WhenNames::MonthNumberOf(const icu::UnicodeString& word) const {
  return Find(months_, word).number;
}

bool WhenNames::IsMorning(const icu::UnicodeString& word) const {
  return word == u"am" && std::string_view(locale_.getLanguage()) != "de";
}

int WhenNames::TakeRelative(icu::UnicodeString& folded) const {
  for (const RelativePhrase& phrase : kRelativePhrases) {
    if (TakeOut(folded, Folded(phrase.text), u" ")) return phrase.days;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::RelativeDateTimeFormatter format(locale_, status);
  constexpr UDateDirection kAhead[] = {UDAT_DIRECTION_THIS, UDAT_DIRECTION_NEXT,
                                       UDAT_DIRECTION_NEXT_2};
  // "pasado mañana" before "mañana".
  for (int days = 2; days >= 0 && U_SUCCESS(status); --days) {
    icu::UnicodeString said;
    format.format(kAhead[days], UDAT_ABSOLUTE_DAY, said, status);
    if (TakeOut(folded, Folded(said), u" ")) return days;
  }
  return -1;
}

void WhenNames::Add(std::vector<Name>& names, const icu::UnicodeString& name, int number,
                    bool abbreviated) {
  icu::UnicodeString text = Folded(name);
  if (text.endsWith(u".")) text.truncate(text.length() - 1);
  if (text.isEmpty()) return;
  // The vowel that goes when the ending changes: "понеділок", "понеділка".
  if (text.endsWith(u"ок")) {
    names.push_back({icu::UnicodeString(text, 0, text.length() - 2) + u"ка", number, abbreviated});
  }
  names.push_back({std::move(text), number, abbreviated});
}

WhenNames::Name WhenNames::Find(const std::vector<Name>& names, const icu::UnicodeString& word) {
  for (const Name& name : names) {
    if (word == name.text) return name;
  }
  for (const Name& name : names) {
    const std::int32_t stem = name.text.length() - 1;
    const bool inflected = stem >= kStemCharsMin && word.startsWith(name.text, 0, stem);
    const bool begun = word.length() >= kStemCharsMin && name.text.startsWith(word);  // "thurs"
    if (inflected || begun) return name;
  }
  return {{}, 0, false};
}

}  // namespace kalends::telegram

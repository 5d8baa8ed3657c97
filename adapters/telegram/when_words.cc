#include "adapters/telegram/when_words.h"

#include <unicode/dtfmtsym.h>
#include <unicode/normalizer2.h>
#include <unicode/reldatefmt.h>
#include <unicode/uchar.h>

#include <algorithm>
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
    {"por la mañana", " "},     {"de la mañana", " am "},  {"am morgen", " "},
    {"après-midi", " tarde "},  {"après midi", " tarde "}, {"a.m.", " am "},
    {"p.m.", " pm "},           {"a. m.", " am "},         {"p. m.", " pm "},
    {"o'clock", " uhr "},       {"ein uhr", " 1 uhr "},    {"a la una", " a las 1 "},
    {"une heure", " 1 heure "}, {"dentro de", " en "},
};

// Hours in words, by number, in every language; behind "пол" and the like the hour that has begun.
struct NumberWords {
  int number;
  std::string_view words;
  std::string_view of_hour = {};  // "десятого": of the tenth hour, which begins at nine.
};
constexpr NumberWords kNumberWords[] = {
    {1, "eins", "первого першу першої"},
    {2, "zwei two deux dos два две дві другій", "второго другу другої"},
    {3, "drei three trois tres три третій", "третьего третю третьої"},
    {4, "vier four quatre cuatro четыре чотири четвертій", "четвертого четверту четвертої"},
    {5, "fünf five cinq cinco пять п'ять п'ятій", "пятого п'яту п'ятої"},
    {6, "sechs six seis шесть шість шостій", "шестого шосту шостої"},
    {7, "sieben seven sept siete семь сім сьомій", "седьмого сьому сьомої"},
    {8, "acht eight huit ocho восемь вісім восьмій", "восьмого восьму восьмої"},
    {9, "neun nine neuf nueve девять дев'ять дев'ятій", "девятого дев'яту дев'ятої"},
    {10, "zehn ten dix diez десять десятій", "десятого десяту десятої"},
    {11, "elf eleven onze once одиннадцать одинадцять одинадцятій",
     "одиннадцатого одинадцяту одинадцятої"},
    {12, "zwölf twelve douze doce двенадцать дванадцять дванадцятій",
     "двенадцатого дванадцяту дванадцятої"},
};

// Before the hour that has begun: so many minutes of it.
struct BegunPart {
  std::string_view words;
  int minutes;
};
constexpr BegunPart kBegunParts[] = {{"пол половина половине половину пів", 30},
                                     {"четверть чверть", 15}};

constexpr std::string_view kAheadWords = "in dans en de через за";
struct CountedWords {
  std::string_view words;
  int days;
};
constexpr CountedWords kCountedWords[] = {
    {"tag tagen day days jour jours día días день дня дней дні днів", 1},
    {"woche wochen week weeks semaine semaines semana semanas неделю недели недель тиждень тижні "
     "тижнів",
     7}};
constexpr int kCountedDaysMax = 366;

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

// The words between the blanks of `words`, folded.
std::vector<icu::UnicodeString> Split(std::string_view words) {
  std::vector<icu::UnicodeString> list;
  for (std::string_view left = words; !left.empty();) {
    const std::size_t end = left.find(' ');
    list.push_back(Folded(left.substr(0, end)));
    left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
  }
  return list;
}

// Every word of `kind`, folded.
std::vector<icu::UnicodeString> ListOf(WhenWord kind) {
  std::vector<icu::UnicodeString> list;
  for (const WhenWords& row : kWhenWords) {
    if (row.kind != kind) continue;
    for (icu::UnicodeString& word : Split(row.words)) list.push_back(std::move(word));
  }
  return list;
}

bool IsAmong(std::string_view words, const icu::UnicodeString& word) {
  const std::vector<icu::UnicodeString> list = Split(words);
  return std::find(list.begin(), list.end(), word) != list.end();
}

int NumberSaid(const icu::UnicodeString& word) {
  for (const NumberWords& row : kNumberWords) {
    if (IsAmong(row.words, word)) return row.number;
  }
  return -1;
}

// The number of "десятого"; -1: `word` is none such.
int HourBegun(const icu::UnicodeString& word) {
  for (const NumberWords& row : kNumberWords) {
    if (IsAmong(row.of_hour, word)) return row.number;
  }
  return -1;
}

WhenToken NumberToken(int number, bool glued) {
  icu::UnicodeString text;
  if (number < 10) text.append(u'0');
  for (const char digit : std::to_string(number)) text.append(static_cast<char16_t>(digit));
  return {WhenToken::Kind::kNumber, text, number, glued, true};
}

// "полдесятого", "половина десятого", "пів на десяту" at `at`: its clock goes to `into`. How many
// tokens said so; 0: none.
std::size_t TakeBegunHour(const std::vector<WhenToken>& tokens, std::size_t at,
                          std::vector<WhenToken>& into) {
  icu::UnicodeString hour;
  int minutes = 0;
  std::size_t taken = 0;
  for (const BegunPart& part : kBegunParts) {
    if (!IsAmong(part.words, tokens[at].text)) continue;
    taken = at + 1 < tokens.size() && tokens[at + 1].text == u"на" ? 3 : 2;
    if (at + taken > tokens.size()) return 0;
    hour = tokens[at + taken - 1].text;
    minutes = part.minutes;
  }
  if (taken == 0 && tokens[at].text.startsWith(u"пол")) {
    taken = 1;
    hour = icu::UnicodeString(tokens[at].text, 3);
    minutes = 30;
  }
  const int number = taken == 0 ? -1 : HourBegun(hour);
  if (number < 0) return 0;
  into.push_back(NumberToken(number == 1 ? 12 : number - 1, false));
  into.push_back({WhenToken::Kind::kMark, u":", -1, true});
  into.push_back(NumberToken(minutes, true));
  return taken;
}

// `tokens` with numbers for what is said in words.
std::vector<WhenToken> WithNumbers(const std::vector<WhenToken>& tokens) {
  std::vector<WhenToken> numbered;
  for (std::size_t at = 0; at < tokens.size();) {
    if (const std::size_t taken = TakeBegunHour(tokens, at, numbered)) {
      at += taken;
      continue;
    }
    const WhenToken& token = tokens[at++];
    const int number = token.kind == WhenToken::Kind::kWord ? NumberSaid(token.text) : -1;
    numbered.push_back(number < 0 ? token : NumberToken(number, false));
  }
  return numbered;
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
    WhenToken token{KindOf(c), {}, -1, glued, false};
    while (token.kind != WhenToken::Kind::kMark && at < folded.length() &&
           KindOf(folded.char32At(at)) == token.kind) {
      at = folded.moveIndex32(at, 1);
    }
    // A copy: what is moved from a temporary part goes on pointing into the whole.
    token.text = icu::UnicodeString(folded, begin, at - begin);
    if (token.kind == WhenToken::Kind::kNumber) token.number = NumberOf(token.text);
    tokens.push_back(std::move(token));
    glued = true;
  }
  return WithNumbers(tokens);
}

int TakeCountedDays(std::vector<WhenToken>& tokens) {
  for (std::size_t at = 0; at + 3 <= tokens.size(); ++at) {
    if (tokens[at + 1].number < 0 || !IsAmong(kAheadWords, tokens[at].text)) continue;
    for (const CountedWords& row : kCountedWords) {
      const int days = tokens[at + 1].number * row.days;
      if (!IsAmong(row.words, tokens[at + 2].text) || days > kCountedDaysMax) continue;
      const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(at);
      tokens.erase(first, first + 3);
      return days;
    }
  }
  return -1;
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

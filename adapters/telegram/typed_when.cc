#include "adapters/telegram/typed_when.h"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/reldatefmt.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace kalends::telegram {
namespace {

using std::chrono::minutes;

constexpr std::size_t kWhenBytesMax = 200;
// Of a name without its last letter, which grammar changes: "среду" is "среда".
constexpr std::int32_t kStemCharsMin = 4;
// Said behind a clock, in all languages of the bot.
constexpr std::string_view kClockWords[] = {"uhr",  "h",      "am",    "pm",     "heure", "heures",
                                            "hora", "horas",  "ч",     "час",    "часа",  "часов",
                                            "год",  "година", "годин", "годині", "годину"};

std::string Utf8(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

icu::UnicodeString Small(icu::UnicodeString text) {
  text.toLower(icu::Locale::getRoot());
  text.findAndReplace(u"\u2019", u"'");  // Phones type either.
  return text;
}

struct Token {
  enum class Kind { kNumber, kWord, kMark } kind;
  icu::UnicodeString text;
  int number = -1;
  bool glued = false;  // Nothing stands between it and the one before.
};

Token::Kind KindOf(UChar32 c) {
  if (c >= '0' && c <= '9') return Token::Kind::kNumber;
  return u_isalpha(c) || c == '\'' ? Token::Kind::kWord : Token::Kind::kMark;
}

std::vector<Token> TokensOf(const icu::UnicodeString& text) {
  std::vector<Token> tokens;
  bool glued = false;
  for (std::int32_t at = 0; at < text.length();) {
    const UChar32 c = text.char32At(at);
    const std::int32_t begin = at;
    at = text.moveIndex32(at, 1);
    if (u_isUWhiteSpace(c)) {
      glued = false;
      continue;
    }
    Token token{KindOf(c), {}, -1, glued};
    while (token.kind != Token::Kind::kMark && at < text.length() &&
           KindOf(text.char32At(at)) == token.kind) {
      at = text.moveIndex32(at, 1);
    }
    token.text = text.tempSubStringBetween(begin, at);
    // Longer ones are no part of a date.
    if (token.kind == Token::Kind::kNumber && at - begin <= 4) {
      token.number = std::stoi(Utf8(token.text));
    }
    tokens.push_back(std::move(token));
    glued = true;
  }
  return tokens;
}

// Names of one language, in small letters and without a point at their end.
class Names {
 public:
  explicit Names(std::string_view language) : locale_(std::string(language).c_str()) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(locale_, status);
    if (U_FAILURE(status)) return;
    for (const auto context :
         {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
      for (const auto width : {icu::DateFormatSymbols::ABBREVIATED, icu::DateFormatSymbols::WIDE}) {
        int count = 0;
        const icu::UnicodeString* weekdays = symbols.getWeekdays(count, context, width);
        for (int i = 1; i < count; ++i) Add(weekdays_, weekdays[i], i == 1 ? 7 : i - 1);
        const icu::UnicodeString* months = symbols.getMonths(count, context, width);
        for (int i = 0; i < count; ++i) Add(months_, months[i], i + 1);
      }
    }
  }

  // ISO, 1 to 7; 0: none.
  int WeekdayOf(const icu::UnicodeString& word) const { return Find(weekdays_, word); }
  int MonthNumberOf(const icu::UnicodeString& word) const { return Find(months_, word); }

  // How many days ahead `text` says: "übermorgen" 2; -1: it does not. What says so is taken out.
  int TakeRelative(icu::UnicodeString& text) const {
    UErrorCode status = U_ZERO_ERROR;
    const icu::RelativeDateTimeFormatter format(locale_, status);
    constexpr UDateDirection kAhead[] = {UDAT_DIRECTION_THIS, UDAT_DIRECTION_NEXT,
                                         UDAT_DIRECTION_NEXT_2};
    for (int days = 2; days >= 0 && U_SUCCESS(status);
         --days) {  // "pasado mañana" before "mañana".
      icu::UnicodeString said;
      format.format(kAhead[days], UDAT_ABSOLUTE_DAY, said, status);
      said = Small(said);
      const std::int32_t at = said.isEmpty() ? -1 : text.indexOf(said);
      if (at < 0 || u_isalpha(text.char32At(at + said.length())) ||
          (at > 0 && u_isalpha(text.char32At(at - 1)))) {
        continue;
      }
      text.replace(at, said.length(), u" ");
      return days;
    }
    return -1;
  }

 private:
  struct Name {
    icu::UnicodeString text;
    int number;
  };

  static void Add(std::vector<Name>& names, const icu::UnicodeString& name, int number) {
    icu::UnicodeString text = Small(name);
    if (text.endsWith(u".")) text.truncate(text.length() - 1);
    if (!text.isEmpty()) names.push_back({text, number});
  }

  static int Find(const std::vector<Name>& names, const icu::UnicodeString& word) {
    for (const Name& name : names) {
      if (word == name.text) return name.number;
    }
    for (const Name& name : names) {
      const std::int32_t stem = name.text.length() - 1;
      if (stem >= kStemCharsMin && word.startsWith(name.text, 0, stem)) return name.number;
    }
    return 0;
  }

  icu::Locale locale_;
  std::vector<Name> weekdays_;
  std::vector<Name> months_;
};

// Reads tokens from left to right into what was said of a day and of a clock.
class SaidWhen {
 public:
  SaidWhen(const Names& names, const std::vector<Token>& tokens) : names_(names), tokens_(tokens) {
    while (at_ < tokens_.size()) ReadOne();
  }

  int weekday = 0;
  int day = 0;  // Of `month`; 0: not said.
  int month = 0;
  int year = 0;
  std::optional<minutes> clock;
  std::vector<int> bare;  // Numbers of which nothing says what they count.

 private:
  const Token* Ahead(std::size_t steps) const {
    return at_ + steps < tokens_.size() ? &tokens_[at_ + steps] : nullptr;
  }
  bool IsMark(std::size_t steps, const char16_t* mark) const {
    const Token* token = Ahead(steps);
    return token != nullptr && token->glued && token->text == mark;
  }
  int NumberAt(std::size_t steps) const {
    const Token* token = Ahead(steps);
    return token != nullptr && token->glued ? token->number : -1;
  }

  void ReadOne() {
    const Token& token = tokens_[at_];
    if (token.kind == Token::Kind::kNumber) {
      at_ += ReadNumber(token.number);
      return;
    }
    if (const int named = names_.WeekdayOf(token.text); named != 0 && weekday == 0) weekday = named;
    ++at_;
  }

  // How many tokens it took.
  std::size_t ReadNumber(int number) {
    if (IsMark(1, u":") && NumberAt(2) >= 0) return ReadClock(number, NumberAt(2), 3);
    if (const std::size_t taken = ReadNamedMonth(number)) return taken;
    if (const std::size_t taken = ReadNumericDate(number)) return taken;
    const Token* unit = Ahead(1);
    if (unit != nullptr && IsClockWord(unit->text)) {
      const int past = Ahead(2) == nullptr ? -1 : Ahead(2)->number;
      const bool minutes_follow = past >= 0 && past < 60 && Ahead(2)->text.length() == 2;
      const int hour = unit->text == u"pm" && number < 12 ? number + 12 : number;
      return ReadClock(hour, minutes_follow ? past : 0, minutes_follow ? 3 : 2);
    }
    bare.push_back(number);
    return 1;
  }

  // "1. Dezember", "1er décembre", "1 de diciembre".
  std::size_t ReadNamedMonth(int number) {
    std::size_t steps = 1;
    for (; Ahead(steps) != nullptr && steps <= 3; ++steps) {
      const Token& token = *Ahead(steps);
      const bool between = token.text == u"." || token.text == u"er" || token.text == u"de" ||
                           token.text == u"th" || token.text == u"st" || token.text == u"nd";
      if (between) continue;
      const int named = names_.MonthNumberOf(token.text);
      // "mar" is a Tuesday, too, and a comma ends what belongs together.
      if (token.kind != Token::Kind::kWord || named == 0) return 0;
      day = number;
      month = named;
      return steps + 1;
    }
    return 0;
  }

  // "1.12.", "1/12", "1.12.2026"; behind a weekday "10.30" is a clock.
  std::size_t ReadNumericDate(int number) {
    const bool slash = IsMark(1, u"/");
    const int second = NumberAt(2);
    if ((!slash && !IsMark(1, u".")) || second < 0) return 0;
    const bool ends = IsMark(3, slash ? u"/" : u".");
    const bool is_clock = !slash && !ends && (weekday != 0 || day != 0 || second > 12);
    if (is_clock) return ReadClock(number, second, 3);
    day = number;
    month = second;
    const int said = ends ? NumberAt(4) : -1;
    if (said < 0) return ends ? 4 : 3;
    year = said < 100 ? 2000 + said : said;
    return 5;
  }

  std::size_t ReadClock(int hour, int minute, std::size_t tokens) {
    if (!clock && hour < 24 && minute < 60) clock = minutes(hour * 60 + minute);
    return tokens;
  }

  static bool IsClockWord(const icu::UnicodeString& word) {
    return std::count(std::begin(kClockWords), std::end(kClockWords), Utf8(word)) > 0;
  }

  const Names& names_;
  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
};

// The first date from `today` on; nullopt: there is none such.
std::optional<date::year_month_day> DateOf(const SaidWhen& said, date::year_month_day today) {
  const date::month_day wanted =
      date::month(static_cast<unsigned>(said.month)) / date::day(static_cast<unsigned>(said.day));
  if (said.month < 1 || said.month > 12) return std::nullopt;
  date::year_month_day day = (said.year != 0 ? date::year(said.year) : today.year()) / wanted;
  if (said.year == 0 && (!day.ok() || day < today)) day += date::years(1);
  return day.ok() ? std::optional(day) : std::nullopt;
}

// The next day with the number `number`, as the month's grid shows it.
std::optional<date::year_month_day> NumberedDay(int number, date::year_month_day today) {
  if (number < 1 || number > 31) return std::nullopt;
  for (date::year_month month = today.year() / today.month();; month += date::months(1)) {
    const auto day = month / date::day(static_cast<unsigned>(number));
    if (day.ok() && day >= today) return day;
  }
}

date::year_month_day NextWeekday(int weekday, const std::optional<minutes>& clock,
                                 const LocalTime& now) {
  const date::sys_days today = now.day();
  const date::days ahead = date::weekday(static_cast<unsigned>(weekday % 7)) - date::weekday(today);
  const minutes past = std::chrono::floor<minutes>(now.time - date::floor<date::days>(now.time));
  const bool over = ahead.count() == 0 && clock && *clock <= past;
  return today + ahead + (over ? date::days(7) : date::days(0));
}

}  // namespace

std::optional<TypedWhen> ParseWhen(std::string_view text, std::string_view language,
                                   const LocalTime& now,
                                   std::optional<date::year_month_day> shown) {
  text = text.substr(0, kWhenBytesMax);
  icu::UnicodeString small = Small(icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))));
  const Names names(language);
  const int relative = names.TakeRelative(small);
  const std::vector<Token> tokens = TokensOf(small);
  SaidWhen said(names, tokens);
  const bool named = relative >= 0 || said.day != 0 || said.weekday != 0;
  // Behind a day, a number is its hour; alone, it is a day of the grid.
  if (named && !said.clock && said.bare.size() == 1 && said.bare[0] >= 0 && said.bare[0] < 24) {
    said.clock = minutes(said.bare[0] * 60);
  }
  std::optional<date::year_month_day> day;
  if (said.day != 0) {
    day = DateOf(said, now.day());
  } else if (relative >= 0) {
    day = date::sys_days(now.day()) + date::days(relative);
  } else if (said.weekday != 0) {
    day = NextWeekday(said.weekday, said.clock, now);
  } else if (tokens.size() <= 2 && said.bare.size() == 1) {
    day = NumberedDay(said.bare[0], now.day());
  } else if (said.clock) {
    day = shown;
  }
  if (!day) return std::nullopt;
  return TypedWhen{*day, said.clock};
}

}  // namespace kalends::telegram

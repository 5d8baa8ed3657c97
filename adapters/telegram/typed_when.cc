#include "adapters/telegram/typed_when.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "adapters/telegram/when_words.h"

namespace kalends::telegram {
namespace {

using std::chrono::minutes;
using Kind = WhenToken::Kind;

// A part of an hour that is said with a whole one. `side`: whether a word tells before or after.
struct HourPart {
  const char16_t* word;
  int shift_minutes;  // 0: said in words only, or not the same everywhere.
  bool side;
};
// Folded.
constexpr HourPart kHourParts[] = {
    {u"halb", -30, false},      {u"half", 30, false},    {u"demie", 30, false},
    {u"demi", 30, false},       {u"media", 30, false},   {u"viertel", 15, true},
    {u"quarter", 15, true},     {u"quart", 15, true},    {u"cuarto", 15, true},
    {u"dreiviertel", 0, false}, {u"четверть", 0, false}, {u"четверти", 0, false},
    {u"чверть", 0, false},      {u"пол", 0, false},      {u"половина", 0, false},
    {u"половине", 0, false},    {u"половину", 0, false}, {u"пів", 0, false},
};
constexpr const char16_t* kAfterHour[] = {u"nach", u"past", u"after", u"et", u"y"};
// A number behind one of these is no day, though a full stop ends the sentence.
constexpr const char16_t* kAtHour[] = {u"um", u"at", u"a", u"las", u"в", u"о"};
constexpr const char16_t* kBeforeHour[] = {u"vor", u"to", u"before", u"moins", u"menos"};

template <std::size_t kSize>
bool Among(const char16_t* const (&words)[kSize], const icu::UnicodeString& word) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](const char16_t* each) { return word == each; });
}

bool IsHourPart(const icu::UnicodeString& word) {
  return std::any_of(std::begin(kHourParts), std::end(kHourParts),
                     [&](const HourPart& part) { return word == part.word; });
}

// Reads tokens from left to right into what was said of a day and of a clock.
class SaidWhen {
 public:
  SaidWhen(const WhenNames& names, const std::vector<WhenToken>& tokens)
      : names_(names), tokens_(tokens) {
    while (at_ < tokens_.size()) ReadOne();
  }

  int weekday = 0;
  int day = 0;  // Of `month`; 0: not said.
  int month = 0;
  int year = 0;
  int ordinal = 0;  // "1er": a day of a month that nobody named.
  std::optional<minutes> clock;
  std::vector<int> bare;  // Numbers of which nothing says what they count.
  bool in_words = false;  // One of those was said in words.
  bool strange = false;   // There are words that nobody here knows.
  bool about = false;     // "nach 15 Uhr", "10–12 Uhr": not that very time.
  bool afternoon = false;
  bool next = false;
  bool week = false;
  bool weeks = false;

  bool NamesDay() const { return day != 0 || weekday != 0 || ordinal != 0; }

 private:
  const WhenToken* Ahead(std::size_t steps) const {
    return at_ + steps < tokens_.size() ? &tokens_[at_ + steps] : nullptr;
  }
  bool IsMark(std::size_t steps, const char16_t* mark) const {
    const WhenToken* token = Ahead(steps);
    return token != nullptr && token->glued && token->text == mark;
  }
  int NumberAt(std::size_t steps) const {
    const WhenToken* token = Ahead(steps);
    return token != nullptr && token->glued ? token->number : -1;
  }
  bool WordAt(std::size_t steps, WhenWord kind) const {
    const WhenToken* token = Ahead(steps);
    return token != nullptr && Says(kind, token->text);
  }

  bool IsAm(std::size_t steps) const {
    const WhenToken* token = Ahead(steps);
    return token != nullptr && names_.IsMorning(token->text);
  }

  void ReadOne() {
    const WhenToken& token = tokens_[at_];
    if (token.kind == Kind::kNumber) {
      at_ += ReadNumber(token.number);
    } else {
      at_ += token.kind == Kind::kWord ? ReadWord(token.text) : 1;
    }
  }

  // These return how many tokens they took.
  std::size_t ReadWord(const icu::UnicodeString& word) {
    if (const std::size_t taken = ReadMonthFirst(word)) return taken;
    const WhenNames::Weekday named = names_.WeekdayOf(word);
    // "so bald wie möglich" is no Sunday.
    if (named.number != 0 && weekday == 0 && (!named.abbreviated || IsKnown(Ahead(1)))) {
      weekday = named.number;
      return 1;
    }
    if (Says(WhenWord::kAfternoon, word)) {
      afternoon = true;
    } else if (Says(WhenWord::kAbout, word)) {
      about = true;
    } else if (Says(WhenWord::kNext, word)) {
      next = true;
    } else if (Says(WhenWord::kWeek, word)) {
      week = !this_;
    } else if (Says(WhenWord::kWeeks, word)) {
      weeks = true;
    } else if (Says(WhenWord::kThis, word)) {
      this_ = true;
    } else if (!Says(WhenWord::kFiller, word) && !IsHourPart(word)) {
      strange = true;
    }
    return 1;
  }

  // Whether what stands behind an abbreviation goes with a day.
  bool IsKnown(const WhenToken* token) const {
    if (token == nullptr || token->kind != Kind::kWord) return true;
    return Says(WhenWord::kFiller, token->text) || Says(WhenWord::kAfternoon, token->text) ||
           Says(WhenWord::kAbout, token->text) || Says(WhenWord::kNext, token->text) ||
           Says(WhenWord::kWeek, token->text) || names_.WeekdayOf(token->text).number != 0 ||
           IsHourPart(token->text);
  }

  std::size_t ReadNumber(int number) {
    if (IsMark(1, u":") && NumberAt(2) >= 0) return ReadClock(number, NumberAt(2), 3);
    if (const std::size_t taken = ReadIsoDate(number)) return taken;
    if (const std::size_t taken = ReadNamedMonth(number)) return taken;
    if (const std::size_t taken = ReadNumericDate(number)) return taken;
    if (WordAt(1, WhenWord::kClock)) {
      const int past = Ahead(2) == nullptr ? -1 : Ahead(2)->number;
      const bool minutes_follow = past >= 0 && past < 60 && Ahead(2)->text.length() == 2;
      return ReadClock(number, minutes_follow ? past : 0, minutes_follow ? 3 : 2);
    }
    if (IsAm(1) || WordAt(1, WhenWord::kPm)) return ReadClock(number, 0, 1);
    if (EndsOrdinal()) {
      ordinal = number;
      return 2;
    }
    bare.push_back(number);
    in_words |= tokens_[at_].in_words;
    return 1;
  }

  // What stands behind this number makes it a day: "3.", "1er".
  bool EndsOrdinal() const {
    if (WordAt(1, WhenWord::kOrdinal)) return Ahead(1)->glued;
    const bool is_hour = at_ > 0 && Among(kAtHour, tokens_[at_ - 1].text);
    return IsMark(1, u".") && !(is_hour && Ahead(2) == nullptr);
  }

  // "2026-12-03".
  std::size_t ReadIsoDate(int number) {
    if (tokens_[at_].text.length() != 4 || !IsMark(1, u"-") || !IsMark(3, u"-")) return 0;
    if (NumberAt(2) < 0 || NumberAt(4) < 0) return 0;
    year = number;
    month = NumberAt(2);
    day = NumberAt(4);
    return 5;
  }

  // "1. Dezember", "1er décembre", "1 de diciembre de 2026".
  std::size_t ReadNamedMonth(int number) {
    for (std::size_t steps = 1; Ahead(steps) != nullptr && steps <= 3; ++steps) {
      const WhenToken& token = *Ahead(steps);
      const bool between = token.text == u"." || Says(WhenWord::kOrdinal, token.text) ||
                           Says(WhenWord::kFiller, token.text);
      if (between) continue;
      const int named = names_.MonthNumberOf(token.text);
      // "mar" is a Tuesday, too, and a comma ends what belongs together.
      if (token.kind != Kind::kWord || named == 0) return 0;
      day = number;
      month = named;
      return ReadYear(steps + 1);
    }
    return 0;
  }

  // "December 31st", "Feb 29".
  std::size_t ReadMonthFirst(const icu::UnicodeString& word) {
    const int named = names_.MonthNumberOf(word);
    if (named == 0 || day != 0 || names_.WeekdayOf(word).number != 0) return 0;
    std::size_t steps = 1;
    if (Ahead(steps) != nullptr && Ahead(steps)->text == u".") ++steps;
    const WhenToken* number = Ahead(steps);
    if (number == nullptr || number->number < 1 || number->text.length() > 2) return 0;
    const WhenToken* behind = Ahead(steps + 1);
    if (behind != nullptr && (behind->text == u":" || Says(WhenWord::kClock, behind->text))) {
      return 0;
    }
    day = number->number;
    month = named;
    if (WordAt(steps + 1, WhenWord::kOrdinal)) ++steps;
    return ReadYear(steps + 1);
  }

  // Behind a day and a month that took `steps`.
  std::size_t ReadYear(std::size_t steps) {
    std::size_t ahead = steps;
    while (Ahead(ahead) != nullptr && (Ahead(ahead)->text == u"," || Ahead(ahead)->text == u"." ||
                                       Ahead(ahead)->text == u"de")) {
      ++ahead;
    }
    const WhenToken* said = Ahead(ahead);
    if (said == nullptr || said->text.length() != 4 || said->number < 1970) return steps;
    year = said->number;
    return ahead + 1;
  }

  // "1.12.", "1. 12.", "1/12", "1.12.2026"; behind a weekday "10.30" is a clock.
  std::size_t ReadNumericDate(int number) {
    const bool slash = IsMark(1, u"/");
    const bool spaced = Ahead(2) != nullptr && IsMark(1, u".") && IsMark(3, u".");
    const int second = spaced ? Ahead(2)->number : NumberAt(2);
    if ((!slash && !IsMark(1, u".")) || second < 0) return 0;
    const bool ends = IsMark(3, slash ? u"/" : u".");
    const bool is_clock =
        !slash && !ends && (weekday != 0 || day != 0 || second > 12 || second == 0);
    if (is_clock) return ReadClock(number, second, 3);
    day = number;
    month = second;
    const int said = ends ? NumberAt(4) : -1;
    if (said < 0) return ends ? ReadYear(4) : 3;
    year = said < 100 ? 2000 + said : said;
    return 5;
  }

  std::size_t ReadClock(int hour, int minute, std::size_t tokens) {
    const bool pm = WordAt(tokens, WhenWord::kPm);
    const bool am = IsAm(tokens);
    if (pm && hour < 12) hour += 12;
    if (am && hour == 12) hour = 0;
    if (clock) {
      about = true;
    } else if (hour < 24 && minute < 60) {
      clock = minutes(hour * 60 + minute);
    }
    return tokens + (am || pm ? 1 : 0);
  }

  const WhenNames& names_;
  const std::vector<WhenToken>& tokens_;
  std::size_t at_ = 0;
  bool this_ = false;
};

// What a part of an hour makes of the whole `hour`; nullopt: not sure.
std::optional<minutes> WithPart(const std::vector<WhenToken>& tokens, const HourPart& part,
                                minutes hour) {
  int sign = part.side ? 0 : 1;
  for (const WhenToken& token : tokens) {
    if (Among(kBeforeHour, token.text)) sign = -1;
    if (part.side && sign == 0 && Among(kAfterHour, token.text)) sign = 1;
  }
  // "half to ten" nobody says.
  if (sign == 0 || (sign < 0 && !part.side) || part.shift_minutes == 0) return std::nullopt;
  const minutes clock = hour + minutes(sign * part.shift_minutes);
  return clock.count() < 0 ? std::nullopt : std::optional(clock);
}

// The one time that was said; nullopt: none, or several would fit.
std::optional<minutes> ClockOf(const SaidWhen& said, const std::vector<WhenToken>& tokens,
                               bool lone_is_hour) {
  std::optional<minutes> clock = said.clock;
  const bool hour = said.bare.size() == 1 && said.bare[0] >= 0 && said.bare[0] < 24;
  if (clock && !said.bare.empty()) return std::nullopt;  // "10–12 Uhr"
  if (!clock && hour && lone_is_hour) clock = minutes(said.bare[0] * 60);
  if (!clock) return std::nullopt;
  bool about = said.about;
  for (const WhenToken& token : tokens) {
    for (const HourPart& part : kHourParts) {
      if (token.text != part.word) continue;
      clock = clock->count() % 60 == 0 ? WithPart(tokens, part, *clock) : std::nullopt;
      if (!clock) return std::nullopt;
      about = false;  // "nach" said on which side.
    }
  }
  if (about) return std::nullopt;
  if (said.afternoon && *clock >= minutes(60) && *clock < minutes(12 * 60)) {
    *clock += minutes(12 * 60);
  }
  return clock;
}

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

// The day of the week that was said. On a Monday, "next Monday" is not today.
date::year_month_day WeekdayOf(const SaidWhen& said, const std::optional<minutes>& clock,
                               const LocalTime& now) {
  const date::sys_days today = now.day();
  const date::weekday wanted(static_cast<unsigned>(said.weekday % 7));
  if (said.week && said.next) {
    const date::sys_days monday = today - (date::weekday(today) - date::Monday);
    return monday + date::days(7) + (wanted - date::Monday);
  }
  const date::days ahead = wanted - date::weekday(today);
  const minutes past = std::chrono::floor<minutes>(now.time - date::floor<date::days>(now.time));
  const bool is_today = ahead.count() == 0;
  const bool later = said.week || (is_today && (said.next || (clock && *clock <= past)));
  return today + ahead + (later ? date::days(7) : date::days(0));
}

// The day that was said, on the calendar of `now`.
std::optional<date::year_month_day> DayOf(const SaidWhen& said, int relative,
                                          const std::optional<minutes>& clock, const LocalTime& now,
                                          std::optional<date::year_month_day> shown) {
  if (said.weeks) return std::nullopt;
  if (said.day != 0) return DateOf(said, now.day());
  // Before what is relative: "Dienstag Morgen" is not tomorrow.
  if (said.weekday != 0) {
    const auto numbered = NumberedDay(said.ordinal, now.day());  // "Dienstag, der 8."
    const date::weekday wanted(static_cast<unsigned>(said.weekday % 7));
    if (numbered && date::weekday(*numbered) == wanted) return numbered;
    return WeekdayOf(said, clock, now);
  }
  if (relative >= 0) return date::sys_days(now.day()) + date::days(relative);
  if (said.ordinal != 0) return NumberedDay(said.ordinal, now.day());
  if (clock) return shown;
  const bool lone = said.bare.size() == 1 && !said.strange && !said.clock && !said.in_words;
  return lone ? NumberedDay(said.bare[0], now.day()) : std::nullopt;
}

}  // namespace

std::optional<TypedWhen> ParseWhen(std::string_view text, std::string_view language,
                                   const LocalTime& now,
                                   std::optional<date::year_month_day> shown) {
  icu::UnicodeString folded = FoldWhen(text);
  const WhenNames names(language);
  int relative = names.TakeRelative(folded);
  std::vector<WhenToken> tokens = WhenTokensOf(folded);
  const int counted = TakeCountedDays(tokens);
  const SaidWhen said(names, tokens);
  // "Dienstag in 2 Wochen" may mean several days.
  if (counted >= 0 && (relative >= 0 || said.NamesDay())) return std::nullopt;
  relative = std::max(relative, counted);
  // Behind a day, or below one, a number is its hour; alone, it is a day of the grid.
  const bool lone_is_hour = relative >= 0 || said.NamesDay() || (shown && !said.strange);
  const std::optional<minutes> clock = ClockOf(said, tokens, lone_is_hour);
  const auto day = DayOf(said, relative, clock, now, shown);
  if (!day) return std::nullopt;
  return TypedWhen{*day, clock};
}

}  // namespace kalends::telegram

// What the words and numbers of a typed day and time are: the names of one language (ICU's), and
// the small words that all languages of the bot say around them.
#pragma once

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace kalends::telegram {

// Small letters without accents, which phones leave out; one kind of apostrophe. Of the first
// 200 bytes.
icu::UnicodeString FoldWhen(std::string_view text);

struct WhenToken {
  enum class Kind { kNumber, kWord, kMark } kind;
  icu::UnicodeString text;
  int number = -1;        // -1 also of one with more than four digits: no part of a date.
  bool glued = false;     // Nothing stands between it and the one before.
  bool in_words = false;  // "neun": an hour or a count, never a day of a month.
};

// Hours that are said in words come as numbers, "полдесятого" as 9:30.
std::vector<WhenToken> WhenTokensOf(const icu::UnicodeString& folded);
// How many days ahead is counted: "in 3 Tagen", "через две недели"; -1: it is not. What says so is
// taken out.
int TakeCountedDays(std::vector<WhenToken>& tokens);

enum class WhenWord {
  kClock,  // "Uhr", behind an hour.
  kPm,
  kAfternoon,  // "abends", "дня": small hours are those after noon.
  kAbout,      // "nach", "before": not that very time.
  kOrdinal,    // Behind a number: "er", "th".
  kNext,       // "nächsten"
  kThis,
  kWeek,    // "Woche"; "übernächsten", too.
  kWeeks,   // Several: which one is not said.
  kFiller,  // "um", "the", "по": says nothing of its own.
};

// Whether the folded `word` is one of these, in any language.
bool Says(WhenWord kind, const icu::UnicodeString& word);

// Names of one language, folded.
class WhenNames {
 public:
  explicit WhenNames(std::string_view language);

  struct Weekday {
    int number = 0;            // ISO, 1 to 7; 0: none.
    bool abbreviated = false;  // "So" is a Sunday, and many other words.
  };
  Weekday WeekdayOf(const icu::UnicodeString& word) const;
  int MonthNumberOf(const icu::UnicodeString& word) const;  // 1 to 12; 0: none.

  // "am" behind an hour; in German it is another word.
  bool IsMorning(const icu::UnicodeString& word) const;

  // How many days ahead `folded` says: "übermorgen" 2; -1: it does not. What says so is taken out.
  int TakeRelative(icu::UnicodeString& folded) const;

 private:
  struct Name {
    icu::UnicodeString text;
    int number;
    bool abbreviated;
  };

  static void Add(std::vector<Name>& names, const icu::UnicodeString& name, int number,
                  bool abbreviated);
  static Name Find(const std::vector<Name>& names, const icu::UnicodeString& word);

  icu::Locale locale_;
  std::vector<Name> weekdays_;
  std::vector<Name> months_;
};

}  // namespace kalends::telegram

// Reads what people type into a length of time. Declared beside the screen that asks.
#include <algorithm>
#include <span>

#include "adapters/telegram/screens/service_fields.h"
#include "adapters/telegram/when_words.h"

namespace kalends::telegram {
namespace {

using std::chrono::minutes;

constexpr int kPeriodMinutesMax = 10 * 366 * 24 * 60;  // Beyond what any field takes.

struct UnitWords {
  int minutes;
  // Between blanks, of de, en, fr, ru, uk, es.
  std::string_view words;
};
constexpr UnitWords kUnits[] = {
    {1,
     "m min mins minute minuten minutes мин минута минуты минут минуту м хв хвилин хвилини хвилина "
     "хвилину minuto minutos"},
    {60,
     "h std stunde stunden hour hours hr hrs heure heures ч час часа часов год година години годин "
     "годину hora horas"},
    {24 * 60, "d t tag tage tagen day days j jour jours д дн день дня дней дні днів día días"},
    {7 * 24 * 60,
     "w wo woche wochen week weeks semaine semaines sem нед неделя недели недель неделю тиждень "
     "тижні тижня тижнів тиж semana semanas"},
    {30 * 24 * 60,
     "mon monat monate monaten month months mois мес месяц месяца месяцев міс місяць місяці місяця "
     "місяців mes meses"},
    {365 * 24 * 60, "jahr jahre jahren year years an ans année лет рік роки року років año años"},
};
constexpr std::string_view kOne = "ein eine einen einem one a un une один одна одну одне uno una";
constexpr std::string_view kNone =
    "kein keine keinen keiner ohne sofort jederzeit none no nothing immediately anytime aucun "
    "aucune "
    "sans нет без сразу всегда немає одразу завжди ninguno ninguna nada sin siempre";
constexpr std::string_view kSaysNothing =
    "vorher vor im in zum voraus und bis davor danach vorlauf puffer storno frist before after "
    "ahead "
    "advance and up to notice avant après à l'avance avance et d'avance до после за заранее и "
    "вперед "
    "наперед перед після та й antes después de antelación y hasta con previo";

bool Among(std::string_view words, const icu::UnicodeString& word) {
  const icu::UnicodeString all = FoldWhen(words);
  const icu::UnicodeString wanted = icu::UnicodeString(u" ") + word + u" ";
  return (icu::UnicodeString(u" ") + all + u" ").indexOf(wanted) >= 0;
}

// FoldWhen takes the first 200 bytes, and some lists are longer.
bool AmongLong(std::string_view words, const icu::UnicodeString& word) {
  while (!words.empty()) {
    const std::size_t end = words.size() <= 150 ? words.size() : words.rfind(' ', 150);
    if (Among(words.substr(0, end), word)) return true;
    words.remove_prefix(std::min(words.size(), end + 1));
  }
  return false;
}

// In minutes; 0: it is none.
int UnitOf(const icu::UnicodeString& word) {
  for (const UnitWords& unit : kUnits) {
    if (AmongLong(unit.words, word)) return unit.minutes;
  }
  return 0;
}

bool IsMark(std::span<const WhenToken> tokens, char16_t mark) {
  return !tokens.empty() && tokens[0].kind == WhenToken::Kind::kMark && tokens[0].text == mark;
}
bool IsNumber(std::span<const WhenToken> tokens) {
  return !tokens.empty() && tokens[0].kind == WhenToken::Kind::kNumber && tokens[0].number >= 0;
}

// Reads a period from left to right; what it takes away it adds up.
class PeriodReader {
 public:
  PeriodReader(std::span<const WhenToken> tokens, minutes bare)
      : left_(tokens), bare_(static_cast<int>(bare.count())) {}

  std::optional<minutes> Read() {
    while (!left_.empty()) {
      if (!TakeClock() && !TakeCounted() && !TakeWord()) return std::nullopt;
      if (total_ > kPeriodMinutesMax) return std::nullopt;
    }
    const bool said = counted_ != none_;  // One of both.
    return said ? std::optional(minutes(static_cast<int>(total_))) : std::nullopt;
  }

 private:
  // "1:30".
  bool TakeClock() {
    if (!IsNumber(left_) || left_.size() < 3 || !IsMark(left_.subspan(1), u':') ||
        !IsNumber(left_.subspan(2)) || left_[2].number > 59 || counted_) {
      return false;
    }
    total_ += left_[0].number * 60 + left_[2].number;
    left_ = left_.subspan(3);
    const int unit = left_.empty() ? 60 : UnitOf(left_[0].text);  // "1:30 h"
    if (unit == 60 && !left_.empty()) left_ = left_.subspan(1);
    counted_ = true;
    return true;
  }

  // "50", "50 min", "1,5 h", "eine Woche", "30" behind hours.
  bool TakeCounted() {
    const std::span<const WhenToken> before = left_;
    if (TakeCountAndUnit()) return true;
    left_ = before;
    return false;
  }

  // False: some may be taken.
  bool TakeCountAndUnit() {
    double count = 0;
    if (IsNumber(left_)) {
      count = left_[0].number;
      const bool fraction = left_.size() > 2 && left_[2].glued && IsNumber(left_.subspan(2)) &&
                            left_[2].number < 10 && left_[2].text.length() == 1 &&
                            (IsMark(left_.subspan(1), u',') || IsMark(left_.subspan(1), u'.'));
      if (fraction) count += left_[2].number / 10.0;
      left_ = left_.subspan(fraction ? 3 : 1);
    } else if (left_[0].kind == WhenToken::Kind::kWord && Among(kOne, left_[0].text) &&
               left_.size() > 1 && UnitOf(left_[1].text) > 0) {
      count = 1;
      left_ = left_.subspan(1);
    } else if (left_[0].kind == WhenToken::Kind::kWord && UnitOf(left_[0].text) > 0 && !counted_) {
      count = 1;  // "Woche".
    } else {
      return false;
    }
    int unit = left_.empty() ? 0 : UnitOf(left_[0].text);
    if (unit > 0) {
      left_ = left_.subspan(1);
    } else if (last_unit_ == 60) {
      unit = 1;  // "1h30".
    } else if (!counted_) {
      unit = bare_;
    } else {
      return false;
    }
    if (counted_ && unit >= last_unit_) return false;  // "5 min 3 Tage"
    total_ += count * unit;
    last_unit_ = unit;
    counted_ = true;
    return true;
  }

  bool TakeWord() {
    const WhenToken& token = left_[0];
    if (token.kind == WhenToken::Kind::kMark && token.text != u'.' && token.text != u',') {
      return false;
    }
    if (token.kind == WhenToken::Kind::kWord) {
      const bool none = AmongLong(kNone, token.text);
      if (!none && !AmongLong(kSaysNothing, token.text)) return false;
      none_ |= none;
    }
    if (token.kind == WhenToken::Kind::kNumber) return false;
    left_ = left_.subspan(1);
    return true;
  }

  std::span<const WhenToken> left_;
  int bare_;
  double total_ = 0;
  int last_unit_ = 0;
  bool counted_ = false;
  bool none_ = false;
};

}  // namespace

std::optional<int> ParseSeats(std::string_view text) {
  constexpr std::string_view kPeople =
      "platz plätze plätzen person personen leute teilnehmer teilnehmende bis zu max maximal seat "
      "seats "
      "people persons person up to place places personne personnes jusqu'à participants";
  constexpr std::string_view kMorePeople =
      "место места мест человек человека людей до не более місце місця місць осіб особи людини "
      "людей "
      "plaza plazas personas persona hasta participantes";
  std::optional<int> seats;
  for (const WhenToken& token : WhenTokensOf(FoldWhen(text))) {
    const bool number = token.kind == WhenToken::Kind::kNumber;
    const bool one = token.kind == WhenToken::Kind::kWord && Among(kOne, token.text);
    if (number || one) {
      if (seats || (number && token.number < 0)) return std::nullopt;
      seats = one ? 1 : token.number;
    } else if (token.text != u"." && !AmongLong(kPeople, token.text) &&
               !AmongLong(kMorePeople, token.text)) {
      return std::nullopt;
    }
  }
  return seats;
}

std::optional<minutes> ParsePeriod(std::string_view text, minutes bare) {
  const std::vector<WhenToken> tokens = WhenTokensOf(FoldWhen(text));
  return PeriodReader(tokens, bare).Read();
}

}  // namespace kalends::telegram

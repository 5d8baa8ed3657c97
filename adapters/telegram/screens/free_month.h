// To pick a free time: the first ones on top, then the dates, then the times of one of them.
// Booking, booking for a customer, proposing and moving differ in their texts and in what a choice
// leads to.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/telegram/screens/common.h"

namespace kalends::telegram {

struct FreeMonth {
  date::year_month month;
  date::year_month last_month;  // The present month's last days come with those of the next one.
  std::vector<date::year_month_day> days;
  bool is_first = false;  // Nothing is free before.
  std::vector<Instant> first_starts =
      {};  // Of the first ones from now, where they are among `days`.
  std::optional<Instant> next_start = {};  // The first one after `last_month`.
  std::string zone = {};                   // Of the dates.
  std::string provider_zone = {};          // Of `first_starts`, where it is one.
};

// What each choice leads to.
struct MonthChoice {
  // Of one of the first starts; nullopt: it is left out.
  std::function<std::optional<Action>(Minute)> start;
  std::function<Action(date::year_month_day)> day;
  std::function<Action(date::year_month)> month;  // Another one.
  std::string other_zone = {};  // Whose clock stands beside each start; empty: nobody's.
};
void AppendFreeMonth(const Reader& reader, std::vector<Row>& rows, const FreeMonth& free,
                     const MonthChoice& choice);
// " Im Dezember ist nichts frei.", below a text; empty where something is. HTML.
std::string MonthFullText(const Reader& reader, const FreeMonth& free);

struct FreeDay {
  const std::vector<Instant>& starts;  // All of the day.
  int page = 0;
};
struct DayChoice {
  std::function<Button(Instant)> start;
  std::function<Action(int)> page;
};
void AppendFreeDay(std::vector<Row>& rows, const FreeDay& free, const DayChoice& choice);

}  // namespace kalends::telegram

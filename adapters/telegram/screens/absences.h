// When a specialist is away.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/telegram/actions/absences.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::telegram {

inline constexpr int kClosuresPerPage = 6;

// "Urlaub · Mo., 21. Dez. – So., 3. Jan.", of whole days; else with clocks. Plain.
std::string ClosureText(const Reader& reader, const v1::Closure& closure, std::string_view zone);
// "Mo., 21. Dez. – So., 3. Jan."; a day alone is itself. Plain.
std::string DaysSpanText(const Reader& reader, date::year_month_day first,
                         date::year_month_day last);

struct VacationView {
  std::optional<date::year_month_day> first;  // Where that is chosen.
  date::year_month month;
  date::year_month_day today;         // On the specialist's calendar.
  std::vector<v1::Closure> closures;  // The next ones.
  std::string zone;
  Nonce nonce;
  std::string heading = {};  // HTML; may be empty.
  AwayFrom began = AwayFrom::kHours;
};
Screen VacationScreen(const Reader& reader, const VacationView& view);

// Today, from now on, by the clock of `zone`.
Screen AbsenceScreen(const Reader& reader, std::string_view zone, Nonce nonce);
// A day of the calendar that is not over: all of it, several days, or from when.
Screen BlockDayScreen(const Reader& reader, std::string_view zone, date::year_month_day day,
                      Nonce nonce);
Screen AbsenceEndScreen(const Reader& reader, std::string_view zone, const PickAbsenceEnd& choice,
                        Nonce nonce);

Screen ClosuresScreen(const Reader& reader, const Page<v1::Closure>& closures,
                      std::string_view zone);
// Also what a new one shows, below a heading (HTML; may be empty).
Screen ClosureScreen(const Reader& reader, const v1::Closure& closure, std::string_view zone,
                     Nonce nonce, const std::string& heading, AwayFrom began = AwayFrom::kHours);
Screen ClosureGoneScreen(const Reader& reader);

}  // namespace kalends::telegram

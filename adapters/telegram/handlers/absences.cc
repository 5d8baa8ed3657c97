// When a specialist is away: vacation, and on a day from then till then.
#include "adapters/telegram/screens/absences.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/telegram/handlers/availability.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/schedule.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/month_grid.h"
#include "adapters/telegram/screens/typed_days.h"

namespace kalends::telegram {
namespace {

constexpr date::days kVacationDaysMax{1098};  // The core's limit.

// Closes it and says what that hits.
absl::Status Close(Turn& turn, Instant from, Instant to, const char* label_key,
                   const std::string& zone, const std::string& request_id, AwayFrom began) {
  v1::CreateClosureRequest request;
  request.set_parent(turn.account().provider());
  *request.mutable_closure()->mutable_start_time() = ToTimestamp(from);
  *request.mutable_closure()->mutable_end_time() = ToTimestamp(to);
  request.mutable_closure()->set_label(turn.texts().Plain(label_key));
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::CreateClosureResponse>(request));
  Screen screen = ClosureScreen(turn.reader(), answer.closure(), zone, turn.nonce(),
                                turn.texts().Html("absences.saved"), began);
  AddAffected(turn.reader(), screen, ReadAffected(turn, answer.affected_appointments()));
  turn.Show(screen);
  return absl::OkStatus();
}

absl::Status CloseDays(Turn& turn, const DayRange& days, const std::string& zone,
                       const std::string& request_id, AwayFrom began) {
  return Close(turn, DayStart(zone, days.first),
               DayStart(zone, date::sys_days(days.last) + date::days(1)), "absences.vacation_label",
               zone, request_id, began);
}

// The month whose days are shown; `first`: the first day, where that is chosen.
absl::Status AskVacation(Turn& turn, std::optional<date::year_month_day> first,
                         std::optional<date::year_month> month, const std::string& heading,
                         AwayFrom began = AwayFrom::kHours) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  KALENDS_ASSIGN_OR_RETURN(auto closures, NextClosures(turn));
  const date::year_month_day today = NowIn(turn, schedule).day();
  turn.session().dialogue = TypesVacation{KeptDay(first)};
  turn.Show(VacationScreen(turn.reader(), {.first = first,
                                           .month = month.value_or(MonthOf(first.value_or(today))),
                                           .today = today,
                                           .closures = std::move(closures),
                                           .zone = schedule.time_zone(),
                                           .nonce = turn.nonce(),
                                           .heading = heading,
                                           .began = began}));
  return absl::OkStatus();
}

absl::StatusOr<v1::Closure> GetClosure(Turn& turn, const ClosureId& id) {
  v1::GetClosureRequest request;
  request.set_name(NameOf(OwnProvider(turn), id));
  return turn.Call<v1::Closure>(request);
}

// "14-16", "morgen 9 bis 12", or "bis 16 Uhr", which is from now on.
std::optional<DayHours> AbsenceTyped(Turn& turn, const std::string& text, const LocalTime& now,
                                     date::year_month_day day) {
  const std::string& language = turn.texts().language();
  if (auto typed = ParseDayHours(text, language, now, day)) return typed;
  if (day != now.day()) return std::nullopt;
  const std::vector<HourSpan> till = ParseHours(Formats::Time(now) + " " + text);
  return till.empty() ? std::nullopt : std::optional(DayHours{now.day(), till});
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowVacation& action) {
  return AskVacation(turn, std::nullopt, action.month, "");
}

absl::Status Handle(Turn& turn, const ShowVacationEnd& action) {
  return AskVacation(turn, action.first, action.month, "", action.began);
}

absl::Status Handle(Turn& turn, const TakeVacation& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  return CloseDays(turn, {action.first, action.last}, schedule.time_zone(),
                   turn.RequestIdOf(action, action.nonce), action.began);
}

// Both days at once, or the one that is asked for.
absl::Status Handle(Turn& turn, const TypesVacation& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  const LocalTime now = NowIn(turn, schedule);
  std::optional<date::year_month_day> first;
  LocalTime from = now;
  if (dialogue.first != 0) {
    first = date::sys_days(date::days(static_cast<int>(dialogue.first)));
    from = {.time = date::local_days(*first), .offset = {}};
  }
  auto days = ParseDayRange(text, turn.texts().language(), from);
  if (days && first && days->first == days->last) days->first = *first;
  const bool fits =
      days && date::sys_days(days->last) - date::sys_days(days->first) < kVacationDaysMax;
  if (!fits) return AskVacation(turn, first, std::nullopt, turn.texts().Html("absences.bad_days"));
  return CloseDays(turn, *days, schedule.time_zone(), turn.NextRequestId(), AwayFrom::kHours);
}

absl::Status Handle(Turn& turn, const ShowAbsence&) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  turn.session().dialogue = TypesAbsence{};
  turn.Show(AbsenceScreen(turn.reader(), schedule.time_zone(), turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const BlockDay& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  // Nobody can be kept out of a day that is over.
  const date::year_month_day day = std::max(action.day, NowIn(turn, schedule).day());
  turn.session().dialogue = TypesAbsence{KeptDay(day)};
  turn.Show(BlockDayScreen(turn.reader(), schedule.time_zone(), day, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickAbsenceEnd& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  turn.Show(AbsenceEndScreen(turn.reader(), schedule.time_zone(), action, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const BeAbsent& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  return Close(turn, action.from, action.to, "absences.away", schedule.time_zone(),
               turn.RequestIdOf(action, action.nonce), action.began);
}

absl::Status Handle(Turn& turn, const TypesAbsence& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  const std::string& zone = schedule.time_zone();
  const LocalTime now = NowIn(turn, schedule);
  const bool on_day = dialogue.day != 0;
  date::year_month_day day = now.day();
  if (on_day) day = date::sys_days(date::days(static_cast<int>(dialogue.day)));
  const auto typed = AbsenceTyped(turn, text, now, day);
  if (!typed) {
    turn.session().dialogue = dialogue;
    Screen again = on_day ? BlockDayScreen(turn.reader(), zone, day, turn.nonce())
                          : AbsenceScreen(turn.reader(), zone, turn.nonce());
    again.text = turn.texts().Html("schedule.bad") + "\n\n" + again.text;
    turn.Show(again);
    return absl::OkStatus();
  }
  const HourSpan span = typed->spans.front();
  const auto next = span.to <= span.from ? date::days(1) : date::days(0);
  return Close(turn, AtClock(zone, typed->day, std::chrono::minutes(span.from)),
               AtClock(zone, date::sys_days(typed->day) + next, std::chrono::minutes(span.to)),
               "absences.away", zone, turn.NextRequestId(),
               on_day ? AwayFrom::kCalendar : AwayFrom::kHours);
}

absl::Status Handle(Turn& turn, const ShowClosures& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::Closure>(
                               action.page, kClosuresPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListClosuresRequest request;
                                 request.set_parent(turn.account().provider());
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListClosuresResponse>(request);
                               },
                               [](const auto& answer) { return answer.closures(); }));
  turn.Show(ClosuresScreen(turn.reader(), page, schedule.time_zone()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowClosure& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  KALENDS_ASSIGN_OR_RETURN(const auto closure, GetClosure(turn, action.closure));
  turn.Show(ClosureScreen(turn.reader(), closure, schedule.time_zone(), turn.nonce(), ""));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const DeleteClosure& action) {
  v1::DeleteClosureRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.closure));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::DeleteClosureResponse>(request).status());
  turn.Show(ClosureGoneScreen(turn.reader()));
  return absl::OkStatus();
}

Handlers AbsencesHandlers() { return HandlersOf<TypesVacation, TypesAbsence>(AbsencesActions{}); }

}  // namespace kalends::telegram

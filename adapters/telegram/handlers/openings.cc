// When a specialist works besides the weekly hours.
#include "adapters/telegram/screens/openings.h"

#include "adapters/telegram/handlers/availability.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/schedule.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/month_grid.h"
#include "adapters/telegram/screens/typed_days.h"

namespace kalends::telegram {
namespace {

// Opens each of the spans; what was opened last is shown.
absl::Status Open(Turn& turn, const v1::Schedule& schedule, const DayHours& hours,
                  const std::string& request_id) {
  const std::string& zone = schedule.time_zone();
  v1::Opening opening;
  for (const HourSpan& span : hours.spans) {
    const auto next = span.to <= span.from ? date::days(1) : date::days(0);
    v1::CreateOpeningRequest request;
    request.set_parent(turn.account().provider());
    *request.mutable_opening()->mutable_start_time() =
        ToTimestamp(AtClock(zone, hours.day, std::chrono::minutes(span.from)));
    *request.mutable_opening()->mutable_end_time() =
        ToTimestamp(AtClock(zone, date::sys_days(hours.day) + next, std::chrono::minutes(span.to)));
    request.set_request_id(request_id + ":" + std::to_string(span.from));
    KALENDS_ASSIGN_OR_RETURN(opening, turn.Call<v1::Opening>(request));
  }
  Screen screen = OpeningScreen(turn.reader(), opening, zone, turn.nonce(),
                                turn.texts().Html("openings.saved"));
  AddMissing(turn, screen);
  turn.Show(screen);
  return absl::OkStatus();
}

absl::Status AskOpeningDay(Turn& turn, std::optional<date::year_month> month,
                           const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  KALENDS_ASSIGN_OR_RETURN(auto openings, NextOpenings(turn));
  const date::year_month_day today = NowIn(turn, schedule).day();
  turn.session().dialogue = TypesOpening{};
  Screen screen = OpeningsScreen(turn.reader(), {.month = month.value_or(MonthOf(today)),
                                                 .today = today,
                                                 .openings = std::move(openings),
                                                 .zone = schedule.time_zone()});
  if (!heading.empty()) screen.text = heading + "\n\n" + screen.text;
  turn.Show(screen);
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowOpenings& action) {
  return AskOpeningDay(turn, action.month, "");
}

absl::Status Handle(Turn& turn, const PickOpeningFrom& action) {
  turn.session().dialogue = TypesOpening{KeptDay(action.day)};
  turn.Show(OpeningFromScreen(turn.reader(), action.day));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickOpeningTo& action) {
  turn.Show(OpeningToScreen(turn.reader(), action, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const OpenOnDay& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  return Open(turn, schedule, {action.day, {{action.from, action.to}}},
              turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const TypesOpening& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  const LocalTime now = NowIn(turn, schedule);
  date::year_month_day shown = now.day();
  if (dialogue.day != 0) shown = date::sys_days(date::days(static_cast<int>(dialogue.day)));
  const auto typed = ParseDayHours(text, turn.texts().language(), now, shown);
  // Hours alone, with no day chosen, are of no day.
  const bool has_day = dialogue.day != 0 || ParseHours(text).empty();
  if (typed && has_day) return Open(turn, schedule, *typed, turn.NextRequestId());
  return AskOpeningDay(turn, std::nullopt, turn.texts().Html("openings.bad"));
}

absl::Status Handle(Turn& turn, const ShowOpening& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  v1::GetOpeningRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.opening));
  KALENDS_ASSIGN_OR_RETURN(const auto opening, turn.Call<v1::Opening>(request));
  turn.Show(OpeningScreen(turn.reader(), opening, schedule.time_zone(), turn.nonce(), ""));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const DeleteOpening& action) {
  v1::DeleteOpeningRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.opening));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::DeleteOpeningResponse>(request));
  Screen screen{.text = turn.texts().Html("openings.removed"),
                .rows = {BackAndHome(turn.reader(), ShowOpenings{})}};
  AddAffected(turn.reader(), screen, ReadAffected(turn, answer.affected_appointments()));
  turn.Show(screen);
  return absl::OkStatus();
}

Handlers OpeningsHandlers() { return HandlersOf<TypesOpening>(OpeningsActions{}); }

}  // namespace kalends::telegram

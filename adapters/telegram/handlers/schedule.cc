// A specialist's hours: the card with all of them, and the weekly ones.
#include "adapters/telegram/handlers/schedule.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/schedule.h"

namespace kalends::telegram {
namespace {

constexpr int kAheadPageSize = 3;

// Shows what the week has come to, or goes on with the set-up.
absl::Status ShowChangedWeek(Turn& turn, const v1::UpdateScheduleResponse& answer) {
  if (ContinueSetup(turn, SetupStep::kHours, HoursText(turn.reader(), answer.schedule()))) {
    return absl::OkStatus();
  }
  KALENDS_ASSIGN_OR_RETURN(auto closures, NextClosures(turn));
  KALENDS_ASSIGN_OR_RETURN(auto openings, NextOpenings(turn));
  Screen saved = HoursScreen(turn.reader(), {.schedule = answer.schedule(),
                                             .closures = std::move(closures),
                                             .openings = std::move(openings),
                                             .affected = 0,
                                             .heading = turn.texts().Html("schedule.saved")});
  AddAffected(turn.reader(), saved, ReadAffected(turn, answer.affected_appointments()));
  AddMissing(turn, saved);
  turn.Show(saved);
  return absl::OkStatus();
}

// The weekdays of `days` get `hours`, in place of all they have.
absl::Status ReplaceWeekdays(Turn& turn, const v1::Schedule& schedule, int days,
                             const std::vector<v1::WeeklyHours>& hours,
                             const std::string& request_id) {
  v1::ChangeWeeklyHoursRequest request;
  request.set_name(schedule.name());
  request.set_etag(schedule.etag());  // What stays was read from that.
  for (int weekday = 1; weekday <= 7; ++weekday) {
    if (HasWeekday(days, weekday)) request.add_cleared_weekdays(weekday);
  }
  request.mutable_added()->Assign(hours.begin(), hours.end());
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::UpdateScheduleResponse>(request));
  return ShowChangedWeek(turn, answer);
}

// A second tap sends the same again, and finds the week as the first one left it.
absl::Status ChangeHours(Turn& turn, int days, InWeeks weeks, const std::vector<HourSpan>& spans,
                         KeepHours keep, const std::string& request_id) {
  if (weeks == InWeeks::kAll) {
    v1::ChangeWeeklyHoursRequest request;
    request.set_name(OwnScheduleName(turn));
    const auto added = HoursWith({}, days, weeks, spans, keep);
    request.mutable_added()->Assign(added.begin(), added.end());
    for (int weekday = 1; weekday <= 7; ++weekday) {
      if (HasWeekday(days, weekday) && keep == KeepHours::kNone) {
        request.add_cleared_weekdays(weekday);
      }
    }
    request.set_request_id(request_id);
    KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::UpdateScheduleResponse>(request));
    return ShowChangedWeek(turn, answer);
  }
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  return ReplaceWeekdays(turn, schedule, days, HoursWith(schedule, days, weeks, spans, keep),
                         request_id + ":" + schedule.etag());
}

}  // namespace

std::string OwnScheduleName(const Turn& turn) { return turn.account().provider() + "/schedule"; }

absl::StatusOr<v1::Schedule> GetOwnSchedule(Turn& turn) {
  v1::GetScheduleRequest request;
  request.set_name(OwnScheduleName(turn));
  return turn.Call<v1::Schedule>(request);
}

absl::StatusOr<std::vector<v1::Closure>> NextClosures(Turn& turn) {
  v1::ListClosuresRequest request;
  request.set_parent(turn.account().provider());
  request.set_page_size(kAheadPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListClosuresResponse>(request));
  return std::vector<v1::Closure>(answer.closures().begin(), answer.closures().end());
}

absl::StatusOr<std::vector<v1::Opening>> NextOpenings(Turn& turn) {
  v1::ListOpeningsRequest request;
  request.set_parent(turn.account().provider());
  request.set_page_size(kAheadPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListOpeningsResponse>(request));
  return std::vector<v1::Opening>(answer.openings().begin(), answer.openings().end());
}

absl::Status ShowHoursCard(Turn& turn, const std::string& heading) {
  HoursView view;
  view.heading = heading;
  KALENDS_ASSIGN_OR_RETURN(view.schedule, GetOwnSchedule(turn));
  KALENDS_ASSIGN_OR_RETURN(view.closures, NextClosures(turn));
  KALENDS_ASSIGN_OR_RETURN(view.openings, NextOpenings(turn));
  KALENDS_ASSIGN_OR_RETURN(const auto affected, ListAffected(turn));
  view.affected = static_cast<int>(affected.size());
  turn.Show(HoursScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowHours&) { return ShowHoursCard(turn, ""); }

absl::Status Handle(Turn& turn, const PickWeekdays& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  turn.Show(PickWeekdaysScreen(turn.reader(), schedule, {action.days & kWeekdaysAll, action.weeks},
                               turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickFrom& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  const PickFrom choice{action.days & kWeekdaysAll, action.weeks};
  turn.session().dialogue = TypesHours{choice.days, choice.weeks};
  turn.Show(PickFromScreen(turn.reader(), schedule, choice));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickTo& action) {
  turn.Show(PickToScreen(turn.reader(), {action.days & kWeekdaysAll, action.weeks, action.from}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ReviewHours& action) {
  turn.Show(ReviewHoursScreen(turn.reader(), action, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ReplaceHours& action) {
  return ChangeHours(turn, action.days, action.weeks, {{action.from, action.to}}, KeepHours::kNone,
                     turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const AddHours& action) {
  return ChangeHours(turn, action.days, action.weeks, {{action.from, action.to}}, KeepHours::kOld,
                     turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const ClearHours& action) {
  return ChangeHours(turn, action.days, action.weeks, {}, KeepHours::kNone,
                     turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const AskCopy& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  turn.Show(AskCopyScreen(turn.reader(), schedule, action.days & kWeekdaysAll, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const CopyHours& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  const int days = action.days & kWeekdaysAll;
  return ReplaceWeekdays(turn, schedule, days, HoursCopied(schedule, days, action.weekday),
                         turn.RequestIdOf(action, action.nonce) + ":" + schedule.etag());
}

absl::Status Handle(Turn& turn, const SwapWeeks& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  const date::year_month_day monday = MondayOf(NowIn(turn, schedule).day());
  const bool is_a = WeekOf(schedule, monday) == InWeeks::kA;
  const date::year_month_day first = date::sys_days(monday) + date::days(is_a ? 7 : 0);
  v1::UpdateScheduleRequest request;
  request.mutable_schedule()->set_name(schedule.name());
  *request.mutable_schedule()->mutable_week_a_monday() = ToProto(first);
  request.mutable_update_mask()->add_paths("week_a_monday");
  request.set_request_id(turn.RequestIdOf(action, action.nonce) + ":" + schedule.etag());
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::UpdateScheduleResponse>(request));
  return ShowChangedWeek(turn, answer);
}

absl::Status Handle(Turn& turn, const SetHoursZone& action) {
  v1::UpdateScheduleRequest request;
  request.mutable_schedule()->set_name(OwnScheduleName(turn));
  request.mutable_schedule()->set_time_zone(action.zone.text);
  request.mutable_update_mask()->add_paths("time_zone");
  request.set_request_id(turn.NextRequestId());
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::UpdateScheduleResponse>(request));
  return ShowChangedWeek(turn, answer);
}

absl::Status Handle(Turn& turn, const TypesHours& dialogue, const std::string& text) {
  const std::vector<HourSpan> spans = ParseHours(text);
  if (!spans.empty()) {
    return ChangeHours(turn, dialogue.days, dialogue.weeks, spans, KeepHours::kNone,
                       turn.NextRequestId());
  }
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  turn.session().dialogue = dialogue;
  Screen again = PickFromScreen(turn.reader(), schedule, {dialogue.days, dialogue.weeks});
  again.text = turn.texts().Html("schedule.bad") + "\n\n" + again.text;
  turn.Show(again);
  return absl::OkStatus();
}

Handlers ScheduleHandlers() { return HandlersOf<TypesHours>(ScheduleActions{}); }

}  // namespace kalends::telegram

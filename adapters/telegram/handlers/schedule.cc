// A specialist's working hours.
#include "adapters/telegram/screens/schedule.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/shared.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::telegram {
namespace {

absl::StatusOr<v1::Schedule> GetSchedule(Turn& turn) {
  v1::GetScheduleRequest request;
  request.set_name(turn.account().provider() + "/schedule");
  return turn.Call<v1::Schedule>(request);
}

enum class Keep { kOld, kNone };

// Gives the weekdays of `days` the hours `spans`, besides their old ones or in their place. A
// second tap sends the same again.
absl::Status ChangeHours(Turn& turn, int days, const std::vector<HourSpan>& spans, Keep keep,
                         const std::string& request_id) {
  v1::ChangeWeeklyHoursRequest request;
  request.set_name(turn.account().provider() + "/schedule");
  for (int weekday = 1; weekday <= 7; ++weekday) {
    if (!HasWeekday(days, weekday)) continue;
    if (keep == Keep::kNone) request.add_cleared_weekdays(weekday);
    for (const HourSpan& span : spans) {
      v1::WeeklyHours& hours = *request.add_added();
      hours.set_weekday(weekday);
      hours.mutable_hours()->set_start_minute(span.from);
      hours.mutable_hours()->set_end_minute(span.to);
    }
  }
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::UpdateScheduleResponse>(request));
  if (ContinueSetup(turn, SetupStep::kHours, HoursText(turn.reader(), answer.schedule()))) {
    return absl::OkStatus();
  }
  Screen saved =
      HoursSavedScreen(turn.reader(), answer.schedule(), answer.affected_appointments_size());
  AddMissing(turn, saved);
  turn.Show(saved);
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowHours&) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetSchedule(turn));
  turn.Show(HoursScreen(turn.reader(), schedule));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickWeekdays& action) {
  turn.Show(PickWeekdaysScreen(turn.reader(), action.days & kWeekdaysAll, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickFrom& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetSchedule(turn));
  turn.session().dialogue = TypesHours{action.days & kWeekdaysAll};
  turn.Show(PickFromScreen(turn.reader(), action.days & kWeekdaysAll, schedule));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickTo& action) {
  turn.Show(PickToScreen(turn.reader(), action.days & kWeekdaysAll, action.from));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ReviewHours& action) {
  turn.Show(ReviewHoursScreen(turn.reader(), action, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ReplaceHours& action) {
  return ChangeHours(turn, action.days, {{action.from, action.to}}, Keep::kNone,
                     turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const AddHours& action) {
  return ChangeHours(turn, action.days, {{action.from, action.to}}, Keep::kOld,
                     turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const ClearHours& action) {
  return ChangeHours(turn, action.days, {}, Keep::kNone, turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const SetHoursZone& action) {
  v1::UpdateScheduleRequest request;
  request.mutable_schedule()->set_name(turn.account().provider() + "/schedule");
  request.mutable_schedule()->set_time_zone(action.zone.text);
  request.mutable_update_mask()->add_paths("time_zone");
  request.set_request_id(turn.NextRequestId());
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::UpdateScheduleResponse>(request));
  turn.Show(
      HoursSavedScreen(turn.reader(), answer.schedule(), answer.affected_appointments_size()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesHours& dialogue, const std::string& text) {
  const std::vector<HourSpan> spans = ParseHours(text);
  if (!spans.empty()) {
    return ChangeHours(turn, dialogue.days, spans, Keep::kNone, turn.NextRequestId());
  }
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetSchedule(turn));
  turn.session().dialogue = dialogue;
  Screen again = PickFromScreen(turn.reader(), dialogue.days, schedule);
  again.text = turn.texts().Html("schedule.bad") + "\n\n" + again.text;
  turn.Show(again);
  return absl::OkStatus();
}

Handlers ScheduleHandlers() { return HandlersOf<TypesHours>(ScheduleActions{}); }

}  // namespace kalends::telegram

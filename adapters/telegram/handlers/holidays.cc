// A specialist's holidays: single ones, those of every year, and those of a file.
#include "adapters/telegram/screens/holidays.h"

#include <charconv>

#include "adapters/telegram/handlers/files.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/schedule.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kHolidayLabelCharsMax = 60;                       // The core's limit.
constexpr std::int64_t kHolidayFileBytesMax = std::int64_t{256} << 10;  // The same.

absl::StatusOr<std::optional<Holiday>> FindHoliday(Turn& turn, date::year_month_day day) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  for (Holiday& holiday : HolidaysAhead(schedule, NowIn(turn, schedule).day())) {
    if (DayOf(holiday.date.date()) == day) return std::optional(std::move(holiday));
  }
  return std::optional<Holiday>();
}

absl::StatusOr<v1::UpdateScheduleResponse> PutHoliday(Turn& turn, const v1::SpecialDate& special,
                                                      const std::string& request_id) {
  v1::ChangeSpecialDatesRequest request;
  request.set_name(OwnScheduleName(turn));
  *request.add_added() = special;
  request.set_request_id(request_id);
  return turn.Call<v1::UpdateScheduleResponse>(request);
}

// The holiday as it now is, and what it hits.
absl::Status ShowPutHoliday(Turn& turn, const v1::SpecialDate& special,
                            const v1::UpdateScheduleResponse& answer) {
  const auto today = NowIn(turn, answer.schedule()).day();
  Holiday put{special, DayOf(special.date())};
  for (Holiday& holiday : HolidaysAhead(answer.schedule(), today)) {
    if (DayOf(holiday.date.date()) == DayOf(special.date())) put = std::move(holiday);
  }
  Screen screen =
      HolidayScreen(turn.reader(), put, turn.nonce(), turn.texts().Html("schedule.saved"));
  AddAffected(turn.reader(), screen, ReadAffected(turn, answer.affected_appointments()));
  turn.Show(screen);
  return absl::OkStatus();
}

absl::Status AskHolidayAgain(Turn& turn, Dialogue dialogue, Screen question, const char* why_key) {
  turn.session().dialogue = std::move(dialogue);
  if (*why_key != '\0') question.text = turn.texts().Html(why_key) + "\n\n" + question.text;
  turn.Show(question);
  return absl::OkStatus();
}

v1::SpecialDate SpecialOf(const TypedHoliday& holiday) {
  v1::SpecialDate special;
  *special.mutable_date() = ToProto(holiday.day);
  special.set_label(Shorten(holiday.label, kHolidayLabelCharsMax));
  for (const HourSpan& span : holiday.spans) {
    v1::LocalHours& hours = *special.add_hours();
    hours.set_start_minute(span.from);
    hours.set_end_minute(span.to);
  }
  return special;
}

// The bytes of a calendar; a refusal says why there are none.
absl::StatusOr<std::string> ReadHolidayFile(Turn& turn, const SentFile& file) {
  if (file.size_bytes > kHolidayFileBytesMax) return Refusal("error.holiday_file_too_large");
  std::string bytes;
  KALENDS_RETURN_IF_ERROR(FetchFile(turn, file, [&](std::string_view piece) {
    bytes += piece;
    return static_cast<std::int64_t>(bytes.size()) <= kHolidayFileBytesMax;
  }));
  if (static_cast<std::int64_t>(bytes.size()) > kHolidayFileBytesMax) {
    return Refusal("error.holiday_file_too_large");
  }
  return bytes;
}

absl::StatusOr<v1::ImportHolidaysResponse> Import(Turn& turn, const std::string& calendar,
                                                  FreeDays free, bool only_says,
                                                  const std::string& request_id) {
  v1::ImportHolidaysRequest request;
  request.set_name(OwnScheduleName(turn));
  request.set_calendar(calendar);
  request.set_include_free(free == FreeDays::kTakeIn);
  request.set_validate_only(only_says);
  request.set_request_id(request_id);
  auto answer = turn.Call<v1::ImportHolidaysResponse>(request);
  const v1::Reason reason = ReasonOf(answer.status());
  if (reason == v1::REASON_INVALID_FIELD) return Refusal("error.holiday_file");
  if (reason == v1::REASON_LIMIT_REACHED) return Refusal("error.holiday_file_too_large");
  return answer;
}

// What the file would change, with the buttons that do it.
absl::Status PreviewHolidayFile(Turn& turn, const SentFile& file) {
  KALENDS_ASSIGN_OR_RETURN(const std::string calendar, ReadHolidayFile(turn, file));
  HolidayFileView view{.without_free = {}, .with_free = {}, .nonce = turn.nonce()};
  KALENDS_ASSIGN_OR_RETURN(view.without_free,
                           Import(turn, calendar, FreeDays::kLeaveOut, true, turn.NextRequestId()));
  KALENDS_ASSIGN_OR_RETURN(view.with_free,
                           Import(turn, calendar, FreeDays::kTakeIn, true, turn.NextRequestId()));
  turn.KeepShown(std::to_string(file.size_bytes) + " " + file.file_id);
  turn.Show(HolidayFileScreen(turn.reader(), view));
  return absl::OkStatus();
}

// What KeepShown kept of a file.
SentFile KeptFile(std::string_view kept) {
  SentFile file;
  file.kind = SentFile::Kind::kFile;
  const char* const end = kept.data() + kept.size();
  const char* const blank = std::from_chars(kept.data(), end, file.size_bytes).ptr;
  if (blank != end) file.file_id.assign(blank + 1, end);
  return file;
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowHolidays& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  auto holidays = HolidaysAhead(schedule, NowIn(turn, schedule).day());
  turn.Show(
      HolidaysScreen(turn.reader(), PageOf(std::move(holidays), action.page, kHolidaysPerPage)));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskHoliday&) {
  return AskHolidayAgain(turn, TypesHoliday{}, AskHolidayScreen(turn.reader()), "");
}

absl::Status Handle(Turn& turn, const TypesHoliday& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  const auto holiday = ParseHoliday(text, turn.texts().language(), NowIn(turn, schedule));
  if (!holiday) {
    return AskHolidayAgain(turn, dialogue, AskHolidayScreen(turn.reader()), "holidays.bad");
  }
  turn.session().dialogue = dialogue;  // Another text takes the place of this one.
  turn.KeepShown(text);
  turn.Show(ReviewHolidayScreen(turn.reader(), *holiday, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AddHoliday& action) {
  const std::string* kept = turn.ShownWith(action.nonce);
  if (kept == nullptr) return Handle(turn, AskHoliday{});
  KALENDS_ASSIGN_OR_RETURN(const auto schedule, GetOwnSchedule(turn));
  const auto holiday = ParseHoliday(*kept, turn.texts().language(), NowIn(turn, schedule));
  if (!holiday) return Handle(turn, AskHoliday{});
  v1::SpecialDate special = SpecialOf(*holiday);
  special.set_repeats_yearly(action.repeats == Repeats::kYearly);
  KALENDS_ASSIGN_OR_RETURN(const auto answer,
                           PutHoliday(turn, special, turn.RequestIdOf(action, action.nonce)));
  return ShowPutHoliday(turn, special, answer);
}

absl::Status Handle(Turn& turn, const ShowHoliday& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto holiday, FindHoliday(turn, action.day));
  if (!holiday) return Handle(turn, ShowHolidays{});
  turn.Show(HolidayScreen(turn.reader(), *holiday, turn.nonce(), ""));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SetHolidayRepeats& action) {
  KALENDS_ASSIGN_OR_RETURN(auto holiday, FindHoliday(turn, action.day));
  if (!holiday) return Handle(turn, ShowHolidays{});
  v1::SpecialDate special = holiday->date;
  special.set_repeats_yearly(action.repeats == Repeats::kYearly);
  special.set_imported(false);  // The provider's own from now on.
  KALENDS_ASSIGN_OR_RETURN(const auto answer,
                           PutHoliday(turn, special, turn.RequestIdOf(action, action.nonce)));
  return ShowPutHoliday(turn, special, answer);
}

absl::Status Handle(Turn& turn, const RemoveHoliday& action) {
  v1::ChangeSpecialDatesRequest request;
  request.set_name(OwnScheduleName(turn));
  *request.add_removed() = ToProto(action.day);
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::UpdateScheduleResponse>(request).status());
  return Handle(turn, ShowHolidays{});
}

absl::Status Handle(Turn& turn, const AskHolidayFile&) {
  return AskHolidayAgain(turn, SendsHolidayFile{}, AskHolidayFileScreen(turn.reader()), "");
}

absl::Status Handle(Turn& turn, const SendsHolidayFile& dialogue, const std::string&) {
  const SentFile* file = FileOf(turn);
  if (file == nullptr) return Handle(turn, AskHolidayFile{});
  const absl::Status status = PreviewHolidayFile(turn, *file);
  if (!status.ok()) turn.session().dialogue = dialogue;  // Another file may do.
  return status;
}

absl::Status Handle(Turn& turn, const TakeHolidayFile& action) {
  const std::string* kept = turn.ShownWith(action.nonce);
  if (kept == nullptr) return Handle(turn, AskHolidayFile{});
  KALENDS_ASSIGN_OR_RETURN(const std::string calendar, ReadHolidayFile(turn, KeptFile(*kept)));
  KALENDS_ASSIGN_OR_RETURN(const auto taken, Import(turn, calendar, action.free, false,
                                                    turn.RequestIdOf(action, action.nonce)));
  const auto today = NowIn(turn, taken.schedule()).day();
  Screen screen = HolidaysScreen(
      turn.reader(), PageOf(HolidaysAhead(taken.schedule(), today), 0, kHolidaysPerPage));
  screen.text = HolidayFileTaken(turn.reader(), taken) + "\n\n" + screen.text;
  AddAffected(turn.reader(), screen, ReadAffected(turn, taken.affected_appointments()));
  turn.Show(screen);
  return absl::OkStatus();
}

Handlers HolidaysHandlers() {
  return HandlersOf<TypesHoliday, SendsHolidayFile>(HolidaysActions{});
}

}  // namespace kalends::telegram

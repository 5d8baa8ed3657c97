#include "core/server/schedule.h"

#include "core/server/encode.h"

namespace kalends::server {
namespace {

v1::WeeklyHours::Parity EncodeParity(core::WeekParity parity) {
  switch (parity) {
    case core::WeekParity::kEvery:
      return v1::WeeklyHours::PARITY_UNSPECIFIED;
    case core::WeekParity::kA:
      return v1::WeeklyHours::PARITY_WEEK_A;
    case core::WeekParity::kB:
      return v1::WeeklyHours::PARITY_WEEK_B;
  }
  return v1::WeeklyHours::PARITY_UNSPECIFIED;
}

void EncodeHours(const core::LocalHours& hours, v1::LocalHours* message) {
  message->set_start_minute(static_cast<int>(hours.start.count()));
  message->set_end_minute(static_cast<int>(hours.end.count()));
}

}  // namespace

void Encode(const core::SpecialDate& special, v1::SpecialDate* message) {
  *message->mutable_date() = EncodeDate(special.date);
  message->set_repeats_yearly(special.repeats_yearly);
  for (const core::LocalHours& hours : special.hours) EncodeHours(hours, message->add_hours());
  message->set_label(special.label);
  message->set_imported(special.imported);
}

void Encode(core::ProviderId provider, const storage::ScheduleRow& row, v1::Schedule* message) {
  message->set_name(ProviderName(provider) + "/schedule");
  message->set_time_zone(row.schedule.time_zone);
  for (const core::WeeklyHours& weekly : row.schedule.weekly) {
    v1::WeeklyHours* hours = message->add_weekly_hours();
    hours->set_weekday(static_cast<int>(weekly.weekday.iso_encoding()));
    EncodeHours(weekly.hours, hours->mutable_hours());
    hours->set_parity(EncodeParity(weekly.parity));
  }
  for (const core::SpecialDate& special : row.schedule.special_dates) {
    Encode(special, message->add_special_dates());
  }
  *message->mutable_week_a_monday() = EncodeDate(row.schedule.week_a_monday);
  message->set_daily_cap(row.schedule.daily_cap.value_or(0));
  message->set_etag(app::EtagOf(row.version));
}

void Encode(core::ProviderId provider, const core::Closure& closure, v1::Closure* message) {
  message->set_name(ProviderName(provider) + "/closures/" + closure.id.ToString());
  *message->mutable_start_time() = EncodeInstant(closure.interval.start);
  *message->mutable_end_time() = EncodeInstant(closure.interval.end);
  message->set_label(closure.label);
}

void Encode(core::ProviderId provider, const core::Opening& opening, v1::Opening* message) {
  message->set_name(ProviderName(provider) + "/openings/" + opening.id.ToString());
  *message->mutable_start_time() = EncodeInstant(opening.interval.start);
  *message->mutable_end_time() = EncodeInstant(opening.interval.end);
}

ClosureListing ClosuresOf(core::ProviderId provider, decltype(ClosureListing::load) load) {
  return {std::move(load),
          [](const core::Closure& closure) {
            return storage::ClosureCursor{closure.interval.start, closure.id};
          },
          [=](const app::ReadContext&, const core::Closure& closure, v1::Closure* message) {
            Encode(provider, closure, message);
          }};
}

OpeningListing OpeningsOf(core::ProviderId provider, decltype(OpeningListing::load) load) {
  return {std::move(load),
          [](const core::Opening& opening) {
            return storage::OpeningCursor{opening.interval.start, opening.id};
          },
          [=](const app::ReadContext&, const core::Opening& opening, v1::Opening* message) {
            Encode(provider, opening, message);
          }};
}

}  // namespace kalends::server

#include "core/app/slots.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "storage/people.h"
#include "storage/schedules.h"
#include "storage/services.h"

namespace kalends::app {
namespace {

absl::StatusOr<std::vector<core::ProviderId>> Specialists(storage::Transaction& tx,
                                                          const core::Provider& provider,
                                                          const std::optional<core::Service>& service,
                                                          const OfferInput& input) {
  if (provider.kind == core::ProviderKind::kSpecialist) {
    if (input.specialist && *input.specialist != provider.id) {
      return core::Error(core::Reason::kSpecialistNotOffering);
    }
    return std::vector{provider.id};
  }
  std::vector<core::ProviderId> offering = storage::StaffOf(tx, provider.id);
  if (service && !service->specialists.empty()) {
    std::erase_if(offering, [&](core::ProviderId id) {
      return std::find(service->specialists.begin(), service->specialists.end(), id) ==
             service->specialists.end();
    });
  }
  if (!input.specialist) return offering;
  if (std::find(offering.begin(), offering.end(), *input.specialist) == offering.end()) {
    return core::Error(core::Reason::kSpecialistNotOffering);
  }
  return std::vector{*input.specialist};
}

// The starts of several specialists, each once, ascending.
void Merge(std::vector<core::Instant>& starts, std::vector<core::Instant> more) {
  if (starts.empty()) {
    starts = std::move(more);
    return;
  }
  const auto middle = static_cast<std::ptrdiff_t>(starts.size());
  starts.insert(starts.end(), more.begin(), more.end());
  std::inplace_merge(starts.begin(), starts.begin() + middle, starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
}

// Groups ascending starts by their date in `zone`: one look-up per clock change.
std::vector<SlotDay> ByDate(const std::vector<core::Instant>& starts, const core::TimeZone& zone) {
  std::vector<SlotDay> days;
  if (starts.empty()) return days;
  const auto spans = zone.OffsetsOver({starts.front(), starts.back() + std::chrono::seconds(1)});
  std::size_t at = 0;
  for (const core::Instant start : starts) {
    while (at + 1 < spans.size() && spans[at].interval.end <= start) ++at;
    const date::local_seconds wall((start + spans[at].offset).time_since_epoch());
    const date::local_days date = date::floor<date::days>(wall);
    if (days.empty() || days.back().date != date) days.push_back({date, {}});
    days.back().starts.push_back(start);
  }
  return days;
}

}  // namespace

absl::StatusOr<Offer> LoadOffer(const ReadContext& cx, const OfferInput& input) {
  ASSIGN_OR_RETURN(core::Provider provider, VisibleProvider(cx, input.provider));
  return LoadOffer(cx.tx, std::move(provider), input);
}

absl::StatusOr<Offer> LoadOffer(storage::Transaction& tx, core::Provider provider,
                                const OfferInput& input) {
  Offer offer;
  if (input.service) {
    offer.service = storage::FindService(tx, provider.id, *input.service);
    if (!offer.service) return core::Error(core::Reason::kNotFound);
    if (offer.service->archived) return core::Error(core::Reason::kServiceArchived);
    offer.wanted.rules = offer.service->rules;
    offer.wanted.service = input.service;
  } else {
    offer.wanted.rules.duration = provider.default_duration;
  }
  ASSIGN_OR_RETURN(offer.specialists, Specialists(tx, provider, offer.service, input));
  offer.provider = std::move(provider);
  return offer;
}

absl::StatusOr<SlotsQuestion> LoadQuestion(const ReadContext& cx, const SlotsInput& input) {
  SlotsQuestion question;
  ASSIGN_OR_RETURN(question.offer, LoadOffer(cx, input.offer));
  if (cx.caller.account) {
    if (const auto account = storage::FindAccount(cx.tx, *cx.caller.account)) {
      question.asker_time_zone = account->time_zone;
    }
  }
  return question;
}

absl::StatusOr<core::Interval> RangeOf(const DateRange& dates, const core::TimeZone& zone) {
  if (dates.last < dates.first) return core::InvalidField("end_date", "must not be before start_date");
  if (dates.last - dates.first >= core::kSlotRangeMax) {
    return core::InvalidField("end_date", fmt::format("must be less than {} days after start_date",
                                                      core::kSlotRangeMax.count()));
  }
  return core::Interval{zone.StartOfDay(dates.first), zone.StartOfDay(dates.last + date::days(1))};
}

absl::StatusOr<Slots> FindSlots(CalendarCache& cache, const SlotsQuestion& question,
                                const SlotsInput& input, core::Instant now) {
  Slots slots;
  const Offer& offer = question.offer;
  std::vector<CalendarPtr> calendars;
  for (const core::ProviderId specialist : offer.specialists) {
    ASSIGN_OR_RETURN(CalendarPtr calendar, cache.Get(specialist, now));
    if (calendar) calendars.push_back(std::move(calendar));
  }
  if (calendars.size() == 1) slots.provider_time_zone = calendars[0]->schedule.time_zone;
  slots.time_zone = !input.time_zone.empty()            ? input.time_zone
                    : !question.asker_time_zone.empty() ? question.asker_time_zone
                    : !calendars.empty()                ? calendars[0]->schedule.time_zone
                                                        : "UTC";
  const auto zone = core::TimeZone::Find(slots.time_zone);
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  slots.time_zone = zone->name();
  ASSIGN_OR_RETURN(const core::Interval range, RangeOf(input.dates, *zone));
  std::vector<core::Instant> starts;
  for (const CalendarPtr& calendar : calendars) {
    Merge(starts, core::BookableStarts(*calendar, offer.wanted, range, now));
  }
  slots.days = ByDate(starts, *zone);
  slots.duration = offer.wanted.rules.duration;
  return slots;
}

absl::StatusOr<std::optional<core::Instant>> FirstSlot(CalendarCache& cache, const Offer& offer,
                                                       core::Instant from, core::Instant now) {
  std::optional<core::Instant> first;
  for (const core::ProviderId specialist : offer.specialists) {
    ASSIGN_OR_RETURN(const CalendarPtr calendar, cache.Get(specialist, now));
    if (!calendar) continue;
    const core::Instant last = now + offer.wanted.rules.horizon + std::chrono::seconds(1);
    for (core::Instant at = std::max(from, now); at < last; at += core::kSlotRangeMax) {
      const core::Interval range{at, std::min<core::Instant>(at + core::kSlotRangeMax, last)};
      const auto starts = core::BookableStarts(*calendar, offer.wanted, range, now);
      if (starts.empty()) continue;
      if (!first || starts.front() < *first) first = starts.front();
      break;
    }
  }
  return first;
}

}  // namespace kalends::app

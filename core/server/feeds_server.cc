#include <algorithm>
#include <utility>

#include "core/app/feeds.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/booking.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/listing.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/rpcs.h"
#include "core/server/services.h"
#include "kalends/v1/feed_service.pb.h"

namespace kalends::server {
namespace {

constexpr std::string_view kFeedPattern = "accounts/*/feeds/*";

std::string FeedName(core::AccountId account, core::FeedRole role) {
  return AccountName(account).append("/feeds/").append(core::LastPartOf(role));
}

struct FeedRef {
  core::AccountId account;
  core::FeedRole role = core::FeedRole::kCustomer;
};
absl::StatusOr<FeedRef> DecodeFeedName(const app::ReadContext& cx, const std::string& name) {
  const auto parts = MatchName(kFeedPattern, name);
  if (!parts) return BadName("name", kFeedPattern);
  const std::string account = "accounts/" + std::string((*parts)[0]);
  FeedRef ref;
  if ((*parts)[1] == core::LastPartOf(core::FeedRole::kProvider)) {
    ref.role = core::FeedRole::kProvider;
  } else if ((*parts)[1] != core::LastPartOf(core::FeedRole::kCustomer)) {
    return BadName("name", kFeedPattern);
  }
  ASSIGN_OR_RETURN(ref.account, DecodeAccount(cx, "name", account));
  return ref;
}

v1::Feed::Role EncodeRole(core::FeedRole role) {
  return role == core::FeedRole::kCustomer ? v1::Feed::ROLE_CUSTOMER : v1::Feed::ROLE_PROVIDER;
}

void EncodeFeed(const core::Feed& feed, v1::Feed* message) {
  message->set_name(FeedName(feed.account, feed.role));
  message->set_role(EncodeRole(feed.role));
  message->set_token(feed.token);
  *message->mutable_create_time() = EncodeInstant(feed.created);
}

void EncodeFeedEntry(const core::FeedEntry& entry, v1::FeedEntry* message) {
  message->set_uid(entry.uid);
  message->set_revision(entry.revision);
  *message->mutable_change_time() = EncodeInstant(entry.changed);
  *message->mutable_start_time() = EncodeInstant(entry.interval.start);
  *message->mutable_end_time() = EncodeInstant(entry.interval.end);
  message->set_time_zone(entry.time_zone);
  message->set_status(EncodeStatus(entry.status));
  message->set_service_display_name(entry.service);
  for (const std::string& one : entry.participants) message->add_participants(one);
  message->set_specialist_display_name(entry.specialist_name);
  message->set_place(entry.place);
  message->set_provider_display_name(entry.provider_name);
  message->set_capacity(entry.capacity);
  for (const core::Minutes lead : entry.reminders) {
    *message->add_reminders() = EncodeSeconds(lead);
  }
}

void EncodeFeedZone(const core::FeedZone& zone, v1::ZoneOffsets* message) {
  // Where a zone had this offset ever since, the clock began there.
  const core::Instant first = core::FromUnixSeconds(0);
  message->set_time_zone(zone.name);
  for (const core::OffsetSpan& span : zone.spans) {
    v1::ZoneOffsets::Span* const one = message->add_spans();
    *one->mutable_start_time() = EncodeInstant(std::max(span.interval.start, first));
    one->set_offset_seconds(static_cast<std::int32_t>(span.offset.count()));
  }
}

absl::Status CreateFeed(app::WriteContext& cx, const v1::CreateFeedRequest& request,
                        v1::Feed* response) {
  ASSIGN_OR_RETURN(const core::AccountId account,
                   DecodeAccount(cx.AsRead(), "parent", request.parent()));
  if (request.feed().role() == v1::Feed::ROLE_UNSPECIFIED) {
    return core::InvalidField("feed.role", "must be CUSTOMER or PROVIDER");
  }
  const bool of_provider = request.feed().role() == v1::Feed::ROLE_PROVIDER;
  ASSIGN_OR_RETURN(const core::Feed feed, app::CreateFeed(cx, account,
                                                          of_provider ? core::FeedRole::kProvider
                                                                      : core::FeedRole::kCustomer));
  EncodeFeed(feed, response);
  return absl::OkStatus();
}

absl::Status GetFeed(const app::ReadContext& cx, const v1::GetFeedRequest& request,
                     v1::Feed* response) {
  ASSIGN_OR_RETURN(const FeedRef ref, DecodeFeedName(cx, request.name()));
  ASSIGN_OR_RETURN(const core::Feed feed, app::GetFeed(cx, ref.account, ref.role));
  EncodeFeed(feed, response);
  return absl::OkStatus();
}

// By role, of which there are two.
using FeedListing = Listing<core::Feed, std::string, v1::Feed>;
FeedListing FeedsOf(core::AccountId account) {
  return {[=](const app::ReadContext& cx, const std::optional<std::string>& after,
              int limit) -> absl::StatusOr<std::vector<core::Feed>> {
            ASSIGN_OR_RETURN(std::vector<core::Feed> feeds, app::ListFeeds(cx, account));
            std::erase_if(feeds, [&](const core::Feed& feed) {
              return after && core::NameOf(feed.role) <= *after;
            });
            if (std::cmp_greater(feeds.size(), limit)) {
              feeds.resize(static_cast<std::size_t>(limit));
            }
            return feeds;
          },
          [](const core::Feed& feed) { return std::string(core::NameOf(feed.role)); },
          [](const app::ReadContext&, const core::Feed& feed, v1::Feed* message) {
            EncodeFeed(feed, message);
          }};
}

absl::StatusOr<FeedListing> ListFeeds(const app::ReadContext& cx,
                                      const v1::ListFeedsRequest& request) {
  ASSIGN_OR_RETURN(const core::AccountId account, DecodeAccount(cx, "parent", request.parent()));
  return FeedsOf(account);
}

absl::Status RevokeFeed(app::WriteContext& cx, const v1::RevokeFeedRequest& request,
                        v1::Feed* response) {
  ASSIGN_OR_RETURN(const FeedRef ref, DecodeFeedName(cx.AsRead(), request.name()));
  RETURN_IF_ERROR(app::RevokeFeed(cx, ref.account, ref.role));
  response->set_name(FeedName(ref.account, ref.role));
  response->set_role(EncodeRole(ref.role));
  return absl::OkStatus();
}

absl::Status GetFeedCalendar(const app::ReadContext& cx, const v1::GetFeedCalendarRequest& request,
                             v1::FeedCalendar* response) {
  ASSIGN_OR_RETURN(const app::FeedCalendar calendar, app::ReadFeed(cx, request.token()));
  response->set_display_name(calendar.display_name);
  response->set_language_code(std::string(core::CodeOf(calendar.language)));
  for (const core::FeedEntry& entry : calendar.entries)
    EncodeFeedEntry(entry, response->add_entries());
  for (const core::FeedZone& zone : calendar.zones) EncodeFeedZone(zone, response->add_zones());
  return absl::OkStatus();
}

// Kept for a repeat, it would outlive the feed. GetFeed has it.
void StripToken(v1::Feed& kept) { kept.clear_token(); }

}  // namespace

extern constinit const SubjectExport kFeedsExport{
    .of_customer = [](core::AccountId account) -> std::vector<ExportSection> {
      return {{"feeds.json",
               "Calendars that are subscribed to, without their addresses.",
               {"feeds"},
               Pages(FeedsOf(account))}};
    }};

Served MakeFeedService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.FeedService")
      .WriteKeeping({.strip = StripToken}, CreateFeed)
      .Read(GetFeed)
      .List(ListFeeds)
      .Write(RevokeFeed)
      .Read(GetFeedCalendar)
      .Build();
}

}  // namespace kalends::server

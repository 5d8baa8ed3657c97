// Use cases of calendar feeds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/accounts/account.h"
#include "core/app/context.h"
#include "core/feeds/entries.h"
#include "core/feeds/feed.h"

namespace kalends::app {

// Makes a feed, or a new token for the one there is: NOT_FOUND, of the account; NOT_A_PROVIDER.
absl::StatusOr<core::Feed> CreateFeed(WriteContext& cx, core::AccountId account,
                                      core::FeedRole role);
// With its token where the caller acts for the account: NOT_FOUND.
absl::StatusOr<core::Feed> GetFeed(const ReadContext& cx, core::AccountId account,
                                   core::FeedRole role);
// Without tokens: NOT_FOUND, of the account.
absl::StatusOr<std::vector<core::Feed>> ListFeeds(const ReadContext& cx, core::AccountId account);
// NOT_FOUND, of the account. None there is no error.
absl::Status RevokeFeed(WriteContext& cx, core::AccountId account, core::FeedRole role);

struct FeedCalendar {
  std::string display_name;  // Of the provider; empty: a customer's.
  core::Language language = core::Language::kEn;
  std::vector<core::FeedEntry> entries;  // At most kFeedEntriesMax.
  std::vector<core::FeedZone> zones;
};
// What a token shows, to its account as it now is: FEED_UNKNOWN. What cannot be read is left out.
absl::StatusOr<FeedCalendar> ReadFeed(const ReadContext& cx, std::string_view token);

}  // namespace kalends::app

// Calendar feeds. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/feeds/feed.h"
#include "storage/database.h"

namespace kalends::storage {

// Writes it in place of the one of the same account and role, whose token finds nothing any more.
void PutFeed(Transaction& tx, const core::Feed& feed, std::string_view token_hash);
void DeleteFeed(Transaction& tx, core::AccountId account, core::FeedRole role);
std::optional<core::Feed> FindFeed(Transaction& tx, core::AccountId account, core::FeedRole role);
// Both without `token`: who lists or reads a calendar needs none.
std::vector<core::Feed> FeedsOf(Transaction& tx, core::AccountId account);
std::optional<core::Feed> FindFeedByHash(Transaction& tx, std::string_view token_hash);

// When the appointment last changed by its history; nullopt: it has none.
std::optional<core::Instant> LastChanged(Transaction& tx, core::AppointmentId id);

}  // namespace kalends::storage

// Calendar feeds: what an account subscribes to in a calendar program.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/booking/appointment.h"

namespace kalends::core {

// As whom the account reads it: an account has at most one of each.
enum class FeedRole { kCustomer, kProvider };
std::string_view NameOf(FeedRole role);
std::optional<FeedRole> ParseFeedRole(std::string_view name);
// Of its name in the contract: "customer".
std::string_view LastPartOf(FeedRole role);

struct Feed {
  AccountId account;
  FeedRole role = FeedRole::kCustomer;
  std::string token;  // 43 characters of base64url: 256 random bits.
  Instant created;
};

// The token of 32 random bytes.
std::string FeedToken(std::string_view random_bytes);

// When an appointment has to start to be in a feed: from 90 days before the date of `now` (UTC), so
// that a feed stays the same for a day, up to all that there can be.
Interval FeedWindow(Instant now);

// Whether what became of an appointment is still told: what was cancelled or rejected for 90 days
// and the rest of the date, so that every program that asks at all hears of it; all else always.
bool IsToldOf(AppointmentStatus status, Instant changed, Instant now);

}  // namespace kalends::core

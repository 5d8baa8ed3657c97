// What buttons are made of: the values that actions carry, and how an action names its fields.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "adapters/telegram/ids.h"

namespace kalends::telegram {

inline constexpr std::size_t kCallbackDataBytesMax = 64;  // Telegram's limit.
inline constexpr std::size_t kProposedTimesMax = 3;       // Per proposal.

// A start time. Whole minutes, because starts are, and because they are short.
using Minute = std::chrono::time_point<std::chrono::system_clock, std::chrono::minutes>;

// The update that drew a screen, cut to 40 bits. It makes the `request_id` of what the screen's
// buttons change, so that a double tap and a redelivery are one request.
struct Nonce {
  std::uint64_t value = 0;
  friend bool operator==(const Nonce&, const Nonce&) = default;
};

// Where a time zone is chosen: decides what follows.
enum class Origin { kSettings, kStart, kSetup, kMaxValue = kSetup };
enum class RegisterAs { kSpecialist, kOrganization, kMaxValue = kOrganization };
// What a new provider is led through after registering; kDone: nothing is left.
enum class SetupStep {
  kDone,
  kZone,
  kService,
  kHours,
  kInvitation,
  kProfile,
  kMaxValue = kProfile
};
// Whether a provider's page can be seen by everybody.
enum class Visibility { kHidden, kPublic, kMaxValue = kPublic };
enum class Invite { kCustomers, kStaff, kMaxValue = kStaff };

// IANA name or bare offset. At most 40 characters; the last field of its action.
struct ZoneName {
  std::string text;
  friend bool operator==(const ZoneName&, const ZoneName&) = default;
};
// Two letters.
struct LanguageCode {
  std::string text;
  friend bool operator==(const LanguageCode&, const LanguageCode&) = default;
};

// What a customer has chosen so far.
struct Draft {
  ProviderId provider;
  ServiceId service;      // Empty: not sure which.
  ProviderId specialist;  // Empty: the provider itself, or any of the organization.
};

// Each action: its code (never reused for another meaning) and its fields, in the order they
// travel.
#define KALENDS_ACTION(code, ...)                 \
  static constexpr std::string_view kCode = code; \
  auto Fields() { return std::tie(__VA_ARGS__); }

}  // namespace kalends::telegram

// What buttons are made of: the values that actions carry, and how each of them travels.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "adapters/telegram/ids.h"
#include "date/date.h"

namespace kalends::telegram {

inline constexpr std::size_t kProposedTimesMax = 3;  // Per proposal.

// A start time. Whole minutes, because starts are, and because they are short.
using Minute = std::chrono::time_point<std::chrono::system_clock, std::chrono::minutes>;

inline constexpr int kNonceBits = 40;

// A fingerprint of the update that drew a screen. It makes the `request_id` of what the screen's
// buttons change, so that a double tap and a redelivery are one request.
struct Nonce {
  std::uint64_t value = 0;
  friend bool operator==(const Nonce&, const Nonce&) = default;
};

// Where a time zone is chosen: decides what follows.
enum class Origin {
  kSettings,
  kStart,
  kSpecialist,  // Of who registers as one.
  kOrganization,
  kMaxValue = kOrganization
};
enum class RegisterAs { kSpecialist, kOrganization, kMaxValue = kOrganization };
// What a new provider is led through after registering; kDone: nothing is left.
enum class SetupStep {
  kDone,
  kTeam,  // Of organizations.
  kService,
  kHours,
  kInvitation,
  kProfile,
  kMaxValue = kProfile
};
// Whether a provider's page can be seen by everybody.
enum class Visibility { kHidden, kPublic, kMaxValue = kPublic };
// What a customer is chosen for.
enum class CustomerFor { kCard, kBooking, kSale, kMaxValue = kSale };
// To the provider, or back to the customer.
enum class MoneyMoves { kIn, kBack, kMaxValue = kBack };
enum class Invite { kCustomers, kStaff, kMaxValue = kStaff };

// Of what one booked, or of what is booked with one.
enum class FeedOf { kCustomer, kProvider, kMaxValue = kProvider };

// In which weeks hours count: in all, or in those of A or B alone.
enum class InWeeks { kAll, kA, kB, kMaxValue = kB };
// What of a service is changed by itself.
enum class ServiceField {
  kName,
  kDescription,
  kDuration,
  kPrice,
  kPlace,
  kBufferBefore,
  kBufferAfter,
  kStep,
  kMinimumNotice,
  kHorizon,
  kCancellation,
  kCapacity,
  kPaymentLink,
  kMaxValue = kPaymentLink
};

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

// Each field as text without a colon, but for a ZoneName. Numbers are of base 36, times count from
// 1970. Read returns false for what Write does not write.
void Write(std::string& out, const int& value);  // Negative ones: offsets from UTC, page -1.
bool Read(std::string_view text, int& value);
void Write(std::string& out, const Nonce& nonce);
bool Read(std::string_view text, Nonce& nonce);
void Write(std::string& out, const Minute& minute);
bool Read(std::string_view text, Minute& minute);
void Write(std::string& out, const std::vector<Minute>& minutes);
bool Read(std::string_view text, std::vector<Minute>& minutes);
void Write(std::string& out, const date::year_month_day& day);
bool Read(std::string_view text, date::year_month_day& day);
void Write(std::string& out, const date::year_month& month);
bool Read(std::string_view text, date::year_month& month);
void Write(std::string& out, const ZoneName& zone);
bool Read(std::string_view text, ZoneName& zone);
void Write(std::string& out, const LanguageCode& language);
bool Read(std::string_view text, LanguageCode& language);
bool ReadId(std::string_view text, std::string& id);
bool ReadChoice(std::string_view text, int max, int& value);  // 0 to `max`.

template <typename Tag>
void Write(std::string& out, const ShortId<Tag>& id) {
  out += id.text;
}
template <typename Tag>
bool Read(std::string_view text, ShortId<Tag>& id) {
  return ReadId(text, id.text);
}

template <typename Enum>
  requires std::is_enum_v<Enum>
void Write(std::string& out, const Enum& value) {
  Write(out, static_cast<int>(value));
}
template <typename Enum>
  requires std::is_enum_v<Enum>
bool Read(std::string_view text, Enum& value) {
  int number = 0;
  if (!ReadChoice(text, static_cast<int>(Enum::kMaxValue), number)) return false;
  value = static_cast<Enum>(number);
  return true;
}

template <typename Value>
void Write(std::string& out, const std::optional<Value>& value) {
  if (value) Write(out, *value);
}
template <typename Value>
bool Read(std::string_view text, std::optional<Value>& value) {
  value.reset();
  return text.empty() || Read(text, value.emplace());
}

}  // namespace kalends::telegram

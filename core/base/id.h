// Ids: 63-bit numbers with a type of their own, written as 13 letters and digits. They are not
// secrets: what may be seen is decided by authorization, never by knowing an id.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace kalends::core {

inline constexpr std::size_t kIdLength = 13;  // 63 bits in base 32.

// Writes `value` (>= 0) as 13 characters of Crockford's base 32, lower case.
std::string EncodeId(std::int64_t value);
// Reads what EncodeId wrote; nullopt for anything else.
std::optional<std::int64_t> DecodeId(std::string_view text);

// An id of one kind of thing. Ids of different kinds do not compare or convert.
template <typename Tag>
struct Id {
  std::int64_t value = 0;

  std::string ToString() const { return EncodeId(value); }
  static std::optional<Id> Parse(std::string_view text) {
    const std::optional<std::int64_t> value = DecodeId(text);
    return value ? std::optional<Id>(Id{*value}) : std::nullopt;
  }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using AccountId = Id<struct AccountTag>;
// Providers (specialists and organizations) are booked; a specialist's id is its provider id.
using ProviderId = Id<struct ProviderTag>;
using ServiceId = Id<struct ServiceTag>;
using InvitationId = Id<struct InvitationTag>;
using AppointmentId = Id<struct AppointmentTag>;
using ClosureId = Id<struct ClosureTag>;
using OpeningId = Id<struct OpeningTag>;
using PaymentId = Id<struct PaymentTag>;
using TicketId = Id<struct TicketTag>;
using NotificationId = Id<struct NotificationTag>;
using ApiKeyId = Id<struct ApiKeyTag>;
using DocumentId = Id<struct DocumentTag>;
using ConsentDocumentId = Id<struct ConsentDocumentTag>;
using ConsentRecordId = Id<struct ConsentRecordTag>;

// Makes ids that grow with time, so that rows made together lie together. Thread-compatible: one
// thread (the writer) owns it. `random` supplies 64 random bits a call.
class IdSource {
 public:
  explicit IdSource(std::function<std::uint64_t()> random) : random_(std::move(random)) {}

  template <typename SomeId>
  SomeId Next(Instant now) {
    return SomeId{NextValue(now)};
  }
  // One above `floor`: for rows whose order by id must be that of their making, also across a
  // restart within a second and after the clock was set back.
  template <typename SomeId>
  SomeId NextAbove(SomeId floor, Instant now) {
    last_ = std::max(last_, floor.value);
    return SomeId{NextValue(now)};
  }

 private:
  std::int64_t NextValue(Instant now);

  std::function<std::uint64_t()> random_;
  std::int64_t last_ = 0;
};

}  // namespace kalends::core

template <typename Tag>
struct std::hash<kalends::core::Id<Tag>> {
  std::size_t operator()(const kalends::core::Id<Tag>& id) const noexcept {
    return std::hash<std::int64_t>()(id.value);
  }
};

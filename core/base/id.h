// Ids: 63-bit numbers with a type of their own, written as 13 letters and digits. They are not
// secrets: what may be seen is decided by authorization, never by knowing an id.
#pragma once

#include <concepts>
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

// A number on its way to become an id. This step between lets braces alone make an id of a number:
// `{7}` is one, but a bare 7 is none, nor are the numbers of `LinkKey{7, 8}`.
struct IdNumber {
  template <std::integral Number>
  constexpr IdNumber(Number number) : value(number) {}
  std::int64_t value;
};

// An id of one kind of thing. Ids of different kinds do not compare or convert.
template <typename Tag>
struct Id {
  std::int64_t value = 0;

  constexpr Id() = default;
  constexpr Id(IdNumber number) : value(number.value) {}

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
using BusyCalendarId = Id<struct BusyCalendarTag>;
using PaymentId = Id<struct PaymentTag>;
using PackageId = Id<struct PackageTag>;  // Of an offer.
using SoldPackageId = Id<struct SoldPackageTag>;
using TicketId = Id<struct TicketTag>;
using NotificationId = Id<struct NotificationTag>;
using ApiKeyId = Id<struct ApiKeyTag>;
using PictureId = Id<struct PictureTag>;
using DocumentId = Id<struct DocumentTag>;
using ConsentDocumentId = Id<struct ConsentDocumentTag>;
using ConsentRecordId = Id<struct ConsentRecordTag>;
// Of what happened last in a thread: newer is higher, whatever the clock showed.
using ActivityId = Id<struct ActivityTag>;

// Makes ids that rise, whatever the clock does and however fast a restart is, and that grow with
// time where the clock allows it, so that rows made together lie together.
//
// Ids are reserved ahead: whoever keeps `Reserved` durably, before anything that carries an id up
// to it is acknowledged, and gives it to the next source, never sees an id twice, not even one
// whose row is gone by then. Thread-compatible: one thread (the writer) owns it. `random` supplies
// 64 random bits a call.
class IdSource {
 public:
  explicit IdSource(std::function<std::uint64_t()> random) : random_(std::move(random)) {}

  // Goes on above what an earlier source reserved. Never goes down.
  void GoOnAbove(std::int64_t reserved);

  template <typename SomeId>
  SomeId Next(Instant now) {
    return SomeId{NextValue(now)};
  }

  // The highest id given so far.
  std::int64_t Last() const { return last_; }
  // What to reserve when `Last` is above what is reserved: room for a minute of ids.
  std::int64_t Reserved() const;

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

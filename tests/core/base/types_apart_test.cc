// What is not to be taken for each other does not compile: ids of different kinds and numbers,
// instants, wall-clock times and lengths of time. Beside each, what does compile.
#include <date/date.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>

#include "core/access/access.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/booking/availability.h"
#include "core/documents/documents.h"
#include "core/links/link.h"
#include "core/schedule/schedule.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {
namespace {

using date::local_days;
using date::local_seconds;
using std::chrono::seconds;

// Where a `Wanted` is asked for, a `Right` is taken and a `Wrong` is not: as an argument, and in an
// assignment.
template <typename Wanted, typename Right, typename Wrong>
constexpr bool kTellsApart =
    std::is_convertible_v<Right, Wanted> && std::is_assignable_v<Wanted&, Right> &&
    !std::is_convertible_v<Wrong, Wanted> && !std::is_assignable_v<Wanted&, Wrong>;

// Of this list in braces, a T can be made.
template <typename T, typename... Parts>
concept MadeOf = requires(Parts... parts) { T{parts...}; };

// The function takes these arguments.
template <auto function, typename... Arguments>
constexpr bool kTakes = std::is_invocable_v<decltype(function), Arguments...>;

template <typename A, typename B>
concept Compares = requires(A a, B b) { a == b; } || requires(A a, B b) { a < b; };
template <typename A, typename B>
concept Adds = requires(A a, B b) { a + b; };
template <typename A, typename B>
concept Subtracts = requires(A a, B b) { a - b; };

template <typename A, typename B>
constexpr bool kAreApart =
    std::is_same_v<A, B> ? Compares<A, B> && std::is_convertible_v<A, B>
                         : !Compares<A, B> && !MadeOf<A, B> && !std::is_constructible_v<A, B>;

// Each kind apart from each other.
template <typename... Kinds>
struct Ids {
  template <typename A>
  static constexpr bool kIsApart = (kAreApart<A, Kinds> && ...);
  static constexpr bool kAreAllApart = (kIsApart<Kinds> && ...);
};
using AllIds = Ids<AccountId, ProviderId, ServiceId, InvitationId, AppointmentId, ClosureId,
                   OpeningId, PaymentId, TicketId, NotificationId, ApiKeyId, DocumentId,
                   ConsentDocumentId, ConsentRecordId, ActivityId>;

TEST(Id, OfOneKindIsNoneOfAnother) {
  static_assert(AllIds::kAreAllApart);
  static_assert(!Ids<AccountId, ProviderId, std::optional<AccountId>>::kAreAllApart);
  static_assert(kTellsApart<ProviderId, ProviderId, AccountId>);
  static_assert(kTellsApart<std::optional<ProviderId>, ProviderId, AccountId>);
  static_assert(kTellsApart<std::variant<ProviderId, AccountId>, AccountId, ServiceId>);
  static_assert(Compares<std::optional<ProviderId>, ProviderId>);
  static_assert(!Compares<std::optional<ProviderId>, AccountId>);
  static_assert(std::is_invocable_v<std::hash<ProviderId>, ProviderId>);
  static_assert(!std::is_invocable_v<std::hash<ProviderId>, AccountId>);
}

TEST(Id, IsNoNumberAndNoText) {
  static_assert(kTellsApart<ProviderId, ProviderId, std::int64_t>);
  static_assert(kTellsApart<ProviderId, ProviderId, int>);
  static_assert(kTellsApart<ProviderId, ProviderId, std::string>);
  static_assert(kTellsApart<std::optional<ProviderId>, ProviderId, std::int64_t>);
  static_assert(kTellsApart<std::variant<TicketId, std::string>, TicketId, std::int64_t>);
  static_assert(kTellsApart<std::int64_t, std::int64_t, ProviderId>);
  static_assert(kTellsApart<bool, bool, ProviderId>);
  static_assert(Compares<ProviderId, ProviderId> && !Compares<ProviderId, std::int64_t>);
  static_assert(MadeOf<ProviderId, std::int64_t> && !MadeOf<ProviderId, double>);
  static_assert(kTakes<EncodeId, std::int64_t> && !kTakes<EncodeId, ProviderId>);
}

TEST(Id, StandsInItsOwnPlaceOfAKey) {
  static_assert(MadeOf<LinkKey, ProviderId, AccountId>);
  static_assert(!MadeOf<LinkKey, AccountId, ProviderId>);
  static_assert(!MadeOf<LinkKey, std::int64_t, std::int64_t>);
  static_assert(MadeOf<DocumentRef, LinkKey, DocumentId>);
  static_assert(!MadeOf<DocumentRef, LinkKey, ConsentDocumentId>);
  static_assert(!MadeOf<DocumentRef, LinkKey, std::int64_t>);
  static_assert(MadeOf<ConsentVersionRef, ProviderId, ConsentDocumentId, int>);
  static_assert(!MadeOf<ConsentVersionRef, ProviderId, DocumentId, int>);
  static_assert(!MadeOf<ConsentVersionRef, ProviderId, int, int>);
  static_assert(kTakes<MayActAs, Caller, AccountId> && !kTakes<MayActAs, Caller, ProviderId>);
}

TEST(Instant, IsNoWallClockTime) {
  static_assert(kTellsApart<Instant, Instant, local_seconds>);
  static_assert(kTellsApart<local_seconds, local_seconds, Instant>);
  static_assert(kTellsApart<Instant, Instant, local_days>);
  static_assert(kTellsApart<local_days, local_days, std::chrono::sys_days>);
  static_assert(kTellsApart<Instant, Instant, date::year_month_day>);
  static_assert(!std::is_constructible_v<Instant, local_seconds>);
  static_assert(Compares<Instant, Instant> && !Compares<Instant, local_seconds>);
  static_assert(Subtracts<Instant, Instant> && !Subtracts<Instant, local_seconds>);
  static_assert(MadeOf<Interval, Instant, Instant>);
  static_assert(!MadeOf<Interval, local_seconds, local_seconds>);
}

TEST(Instant, IsNoLengthOfTimeAndNoNumber) {
  static_assert(kTellsApart<Instant, Instant, seconds>);
  static_assert(kTellsApart<Instant, Instant, std::int64_t>);
  static_assert(kTellsApart<Instant, Instant, Ticks>);
  static_assert(kTellsApart<seconds, seconds, Instant>);
  static_assert(kTellsApart<std::int64_t, std::int64_t, Instant>);
  static_assert(kTellsApart<std::optional<Instant>, Instant, seconds>);
  static_assert(Compares<Instant, Instant> && !Compares<Instant, seconds>);
  static_assert(Adds<Instant, seconds> && !Adds<Instant, Instant>);
  static_assert(Adds<Instant, Minutes> && !Adds<Instant, std::int64_t>);
  static_assert(MadeOf<Interval, Instant, Instant> && !MadeOf<Interval, seconds, seconds>);
  static_assert(!MadeOf<Interval, Instant, Minutes>);
  static_assert(!MadeOf<Interval, std::int64_t, std::int64_t>);
  static_assert(kTakes<ToUnixSeconds, Instant> && !kTakes<ToUnixSeconds, local_seconds>);
  static_assert(kTakes<FromUnixSeconds, std::int64_t> && !kTakes<FromUnixSeconds, seconds>);
}

TEST(Durations, KeepTheirUnitsAndLoseNothing) {
  static_assert(kTellsApart<seconds, Minutes, std::int64_t>);
  static_assert(kTellsApart<Minutes, std::chrono::hours, int>);
  static_assert(kTellsApart<Minutes, std::chrono::hours, seconds>);
  static_assert(kTellsApart<seconds, Minutes, Ticks>);
  static_assert(kTellsApart<std::int64_t, std::int64_t, seconds>);
  static_assert(MadeOf<LocalHours, Minutes, Minutes> && !MadeOf<LocalHours, seconds, seconds>);
  static_assert(!MadeOf<LocalHours, int, int>);
  static_assert(!MadeOf<LocalHours, Instant, Instant>);
}

TEST(TimeZone, TakesInstantsOneWayAndWallClockTimesTheOther) {
  static_assert(kTakes<&TimeZone::ToLocal, const TimeZone&, Instant>);
  static_assert(!kTakes<&TimeZone::ToLocal, const TimeZone&, local_seconds>);
  static_assert(kTakes<&TimeZone::FromLocal, const TimeZone&, local_seconds>);
  static_assert(!kTakes<&TimeZone::FromLocal, const TimeZone&, Instant>);
  static_assert(kTakes<&TimeZone::OffsetAt, const TimeZone&, Instant>);
  static_assert(!kTakes<&TimeZone::OffsetAt, const TimeZone&, local_seconds>);
  static_assert(kTakes<&TimeZone::StartOfDay, const TimeZone&, local_days>);
  static_assert(!kTakes<&TimeZone::StartOfDay, const TimeZone&, std::chrono::sys_days>);
  static_assert(!kTakes<&TimeZone::StartOfDay, const TimeZone&, local_seconds>);
  static_assert(kTakes<LocalDateAt, const TimeZone&, Instant>);
  static_assert(!kTakes<LocalDateAt, const TimeZone&, local_seconds>);
  static_assert(kTakes<FixedOffsetName, Minutes> && !kTakes<FixedOffsetName, seconds>);
}

TEST(Calendar, IsAskedForInstantsOnly) {
  static_assert(kTakes<CheckFree, const Calendar&, const Wanted&, Instant>);
  static_assert(!kTakes<CheckFree, const Calendar&, const Wanted&, local_seconds>);
  static_assert(!kTakes<CheckFree, const Calendar&, const Wanted&, seconds>);
  static_assert(kTakes<HoldOf, const BookingRules&, Instant>);
  static_assert(!kTakes<HoldOf, const BookingRules&, Minutes>);
}

}  // namespace
}  // namespace kalends::core

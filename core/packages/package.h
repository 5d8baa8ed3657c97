// Packages: so many visits of chosen services, paid in advance (SPEC 3.4). What is on offer, what
// was sold, and when a visit is used up.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "core/base/id.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/booking/appointment.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

// What a provider offers.
struct Package {
  PackageId id;
  ProviderId provider;
  std::string name;
  std::map<std::string, std::string> translations;  // Of the name, by language: "de", "en", ...
  std::vector<ServiceId> services;                  // What the visits may be of.
  int visits = 1;
  Money price;         // For all of it.
  int valid_days = 0;  // The last day is so many after that of the sale. 0: it does not end.
  int position = 0;    // Order in lists, ascending, then by id.
  bool archived = false;
  std::int64_t version = 1;
};

// Its name for who reads `language` ("de"); the provider's first one where there is none in that.
std::string NameIn(const Package& package, std::string_view language);

// INVALID_FIELD, by the field of the contract's Package: its name, translations into languages that
// are not spoken here, no services, one twice, or one that is not of `known`, which the provider
// has; visits, price, validity.
absl::Status CheckPackage(const Package& package, std::span<const ServiceId> known);

// A package of a customer. All but `used` is as it was when it was sold.
struct SoldPackage {
  SoldPackageId id;
  ProviderId provider;
  AccountId customer;
  PackageId package;
  std::string name;
  std::vector<ServiceId> services;
  int visits = 1;
  int used = 0;  // 0 to `visits`: lines of PackageUse that took one - those that gave one back.
  Money price;
  Instant sold;
  std::optional<Instant>
      expires;  // It pays for appointments that start before; none: it does not end.
  std::optional<Instant> cancelled;  // When its sale was taken back.
};
inline int Remaining(const SoldPackage& package) { return package.visits - package.used; }

// When a package that is sold at `now` ends: with the day that is `valid_days` after that of the
// sale. nullopt: never.
std::optional<Instant> ExpiryOf(int valid_days, const TimeZone& zone, Instant now);

// Sells `package` to `customer`. PACKAGE_ARCHIVED; LIMIT_REACHED: the customer has `sold_before`
// packages of the provider, used up or not.
absl::Status CheckSale(const Package& package, int sold_before);

// Whether the package pays for `service` at `start`. Reports the first refusal, in this order:
//   PACKAGE_CANCELLED     its sale was taken back.
//   PACKAGE_NOT_COVERING  the request has no service, or one that the package does not have.
//   PACKAGE_EXPIRED       `start` is not before its end.
//   PACKAGE_USED_UP       no visit is left.
absl::Status CheckUsable(const SoldPackage& package, const std::optional<ServiceId>& service,
                         Instant start);

// Whether its sale may be taken back. PACKAGE_IN_USE: a visit is used.
absl::Status CheckCancellable(const SoldPackage& package);

enum class PackageUseKind { kUsed, kGivenBack };
// "USED", "GIVEN_BACK": the name in the database.
std::string_view NameOf(PackageUseKind kind);
std::optional<PackageUseKind> ParsePackageUseKind(std::string_view name);

// A line of what a package was used for; lines are never changed.
struct PackageUse {
  ProviderId provider;
  SoldPackageId package;
  int number = 1;  // 1, 2, 3 within the package.
  AppointmentId appointment;
  PackageUseKind kind = PackageUseKind::kUsed;
  Instant when;
};

// Whether a visit is given back when an appointment that it pays for changes so: it is rejected, or
// cancelled, but for a customer who cancels an accepted one later than CancelUntil. Completed and
// missed both use it up, whatever is corrected.
bool GivesBack(const Transition& transition);

}  // namespace kalends::core

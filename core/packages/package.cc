#include "core/packages/package.h"

#include <algorithm>

#include "core/accounts/account.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace kalends::core {
namespace {

constexpr std::string_view kUseNames[] = {"USED", "GIVEN_BACK"};

absl::Status CheckNames(const Package& package) {
  RETURN_IF_ERROR(CheckName("package.display_name", package.name));
  for (const auto& [language, name] : package.translations) {
    const std::string field = "package.translations[" + language + "]";
    if (!ParseLanguage(language)) {
      return InvalidField(field, "may be of de, en, fr, ru, uk, es");
    }
    RETURN_IF_ERROR(CheckText(field + ".display_name", name, 0, kNameCharsMax));
  }
  return absl::OkStatus();
}

absl::Status CheckServices(const Package& package, std::span<const ServiceId> known) {
  constexpr std::string_view kField = "package.services";
  const auto& services = package.services;
  if (services.empty() || services.size() > kServicesPerProviderMax) {
    return InvalidField(kField, "must be 1 to " + std::to_string(kServicesPerProviderMax));
  }
  return CheckEach(kField, services, [&](const ServiceId& service) -> absl::Status {
    if (std::find(services.data(), &service, service) != &service) {
      return InvalidField(kField, "must differ from those before it");
    }
    if (std::find(known.begin(), known.end(), service) == known.end()) {
      return InvalidField(kField, "must be a service of the provider");
    }
    return absl::OkStatus();
  });
}

absl::Status CheckPackagePrice(const Money& price) {
  if (price.minor_units < 0 || price.minor_units > kPaymentMinorMax) {
    return InvalidField("package.price.minor_units",
                        "must be 0 to " + std::to_string(kPaymentMinorMax));
  }
  const bool free = price.minor_units == 0 && price.currency_code.empty();
  if (!free && !IsCurrencyCode(price.currency_code)) {
    return InvalidField("package.price.currency_code", "must be three capital letters of ISO 4217");
  }
  return absl::OkStatus();
}

}  // namespace

std::string NameIn(const Package& package, std::string_view language) {
  const auto translation = package.translations.find(std::string(language));
  const bool translated = translation != package.translations.end() && !translation->second.empty();
  return translated ? translation->second : package.name;
}

absl::Status CheckPackage(const Package& package, std::span<const ServiceId> known) {
  RETURN_IF_ERROR(CheckNames(package));
  RETURN_IF_ERROR(CheckServices(package, known));
  if (package.visits < 1 || package.visits > kVisitsPerPackageMax) {
    return InvalidField("package.visits", "must be 1 to " + std::to_string(kVisitsPerPackageMax));
  }
  RETURN_IF_ERROR(CheckPackagePrice(package.price));
  if (package.valid_days < 0 || package.valid_days > kPackageValidDaysMax) {
    return InvalidField("package.valid_days",
                        "must be 0 to " + std::to_string(kPackageValidDaysMax));
  }
  return absl::OkStatus();
}

std::optional<Instant> ExpiryOf(int valid_days, const TimeZone& zone, Instant now) {
  if (valid_days == 0) return std::nullopt;
  return zone.StartOfDay(LocalDateAt(zone, now) + date::days(valid_days + 1));
}

absl::Status CheckSale(const Package& package, int sold_before) {
  if (package.archived) return Error(Reason::kPackageArchived);
  if (sold_before >= kSoldPackagesPerLinkMax) {
    return LimitReached("sold_packages", kSoldPackagesPerLinkMax,
                        "The customer has too many packages.");
  }
  return absl::OkStatus();
}

absl::Status CheckUsable(const SoldPackage& package, const std::optional<ServiceId>& service,
                         Instant start) {
  if (package.cancelled) return Error(Reason::kPackageCancelled);
  const auto& services = package.services;
  if (!service || std::find(services.begin(), services.end(), *service) == services.end()) {
    return Error(Reason::kPackageNotCovering);
  }
  if (package.expires && start >= *package.expires) return Error(Reason::kPackageExpired);
  if (Remaining(package) < 1) return Error(Reason::kPackageUsedUp);
  return absl::OkStatus();
}

absl::Status CheckCancellable(const SoldPackage& package) {
  return package.used == 0 ? absl::OkStatus() : Error(Reason::kPackageInUse);
}

std::string_view NameOf(PackageUseKind kind) { return kUseNames[static_cast<std::size_t>(kind)]; }

std::optional<PackageUseKind> ParsePackageUseKind(std::string_view name) {
  const auto* found = std::find(std::begin(kUseNames), std::end(kUseNames), name);
  if (found == std::end(kUseNames)) return std::nullopt;
  return static_cast<PackageUseKind>(found - std::begin(kUseNames));
}

bool GivesBack(const Transition& transition) {
  const Transition& t = transition;
  if (t.to == AppointmentStatus::kRejected) return true;
  if (t.to != AppointmentStatus::kCancelled) return false;
  const bool late = t.from == AppointmentStatus::kAccepted && t.actor == Actor::kCustomer &&
                    t.now > CancelUntil(t.interval, t.cancellation_deadline);
  return !late;
}

}  // namespace kalends::core

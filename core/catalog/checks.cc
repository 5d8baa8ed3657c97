#include "core/catalog/checks.h"

#include <algorithm>
#include <string>

#include "core/accounts/account.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/payments/payment_link.h"

namespace kalends::core {
namespace {

absl::Status CheckRange(std::string_view field, Minutes value, Minutes min, Minutes max) {
  if (value >= min && value <= max) return absl::OkStatus();
  return InvalidField(field, "must be " + std::to_string(min.count()) + " to " +
                                 std::to_string(max.count()) + " minutes");
}

absl::Status CheckTranslations(const Service& service) {
  for (const auto& [language, text] : service.translations) {
    const std::string field = "service.translations[" + language + "]";
    if (!ParseLanguage(language)) {
      return InvalidField(field, "may be of de, en, fr, ru, uk, es");
    }
    RETURN_IF_ERROR(CheckText(field + ".display_name", text.name, 0, kNameCharsMax));
    RETURN_IF_ERROR(
        CheckText(field + ".description", text.description, 0, kDescriptionCharsMax, Lines::kMany));
  }
  return absl::OkStatus();
}

bool Holds(std::span<const ProviderId> ids, ProviderId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

absl::Status CheckService(const Service& service, std::span<const ProviderId> known,
                          std::span<const ProviderId> staff) {
  RETURN_IF_ERROR(CheckName("service.display_name", service.name));
  RETURN_IF_ERROR(
      CheckText("service.description", service.description, 0, kDescriptionCharsMax, Lines::kMany));
  RETURN_IF_ERROR(CheckTranslations(service));
  RETURN_IF_ERROR(CheckRules(service.rules));
  RETURN_IF_ERROR(CheckPrice(service.price));
  RETURN_IF_ERROR(CheckText("service.place", service.place, 0, kPlaceCharsMax, Lines::kMany));
  RETURN_IF_ERROR(CheckPaymentLink("service.payment_link", service.payment_link));
  constexpr std::string_view kSpecialists = "service.specialists";
  return CheckEach(kSpecialists, service.specialists, [&](ProviderId specialist) {
    return Holds(known, specialist) || Holds(staff, specialist)
               ? absl::OkStatus()
               : InvalidField(kSpecialists, "must be staff of the organization");
  });
}

absl::Status CheckRules(const BookingRules& rules) {
  using std::chrono_literals::operator""min;
  RETURN_IF_ERROR(CheckRange("service.duration", rules.duration, kDurationMin, kDurationMax));
  RETURN_IF_ERROR(CheckRange("service.buffer_before", rules.buffer_before, 0min, kBufferMax));
  RETURN_IF_ERROR(CheckRange("service.buffer_after", rules.buffer_after, 0min, kBufferMax));
  RETURN_IF_ERROR(CheckRange("service.step", rules.step, kStepMin, kDurationMax));
  RETURN_IF_ERROR(CheckRange("service.minimum_notice", rules.minimum_notice, 0min, kNoticeMax));
  RETURN_IF_ERROR(CheckRange("service.horizon", rules.horizon, 1min, kHorizonMax));
  RETURN_IF_ERROR(
      CheckRange("service.cancellation_deadline", rules.cancellation_deadline, 0min, kNoticeMax));
  if (rules.capacity < 1 || rules.capacity > kCapacityMax) {
    return InvalidField("service.capacity", "must be 1 to " + std::to_string(kCapacityMax));
  }
  return absl::OkStatus();
}

absl::Status CheckPrice(const Money& price) {
  if (price.minor_units < 0 || price.minor_units > kPaymentMinorMax) {
    return InvalidField("service.price.minor_units",
                        "must be 0 to " + std::to_string(kPaymentMinorMax));
  }
  const bool free = price.minor_units == 0 && price.currency_code.empty();
  if (!free && !IsCurrencyCode(price.currency_code)) {
    return InvalidField("service.price.currency_code", "must be three capital letters of ISO 4217");
  }
  return absl::OkStatus();
}

}  // namespace kalends::core

#include "core/server/encode.h"

#include <fmt/format.h>

namespace kalends::server {
void EncodeMoney(const core::Money& money, v1::Money* message) {
  message->set_currency_code(money.currency_code);
  message->set_minor_units(money.minor_units);
}

google::protobuf::Timestamp EncodeInstant(core::Instant instant) {
  google::protobuf::Timestamp time;
  time.set_seconds(core::ToUnixSeconds(instant));
  return time;
}

std::string EncodeLocal(core::Instant instant, const core::TimeZone& zone) {
  const auto offset = std::chrono::duration_cast<core::Minutes>(zone.OffsetAt(instant));
  const auto size = std::chrono::abs(offset).count();
  return date::format("%FT%T", zone.ToLocal(instant)) +
         fmt::format("{}{:02}:{:02}", offset.count() < 0 ? '-' : '+', size / 60, size % 60);
}

google::protobuf::Duration EncodeSeconds(std::chrono::seconds seconds) {
  google::protobuf::Duration duration;
  duration.set_seconds(seconds.count());
  return duration;
}

v1::Date EncodeDate(date::local_days date) {
  const date::year_month_day day(date);
  v1::Date message;
  message.set_year(static_cast<int>(day.year()));
  message.set_month(static_cast<int>(static_cast<unsigned>(day.month())));
  message.set_day(static_cast<int>(static_cast<unsigned>(day.day())));
  return message;
}

v1::ProviderKind EncodeKind(core::ProviderKind kind) {
  return kind == core::ProviderKind::kSpecialist ? v1::PROVIDER_KIND_SPECIALIST
                                                 : v1::PROVIDER_KIND_ORGANIZATION;
}

v1::ProviderNeed EncodeNeed(core::ProviderNeed need) {
  switch (need) {
    case core::ProviderNeed::kService:
      return v1::PROVIDER_NEED_SERVICE;
    case core::ProviderNeed::kTeam:
      return v1::PROVIDER_NEED_TEAM;
    default:
      return v1::PROVIDER_NEED_HOURS;
  }
}

std::string ProviderName(core::ProviderId id) { return "providers/" + id.ToString(); }
std::string AccountName(core::AccountId id) { return "accounts/" + id.ToString(); }
std::string ApiKeyName(core::ApiKeyId id) { return "apiKeys/" + id.ToString(); }

}  // namespace kalends::server

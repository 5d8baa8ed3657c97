// Value types -> messages: what all subjects share.
#pragma once

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <string_view>

#include "core/base/id.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/providers/provider.h"
#include "core/timezone/time_zone.h"
#include "date/date.h"
#include "kalends/v1/types.pb.h"

namespace kalends::server {

google::protobuf::Timestamp EncodeInstant(core::Instant instant);
// On the clock of `zone`, as RFC 3339 has it: "2027-01-11T10:00:00+01:00".
std::string EncodeLocal(core::Instant instant, const core::TimeZone& zone);
google::protobuf::Duration EncodeSeconds(std::chrono::seconds seconds);
v1::Date EncodeDate(date::local_days date);
void EncodeMoney(const core::Money& money, v1::Money* message);
v1::ProviderKind EncodeKind(core::ProviderKind kind);
v1::ProviderNeed EncodeNeed(core::ProviderNeed need);

std::string ProviderName(core::ProviderId id);
std::string AccountName(core::AccountId id);
std::string ApiKeyName(core::ApiKeyId id);

}  // namespace kalends::server

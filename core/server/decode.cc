#include "core/server/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace kalends::server {
namespace {

constexpr std::int64_t kLastSecond = 4133980799;  // 2100-12-31T23:59:59Z.
constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2100;
constexpr std::int64_t kDurationSecondsMax = 315'576'000'000;  // Of every Duration.

}  // namespace

absl::StatusOr<core::Instant> DecodeInstant(std::string_view field,
                                            const google::protobuf::Timestamp* time) {
  if (time == nullptr) return core::InvalidField(field, "must be set");
  if (time->nanos() != 0) return core::InvalidField(field, "must be in whole seconds");
  if (time->seconds() < 0 || time->seconds() > kLastSecond) {
    return core::InvalidField(field, "must lie between 1970 and 2100");
  }
  return core::FromUnixSeconds(time->seconds());
}

absl::StatusOr<core::Minutes> DecodeMinutes(std::string_view field,
                                            const google::protobuf::Duration& duration) {
  if (duration.nanos() != 0 || duration.seconds() % 60 != 0) {
    return core::InvalidField(field, "must be in whole minutes");
  }
  if (duration.seconds() > kDurationSecondsMax || duration.seconds() < -kDurationSecondsMax) {
    return core::InvalidField(field, "must not be longer than 10000 years");
  }
  return core::Minutes(duration.seconds() / 60);
}

absl::StatusOr<date::local_days> DecodeDate(std::string_view field, const v1::Date& date) {
  if (date.year() == 0 && date.month() == 0 && date.day() == 0) {
    return core::InvalidField(field, "must be set");
  }
  if (date.year() < kFirstYear || date.year() > kLastYear) {
    return core::InvalidField(field, "must be a date from 1970 to 2100");
  }
  if (date.month() < 1 || date.month() > 12) {
    return core::InvalidField(field, "must have a month of 1 to 12");
  }
  const auto month = date::year(date.year()) / date.month();
  const auto last = static_cast<unsigned>((month / date::last).day());
  if (date.day() < 1 || date.day() > static_cast<int>(last)) {
    return core::InvalidField(
        field, fmt::format("must be a day of the calendar: {:04}-{:02} has the days 1 to {}",
                           date.year(), date.month(), last));
  }
  return date::local_days(month / date.day());
}

absl::Status BadName(std::string_view field, std::string_view pattern) {
  return core::InvalidField(field, fmt::format("must be a name like `{}`", pattern));
}

absl::StatusOr<core::ProviderId> DecodeProvider(const app::ReadContext& cx, std::string_view field,
                                                std::string_view name) {
  if (name == "providers/me") return app::OwnProvider(cx);
  const auto parts = MatchName("providers/*", name);
  const auto id = parts ? core::ProviderId::Parse((*parts)[0]) : std::nullopt;
  if (!id) return BadName(field, "providers/*");
  return *id;
}

absl::StatusOr<core::AccountId> DecodeAccount(const app::ReadContext& cx, std::string_view field,
                                              std::string_view name) {
  if (name == "accounts/me") {
    if (!cx.caller.account) return core::Error(core::Reason::kAccountMissing);
    return *cx.caller.account;
  }
  const auto parts = MatchName("accounts/*", name);
  const auto id = parts ? core::AccountId::Parse((*parts)[0]) : std::nullopt;
  if (!id) return BadName(field, "accounts/*");
  return *id;
}

absl::StatusOr<core::LinkKey> DecodeLinkName(const app::ReadContext& cx, std::string_view field,
                                             std::string_view pattern, std::string_view name,
                                             std::vector<std::string_view>* rest) {
  const auto parts = MatchName(pattern, name);
  const auto provider = parts ? core::ProviderId::Parse((*parts)[0]) : std::nullopt;
  if (!provider) return BadName(field, pattern);
  if (rest != nullptr) rest->assign(parts->begin() + 2, parts->end());
  if ((*parts)[1] == "me") {
    if (!cx.caller.account) return core::Error(core::Reason::kAccountMissing);
    return core::LinkKey{*provider, *cx.caller.account};
  }
  const auto customer = core::AccountId::Parse((*parts)[1]);
  if (!customer) return BadName(field, pattern);
  return core::LinkKey{*provider, *customer};
}

absl::StatusOr<core::LinkKey> DecodeLink(const app::ReadContext& cx, std::string_view field,
                                         std::string_view name) {
  constexpr std::string_view kPattern = "providers/*/links/*";
  const auto parts = MatchName(kPattern, name);
  if (!parts) return BadName(field, kPattern);
  core::LinkKey link;
  ASSIGN_OR_RETURN(link.provider,
                   DecodeProvider(cx, field, fmt::format("providers/{}", (*parts)[0])));
  ASSIGN_OR_RETURN(link.customer,
                   DecodeAccount(cx, field, fmt::format("accounts/{}", (*parts)[1])));
  return link;
}

absl::StatusOr<core::DocumentRef> DecodeDocumentRef(std::string_view field, std::string_view name) {
  constexpr std::string_view kPattern = "providers/*/links/*/documents/*";
  const auto parts = MatchName(kPattern, name);
  if (!parts) return BadName(field, kPattern);
  const auto provider = core::ProviderId::Parse((*parts)[0]);
  const auto customer = core::AccountId::Parse((*parts)[1]);
  const auto id = core::DocumentId::Parse((*parts)[2]);
  if (!provider || !customer || !id) return BadName(field, kPattern);
  return core::DocumentRef{{*provider, *customer}, *id};
}

absl::StatusOr<core::ConsentVersionRef> DecodeConsentVersionRef(std::string_view field,
                                                                std::string_view name) {
  constexpr std::string_view kPattern = "providers/*/consentDocuments/*/versions/*";
  const auto parts = MatchName(kPattern, name);
  if (!parts) return BadName(field, kPattern);
  const auto provider = core::ProviderId::Parse((*parts)[0]);
  const auto document = core::ConsentDocumentId::Parse((*parts)[1]);
  const std::string_view digits = (*parts)[2];
  int number = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size();
  if (!provider || !document || !whole || number <= 0) return BadName(field, kPattern);
  return core::ConsentVersionRef{*provider, *document, number};
}

absl::StatusOr<core::FileRef> DecodeFileRef(std::string_view field, std::string_view name) {
  if (const auto document = DecodeDocumentRef(field, name); document.ok()) return *document;
  if (const auto version = DecodeConsentVersionRef(field, name); version.ok()) return *version;
  return core::InvalidField(field, "must be the name of a document or of a consent version");
}

std::string TidyName(std::string_view text, std::string_view fallback) {
  const std::string clean = core::CleanLine(text);
  std::string_view rest = clean;
  for (std::size_t count = 0; !rest.empty() && count < core::kNameCharsMax; ++count) {
    core::TakeCodePoint(rest);
  }
  std::string name = core::CleanLine(std::string_view(clean).substr(0, clean.size() - rest.size()));
  return name.empty() ? std::string(fallback) : name;
}

absl::StatusOr<int> DecodePageSize(std::int32_t page_size) {
  if (page_size < 0) return core::InvalidField("page_size", "must not be negative");
  if (page_size == 0) return core::kPageSizeDefault;
  return std::min(page_size, core::kPageSizeMax);
}

absl::Status CheckMask(const google::protobuf::FieldMask& mask,
                       std::initializer_list<std::string_view> allowed) {
  if (mask.paths().empty()) return core::InvalidField("update_mask", "must name what to change");
  for (const std::string& path : mask.paths()) {
    if (std::find(allowed.begin(), allowed.end(), path) == allowed.end()) {
      return core::InvalidField("update_mask",
                                fmt::format("may name {}", fmt::join(allowed, ", ")));
    }
  }
  return absl::OkStatus();
}

bool Masks(const google::protobuf::FieldMask& mask, std::string_view path) {
  return std::find(mask.paths().begin(), mask.paths().end(), path) != mask.paths().end();
}

}  // namespace kalends::server

#include "core/app/context.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "storage/people.h"

namespace kalends::app {
namespace {

// Reads one code point of UTF-8 from the front of `text` and removes it; nullopt: not valid UTF-8
// (RFC 3629: shortest form, no surrogates, at most U+10FFFF).
std::optional<char32_t> TakeCodePoint(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const int length = first < 0x80       ? 1
                     : first >> 5 == 6  ? 2
                     : first >> 4 == 14 ? 3
                     : first >> 3 == 30 ? 4
                                        : 0;
  if (length == 0 || text.size() < static_cast<std::size_t>(length)) return std::nullopt;
  char32_t point = length == 1 ? first : first & (0x7FU >> length);
  for (int i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[static_cast<std::size_t>(i)]);
    if (byte >> 6 != 2) return std::nullopt;
    point = point << 6 | (byte & 0x3FU);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < kLeast[length] || surrogate || point > 0x10FFFF) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(length));
  return point;
}

}  // namespace

absl::Status CheckText(std::string_view field, std::string_view text, std::size_t min,
                       std::size_t max, Lines lines) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::optional<char32_t> point = TakeCodePoint(text);
    if (!point) return core::InvalidField(field, "must be valid UTF-8");
    const bool line_break = *point == U'\n' && lines == Lines::kMany;
    if ((*point < 0x20 && !line_break) || *point == 0x7F) {
      return core::InvalidField(field, "must not hold control characters");
    }
    ++count;
  }
  if (count < min || count > max) {
    return core::InvalidField(field, fmt::format("must have {} to {} characters", min, max));
  }
  return absl::OkStatus();
}

absl::StatusOr<core::Provider> VisibleProvider(const ReadContext& cx, core::ProviderId id) {
  std::optional<core::Provider> provider = storage::FindProvider(cx.tx, id);
  if (!provider || provider->erased) return core::Error(core::Reason::kNotFound);
  if (core::MayActAs(cx.caller, provider->account)) return *std::move(provider);
  if (cx.caller.account) {
    if (storage::HasLink(cx.tx, id, *cx.caller.account)) return *std::move(provider);
    const auto own = storage::FindProviderOfAccount(cx.tx, *cx.caller.account);
    if (own && (storage::IsStaff(cx.tx, id, own->id) || storage::IsStaff(cx.tx, own->id, id))) {
      return *std::move(provider);
    }
  }
  return core::Error(core::Reason::kNotFound);
}

absl::StatusOr<core::Provider> ManagedProvider(const ReadContext& cx, core::ProviderId id) {
  std::optional<core::Provider> provider = storage::FindProvider(cx.tx, id);
  if (!provider || provider->erased || !core::MayActAs(cx.caller, provider->account)) {
    return core::Error(core::Reason::kNotFound);
  }
  return *std::move(provider);
}

absl::StatusOr<core::ProviderId> OwnProvider(const ReadContext& cx) {
  if (!cx.caller.account) return core::Error(core::Reason::kAccountMissing);
  const auto provider = storage::FindProviderOfAccount(cx.tx, *cx.caller.account);
  if (!provider) return core::Error(core::Reason::kNotFound);
  return provider->id;
}

std::string RequestScope(core::AccountId account) { return "account:" + account.ToString(); }

absl::Status CheckEtag(std::string_view etag, std::int64_t version) {
  if (etag.empty() || etag == EtagOf(version)) return absl::OkStatus();
  return core::Error(core::Reason::kStaleEtag);
}

std::string EtagOf(std::int64_t version) { return fmt::format("\"{}\"", version); }

}  // namespace kalends::app

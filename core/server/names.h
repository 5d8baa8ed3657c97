// Resource names and page tokens, as callers send them: any bytes may come.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kalends::server {

// Splits a resource name by a pattern such as "providers/*/services/*" into what the stars stand
// for; nullopt: it does not match.
std::optional<std::vector<std::string_view>> MatchName(std::string_view pattern,
                                                       std::string_view name);

// Page tokens carry the place to go on, and a fingerprint of the list they belong to.
// `list` is the method with all that must stay the same.
std::string EncodePageToken(std::string_view list, const std::vector<std::string>& place);
// Empty token: nullopt. INVALID_PAGE_TOKEN unless it was made for this list with `parts` parts.
absl::StatusOr<std::optional<std::vector<std::string>>> DecodePageToken(std::string_view list,
                                                                        std::string_view token,
                                                                        std::size_t parts);
// A number from a page token: INVALID_PAGE_TOKEN.
absl::StatusOr<std::int64_t> TokenNumber(const std::string& text);

}  // namespace kalends::server

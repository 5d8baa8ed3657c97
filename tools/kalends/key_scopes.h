// What keys may do, as the command line calls it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kalends/v1/access.pb.h"

namespace kalends::cli {

struct ScopeRow {
  std::string_view name;
  v1::Scope scope;
};
inline constexpr ScopeRow kScopes[] = {
    {"adapter", v1::SCOPE_ADAPTER},     {"web", v1::SCOPE_WEB},
    {"tool:read", v1::SCOPE_TOOL_READ}, {"tool:write", v1::SCOPE_TOOL_WRITE},
    {"admin", v1::SCOPE_ADMIN},         {"busy", v1::SCOPE_BUSY},
};

inline std::vector<std::string> ScopeNames() {
  std::vector<std::string> names;
  for (const ScopeRow& row : kScopes) names.emplace_back(row.name);
  return names;
}

}  // namespace kalends::cli

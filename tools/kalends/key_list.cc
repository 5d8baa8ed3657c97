#include <memory>
#include <vector>

#include "kalends/v1/admin_service.pb.h"
#include "tools/kalends/key.h"
#include "tools/kalends/key_scopes.h"
#include "tools/kalends/listing.h"

namespace kalends::cli {
namespace {

std::string NameOf(v1::Scope scope) {
  for (const ScopeRow& row : kScopes) {
    if (row.scope == scope) return std::string(row.name);
  }
  return "unknown";
}

std::string ScopesText(const v1::ApiKey& key) {
  std::string scopes;
  for (const int scope : key.scopes()) {
    scopes += (scopes.empty() ? "" : ",") + NameOf(static_cast<v1::Scope>(scope));
  }
  return scopes;
}

}  // namespace

Work ListKeys(CLI::App& command, Arguments&) {
  auto limit = std::make_shared<Limit>(0);
  AddLimit(command, *limit);
  return [limit](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const core::TimeZone zone, context.Zone());
    return PrintList<v1::ListApiKeysResponse>(
        context, v1::ListApiKeysRequest(), "", *limit,
        {"KEY", "MADE", "SCOPES", "EXPIRES", "USED", "STATE", "LABEL"},
        [](const auto& answer) -> const auto& { return answer.api_keys(); },
        [&](const v1::ApiKey& key) {
          return std::vector<std::string>{
              key.name(),
              TimeIn(zone, key.create_time()),
              ScopesText(key),
              key.has_expire_time() ? TimeIn(zone, key.expire_time()) : "never",
              key.has_last_use_time() ? TimeIn(zone, key.last_use_time()) : "never",
              WordOf(v1::ApiKey::State_Name(key.state()), "STATE_"),
              key.display_name()};
        });
  };
}

}  // namespace kalends::cli

#include <memory>

#include "kalends/v1/admin_service.pb.h"
#include "tools/kalends/key.h"
#include "tools/kalends/listing.h"

namespace kalends::cli {

Work RevokeKey(CLI::App& command, Arguments&) {
  auto name = std::make_shared<std::string>();
  command.add_option("KEY", *name, "Its name, apiKeys/...")->required();
  return [name](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    v1::RevokeApiKeyRequest request;
    request.set_name(*name);
    request.set_request_id(NewRequestId());
    ASSIGN_OR_RETURN(const auto key, core->Call<v1::ApiKey>(request));
    fmt::print("{}\n", context.said().json ? JsonLine(key) : key.name() + " is revoked.");
    return 0;
  };
}

}  // namespace kalends::cli

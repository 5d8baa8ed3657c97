#include "tools/kalends/master_key.h"

#include <fmt/format.h>

#include <cstdio>

#include "kalends/v1/admin_service.pb.h"
#include "tools/kalends/listing.h"

namespace kalends::cli {

namespace {

absl::Status Rewrap(const Connection& core, bool json) {
  std::int64_t done = 0;
  std::int64_t damaged = 0;
  v1::RewrapDocumentKeysRequest request;
  do {
    const auto answer = core.Call<v1::RewrapDocumentKeysResponse>(request);
    if (!answer.ok()) return answer.status();
    done += answer->rewrapped();
    damaged += answer->damaged();
    if (json) {
      fmt::print("{}\n", JsonLine(*answer));
    } else {
      fmt::print("{} of {} documents\n", done, done + answer->remaining());
    }
    std::fflush(stdout);
    request.set_page_token(answer->next_page_token());
  } while (!request.page_token().empty());
  if (damaged == 0) return absl::OkStatus();
  return absl::DataLossError(fmt::format(
      "damaged keys: {}. These documents cannot be read any more, and the core's log says "
      "which they are; all others are done",
      damaged));
}

}  // namespace

Work RotateMasterKey(CLI::App&, Arguments&) {
  return [](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    v1::RotateMasterKeyRequest request;
    request.set_request_id(NewRequestId());
    ASSIGN_OR_RETURN(const auto answer, core->Call<v1::RotateMasterKeyResponse>(request));
    if (context.said().json) {
      fmt::print("{}\n", JsonLine(answer));
    } else {
      fmt::print("There is a new master key; {} are kept. Keep a copy of the file.\n",
                 answer.master_key_count());
    }
    RETURN_IF_ERROR(Rewrap(*core, context.said().json));
    return 0;
  };
}

Work RewrapDocuments(CLI::App&, Arguments&) {
  return [](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    RETURN_IF_ERROR(Rewrap(*core, context.said().json));
    return 0;
  };
}

}  // namespace kalends::cli

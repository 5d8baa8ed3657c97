#include "tools/kalends/master_key.h"

#include <fmt/format.h>

#include <cstdio>

#include "kalends/v1/admin_service.grpc.pb.h"

namespace kalends::cli {

using Admin = v1::AdminService;

absl::Status RotateMasterKey(const Arguments& arguments, const Connection& core) {
  const auto admin = core.Stub<Admin>();
  v1::RotateMasterKeyRequest request;
  request.set_request_id(NewRequestId());
  const auto answer = core.Call(*admin, &Admin::Stub::RotateMasterKey, request);
  if (!answer.ok()) return answer.status();
  fmt::print("There is a new master key; {} are kept. Keep a copy of the file.\n",
             answer->master_key_count());
  return RewrapDocuments(arguments, core);
}

absl::Status RewrapDocuments(const Arguments&, const Connection& core) {
  const auto admin = core.Stub<Admin>();
  std::int64_t done = 0;
  while (true) {
    const auto answer =
        core.Call(*admin, &Admin::Stub::RewrapDocumentKeys, v1::RewrapDocumentKeysRequest());
    if (!answer.ok()) return answer.status();
    done += answer->rewrapped();
    fmt::print("{} of {} documents\n", done, done + answer->remaining());
    std::fflush(stdout);
    if (answer->remaining() == 0) return absl::OkStatus();
  }
}

}  // namespace kalends::cli

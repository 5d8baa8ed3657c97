#include "tools/telegram_sim/status.h"

#include <cassert>
#include <cstdlib>
#include <optional>

namespace kalends::sim {
namespace {

constexpr char kRetryAfter[] = "retry_after";

struct CodeRow {
  absl::StatusCode code;
  int http;
  const char* prefix;
};
constexpr CodeRow kCodes[] = {
    {absl::StatusCode::kInvalidArgument, 400, "Bad Request"},
    {absl::StatusCode::kUnauthenticated, 401, "Unauthorized"},
    {absl::StatusCode::kPermissionDenied, 403, "Forbidden"},
    {absl::StatusCode::kNotFound, 404, "Not Found"},
    {absl::StatusCode::kAborted, 409, "Conflict"},
    {absl::StatusCode::kOutOfRange, 413, "Request Entity Too Large"},
    {absl::StatusCode::kResourceExhausted, 429, "Too Many Requests"},
};

absl::Status Make(absl::StatusCode code, std::string_view what) {
  return absl::Status(code, absl::string_view(what.data(), what.size()));
}

}  // namespace

absl::Status BadRequest(std::string_view what) {
  return Make(absl::StatusCode::kInvalidArgument, what);
}
absl::Status Forbidden(std::string_view what) {
  return Make(absl::StatusCode::kPermissionDenied, what);
}
absl::Status NotFound(std::string_view what) { return Make(absl::StatusCode::kNotFound, what); }
absl::Status Conflict(std::string_view what) { return Make(absl::StatusCode::kAborted, what); }
absl::Status TooLarge() { return Make(absl::StatusCode::kOutOfRange, ""); }

absl::Status TooManyRequests(int seconds) {
  absl::Status status =
      Make(absl::StatusCode::kResourceExhausted, "retry after " + std::to_string(seconds));
  status.SetPayload(kRetryAfter, absl::Cord(std::to_string(seconds)));
  return status;
}

Reply Success(nlohmann::json result) {
  return {200, {{"ok", true}, {"result", std::move(result)}}};
}

Reply Failure(int code, std::string_view description, int retry_after) {
  Reply reply{code, {{"ok", false}, {"error_code", code}, {"description", description}}};
  if (retry_after > 0) reply.body["parameters"]["retry_after"] = retry_after;
  return reply;
}

Reply Failure(const absl::Status& status) {
  int retry_after = 0;
  if (auto payload = status.GetPayload(kRetryAfter)) {
    retry_after = std::atoi(std::string(*payload).c_str());
  }
  for (const CodeRow& row : kCodes) {
    if (row.code != status.code()) continue;
    std::string description = row.prefix;
    if (!status.message().empty()) description += ": " + std::string(status.message());
    return Failure(row.http, description, retry_after);
  }
  assert(false && "a refusal with a code outside the table");
  std::abort();
}

}  // namespace kalends::sim

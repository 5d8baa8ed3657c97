// Refusals of the Bot API as absl::Status: the code decides the HTTP status and the first words of
// the description, the message is the rest of it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kalends::sim {

// An HTTP status and the JSON that goes with it.
struct Reply {
  int code = 200;
  nlohmann::json body;
};

// 400 "Bad Request: <what>".
absl::Status BadRequest(std::string_view what);
// 403 "Forbidden: <what>".
absl::Status Forbidden(std::string_view what);
// 404 "Not Found: <what>".
absl::Status NotFound(std::string_view what);
// 409 "Conflict: <what>".
absl::Status Conflict(std::string_view what);
// 413 "Request Entity Too Large".
absl::Status TooLarge();
// 429 "Too Many Requests: retry after <seconds>", with parameters.retry_after.
absl::Status TooManyRequests(int seconds);

// {"ok":true,"result":...}.
Reply Success(nlohmann::json result);
// {"ok":false,"error_code":...,"description":...}, with "parameters" where they belong.
Reply Failure(const absl::Status& status);
// As Failure, for a code and a description given in full. `retry_after` 0: none.
Reply Failure(int code, std::string_view description, int retry_after);

}  // namespace kalends::sim

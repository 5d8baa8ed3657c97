#include "tools/kalends/connection.h"

#include <fmt/format.h>

#include <chrono>
#include <random>

#include "adapters/shared/error_details.h"
#include "adapters/shared/secret_file.h"
#include "kalends/v1/errors.pb.h"

namespace kalends::cli {
namespace {

constexpr std::chrono::seconds kCallTimeout{10};

// "The slot is taken. (SLOT_TAKEN)", and a line for every field that was wrong.
std::string Sentence(const grpc::Status& status) {
  std::string fields;
  if (const auto bad = DetailOf<v1::BadRequest>(status)) {
    for (const auto& field : bad->field_violations()) {
      fields += fmt::format("\n  {}: {}", field.field(), field.description());
    }
  }
  const std::string reason = ReasonName(status);
  if (reason.empty()) return status.error_message() + fields;
  return fmt::format("{} ({}){}", status.error_message(), reason, fields);
}

}  // namespace

absl::StatusOr<Connection> Connection::Open(const std::string& core, const std::string& key_file) {
  if (key_file.empty()) {
    return absl::InvalidArgumentError(
        "Say where the admin key lies: --admin-key-file FILE or KALENDS_API_KEY_FILE.");
  }
  const std::string key = ReadSecret(key_file);
  if (key.empty()) {
    return absl::NotFoundError(fmt::format("No key can be read from {}.", key_file));
  }
  return Connection(CoreChannel(core, key));
}

void Connection::Prepare(grpc::ClientContext& context, const std::string& account) const {
  context.set_deadline(std::chrono::system_clock::now() + kCallTimeout);
  channel_.Authorize(context, account);
}

absl::Status Connection::Explain(const grpc::Status& status) const {
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE && status.error_details().empty()) {
    return absl::UnavailableError("The core cannot be reached: " + status.error_message() + ".");
  }
  return {static_cast<absl::StatusCode>(status.error_code()), Sentence(status)};
}

std::string NewRequestId() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

}  // namespace kalends::cli

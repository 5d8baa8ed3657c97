#include "tools/kalends/connection.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <random>

#include "kalends/v1/errors.pb.h"

namespace kalends::cli {
namespace {

constexpr std::chrono::seconds kCallTimeout{10};
constexpr std::string_view kErrorInfoUrl = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr std::string_view kBadRequestUrl = "type.googleapis.com/google.rpc.BadRequest";

// "The slot is taken. (SLOT_TAKEN)", and a line for every field that was wrong.
std::string Sentence(const grpc::Status& status) {
  std::string reason;
  std::string fields;
  v1::RpcStatus details;
  details.ParseFromString(status.error_details());
  for (const google::protobuf::Any& detail : details.details()) {
    if (v1::ErrorInfo info; detail.type_url() == kErrorInfoUrl) {
      if (info.ParseFromString(detail.value())) reason = info.reason();
    } else if (v1::BadRequest bad; detail.type_url() == kBadRequestUrl) {
      if (!bad.ParseFromString(detail.value())) continue;
      for (const auto& field : bad.field_violations()) {
        fields += fmt::format("\n  {}: {}", field.field(), field.description());
      }
    }
  }
  if (reason.empty()) return status.error_message() + fields;
  return fmt::format("{} ({}){}", status.error_message(), reason, fields);
}

}  // namespace

absl::StatusOr<Connection> Connection::Open(const std::string& core, const std::string& key_file) {
  if (key_file.empty()) {
    return absl::InvalidArgumentError(
        "Say where the admin key lies: --admin-key-file FILE or KALENDS_API_KEY_FILE.");
  }
  std::ifstream file(key_file);
  std::string key;
  if (!(file >> key)) {
    return absl::NotFoundError(fmt::format("No key can be read from {}.", key_file));
  }
  return Connection(grpc::CreateChannel(core, grpc::InsecureChannelCredentials()), key);
}

void Connection::Prepare(grpc::ClientContext& context, const std::string& account) const {
  context.set_deadline(std::chrono::system_clock::now() + kCallTimeout);
  context.AddMetadata("authorization", "Bearer " + key_);
  if (!account.empty()) context.AddMetadata("kalends-account", account);
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

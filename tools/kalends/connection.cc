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

absl::StatusOr<Connection> Connection::Open(const Arguments& arguments) {
  if (arguments.admin_key_file.empty()) {
    return absl::InvalidArgumentError(
        "Say where the admin key lies: --admin-key-file FILE or KALENDS_API_KEY_FILE.");
  }
  const auto key = ReadSecret("--admin-key-file", arguments.admin_key_file);
  if (!key.ok()) return key.status();
  auto credentials = CoreCredentials(arguments.core_tls);
  if (!credentials.ok()) return credentials.status();
  const std::string warning = WarningOfPlainCalls(arguments.core, arguments.core_tls);
  if (!warning.empty()) fmt::print(stderr, "kalends: {}\n", warning);
  return Connection(CoreChannel(arguments.core, *key, {.credentials = *std::move(credentials)}),
                    arguments);
}

void Connection::Prepare(grpc::ClientContext& context, const std::string& account) const {
  context.set_deadline(std::chrono::system_clock::now() + kCallTimeout);
  channel_.Authorize(context, account);
}

absl::Status Connection::Explain(const grpc::Status& status) const {
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE && status.error_details().empty()) {
    const std::string why = WhyNoTls(core_, core_tls_);
    return absl::UnavailableError(fmt::format("The core at {} cannot be reached: {}.", core_,
                                              why.empty() ? status.error_message() : why));
  }
  // To who named somebody by an identity, that is a name of which there is none.
  if (ReasonName(status) == "ACCOUNT_UNKNOWN") return absl::NotFoundError(Sentence(status));
  return {static_cast<absl::StatusCode>(status.error_code()), Sentence(status)};
}

std::string NewRequestId() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

}  // namespace kalends::cli

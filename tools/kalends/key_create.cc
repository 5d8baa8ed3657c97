#include <fcntl.h>
#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "kalends/v1/admin_service.pb.h"
#include "tools/kalends/key.h"
#include "tools/kalends/key_scopes.h"
#include "tools/kalends/listing.h"

namespace kalends::cli {
namespace {

using google::protobuf::util::TimeUtil;

// The command line lets no other name through.
v1::Scope ScopeOf(std::string_view name) {
  for (const ScopeRow& row : kScopes) {
    if (row.name == name) return row.scope;
  }
  return v1::SCOPE_UNSPECIFIED;
}

// "90d", "12h", "30m" from now on, or an instant as in RFC 3339, in whole seconds.
std::optional<google::protobuf::Timestamp> ReadExpiry(const std::string& text) {
  google::protobuf::Timestamp at;
  if (TimeUtil::FromString(text, &at)) return at;
  constexpr std::int64_t kCountMax = 1'000'000;
  std::int64_t count = 0;
  const char* end = text.data() + text.size();
  const auto [unit, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc() || end - unit != 1 || count <= 0 || count > kCountMax) {
    return std::nullopt;
  }
  constexpr std::int64_t kMinute = 60;
  const std::int64_t seconds = *unit == 'd'   ? 24 * 60 * kMinute
                               : *unit == 'h' ? 60 * kMinute
                               : *unit == 'm' ? kMinute
                                              : 0;
  if (seconds == 0) return std::nullopt;
  at = TimeUtil::GetCurrentTime();
  at.set_seconds(at.seconds() + count * seconds);
  at.set_nanos(0);
  return at;
}

absl::Status FileError(const std::string& path) {
  return absl::UnknownError(fmt::format("{}: {}.", path, std::strerror(errno)));
}

// A file that only its owner may read, open for writing; -1 and errno on failure.
int CreateSecretFile(const std::string& path) {
  return open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

absl::Status WriteSecret(int file, const std::string& path, const std::string& secret) {
  const std::string line = secret + "\n";
  const bool written = write(file, line.data(), line.size()) == std::ssize(line);
  if (!written || fsync(file) != 0) return FileError(path);
  return absl::OkStatus();
}

struct NewKey {
  std::vector<std::string> scopes;
  std::string label;
  std::string out;      // File for the secret; empty: standard output.
  std::string expires;  // "90d", "12h", "2027-01-31T00:00:00Z"; empty: never.
  int calls_per_second = 0;
  int streams = 0;
};

void DeclareNewKey(CLI::App& command, NewKey& wanted) {
  command.add_option("--scope", wanted.scopes, "What it may do, comma-separated")
      ->required()
      ->delimiter(',')
      ->check(CLI::IsMember(ScopeNames()));
  command.add_option("--label", wanted.label, "What it is for")->required();
  command.add_option("--out", wanted.out, "New file for the secret, readable by you alone");
  command.add_option("--expires", wanted.expires,
                     "When it ends: in 90d or 12h, or at 2027-01-31T00:00:00Z; never if not given");
  command
      .add_option("--max-calls-per-second", wanted.calls_per_second,
                  "How many calls it may make; 0: the core's default")
      ->check(CLI::NonNegativeNumber);
  command
      .add_option("--max-streams", wanted.streams,
                  "How many streams it may have open; 0: the core's default")
      ->check(CLI::NonNegativeNumber);
}

// The secret is in the answer, and in the file if one is named.
absl::StatusOr<v1::CreateApiKeyResponse> MakeKey(const NewKey& wanted, const Connection& core) {
  v1::CreateApiKeyRequest request;
  if (!wanted.expires.empty()) {
    const auto expires = ReadExpiry(wanted.expires);
    if (!expires) {
      return absl::InvalidArgumentError(
          "--expires must be such as 90d, 12h or 2027-01-31T00:00:00Z.");
    }
    *request.mutable_api_key()->mutable_expire_time() = *expires;
  }
  request.mutable_api_key()->set_max_calls_per_second(wanted.calls_per_second);
  request.mutable_api_key()->set_max_streams(wanted.streams);
  for (const std::string& name : wanted.scopes) {
    request.mutable_api_key()->add_scopes(ScopeOf(name));
  }
  request.mutable_api_key()->set_display_name(wanted.label);
  request.set_request_id(NewRequestId());
  // The file is made first: a key whose secret has nowhere to go shall not be made.
  int file = -1;
  if (!wanted.out.empty()) {
    file = CreateSecretFile(wanted.out);
    if (file < 0) return FileError(wanted.out);
  }
  const auto answer = core.Call<v1::CreateApiKeyResponse>(request);
  absl::Status status = answer.status();
  if (status.ok() && file >= 0) status = WriteSecret(file, wanted.out, answer->secret());
  if (file >= 0) close(file);
  if (!status.ok()) {
    if (file >= 0) unlink(wanted.out.c_str());
    return status;
  }
  return answer;
}

}  // namespace

Work CreateKey(CLI::App& command, Arguments&) {
  auto wanted = std::make_shared<NewKey>();
  DeclareNewKey(command, *wanted);
  return [wanted](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    ASSIGN_OR_RETURN(auto answer, MakeKey(*wanted, *core));
    if (!wanted->out.empty()) answer.clear_secret();
    if (context.said().json) {
      fmt::print("{}\n", JsonLine(answer));
      return 0;
    }
    fmt::print("{}\n", answer.api_key().name());
    if (!answer.secret().empty()) fmt::print("{}\n", answer.secret());
    return 0;
  };
}

}  // namespace kalends::cli

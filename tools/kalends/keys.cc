#include "tools/kalends/keys.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <iterator>
#include <optional>
#include <string_view>

#include "kalends/v1/access.pb.h"
#include "kalends/v1/admin_service.pb.h"

namespace kalends::cli {
namespace {

using google::protobuf::util::TimeUtil;

struct ScopeRow {
  std::string_view name;
  v1::Scope scope;
};
constexpr ScopeRow kScopes[] = {
    {"adapter", v1::SCOPE_ADAPTER},     {"web", v1::SCOPE_WEB},
    {"tool:read", v1::SCOPE_TOOL_READ}, {"tool:write", v1::SCOPE_TOOL_WRITE},
    {"admin", v1::SCOPE_ADMIN},         {"busy", v1::SCOPE_BUSY},
};

std::string NameOf(v1::Scope scope) {
  for (const ScopeRow& row : kScopes) {
    if (row.scope == scope) return std::string(row.name);
  }
  return "unknown";
}

// The command line lets no other name through.
v1::Scope ScopeOf(std::string_view name) {
  for (const ScopeRow& row : kScopes) {
    if (row.name == name) return row.scope;
  }
  return v1::SCOPE_UNSPECIFIED;
}

// What stands behind a key that is of no use any more.
std::string_view MarkOf(v1::ApiKey::State state) {
  switch (state) {
    case v1::ApiKey::STATE_EXPIRED:
      return "  (expired)";
    case v1::ApiKey::STATE_REVOKED:
      return "  (revoked)";
    default:
      return "";
  }
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

}  // namespace

absl::Status CreateKey(const Arguments& arguments, const Connection& core) {
  v1::CreateApiKeyRequest request;
  if (!arguments.expires.empty()) {
    const auto expires = ReadExpiry(arguments.expires);
    if (!expires) {
      return absl::InvalidArgumentError(
          "--expires must be such as 90d, 12h or 2027-01-31T00:00:00Z.");
    }
    *request.mutable_api_key()->mutable_expire_time() = *expires;
  }
  request.mutable_api_key()->set_max_calls_per_second(arguments.calls_per_second);
  request.mutable_api_key()->set_max_streams(arguments.streams);
  for (const std::string& name : arguments.scopes) {
    request.mutable_api_key()->add_scopes(ScopeOf(name));
  }
  request.mutable_api_key()->set_display_name(arguments.label);
  request.set_request_id(NewRequestId());
  // The file is made first: a key whose secret has nowhere to go shall not be made.
  int file = -1;
  if (!arguments.out.empty()) {
    file = CreateSecretFile(arguments.out);
    if (file < 0) return FileError(arguments.out);
  }
  const auto answer = core.Call<v1::CreateApiKeyResponse>(request);
  absl::Status status = answer.status();
  if (status.ok() && file >= 0) status = WriteSecret(file, arguments.out, answer->secret());
  if (file >= 0) close(file);
  if (!status.ok()) {
    if (file >= 0) unlink(arguments.out.c_str());
    return status;
  }
  fmt::print("{}\n", answer->api_key().name());
  if (file < 0) fmt::print("{}\n", answer->secret());
  return absl::OkStatus();
}

absl::Status ListKeys(const Arguments&, const Connection& core) {
  v1::ListApiKeysRequest request;
  request.set_page_size(200);
  do {
    const auto answer = core.Call<v1::ListApiKeysResponse>(request);
    if (!answer.ok()) return answer.status();
    for (const v1::ApiKey& key : answer->api_keys()) {
      std::string scopes;
      for (const int scope : key.scopes()) {
        scopes += (scopes.empty() ? "" : ",") + NameOf(static_cast<v1::Scope>(scope));
      }
      fmt::print("{}  {}  {:20}  {:28}  {:25}  {}{}\n", key.name(),
                 TimeUtil::ToString(key.create_time()), scopes,
                 key.has_expire_time() ? "expires " + TimeUtil::ToString(key.expire_time())
                                       : "does not expire",
                 key.has_last_use_time() ? "used " + TimeUtil::ToString(key.last_use_time())
                                         : "never used",
                 key.display_name(), MarkOf(key.state()));
    }
    request.set_page_token(answer->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status RevokeKey(const Arguments& arguments, const Connection& core) {
  v1::RevokeApiKeyRequest request;
  request.set_name(arguments.key);
  request.set_request_id(NewRequestId());
  const auto answer = core.Call<v1::ApiKey>(request);
  if (!answer.ok()) return answer.status();
  fmt::print("{} is revoked.\n", answer->name());
  return absl::OkStatus();
}

}  // namespace kalends::cli

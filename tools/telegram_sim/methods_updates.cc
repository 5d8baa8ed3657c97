// getUpdates and webhooks.
#include <algorithm>
#include <string>

#include "tools/telegram_sim/html.h"
#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

constexpr char kPollParams[] = "offset limit timeout allowed_updates";

bool IsLoopback(const std::string& url) {
  return url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost") ||
         url.starts_with("http://[::1]");
}

}  // namespace

absl::StatusOr<Poll> BeginPoll(World& world, Params params) {
  if (absl::Status status = CheckParams(kPollParams, params); !status.ok()) return status;
  if (!world.webhook.url.empty()) {
    return Conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
        "webhook first");
  }
  if (params.Has("allowed_updates")) {
    absl::Status status = world.updates.Allow(params.Json("allowed_updates"));
    if (!status.ok()) return status;
  }
  Poll poll;
  const std::int64_t now_ms = world.now_ms();
  const std::int64_t offset = params.Int("offset").value_or(0);
  const std::int64_t limit = params.Int("limit").value_or(kUpdatesPerCallMax);
  std::int64_t seconds =
      std::clamp<std::int64_t>(params.Int("timeout").value_or(0), 0, kPollSecondsMax);
  poll.limit = static_cast<int>(std::clamp<std::int64_t>(limit, 1, kUpdatesPerCallMax));
  // Telegram slows down a bot that asks for the same offset again and again.
  if (world.limiter.limits() == Limits::kTelegram && offset == world.poll.offset) {
    if (seconds < 3 && now_ms < world.poll.start_ms + 3000) seconds = 3;
    if (now_ms < world.poll.finish_ms + 500) poll.limit = 1;
  }
  poll.timeout_ms = seconds * 1000;
  poll.generation = world.poll.generation + 1;
  world.poll = {poll.generation, offset, now_ms, world.poll.finish_ms};
  world.updates.Confirm(offset, now_ms);
  world.Bump();
  return poll;
}

std::optional<Reply> TryPoll(World& world, const Poll& poll) {
  if (poll.generation != world.poll.generation) {
    return Failure(
        Conflict("terminated by other getUpdates request; make sure that only one bot instance is "
                 "running"));
  }
  if (!world.webhook.url.empty()) return Failure(Conflict("terminated by setWebhook request"));
  std::vector<json> updates = world.updates.Take(poll.limit);
  if (updates.empty()) return std::nullopt;
  world.poll.finish_ms = world.now_ms();
  return Success(std::move(updates));
}

Reply EndPoll(World& world) {
  world.poll.finish_ms = world.now_ms();
  return Success(json::array());
}

MethodResult SetWebhook(World& world, const Params& params) {
  const std::string url = params.Text("url");
  if (url.empty()) return DeleteWebhook(world, params);
  const bool https = Lower(url).starts_with("https://") && IsHttpUrl(url);
  if (!https && !IsLoopback(url)) {
    return BadRequest("bad webhook: An HTTPS URL must be provided for webhook");
  }
  const std::string secret = params.Text("secret_token");
  if (secret.size() > kSecretTokenMax) return BadRequest("secret token is too long");
  if (!secret.empty() && !IsToken(secret, kSecretTokenMax)) {
    return BadRequest("secret token contains unallowed characters");
  }
  if (params.Has("allowed_updates")) {
    absl::Status status = world.updates.Allow(params.Json("allowed_updates"));
    if (!status.ok()) return status;
  }
  if (params.Flag("drop_pending_updates")) world.updates.Clear();
  world.webhook = {url, secret, static_cast<int>(params.Int("max_connections").value_or(40)), 0,
                   ""};
  world.Bump();
  return true;
}

MethodResult DeleteWebhook(World& world, const Params& params) {
  if (params.Flag("drop_pending_updates")) world.updates.Clear();
  world.webhook = {};
  world.Bump();
  return true;
}

MethodResult GetWebhookInfo(World& world, const Params&) {
  json info = {{"url", world.webhook.url},
               {"has_custom_certificate", false},
               {"pending_update_count", world.updates.size()}};
  if (!world.webhook.url.empty()) info["max_connections"] = world.webhook.max_connections;
  if (world.webhook.last_error_s != 0) {
    info["last_error_date"] = world.webhook.last_error_s;
    info["last_error_message"] = world.webhook.last_error;
  }
  if (!world.updates.allowed().empty()) info["allowed_updates"] = world.updates.allowed();
  return info;
}

}  // namespace kalends::sim

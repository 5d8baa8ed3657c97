#include "tools/telegram_sim/bot_side.h"

#include <algorithm>
#include <optional>

#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct Call {
  std::string token;
  std::string rest;  // The method, or the path of a file.
};

// Splits "<prefix><token>/<rest>".
std::optional<Call> SplitPath(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  path.remove_prefix(prefix.size());
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return Call{DecodePercent(path.substr(0, slash)), DecodePercent(path.substr(slash + 1))};
}

bool Accepts(const std::vector<std::string>& tokens, const std::string& token) {
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

Reply WrongToken() { return Failure(401, "Unauthorized: invalid token specified", 0); }
Reply NoSuchPath() { return Failure(404, "Not Found", 0); }

// The first fault that matches, with one of its times used up.
std::optional<Fault> TakeFault(World& world, const std::string& method,
                               const nlohmann::json& params) {
  for (auto fault = world.faults.begin(); fault != world.faults.end(); ++fault) {
    const bool here =
        (fault->method == "*" || fault->method == method) &&
        (fault->contains.empty() || Dump(params).find(fault->contains) != std::string::npos);
    if (!here) continue;
    Fault taken = *fault;
    if (--fault->times <= 0) world.faults.erase(fault);
    return taken;
  }
  return std::nullopt;
}

asio::awaitable<void> Sleep(int ms) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  timer.expires_after(milliseconds(ms));
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<Reply> LongPoll(World& world, Bell& bell, Params params) {
  const absl::StatusOr<Poll> poll = BeginPoll(world, std::move(params));
  if (!poll.ok()) co_return Failure(poll.status());
  const auto deadline = steady_clock::now() + milliseconds(poll->timeout_ms);
  std::optional<Reply> reply = TryPoll(world, *poll);
  while (!reply && steady_clock::now() < deadline) {
    co_await bell.Wait(deadline);
    reply = TryPoll(world, *poll);
  }
  if (!reply) reply = EndPoll(world);
  co_return *std::move(reply);
}

// A poll that brought nothing would only drown the others.
bool IsWorthLogging(const std::string& method, const Reply& reply) {
  return method != "getupdates" || reply.code != 200 || !reply.body["result"].empty();
}

}  // namespace

asio::awaitable<Answer> CallBot(World& world, Bell& bell, const std::vector<std::string>& tokens,
                                const Request& request) {
  const std::optional<Call> call = SplitPath(request.path, "/bot");
  if (!call) co_return ToAnswer(NoSuchPath());
  if (!Accepts(tokens, call->token)) co_return ToAnswer(WrongToken());
  absl::StatusOr<Params> params = DecodeParams(request.query, request.content_type, request.body);
  if (!params.ok()) {
    const Reply refusal = Failure(params.status());
    world.Log({0, 0, call->rest, nullptr, refusal.code, refusal.body});
    co_return ToAnswer(refusal);
  }
  const nlohmann::json described = Describe(*params);
  const std::string method = Lower(call->rest);
  const std::optional<Fault> fault = TakeFault(world, method, described);
  if (fault && fault->delay_ms > 0) co_await Sleep(fault->delay_ms);
  if (fault && fault->mode == FaultMode::kClose) {
    world.Log({0, 0, call->rest, described, 0, nullptr});
    co_return Answer{.hang_up = true};
  }
  Reply reply;
  if (!fault || fault->mode != FaultMode::kBefore) {
    if (method == "getupdates") {
      reply = co_await LongPoll(world, bell, *std::move(params));
    } else {
      reply = CallMethod(world, call->rest, *std::move(params));
    }
  }
  if (fault && (fault->mode == FaultMode::kBefore || fault->mode == FaultMode::kAfter)) {
    reply = Failure(fault->code, fault->description, fault->retry_after);
  }
  if (IsWorthLogging(method, reply)) {
    world.Log({0, 0, call->rest, described, reply.code, reply.body});
  }
  Answer answer = ToAnswer(reply);
  answer.hang_up = fault && fault->mode == FaultMode::kDropAnswer;
  co_return answer;
}

Answer DownloadFile(const World& world, const std::vector<std::string>& tokens,
                    const Request& request) {
  const std::optional<Call> call = SplitPath(request.path, "/file/bot");
  if (!call) return ToAnswer(NoSuchPath());
  if (!Accepts(tokens, call->token)) return ToAnswer(WrongToken());
  const File* file = world.FindFileByPath(call->rest);
  if (file == nullptr) return ToAnswer(NoSuchPath());
  return {200, "application/octet-stream", file->bytes, "", 0, false};
}

}  // namespace kalends::sim

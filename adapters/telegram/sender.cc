#include "adapters/telegram/sender.h"

#include <spdlog/spdlog.h>

#include <future>
#include <memory>
#include <utility>

#include "core/operate/request.h"

namespace kalends::telegram {
namespace {

void End(const Outgoing& outgoing, Outcome outcome, const char* why) {
  if (!outgoing.done) return;
  ApiResult result;
  result.outcome = outcome;
  result.description = why;
  outgoing.done(std::move(result));
}

void LogRefusal(const std::string& method, const ApiResult& result) {
  if (result.told) return;
  if (result.outcome == Outcome::kBug || result.outcome == Outcome::kNotServed) {
    spdlog::error("{} refused: {}", method, result.description);
  }
}

// What is done about one answer must not end the process, and with it all the others.
void Tell(const Outgoing& outgoing, const ApiResult& result) {
  if (!outgoing.done) return;
  try {
    outgoing.done(result);
  } catch (const std::exception&) {  // What it says may repeat what somebody wrote.
    spdlog::error("the outcome of {} could not be handled", outgoing.call.method);
  }
}

}  // namespace

ApiCall ReactionCall(std::int64_t chat, std::int64_t message, const char* mark) {
  return {.method = "setMessageReaction",
          .params = {{"chat_id", chat},
                     {"message_id", message},
                     {"reaction", {{{"type", "emoji"}, {"emoji", mark}}}}}};
}

ApiCall MessageCall(std::int64_t chat, const Screen& screen) {
  ApiCall call{.method = "sendMessage"};
  call.params = {{"chat_id", chat},
                 {"text", screen.text},
                 {"parse_mode", "HTML"},
                 {"link_preview_options", {{"is_disabled", true}}}};
  if (!screen.rows.empty()) call.params["reply_markup"] = InlineKeyboard(screen.rows);
  return call;
}

Sender::Sender(BotApi& api, const Pace& pace)
    : api_(api), queue_(pace), thread_([this] { Run(); }) {}

void Sender::Stop() {
  std::vector<Outgoing> left;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    left = queue_.TakeAll();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  for (const Outgoing& outgoing : left) End(outgoing, Outcome::kRetry, "stopped");
  // The API still holds callbacks of calls under way.
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return in_flight_ == 0; });
}

void Sender::NoteHeard(std::int64_t chat) {
  const std::lock_guard lock(mutex_);
  heard_.Note(chat, std::chrono::steady_clock::now());
}

bool Sender::HeardSince(std::int64_t chat, SteadyTime then) {
  const std::lock_guard lock(mutex_);
  return heard_.Since(chat, then);
}

void Sender::Push(Outgoing outgoing) {
  outgoing.request_id = operate::CurrentRequest();
  std::unique_lock lock(mutex_);
  if (stopped_) {
    lock.unlock();
    End(outgoing, Outcome::kRetry, "stopped");
    return;
  }
  const std::vector<Outgoing> superfluous =
      queue_.Push(std::move(outgoing), std::chrono::steady_clock::now());
  lock.unlock();
  changed_.notify_all();
  for (const Outgoing& old : superfluous) End(old, Outcome::kBenign, "superseded");
}

void Sender::LeaveScreen(std::int64_t chat) {
  std::vector<Outgoing> superfluous;
  {
    const std::lock_guard lock(mutex_);
    superfluous = queue_.LeaveScreen(chat);
  }
  for (const Outgoing& left : superfluous) End(left, Outcome::kBenign, "left");
}

ApiResult Sender::SendAndWait(Outgoing outgoing) {
  std::promise<ApiResult> promise;
  outgoing.done = [&](ApiResult result) { promise.set_value(std::move(result)); };
  Push(std::move(outgoing));
  return promise.get_future().get();
}

void Sender::AnswerCallback(const std::string& callback_id, const std::string& toast) {
  ApiCall call{.method = "answerCallbackQuery", .params = {{"callback_query_id", callback_id}}};
  if (!toast.empty()) call.params["text"] = toast;
  StartAtOnce(std::move(call));
}

void Sender::StartAtOnce(ApiCall call) {
  const std::string method = call.method;
  api_.Start(std::move(call), [method](const ApiResult& result) { LogRefusal(method, result); });
}

void Sender::Finish(Outgoing outgoing, const ApiResult& result) {
  const operate::RequestScope request(outgoing.request_id);
  if (result.outcome == Outcome::kRetry && outgoing.attempts == 1) {
    spdlog::warn("telegram: trying again: {}", result.description);
  }
  std::optional<Outgoing> over;
  {
    const std::lock_guard lock(mutex_);
    over = queue_.Finish(std::move(outgoing), result, std::chrono::steady_clock::now());
  }
  if (over) {
    LogRefusal(over->call.method, result);
    ApiResult told = result;
    told.left = over->left;
    Tell(*over, told);
  }
  const std::lock_guard lock(mutex_);
  --in_flight_;
  changed_.notify_all();
}

void Sender::Run() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const SteadyTime now = std::chrono::steady_clock::now();
    if (auto outgoing = queue_.Take(now)) {
      ++in_flight_;
      lock.unlock();
      ApiCall call = outgoing->call;
      auto shared = std::make_shared<Outgoing>(std::move(*outgoing));
      api_.Start(std::move(call),
                 [this, shared](const ApiResult& result) { Finish(std::move(*shared), result); });
      lock.lock();
      continue;
    }
    if (const auto next = queue_.NextAt(now)) {
      changed_.wait_until(lock, *next);
    } else {
      changed_.wait(lock);
    }
  }
}

int Sender::CountInFlight() {
  const std::lock_guard lock(mutex_);
  return in_flight_;
}

void Sender::Drain(std::chrono::seconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [this] {
    return in_flight_ == 0 && !queue_.NextAt(std::chrono::steady_clock::now());
  });
}

}  // namespace kalends::telegram

#include "adapters/telegram/inbox.h"

#include <spdlog/spdlog.h>

#include "adapters/telegram/router.h"

namespace kalends::telegram {

void TakeIn(const Context& context, const nlohmann::json& update, std::shared_ptr<void> batch) {
  auto parsed = ParseUpdate(update);
  if (!parsed) return;
  const auto* reply = std::get_if<GroupReply>(&parsed->what);
  const std::int64_t chat = reply == nullptr ? parsed->user : reply->group;
  context.strands.Post(chat, [&context, update = *std::move(parsed), batch] {
    const auto started = std::chrono::steady_clock::now();
    Route(context, update, batch);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - started);
    spdlog::debug("update {} took {} ms", update.id, took.count());
  });
}

}  // namespace kalends::telegram

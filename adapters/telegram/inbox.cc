#include "adapters/telegram/inbox.h"

#include <spdlog/spdlog.h>

#include "adapters/telegram/router.h"

namespace kalends::telegram {

void TakeIn(const Context& context, const nlohmann::json& update, std::shared_ptr<void> batch) {
  auto parsed = ParseUpdate(update);
  if (!parsed) return;
  context.strands.Post(parsed->user, [&context, update = *std::move(parsed), batch] {
    const auto started = std::chrono::steady_clock::now();
    Route(context, update, batch);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - started);
    spdlog::debug("update {} took {} ms", update.id, took.count());
  });
}

}  // namespace kalends::telegram

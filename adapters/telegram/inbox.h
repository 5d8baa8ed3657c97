// Takes updates in, however they come, and hands each to its chat's strand.
#pragma once

#include <memory>

#include "adapters/telegram/context.h"
#include "nlohmann/json.hpp"

namespace kalends::telegram {

// Handles `update` on the strand of its chat; `batch` is let go once its answers have been sent.
// Updates that are not for us are passed over.
void TakeIn(const Context& context, const nlohmann::json& update, std::shared_ptr<void> batch);

}  // namespace kalends::telegram

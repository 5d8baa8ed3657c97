// Delivery of updates to the bot's webhook.
#pragma once

#include "tools/telegram_sim/bell.h"
#include "tools/telegram_sim/world.h"

namespace kalends::sim {

// Runs for ever: while a webhook is set, posts the updates to it, one after another. 2xx confirms;
// anything else is tried again after Retry-After, or 1, 2, 4 ... 60 seconds. A method call in the
// answer's body is made. Reaches http:// on loopback only; anything else counts as a failure.
boost::asio::awaitable<void> DeliverToWebhook(World& world, Bell& bell);

}  // namespace kalends::sim

// The Bot API over requests: tokens, faults, long polls, file downloads and the request log.
#pragma once

#include <string>
#include <vector>

#include "tools/telegram_sim/answer.h"
#include "tools/telegram_sim/bell.h"
#include "tools/telegram_sim/world.h"

namespace kalends::sim {

// Answers /bot<token>/<method>. `request` must live until the coroutine ends.
boost::asio::awaitable<Answer> CallBot(World& world, Bell& bell,
                                       const std::vector<std::string>& tokens,
                                       const Request& request);

// Answers /file/bot<token>/<path>.
Answer DownloadFile(const World& world, const std::vector<std::string>& tokens,
                    const Request& request);

}  // namespace kalends::sim

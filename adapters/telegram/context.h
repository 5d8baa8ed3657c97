// What every handler may use, made once by main.cc.
#pragma once

#include <functional>
#include <string>

#include "adapters/telegram/cards.h"
#include "adapters/telegram/client.h"
#include "adapters/telegram/sender.h"
#include "adapters/telegram/sessions.h"
#include "adapters/telegram/strands.h"
#include "adapters/telegram/texts.h"
#include "adapters/telegram/zones.h"

namespace kalends::telegram {

struct Context {
  const Client& client;
  BotApi& api;
  Sender& sender;
  Sessions& sessions;
  Cards& cards;
  Strands& strands;
  Strands& files;  // For what holds whole files in memory: few at a time.
  const Languages& languages;
  std::int64_t bot_id = 0;
  std::string bot_username;  // Without @.
  bool takes_inline_queries = false;
  std::string public_url;         // Of kalends-web; empty: none.
  std::int64_t support_chat = 0;  // The group that answers support; 0: none.
  std::string support_language;   // What that group is written to in.
  std::function<Instant()> now;
};

}  // namespace kalends::telegram

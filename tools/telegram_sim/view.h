// How chats look to people: as JSON for the page, as text for tests.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tools/telegram_sim/world.h"

namespace kalends::sim {

// True if its person can see it now.
bool IsVisible(const Message& message);

// The text or caption without markup, and the name of a file.
std::string PlainText(const Message& message);

// The labels of its inline buttons, and of the reply keyboard that came with it, row by row.
std::vector<std::vector<std::string>> Labels(const Message& message);
std::string ButtonLabel(const nlohmann::json& button);

// The payload of https://t.me/<bot>?start=P, or "" if `url` is none of this bot's.
std::string DeepLinkPayload(const World& world, const std::string& url);

nlohmann::json MessageView(const World& world, const Message& message);
// With its messages, reply keyboard, and taps and their answers.
nlohmann::json ChatView(World& world, Chat& chat);

// One block per message, buttons in brackets:
//   [102] 09:41:05 Bot (edited): Willkommen!
//         [Zeitzone wählen] [Später]
std::string Transcript(World& world, Chat& chat);

}  // namespace kalends::sim

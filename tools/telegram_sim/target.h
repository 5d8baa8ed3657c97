// What several methods read from their parameters in the same way.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "tools/telegram_sim/html.h"
#include "tools/telegram_sim/limits.h"
#include "tools/telegram_sim/params.h"
#include "tools/telegram_sim/world.h"

namespace kalends::sim {

// The chat in `chat_id`, or why there is none. Does not ask whether the bot may write to it.
absl::StatusOr<Chat*> ReadChat(World& world, const Params& params);

// Whether the bot may write to `chat`: its person has started the bot and not blocked it.
absl::Status MayWrite(World& world, const Chat& chat);

// Counts a message against the limits of messages per time.
absl::Status Admit(World& world, const Chat& chat);

// The message in `chat_id` and `message_id`, which the bot is about to change; `verb` is "edit" or
// "delete".
absl::StatusOr<Message*> ReadMessage(World& world, Chat& chat, const Params& params,
                                     const std::string& verb);

// A text or a caption with its entities, by parse_mode or by an entity list.
struct TextFields {
  const char* text;
  const char* entities;
  int code_points_max;
  const char* too_long;
};
inline constexpr TextFields kTextFields = {"text", "entities", kTextCodePointsMax,
                                           "message is too long"};
inline constexpr TextFields kCaptionFields = {"caption", "caption_entities", kCaptionCodePointsMax,
                                              "message caption is too long"};
absl::StatusOr<FormattedText> ReadText(const Params& params, const TextFields& fields);

// Sends `api`, the content of a message: checks chat, reply_parameters, reply_markup and limits,
// stores it, and returns the Message object.
absl::StatusOr<nlohmann::json> Send(World& world, const Params& params, nlohmann::json api);

// Edits a message to `content` and the inline keyboard in `params` (none removes it).
// Refuses an edit that changes nothing.
absl::StatusOr<nlohmann::json> ApplyEdit(World& world, Chat& chat, Message& message,
                                         nlohmann::json content, const Params& params);

}  // namespace kalends::sim

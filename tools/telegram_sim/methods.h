// The Bot API's methods over a World, without HTTP.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "tools/telegram_sim/limits.h"
#include "tools/telegram_sim/params.h"
#include "tools/telegram_sim/status.h"
#include "tools/telegram_sim/world.h"

namespace kalends::sim {

using MethodResult = absl::StatusOr<nlohmann::json>;

// Calls any method but getUpdates; `method` in any letter case. Not logged.
// 404 "Not Found: method not found" for one that Telegram has not, or the simulator lacks.
Reply CallMethod(World& world, std::string_view method, Params params);

// A long poll. Begin it, then try until it has a result or `timeout_ms` are over.
struct Poll {
  std::int64_t generation = 0;
  int limit = kUpdatesPerCallMax;
  std::int64_t timeout_ms = 0;
};
// Confirms updates, takes over from an older poll, and remembers allowed_updates.
absl::StatusOr<Poll> BeginPoll(World& world, Params params);
// Nothing while there is nothing to say. 409 once a newer poll or a webhook has taken over.
std::optional<Reply> TryPoll(World& world, const Poll& poll);
// The answer of a poll that ran out of time: no updates.
Reply EndPoll(World& world);

// The handlers, by file. Their parameters have been checked by CheckParams.
// methods_messages.cc
MethodResult SendMessage(World& world, const Params& params);
MethodResult EditMessageText(World& world, const Params& params);
MethodResult EditMessageCaption(World& world, const Params& params);
MethodResult EditMessageReplyMarkup(World& world, const Params& params);
MethodResult SetMessageReaction(World& world, const Params& params);
MethodResult DeleteMessage(World& world, const Params& params);
MethodResult SendChatAction(World& world, const Params& params);
MethodResult AnswerCallbackQuery(World& world, const Params& params);
// inline.cc
MethodResult AnswerInlineQuery(World& world, const Params& params);
// methods_files.cc
MethodResult SendDocument(World& world, const Params& params);
MethodResult SendPhoto(World& world, const Params& params);
MethodResult SendVoice(World& world, const Params& params);
MethodResult SendMediaGroup(World& world, const Params& params);
MethodResult GetFile(World& world, const Params& params);
// methods_profile.cc
MethodResult GetMe(World& world, const Params& params);
MethodResult GetChat(World& world, const Params& params);
MethodResult SetMyCommands(World& world, const Params& params);
MethodResult GetMyCommands(World& world, const Params& params);
MethodResult DeleteMyCommands(World& world, const Params& params);
MethodResult SetMyName(World& world, const Params& params);
MethodResult GetMyName(World& world, const Params& params);
MethodResult SetMyDescription(World& world, const Params& params);
MethodResult GetMyDescription(World& world, const Params& params);
MethodResult SetMyShortDescription(World& world, const Params& params);
MethodResult GetMyShortDescription(World& world, const Params& params);
MethodResult SetMyProfilePhoto(World& world, const Params& params);
MethodResult RemoveMyProfilePhoto(World& world, const Params& params);
MethodResult GetUserProfilePhotos(World& world, const Params& params);
MethodResult SetChatMenuButton(World& world, const Params& params);
MethodResult GetChatMenuButton(World& world, const Params& params);
// methods_updates.cc
MethodResult SetWebhook(World& world, const Params& params);
MethodResult DeleteWebhook(World& world, const Params& params);
MethodResult GetWebhookInfo(World& world, const Params& params);

// How messages show a stored file.
nlohmann::json DocumentObject(const File& file);
nlohmann::json PhotoObject(const File& file);
nlohmann::json VoiceObject(const File& file);

// The commands a person sees in a chat: the most special scope and language that has any.
nlohmann::json CommandsFor(const World& world, const Person& person, std::int64_t chat_id);

}  // namespace kalends::sim

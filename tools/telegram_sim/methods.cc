#include "tools/telegram_sim/methods.h"

#include <array>
#include <string>

#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

// The table of contents of the simulated Bot API: the method, its handler, and the parameters that
// Bot API 10.3 knows for it.
struct MethodRow {
  std::string_view name;
  MethodResult (*handler)(World& world, const Params& params);
  std::string_view params;
  std::string_view more_params = {};
};

// What every method that sends takes besides its own.
constexpr std::string_view kSending =
    "business_connection_id chat_id message_thread_id direct_messages_topic_id "
    "ephemeral_message_parameters disable_notification protect_content allow_paid_broadcast "
    "message_effect_id suggested_post_parameters reply_parameters reply_markup parse_mode ";

constexpr std::array kMethods = std::to_array<MethodRow>({
    {"getMe", GetMe, ""},
    {"sendMessage", SendMessage, "text entities link_preview_options", kSending},
    {"sendDocument", SendDocument,
     "document thumbnail caption caption_entities disable_content_type_detection", kSending},
    {"sendPhoto", SendPhoto, "photo caption caption_entities show_caption_above_media has_spoiler",
     kSending},
    {"sendMediaGroup", SendMediaGroup,
     "business_connection_id chat_id message_thread_id direct_messages_topic_id media "
     "disable_notification protect_content allow_paid_broadcast message_effect_id "
     "reply_parameters"},
    {"sendVoice", SendVoice, "voice caption caption_entities duration", kSending},
    {"editMessageText", EditMessageText,
     "business_connection_id chat_id message_id inline_message_id text parse_mode entities "
     "link_preview_options reply_markup"},
    {"editMessageCaption", EditMessageCaption,
     "business_connection_id chat_id message_id inline_message_id caption parse_mode "
     "caption_entities show_caption_above_media reply_markup"},
    {"editMessageReplyMarkup", EditMessageReplyMarkup,
     "business_connection_id chat_id message_id inline_message_id reply_markup"},
    {"setMessageReaction", SetMessageReaction, "chat_id message_id reaction is_big"},
    {"deleteMessage", DeleteMessage, "chat_id message_id"},
    {"sendChatAction", SendChatAction, "business_connection_id chat_id message_thread_id action"},
    {"answerCallbackQuery", AnswerCallbackQuery,
     "callback_query_id text show_alert url cache_time"},
    {"answerInlineQuery", AnswerInlineQuery,
     "inline_query_id results cache_time is_personal next_offset button"},
    {"getFile", GetFile, "file_id"},
    {"getChat", GetChat, "chat_id"},
    {"setMyCommands", SetMyCommands, "commands scope language_code"},
    {"getMyCommands", GetMyCommands, "scope language_code"},
    {"deleteMyCommands", DeleteMyCommands, "scope language_code"},
    {"setMyName", SetMyName, "name language_code"},
    {"getMyName", GetMyName, "language_code"},
    {"setMyDescription", SetMyDescription, "description language_code"},
    {"getMyDescription", GetMyDescription, "language_code"},
    {"setMyShortDescription", SetMyShortDescription, "short_description language_code"},
    {"getMyShortDescription", GetMyShortDescription, "language_code"},
    {"setMyProfilePhoto", SetMyProfilePhoto, "photo"},
    {"removeMyProfilePhoto", RemoveMyProfilePhoto, ""},
    {"getUserProfilePhotos", GetUserProfilePhotos, "user_id offset limit"},
    {"setChatMenuButton", SetChatMenuButton, "chat_id menu_button"},
    {"getChatMenuButton", GetChatMenuButton, "chat_id"},
    {"setWebhook", SetWebhook,
     "url certificate ip_address max_connections allowed_updates drop_pending_updates "
     "secret_token"},
    {"deleteWebhook", DeleteWebhook, "drop_pending_updates"},
    {"getWebhookInfo", GetWebhookInfo, ""},
});

}  // namespace

Reply CallMethod(World& world, std::string_view method, Params params) {
  const std::string wanted = Lower(method);
  for (const MethodRow& row : kMethods) {
    if (Lower(row.name) != wanted) continue;
    absl::Status status = CheckParams(std::string(row.more_params).append(row.params), params);
    if (!status.ok()) return Failure(status);
    MethodResult result = row.handler(world, params);
    return result.ok() ? Success(*std::move(result)) : Failure(result.status());
  }
  return Failure(NotFound("method not found"));
}

}  // namespace kalends::sim

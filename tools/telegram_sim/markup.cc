#include "tools/telegram_sim/markup.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "tools/telegram_sim/html.h"
#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/limits.h"
#include "tools/telegram_sim/status.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;
using Names = std::span<const std::string_view>;

constexpr std::string_view kInlineActions[] = {"url",
                                               "callback_data",
                                               "web_app",
                                               "login_url",
                                               "switch_inline_query",
                                               "switch_inline_query_current_chat",
                                               "switch_inline_query_chosen_chat",
                                               "copy_text",
                                               "callback_game",
                                               "pay",
                                               "disabled"};
constexpr std::string_view kReplyActions[] = {
    "request_contact", "request_location",    "request_poll", "request_users",
    "request_chat",    "request_managed_bot", "web_app"};
constexpr std::string_view kDecorations[] = {"text", "style", "icon_custom_emoji_id"};
constexpr std::string_view kReplyFields[] = {"keyboard",        "is_persistent",
                                             "resize_keyboard", "one_time_keyboard",
                                             "selective",       "input_field_placeholder"};
constexpr std::string_view kInlineFields[] = {"inline_keyboard"};
constexpr std::string_view kRemoveFields[] = {"remove_keyboard", "selective"};
constexpr std::string_view kForceFields[] = {"force_reply", "input_field_placeholder", "selective"};

bool Contains(Names names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string Quoted(std::string_view name) { return '"' + std::string(name) + '"'; }

absl::Status CannotParseButton(std::string_view kind, const std::string& why) {
  return BadRequest("can't parse " + std::string(kind) + " button: " + why);
}

// The text, style and field names of a button, and that it has at most one action.
absl::Status CheckButtonShape(const json& button, std::string_view kind, Names actions) {
  if (!button.is_object()) return CannotParseButton(kind, "Object expected");
  if (!button.contains("text")) return CannotParseButton(kind, "Can't find field \"text\"");
  if (!button["text"].is_string()) {
    return CannotParseButton(kind, "Field \"text\" must be of type String");
  }
  if (Trim(button["text"].get<std::string>()).empty()) {
    return CannotParseButton(kind, "Text of the button is empty");
  }
  int count = 0;
  for (const auto& [name, value] : button.items()) {
    if (Contains(actions, name)) {
      ++count;
    } else if (!Contains(kDecorations, name)) {
      return CannotParseButton(kind, "Unknown field " + Quoted(name));
    }
  }
  if (count > 1) return CannotParseButton(kind, "More than one action on the button");
  if (button.contains("style")) {
    const json& style = button["style"];
    if (style != "danger" && style != "success" && style != "primary") {
      return CannotParseButton(kind, "Unknown button style");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckUrl(const std::string& url, std::string_view what) {
  const auto refuse = [&](std::string_view why) {
    return BadRequest("inline keyboard button " + std::string(what) + " '" + url +
                      "' is invalid: " + std::string(why));
  };
  const std::size_t scheme = url.find("://");
  const std::string protocol = scheme == std::string::npos ? "" : Lower(url.substr(0, scheme));
  if (what == "Web App URL") {
    if (protocol != "https") return refuse("Only HTTPS links are allowed");
    return IsHttpUrl(url) ? absl::OkStatus() : refuse("Wrong HTTP URL");
  }
  if (protocol == "tg") return absl::OkStatus();
  if (!protocol.empty() && protocol != "http" && protocol != "https") {
    return refuse("Unsupported URL protocol");
  }
  return IsHttpUrl(protocol.empty() ? "http://" + url : url) ? absl::OkStatus()
                                                             : refuse("Wrong HTTP URL");
}

absl::Status CheckAction(const json& button) {
  const auto text_of = [&](const char* name) {
    const auto found = button.find(name);
    return found != button.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto must_be = [](const char* name, const char* type) {
    return CannotParseButton("inline keyboard",
                             "Field " + Quoted(name) + " must be of type " + type);
  };
  for (const char* name : {"url", "callback_data", "switch_inline_query"}) {
    if (button.contains(name) && !button[name].is_string()) return must_be(name, "String");
  }
  for (const char* name : {"web_app", "copy_text", "disabled", "login_url"}) {
    if (button.contains(name) && !button[name].is_object()) return must_be(name, "Object");
  }
  if (button.contains("url") && !text_of("url").empty()) return CheckUrl(text_of("url"), "URL");
  if (const std::string data = text_of("callback_data"); !data.empty()) {
    const bool good = data.size() <= kCallbackDataBytesMax && IsUtf8(data) &&
                      data.find('\0') == std::string::npos;
    return good ? absl::OkStatus() : BadRequest("BUTTON_DATA_INVALID");
  }
  if (button.contains("web_app")) {
    return CheckUrl(TextIn(button["web_app"], "url"), "Web App URL");
  }
  if (button.contains("copy_text")) {
    const int length = CodePoints(TextIn(button["copy_text"], "text"));
    const bool good = length >= 1 && length <= kCopyTextCodePointsMax;
    return good ? absl::OkStatus() : BadRequest("BUTTON_COPY_TEXT_INVALID");
  }
  if (button.contains("pay") || button.contains("callback_game")) {
    return BadRequest("BUTTON_TYPE_INVALID");
  }
  const bool other =
      std::any_of(std::begin(kInlineActions), std::end(kInlineActions), [&](auto name) {
        return name != "url" && name != "callback_data" && button.contains(std::string(name));
      });
  if (other) return absl::OkStatus();
  return CannotParseButton("inline keyboard", "Text buttons are unallowed in the inline keyboard");
}

absl::Status CheckInlineButton(const json& button) {
  absl::Status shape = CheckButtonShape(button, "inline keyboard", kInlineActions);
  return shape.ok() ? CheckAction(button) : shape;
}

absl::Status CheckReplyButton(const json& button) {
  if (button.is_string()) {
    const bool empty = Trim(button.get<std::string>()).empty();
    return empty ? CannotParseButton("keyboard", "Text of the button is empty") : absl::OkStatus();
  }
  return CheckButtonShape(button, "keyboard", kReplyActions);
}

struct KeyboardRules {
  const char* field;
  int buttons_max;
  int per_row_max;
  absl::Status (*check)(const json& button);
};
constexpr KeyboardRules kInline = {"inline_keyboard", kInlineButtonsMax, kInlineButtonsPerRowMax,
                                   CheckInlineButton};
constexpr KeyboardRules kReply = {"keyboard", kReplyButtonsMax, kReplyButtonsPerRowMax,
                                  CheckReplyButton};

absl::Status CheckKeyboard(const json& markup, const KeyboardRules& rules) {
  const json& rows = markup[rules.field];
  if (!rows.is_array()) {
    return BadRequest("field " + Quoted(rules.field) + " must be of type Array");
  }
  int count = 0;
  for (const json& row : rows) {
    if (!row.is_array()) {
      return BadRequest("field " + Quoted(rules.field) + " must be an Array of Arrays");
    }
    for (const json& button : row) {
      if (absl::Status status = rules.check(button); !status.ok()) return status;
    }
    count += static_cast<int>(row.size());
    if (row.size() > static_cast<std::size_t>(rules.per_row_max)) {
      return BadRequest("reply markup is too long");
    }
  }
  if (count > rules.buttons_max || Dump(markup).size() > kMarkupBytesMax) {
    return BadRequest("reply markup is too long");
  }
  return absl::OkStatus();
}

absl::Status CheckFields(const json& markup, Names names) {
  for (const auto& [name, value] : markup.items()) {
    if (!Contains(names, name)) return BadRequest("unknown field " + Quoted(name) + " in markup");
  }
  return absl::OkStatus();
}

absl::Status CheckPlaceholder(const json& markup) {
  if (!markup.contains("input_field_placeholder")) return absl::OkStatus();
  const int length = CodePoints(TextIn(markup, "input_field_placeholder"));
  const bool good = length >= 1 && length <= kPlaceholderCodePointsMax;
  return good ? absl::OkStatus() : BadRequest("REPLY_MARKUP_INPUT_FIELD_PLACEHOLDER_INVALID");
}

absl::Status CheckReplyKeyboard(const json& markup) {
  if (absl::Status status = CheckFields(markup, kReplyFields); !status.ok()) return status;
  if (absl::Status status = CheckKeyboard(markup, kReply); !status.ok()) return status;
  const json& rows = markup["keyboard"];
  const bool empty =
      std::all_of(rows.begin(), rows.end(), [](const json& row) { return row.empty(); });
  return empty ? BadRequest("REPLY_MARKUP_INVALID") : CheckPlaceholder(markup);
}

}  // namespace

absl::Status CheckInlineMarkup(const json& markup) {
  if (!markup.is_object()) return BadRequest("object expected as reply markup");
  if (!markup.contains("inline_keyboard")) return BadRequest("inline keyboard expected");
  absl::Status fields = CheckFields(markup, kInlineFields);
  return fields.ok() ? CheckKeyboard(markup, kInline) : fields;
}

absl::Status CheckMarkup(const json& markup) {
  if (!markup.is_object()) return BadRequest("object expected as reply markup");
  if (markup.contains("inline_keyboard")) return CheckInlineMarkup(markup);
  if (markup.contains("keyboard")) return CheckReplyKeyboard(markup);
  if (markup.contains("remove_keyboard")) {
    if (markup["remove_keyboard"] != true) return BadRequest("REPLY_MARKUP_INVALID");
    return CheckFields(markup, kRemoveFields);
  }
  if (markup.contains("force_reply")) {
    if (markup["force_reply"] != true) return BadRequest("REPLY_MARKUP_INVALID");
    absl::Status fields = CheckFields(markup, kForceFields);
    return fields.ok() ? CheckPlaceholder(markup) : fields;
  }
  return BadRequest("unknown kind of reply markup");
}

}  // namespace kalends::sim

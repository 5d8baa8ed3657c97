#include "adapters/telegram/screen.h"

#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kLabelCharsMax = 60;  // Longer ones are cut by the clients anyway.

const char* StyleName(Style style) {
  switch (style) {
    case Style::kPrimary:
      return "primary";
    case Style::kSuccess:
      return "success";
    case Style::kDanger:
      return "danger";
    case Style::kNone:
      break;
  }
  return nullptr;
}

nlohmann::json ToJson(const Button& button) {
  nlohmann::json json = {{"text", Shorten(button.label, kLabelCharsMax)}};
  if (const char* style = StyleName(button.style)) json["style"] = style;
  if (const auto* action = std::get_if<Action>(&button.does)) {
    json["callback_data"] = action->data();
  } else if (const auto* url = std::get_if<Url>(&button.does)) {
    json["url"] = url->text;
  } else if (const auto* share = std::get_if<ShareInline>(&button.does)) {
    json["switch_inline_query"] = share->query;
  } else {
    json["copy_text"] = {{"text", std::get<CopyText>(button.does).text}};
  }
  return json;
}

}  // namespace

nlohmann::json InlineKeyboard(const std::vector<Row>& rows) {
  nlohmann::json keyboard = nlohmann::json::array();
  for (const Row& row : rows) {
    nlohmann::json buttons = nlohmann::json::array();
    for (const Button& button : row) buttons.push_back(ToJson(button));
    keyboard.push_back(std::move(buttons));
  }
  return {{"inline_keyboard", std::move(keyboard)}};
}

void AppendGrid(std::vector<Row>& rows, std::vector<Button> buttons, std::size_t per_row) {
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    if (i % per_row == 0) rows.emplace_back();
    rows.back().push_back(std::move(buttons[i]));
  }
}

}  // namespace kalends::telegram

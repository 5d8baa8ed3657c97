// What a user sees: a text and rows of buttons. Screens are values; sending them is turn.h's work.
#pragma once

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/telegram/action.h"
#include "nlohmann/json.hpp"

namespace kalends::telegram {

// A link that the button opens.
struct Url {
  std::string text;
};
// A text that the button copies, 1 to 256 characters.
struct CopyText {
  std::string text;
};
// The button lets a chat be chosen, and offers there what the bot answers to `query` (update.h).
struct ShareInline {
  std::string query;
};

// How a button stands out. Clients that know no styles show all alike.
enum class Style {
  kNone,
  kPrimary,  // What the screen is for.
  kSuccess,  // Says yes.
  kDanger,   // Ends or takes away something.
};

struct Button {
  std::string label;  // Plain text.
  std::variant<Action, Url, CopyText, ShareInline> does;
  Style style = Style::kNone;
};
using Row = std::vector<Button>;

// The appointment that a message shows, as it was at `revision`. The message is drawn anew when the
// appointment changes (cards.h).
struct ShownAppointment {
  AppointmentId appointment;
  int revision = 0;
  friend bool operator==(const ShownAppointment&, const ShownAppointment&) = default;
};

struct Screen {
  std::string text;  // HTML.
  std::vector<Row> rows;
  // Kept in the chat when the next screen comes; otherwise that one takes its place.
  bool stays = false;
  // The one appointment that it is about.
  std::optional<ShownAppointment> shows = std::nullopt;
};

// Telegram's `reply_markup` of inline buttons.
nlohmann::json InlineKeyboard(const std::vector<Row>& rows);

// Breaks `buttons` into rows of at most `per_row`.
void AppendGrid(std::vector<Row>& rows, std::vector<Button> buttons, std::size_t per_row);

// The part of a list that fits on one page, and whether there is more.
template <typename Item>
struct Page {
  std::vector<Item> items;
  int number = 0;  // From 0.
  bool has_next = false;
};

// Page `number` of what is there as a whole.
template <typename Item>
Page<Item> PageOf(std::vector<Item> all, int number, int per_page) {
  Page<Item> page;
  page.number = std::max(number, 0);
  const std::size_t first = std::min(
      all.size(), static_cast<std::size_t>(page.number) * static_cast<std::size_t>(per_page));
  const std::size_t end = std::min(all.size(), first + static_cast<std::size_t>(per_page));
  page.items.assign(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(first)),
                    std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(end)));
  page.has_next = end < all.size();
  return page;
}

// A row that leads to the pages around `number`; nothing where there are none. `make(n)` is the
// action that shows page n.
template <typename Make>
void AppendPager(std::vector<Row>& rows, int number, bool has_next, Make make) {
  Row row;
  if (number > 0) row.push_back({"◀", Action(make(number - 1))});
  if (has_next) row.push_back({"▶", Action(make(number + 1))});
  if (!row.empty()) rows.push_back(std::move(row));
}

}  // namespace kalends::telegram

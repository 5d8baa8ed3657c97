#include "adapters/telegram/screens/support.h"

#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kLineCharsMax = 400;
constexpr std::size_t kIncomingCharsMax = 3800;

std::string Content(const Reader& reader, const v1::TicketMessage& message, std::size_t chars_max) {
  std::string content =
      message.text().empty() ? "" : EscapeHtml(Shorten(message.text(), chars_max));
  if (message.attachments().empty()) return content;
  if (!content.empty()) content += '\n';
  return content + reader.t().HtmlCount("support.files", message.attachments_size());
}

}  // namespace

Screen SupportScreen(const Reader& reader, const std::vector<v1::TicketMessage>& last) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("support.title"), .rows = {}};
  for (auto message = last.rbegin(); message != last.rend(); ++message) {
    const LocalTime local = ToLocal(reader.zone, InstantOf(message->create_time()));
    const bool team = message->author() == v1::TicketMessage::AUTHOR_TEAM;
    screen.text += "\n\n" +
                   t.Html("chat.line", {{"who", t.Plain(team ? "support.team" : "chat.you")},
                                        {"time", t.formats().Stamp(local.time)}}) +
                   "\n" + Content(reader, *message, kLineCharsMax);
  }
  screen.text += "\n\n" + t.Html("support.ask");
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

Screen SupportSentScreen(const Reader& reader) {
  return {.text = reader.t().Html("support.sent"), .rows = {{HomeButton(reader)}}};
}

Screen SupportAnswerScreen(const Reader& reader, const v1::TicketMessage& message) {
  const Texts& t = reader.t();
  return {.text = t.Html("support.answer") + "\n" + Content(reader, message, kIncomingCharsMax),
          .rows = {{{t.Plain("chat.reply"), Action(ShowSupport{})}}},
          .stays = true};
}

Screen SupportQuestionScreen(const Reader& reader, const v1::Ticket& ticket,
                             const v1::TicketMessage& message) {
  return {.text = reader.t().Html("support.question", {{"name", ticket.account_display_name()}}) +
                  "\n" + Content(reader, message, kIncomingCharsMax) + "\n\n" +
                  reader.t().Html("support.how_to_answer"),
          .rows = {},
          .stays = true};
}

Screen SupportClosedScreen(const Reader& reader, const v1::Ticket& ticket, Side side) {
  const bool to_customer = side == Side::kCustomer;
  return {.text = to_customer ? reader.t().Html("support.closed")
                              : reader.t().Html("support.closed_by",
                                                {{"name", ticket.account_display_name()}}),
          .rows = {},
          .stays = true};
}

}  // namespace kalends::telegram

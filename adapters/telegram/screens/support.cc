#include "adapters/telegram/screens/support.h"

#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kTicketLineCharsMax = 400;
// With more than this there is room for nothing else. What comes in is never cut: the core takes at
// most 4000 characters, Telegram 4096.
constexpr std::size_t kTextWithMoreCharsMax = 3000;

bool LeavesRoom(const std::string& text) { return CodePoints(text) <= kTextWithMoreCharsMax; }

// `text` of `message`, and how many files came with it. HTML.
std::string Content(const Reader& reader, const v1::TicketMessage& message,
                    const std::string& text) {
  std::string content = HtmlOf(text);
  if (message.attachments().empty() || !LeavesRoom(text)) return content;
  if (!content.empty()) content += '\n';
  return content + reader.t().HtmlCount("support.files", message.attachments_size());
}

}  // namespace

Screen SupportScreen(const Reader& reader, const std::vector<v1::TicketMessage>& last) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("support.title"), .rows = {}};
  if (!last.empty()) screen.text += ZoneLine(reader, kNobodysZone);
  for (auto message = last.rbegin(); message != last.rend(); ++message) {
    const LocalTime local =
        ToLocal(ZoneFor(reader, kNobodysZone), InstantOf(message->create_time()));
    const bool team = message->author() == v1::TicketMessage::AUTHOR_TEAM;
    screen.text += "\n\n" +
                   t.Html("chat.line", {{"who", t.Plain(team ? "support.team" : "chat.you")},
                                        {"time", t.formats().Stamp(local)}}) +
                   "\n" + Content(reader, *message, Shorten(message->text(), kTicketLineCharsMax));
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
  return {.text = t.Html("support.answer") + "\n" + Content(reader, message, message.text()),
          .rows = {{{t.Plain("chat.reply"), Action(ShowSupport{})}}},
          .stays = true};
}

Screen SupportQuestionScreen(const Reader& reader, const v1::Ticket& ticket,
                             const v1::TicketMessage& message) {
  const Texts& t = reader.t();
  const std::string name = Shorten(ticket.account_display_name(), kAuthorCharsMax);
  std::string text = t.Html("support.question", {{"name", name}}) + "\n" +
                     Content(reader, message, message.text());
  if (LeavesRoom(message.text())) text += "\n\n" + t.Html("support.how_to_answer");
  return {.text = std::move(text), .rows = {}, .stays = true};
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

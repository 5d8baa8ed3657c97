#include "adapters/telegram/screens/support.h"

#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/links.h"
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
  if (IsUnreadable(message, "text")) return reader.t().Html("unreadable.message");
  std::string content = HtmlOf(text);
  if (message.attachments().empty() || !LeavesRoom(text)) return content;
  if (!content.empty()) content += '\n';
  return content + reader.t().HtmlCount("support.files", message.attachments_size());
}

}  // namespace

Screen SupportScreen(const Reader& reader, const std::vector<v1::TicketMessage>& last, Desk desk) {
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
                   EditedMark(reader, *message) + "\n" +
                   Content(reader, *message, Shorten(message->text(), kTicketLineCharsMax));
  }
  const bool answers = desk == Desk::kAnswers;
  screen.text += "\n\n" + t.Html(answers ? "support.ask" : "support.ask_nobody");
  if (!answers) screen.rows.push_back({{t.Plain("menu.specialists"), Action(ShowSpecialists{})}});
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

Screen SupportSentScreen(const Reader& reader, Desk desk) {
  return {.text = reader.t().Html(desk == Desk::kAnswers ? "support.sent" : "support.kept"),
          .rows = {{HomeButton(reader)}}};
}

Screen SupportAnswerScreen(const Reader& reader, const v1::TicketMessage& message) {
  const Texts& t = reader.t();
  return {.text = t.Html("support.answer") + EditedMark(reader, message) + "\n" +
                  Content(reader, message, message.text()),
          .rows = {{{t.Plain("chat.reply"), Action(ShowSupport{})}}},
          .stays = true};
}

Screen SupportQuestionScreen(const Reader& reader, const v1::Ticket& ticket,
                             const v1::TicketMessage& message) {
  const Texts& t = reader.t();
  const std::string name = Shorten(ticket.account_display_name(), kAuthorCharsMax);
  std::string text = t.Html("support.question", {{"name", name}}) + EditedMark(reader, message) +
                     "\n" + Content(reader, message, message.text());
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

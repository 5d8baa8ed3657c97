#include "adapters/telegram/screens/chat.h"

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/customers.h"
#include "adapters/telegram/actions/documents.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

// A page of these stays below Telegram's limit, markup and names included.
constexpr std::size_t kMessageLineCharsMax = 350;
constexpr std::size_t kIncomingCharsMax = 4000;  // The core's limit: nothing is cut off.
// With more than this there is no room for a list of the files, which come as messages anyway.
constexpr std::size_t kTextWithFilesCharsMax = 3000;

constexpr std::string_view kLinks = "/links/";

// Both of the name of a link, providers/{provider}/links/{link}, or of what lies below it.
ProviderId ProviderOf(std::string_view name) {
  return ProviderId::Of(name.substr(0, name.find(kLinks)));
}
AccountId CustomerOf(std::string_view name) {
  const std::size_t links = name.find(kLinks);
  if (links == std::string_view::npos) return {};
  return AccountId::Of(name.substr(0, name.find('/', links + kLinks.size())));
}

Action ChatOf(std::string_view name, int page) {
  return ShowChat{ProviderOf(name), CustomerOf(name), page};
}

// Whose message the reader sees as their own.
v1::LinkSide OwnSide(Side side) {
  return side == Side::kCustomer ? v1::LINK_SIDE_CUSTOMER : v1::LINK_SIDE_PROVIDER;
}

std::string AttachmentsText(const Reader& reader, const v1::Message& message) {
  const Texts& t = reader.t();
  std::string text;
  int photos = 0;  // In one line, as they were sent together.
  for (const v1::Attachment& attachment : message.attachments()) {
    photos += attachment.kind() == v1::Attachment::KIND_PHOTO ? 1 : 0;
  }
  if (photos > 0) text = photos == 1 ? t.Html("chat.photo") : t.HtmlCount("chat.photos", photos);
  for (const v1::Attachment& attachment : message.attachments()) {
    if (attachment.kind() == v1::Attachment::KIND_PHOTO) continue;
    if (!text.empty()) text += '\n';
    switch (attachment.kind()) {
      case v1::Attachment::KIND_VOICE:
        text += t.Html("chat.voice");
        break;
      default:
        text += t.Html("chat.file", {{"name", Shorten(attachment.file_name(), 60)}});
    }
  }
  return text;
}

// Text and files of a message, as HTML.
std::string Content(const Reader& reader, const v1::Message& message, std::size_t chars_max) {
  if (IsUnreadable(message, "text")) return reader.t().Html("unreadable.message");
  std::string content = message.text().empty() ? "" : HtmlOf(Shorten(message.text(), chars_max));
  const std::string files = AttachmentsText(reader, message);
  if (!content.empty() && !files.empty()) content += '\n';
  return content + files;
}

std::string LineOf(const Reader& reader, const v1::Message& message, std::string_view zone,
                   Side side) {
  const Texts& t = reader.t();
  const LocalTime local = ToLocal(ZoneFor(reader, zone), InstantOf(message.create_time()));
  const bool own = message.sender() == OwnSide(side);
  return t.Html("chat.line", {{"who", own ? t.Plain("chat.you") : message.sender_display_name()},
                              {"time", t.formats().Stamp(local)}}) +
         EditedMark(reader, message) + "\n" + Content(reader, message, kMessageLineCharsMax);
}

Button LeaveButton(const Reader& reader, const v1::Thread& thread) {
  return {reader.t().Plain("chat.leave"),
          Action(LeaveChat{ProviderOf(thread.name()), CustomerOf(thread.name())})};
}

}  // namespace

Action ChatAction(const std::string& link) { return ChatOf(link, 0); }

std::string OtherName(const v1::Thread& thread, Side side) {
  return side == Side::kCustomer
             ? ProviderLabel(thread.provider_kind(), thread.provider_display_name())
             : SafeText(thread.customer_display_name());
}

Screen ThreadsScreen(const Reader& reader, const Page<v1::Thread>& threads) {
  const Texts& t = reader.t();
  const bool none = threads.items.empty() && threads.number == 0;
  Screen screen{.text = t.Html(none ? "chat.none" : "chat.list"), .rows = {}};
  for (const v1::Thread& thread : threads.items) {
    const int unread = thread.unread_count();
    const std::string count = unread > 0 ? " (" + std::to_string(unread) + ")" : "";
    screen.rows.push_back({{NameLabel(unread > 0 ? "🔵 " : "",
                                      NameOnButton(reader, thread.customer_display_name()), count),
                            ChatOf(thread.name(), 0)}});
  }
  AppendPager(screen.rows, threads.number, threads.has_next,
              [](int page) { return ShowThreads{page}; });
  if (none) {
    screen.rows.push_back({{t.Plain("menu.customers"), Action(ShowCustomers{}), Style::kPrimary}});
  }
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

Screen ChatScreen(const Reader& reader, const v1::Thread& thread, Side side,
                  const Page<v1::Message>& messages) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("chat.title", {{"name", OtherName(thread, side)}}), .rows = {}};
  const std::string& zone = thread.provider_time_zone();
  if (!messages.items.empty()) screen.text += ZoneLine(reader, zone);
  for (auto message = messages.items.rbegin(); message != messages.items.rend(); ++message) {
    screen.text += "\n\n" + LineOf(reader, *message, zone, side);
  }
  screen.text +=
      "\n\n" + (thread.writable() ? t.Html("chat.talking", {{"name", OtherName(thread, side)}})
                                  : t.Html("chat.closed"));
  Row pager;
  if (messages.has_next) {
    pager.push_back({t.Plain("chat.older"), ChatOf(thread.name(), messages.number + 1)});
  }
  if (messages.number > 0) {
    pager.push_back({t.Plain("chat.newer"), ChatOf(thread.name(), messages.number - 1)});
  }
  if (!pager.empty()) screen.rows.push_back(std::move(pager));
  screen.rows.push_back(
      {{t.Plain("links.documents"),
        Action(ShowDocuments{ProviderOf(thread.name()), CustomerOf(thread.name()), 0, 0, 0})},
       LeaveButton(reader, thread)});
  return screen;
}

Screen MessageSentScreen(const Reader& reader, const v1::Thread& thread, Side side) {
  const Texts& t = reader.t();
  return {
      .text =
          t.Html("chat.sent") + "\n" + t.Html("chat.talking", {{"name", OtherName(thread, side)}}),
      .rows = {{{t.Plain("chat.history"), ChatOf(thread.name(), 0)}, LeaveButton(reader, thread)}}};
}

Screen MessageScreen(const Reader& reader, const v1::Message& message) {
  const Texts& t = reader.t();
  const std::string name = Shorten(message.sender_display_name(), kAuthorCharsMax);
  return {.text = t.Html("chat.from", {{"name", name}}) + EditedMark(reader, message) + "\n" +
                  (CodePoints(message.text()) <= kTextWithFilesCharsMax
                       ? Content(reader, message, kIncomingCharsMax)
                       : HtmlOf(message.text())),
          .rows = {{{t.Plain("chat.reply"), ChatAction(message.link())}}},
          .stays = true};
}

}  // namespace kalends::telegram

#include "adapters/telegram/screens/feeds.h"

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

std::string CodeText(const std::string& text) { return "<code>" + EscapeHtml(text) + "</code>"; }

void AddLinks(const Reader& reader, const FeedView& view, Screen& screen) {
  const Texts& t = reader.t();
  const std::string url = FeedUrl(view.public_url, *view.feed);
  screen.text += "\n\n" + t.Html("feeds.how_to") + "\n" + CodeText(url) + "\n" +
                 CodeText(WebcalUrl(url)) + "\n\n" + t.Html("feeds.secret");
  screen.rows.push_back({{t.Plain("invitations.copy"), CopyText{url}, Style::kPrimary},
                         {t.Plain("invitations.qr"), Action(SendFeedQr{view.of})}});
}

}  // namespace

std::string FeedUrl(const std::string& public_url, const v1::Feed& feed) {
  return public_url + "/c/" + feed.token() + ".ics";
}

std::string WebcalUrl(const std::string& url) {
  const std::size_t scheme = url.find("://");
  return scheme == std::string::npos ? url : "webcal" + url.substr(scheme);
}

Screen FeedScreen(const Reader& reader, const FeedView& view, Nonce nonce) {
  const Texts& t = reader.t();
  Screen screen{
      .text = t.Html(view.of == FeedOf::kProvider ? "feeds.of_provider" : "feeds.of_customer"),
      .rows = {}};
  if (view.public_url.empty()) {
    screen.text += "\n\n" + t.Html("feeds.no_site");
  } else if (!view.feed) {
    screen.rows.push_back(
        {{t.Plain("feeds.create"), Action(CreateFeed{view.of, nonce}), Style::kPrimary}});
  } else if (view.feed->token() == kUnreadable) {
    // Who has subscribed goes on reading; nobody can be shown the address again.
    screen.text += "\n\n" + t.Html("unreadable.text");
  } else {
    AddLinks(reader, view, screen);
  }
  if (view.feed) {
    Row row;
    if (!view.public_url.empty()) {
      row.push_back({t.Plain("feeds.renew"), Action(AskRenewFeed{view.of})});
    }
    row.push_back({t.Plain("feeds.revoke"), Action(AskRevokeFeed{view.of})});
    screen.rows.push_back(std::move(row));
  }
  screen.rows.push_back({BackButton(reader, ShowSettings{}), HomeButton(reader)});
  return screen;
}

Screen FeedQrScreen(const Reader& reader, const std::string& link) {
  return {.text = reader.t().Html("feeds.qr_caption", {{"link", link}}), .rows = {}, .stays = true};
}

Screen AskRenewFeedScreen(const Reader& reader, FeedOf of, Nonce nonce) {
  const Texts& t = reader.t();
  return {.text = t.Html("feeds.ask_renew"),
          .rows = {{{t.Plain("feeds.renew"), Action(CreateFeed{of, nonce}), Style::kDanger},
                    BackButton(reader, ShowFeed{of})}}};
}

Screen AskRevokeFeedScreen(const Reader& reader, FeedOf of, Nonce nonce) {
  const Texts& t = reader.t();
  return {.text = t.Html("feeds.ask_revoke"),
          .rows = {{{t.Plain("feeds.revoke"), Action(RevokeFeed{of, nonce}), Style::kDanger},
                    BackButton(reader, ShowFeed{of})}}};
}

}  // namespace kalends::telegram

// Calendars to subscribe to.
#include "adapters/telegram/screens/feeds.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/qr_code.h"
#include "kalends/v1/feed_service.pb.h"

namespace kalends::telegram {
namespace {

std::string FeedName(FeedOf of) {
  return of == FeedOf::kProvider ? "accounts/me/feeds/provider" : "accounts/me/feeds/customer";
}

// nullopt: there is none.
absl::StatusOr<std::optional<v1::Feed>> FindFeed(Turn& turn, FeedOf of) {
  v1::GetFeedRequest request;
  request.set_name(FeedName(of));
  auto feed = turn.Call<v1::Feed>(request);
  if (ReasonOf(feed.status()) == v1::REASON_NOT_FOUND) return std::optional<v1::Feed>();
  KALENDS_RETURN_IF_ERROR(feed.status());
  return std::optional<v1::Feed>(*std::move(feed));
}

absl::Status Show(Turn& turn, FeedOf of) {
  FeedView view{.of = of, .feed = {}, .public_url = turn.context().public_url};
  KALENDS_ASSIGN_OR_RETURN(view.feed, FindFeed(turn, of));
  turn.Show(FeedScreen(turn.reader(), view, turn.nonce()));
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowFeed& action) { return Show(turn, action.of); }

absl::Status Handle(Turn& turn, const CreateFeed& action) {
  v1::CreateFeedRequest request;
  request.set_parent("accounts/me");
  request.mutable_feed()->set_role(action.of == FeedOf::kProvider ? v1::Feed::ROLE_PROVIDER
                                                                  : v1::Feed::ROLE_CUSTOMER);
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Feed>(request).status());
  // A second tap is answered without the token.
  return Show(turn, action.of);
}

absl::Status Handle(Turn& turn, const SendFeedQr& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto feed, FindFeed(turn, action.of));
  const std::string& site = turn.context().public_url;
  // Gone, or not to be shown, since the button was drawn.
  if (!feed || feed->token() == kUnreadable || site.empty()) return Show(turn, action.of);
  const std::string link = WebcalUrl(FeedUrl(site, *feed));
  turn.SendFile(
      "sendPhoto",
      {.field = "photo", .name = "calendar.png", .type = "image/png", .bytes = QrCodePng(link)},
      FeedQrScreen(turn.reader(), link));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskRenewFeed& action) {
  turn.Show(AskRenewFeedScreen(turn.reader(), action.of, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskRevokeFeed& action) {
  turn.Show(AskRevokeFeedScreen(turn.reader(), action.of, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const RevokeFeed& action) {
  v1::RevokeFeedRequest request;
  request.set_name(FeedName(action.of));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Feed>(request).status());
  return Show(turn, action.of);
}

Handlers FeedsHandlers() { return HandlersOf(FeedsActions{}); }

}  // namespace kalends::telegram

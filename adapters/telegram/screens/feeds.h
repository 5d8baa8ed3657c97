// Calendars to subscribe to.
#pragma once

#include <optional>
#include <string>

#include "adapters/telegram/actions/feeds.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/feed_service.pb.h"

namespace kalends::telegram {

// "https://kalends.example/c/….ics", and the same as calendar programs take it.
std::string FeedUrl(const std::string& public_url, const v1::Feed& feed);
std::string WebcalUrl(const std::string& url);

struct FeedView {
  FeedOf of = FeedOf::kCustomer;
  std::optional<v1::Feed> feed;  // nullopt: there is none.
  std::string public_url;        // Of kalends-web; empty: none is known.
};
Screen FeedScreen(const Reader& reader, const FeedView& view, Nonce nonce);
Screen FeedQrScreen(const Reader& reader, const std::string& link);
Screen AskRenewFeedScreen(const Reader& reader, FeedOf of, Nonce nonce);
Screen AskRevokeFeedScreen(const Reader& reader, FeedOf of, Nonce nonce);

}  // namespace kalends::telegram

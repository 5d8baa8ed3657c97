// Who is here at the moment, so that nobody takes the places of all others.
#pragma once

#include <utility>

#include "adapters/shared/shares.h"
#include "adapters/shared/waiting_room.h"
#include "adapters/web/feed_rate.h"
#include "adapters/web/limits.h"
#include "adapters/web/visitor.h"

namespace kalends::web {

class Connection;

struct Guests {
  // `visitor_requests_max`: how many requests of one visitor are answered at a time.
  Guests(Proxies trusted, int visitor_requests_max)
      : proxies(std::move(trusted)), requests(visitor_requests_max) {}

  const Proxies proxies;
  // Between two requests, in the midst of a header, or refused; these give way to newcomers.
  WaitingRoom<Connection> waiting;
  Shares requests;                           // Under way, by VisitorOf.
  Shares downloads{kDownloadsOfOneLinkMax};  // By token.
  Shares feeds{kFeedsAtOnceMax};
  FeedRate feed_rate;
};

}  // namespace kalends::web

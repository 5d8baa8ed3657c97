// Calendars to subscribe to from other programs: of what one booked, and of what is booked with
// one.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowFeed { FeedOf of; KALENDS_ACTION("ics", of) };
struct CreateFeed { FeedOf of; Nonce nonce; KALENDS_ACTION("icc", of, nonce) };
struct SendFeedQr { FeedOf of; KALENDS_ACTION("icq", of) };
struct AskRenewFeed { FeedOf of; KALENDS_ACTION("icn", of) };
struct AskRevokeFeed { FeedOf of; KALENDS_ACTION("icr", of) };
struct RevokeFeed { FeedOf of; Nonce nonce; KALENDS_ACTION("icx", of, nonce) };
// clang-format on

using FeedsActions =
    Actions<ShowFeed, CreateFeed, SendFeedQr, AskRenewFeed, AskRevokeFeed, RevokeFeed>;

}  // namespace kalends::telegram

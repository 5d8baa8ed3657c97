// Chats: a customer's own with a provider, any of one's own, a provider's list of them (SPEC 2.10).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct OpenChat { ProviderId provider; KALENDS_ACTION("co", provider) };
struct ShowChat {
  ProviderId provider;
  AccountId customer;
  int page = 0;  // 0: the newest messages.
  KALENDS_ACTION("cc", provider, customer, page)
};
struct LeaveChat {
  ProviderId provider;
  AccountId customer;
  KALENDS_ACTION("cl", provider, customer)
};
struct ShowThreads { int page = 0; KALENDS_ACTION("ct", page) };
// clang-format on

using ChatActions = Actions<OpenChat, ShowChat, LeaveChat, ShowThreads>;

}  // namespace kalends::telegram

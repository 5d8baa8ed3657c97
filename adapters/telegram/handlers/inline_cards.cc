#include "adapters/telegram/handlers/inline_cards.h"

#include <spdlog/spdlog.h>

#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/inline_cards.h"
#include "kalends/v1/invitation_service.pb.h"
#include "kalends/v1/profile_service.pb.h"

namespace kalends::telegram {
namespace {

// The provider's cards; none where the person is no provider, or nothing can be read.
std::vector<InlineCard> CardsOf(Turn& turn, const InlineQuery& query) {
  if (!turn.ReadAccount().ok() || turn.account().provider().empty()) return {};
  v1::GetProfileRequest profile_request;
  profile_request.set_name(turn.account().provider() + "/profile");
  v1::ListInvitationsRequest list;
  list.set_parent(turn.account().provider());
  list.set_page_size(kListPageSize);
  const auto provider = GetProvider(turn, turn.account().provider());
  const auto profile = turn.Call<v1::Profile>(profile_request);
  const auto invitations = turn.Call<v1::ListInvitationsResponse>(list);
  if (!provider.ok() || !profile.ok() || !invitations.ok()) return {};
  return InlineCards(turn.reader(), {.provider = *provider,
                                     .profile = *profile,
                                     .invitations = {invitations->invitations().begin(),
                                                     invitations->invitations().end()},
                                     .bot_username = turn.context().bot_username,
                                     .public_url = turn.context().public_url,
                                     .query = query.text});
}

}  // namespace

void AnswerInline(Turn& turn, const InlineQuery& query) {
  nlohmann::json results = nlohmann::json::array();
  for (const InlineCard& card : CardsOf(turn, query)) results.push_back(ToJson(card));
  // What is revoked is offered no more: nothing is kept at Telegram.
  turn.context().sender.StartAtOnce({.method = "answerInlineQuery",
                                     .params = {{"inline_query_id", query.id},
                                                {"results", std::move(results)},
                                                {"cache_time", 0},
                                                {"is_personal", true}}});
}

}  // namespace kalends::telegram

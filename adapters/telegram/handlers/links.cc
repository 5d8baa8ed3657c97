// A customer's providers (SPEC 2.6).
#include "adapters/telegram/handlers/links.h"

#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/paying.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/links.h"
#include "adapters/telegram/screens/profiles.h"
#include "kalends/v1/link_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

absl::Status ShowProviderList(Turn& turn, int number, ProviderList list) {
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::Provider>(
                               number, kChoicesPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListProvidersRequest request;
                                 request.set_parent("accounts/me");
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListProvidersResponse>(request);
                               },
                               [](const auto& answer) { return answer.providers(); }));
  turn.Show(ProvidersScreen(turn.reader(), page, list));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowSpecialists& action) {
  return ShowProviderList(turn, action.page, ProviderList::kSpecialists);
}

absl::Status Handle(Turn& turn, const ShowProvider& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(action.provider)));
  KALENDS_ASSIGN_OR_RETURN(
      const auto packages,
      UsablePackages(turn, LinkNameOf(action.provider, AccountId::Of(turn.account().name()))));
  turn.Show(ProviderScreen(turn.reader(), provider,
                           ProfileUrl(turn.context().public_url, provider.profile_slug()),
                           packages));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskRemoveProvider& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(action.provider)));
  turn.Show(AskRemoveProviderScreen(turn.reader(), provider, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const RemoveProvider& action) {
  v1::RemoveLinkRequest request;
  request.set_name(LinkNameOf(action.provider, AccountId::Of(turn.account().name())));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Link>(request).status());
  return Handle(turn, ShowSpecialists{});
}

Handlers LinksHandlers() { return HandlersOf(LinksActions{}); }

}  // namespace kalends::telegram

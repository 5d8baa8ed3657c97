#include "adapters/telegram/screens/links.h"

#include <algorithm>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/consents.h"
#include "adapters/telegram/actions/documents.h"
#include "adapters/telegram/actions/packages.h"

namespace kalends::telegram {

namespace {

constexpr int kSpecialistsNamed = 20;  // Of more there is no room for all; booking lists them.

}  // namespace

Screen ProvidersScreen(const Reader& reader, const Page<v1::Provider>& providers,
                       ProviderList list) {
  const Texts& t = reader.t();
  const bool to_request = list == ProviderList::kRequest;
  if (providers.items.empty() && providers.number == 0) {
    return {.text = t.Html("links.none"), .rows = {{HomeButton(reader)}}};
  }
  Screen screen{.text = t.Html(to_request ? "links.choose" : "links.list"), .rows = {}};
  for (const v1::Provider& provider : providers.items) {
    const ProviderId id = ProviderId::Of(provider.name());
    screen.rows.push_back({{ProviderLabel(provider.kind(), provider.display_name()),
                            to_request ? Action(PickProvider{id}) : Action(ShowProvider{id})}});
  }
  AppendPager(screen.rows, providers.number, providers.has_next, [&](int page) {
    return to_request ? Action(ShowProviders{page}) : Action(ShowSpecialists{page});
  });
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

Screen ProviderScreen(const Reader& reader, const v1::Provider& provider,
                      const std::string& profile_url,
                      const std::vector<v1::SoldPackage>& packages) {
  const Texts& t = reader.t();
  Screen screen{
      .text = t.Html("links.text",
                     {{"provider", ProviderLabel(provider.kind(), provider.display_name())}}),
      .rows = {}};
  for (int i = 0; i < std::min(provider.specialists_size(), kSpecialistsNamed); ++i) {
    screen.text +=
        "\n• " + t.Html("links.specialist", {{"name", provider.specialists(i).display_name()}});
  }
  if (provider.specialists_size() > kSpecialistsNamed) screen.text += "\n• …";
  if (profile_url.empty()) screen.text += "\n" + t.Html("links.no_profile");
  const ProviderId id = ProviderId::Of(provider.name());
  screen.rows.push_back({{t.Plain("links.terms"), Action(ShowConsents{id, 0, 0, 0})}});
  if (!profile_url.empty()) {
    screen.rows.back().insert(screen.rows.back().begin(),
                              {t.Plain("links.profile"), Url{profile_url}});
  }
  screen.rows.push_back({{t.Plain("links.chat"), Action(OpenChat{id})},
                         {t.Plain("links.documents"), Action(OpenDocuments{id})}});
  if (!packages.empty()) {
    int left = 0;
    int visits = 0;
    for (const v1::SoldPackage& package : packages) {
      left += package.remaining_visits();
      visits += package.visits();
    }
    screen.text += "\n🎟 " + t.Html("packages.left", {{"left", std::to_string(left)},
                                                      {"visits", std::to_string(visits)}});
    screen.rows.push_back({{t.Plain("packages.own_button"), Action(ShowOwnPackages{id})}});
  }
  screen.rows.push_back({{t.Plain("menu.request"), Action(PickProvider{id})}});
  screen.rows.push_back({{t.Plain("links.remove"), Action(AskRemoveProvider{id})}});
  screen.rows.push_back({BackButton(reader, ShowSpecialists{}), HomeButton(reader)});
  return screen;
}

Screen AskRemoveProviderScreen(const Reader& reader, const v1::Provider& provider, Nonce nonce) {
  const Texts& t = reader.t();
  const ProviderId id = ProviderId::Of(provider.name());
  return {.text = t.Html("links.ask_remove",
                         {{"provider", ProviderLabel(provider.kind(), provider.display_name())}}),
          .rows = {{{t.Plain("links.keep"), Action(ShowProvider{id})}},
                   {{t.Plain("links.remove"), Action(RemoveProvider{id, nonce}), Style::kDanger}}}};
}

}  // namespace kalends::telegram

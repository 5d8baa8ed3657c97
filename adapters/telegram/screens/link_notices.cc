#include "adapters/telegram/screens/link_notices.h"

#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/consents.h"
#include "adapters/telegram/actions/profiles.h"

namespace kalends::telegram {

Screen JoinedNotice(const Reader& reader, const v1::Notification& notification) {
  return {.text = reader.t().Html("notifications.joined",
                                  {{"customer", notification.customer_display_name()}}),
          .rows = {},
          .stays = true};
}

// Who joins takes part in the services that are open to the whole team; others name their people.
Screen SpecialistJoinedNotice(const Reader& reader, const v1::Notification& notification) {
  const Texts& t = reader.t();
  return {.text = t.Html("notifications.specialist_joined",
                         {{"specialist", notification.specialist_display_name()}}),
          .rows = {{{t.Plain("menu.services"), Action(ShowServices{})},
                    {t.Plain("menu.profile"), Action(ShowProfile{})}}},
          .stays = true};
}

// It cannot be seen any more, so it is named by when it is.
Screen GivenAwayNotice(const Reader& reader, const v1::Notification& notification) {
  const v1::Provider& provider = notification.provider();
  return {.text = reader.t().Html(
              "notifications.given_away",
              {{"provider", ProviderLabel(provider.kind(), provider.display_name())},
               {"when",
                ShortWhen(reader, InstantOf(notification.start_time()), provider.time_zone())}}),
          .rows = {},
          .stays = true};
}

Screen ConsentWantedNotice(const Reader& reader, const v1::Notification& notification) {
  const Texts& t = reader.t();
  const v1::Provider& provider = notification.provider();
  return {
      .text = t.Html("notifications.consent_wanted",
                     {{"provider", ProviderLabel(provider.kind(), provider.display_name())},
                      {"document", notification.reason()}}),
      .rows = {{{t.Plain("notifications.open_terms"), *OpenTerms(notification), Style::kPrimary}}},
      .stays = true};
}

std::optional<Action> OpenTerms(const v1::Notification& notification) {
  return ShowConsents{ProviderId::Of(notification.provider().name())};
}

}  // namespace kalends::telegram

// Settings: time zone and language (SPEC 2.2).
#pragma once

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/screens/common.h"
#include "adapters/telegram/session.h"
#include "kalends/v1/account_service.pb.h"

namespace kalends::telegram {

// `hours_zone`: of a specialist's working hours; empty for others. Where it is not the account's,
// that is said, and a button gives the hours the account's. `feed`: of which side it leads to.
Screen SettingsScreen(const Reader& reader, const v1::Account& account,
                      const std::string& hours_zone, FeedOf feed);
Screen LanguagesScreen(const Reader& reader, const Languages& languages);

inline constexpr int kOffsetsPerPage = 6;

struct OffsetsView {
  Origin origin = Origin::kSettings;
  ProviderId provider = {};  // Who invited; may be empty.
  v1::ListUtcOffsetsResponse offsets = {};
  std::string likely_zone = {};
  // A provider whose zone the reader may well share; without a name nobody.
  std::string like = {};
  std::string like_zone = {};
};
// The provider's zone, then those where the reader's language is at home, with what clocks show
// there; a city may be typed instead, and the others are one tap away.
Screen AskZoneScreen(const Reader& reader, const OffsetsView& view);
// Offsets from number `first` on by what clocks show there now, with example cities.
Screen OffsetsScreen(const Reader& reader, const OffsetsView& view, int first);
// The best known zones of the offset that was picked, and the bare offset itself.
Screen ZonesScreen(const Reader& reader, const v1::SearchTimeZonesResponse& zones,
                   const PickOffset& picked, const std::string& bare_offset);
// The zones that a typed city finds; where there are none, the other ways of `view`.
Screen CitiesScreen(const Reader& reader, const v1::SearchTimeZonesResponse& zones,
                    const OffsetsView& view, const std::string& typed);
Screen ZoneSetScreen(const Reader& reader, const v1::Account& account);

}  // namespace kalends::telegram

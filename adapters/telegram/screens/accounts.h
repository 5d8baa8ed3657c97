// Settings: time zone and language (SPEC 2.2).
#pragma once

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/account_service.pb.h"

namespace kalends::telegram {

Screen SettingsScreen(const Reader& reader, const v1::Account& account);
Screen LanguagesScreen(const Reader& reader, const Languages& languages);

inline constexpr int kOffsetsPerPage = 8;
// The page that shows `offset`.
int OffsetPageOf(const v1::ListUtcOffsetsResponse& offsets, std::chrono::minutes offset);
// Offsets with example cities; a city may be typed instead.
Screen OffsetsScreen(const Reader& reader, const v1::ListUtcOffsetsResponse& offsets, Origin origin,
                     int page);
// The zones of an offset, and the bare offset itself.
Screen ZonesScreen(const Reader& reader, const v1::SearchTimeZonesResponse& zones, Origin origin,
                   std::chrono::minutes offset, const std::string& bare_offset);
// The zones that a typed city finds; perhaps none.
Screen CitiesScreen(const Reader& reader, const v1::SearchTimeZonesResponse& zones, Origin origin,
                    const std::string& typed);
Screen ZoneSetScreen(const Reader& reader, const v1::Account& account);

}  // namespace kalends::telegram

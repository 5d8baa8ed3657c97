// The account's settings: time zone and language (SPEC 2.2).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowSettings { KALENDS_ACTION("se") };
// Page -1: the one with the offset that the account has now.
struct ShowOffsets { Origin origin; int page = 0; KALENDS_ACTION("zo", origin, page) };
struct PickOffset {
  Origin origin;
  int offset_minutes = 0;
  KALENDS_ACTION("zp", origin, offset_minutes)
};
struct SkipZone { KALENDS_ACTION("zl") };
struct SetZone { Origin origin; ZoneName zone; KALENDS_ACTION("zs", origin, zone) };
struct ShowLanguages { KALENDS_ACTION("sl") };
struct SetLanguage { LanguageCode language; KALENDS_ACTION("sg", language) };
// clang-format on

using AccountsActions =
    Actions<ShowSettings, ShowOffsets, PickOffset, SkipZone, SetZone, ShowLanguages, SetLanguage>;

}  // namespace kalends::telegram

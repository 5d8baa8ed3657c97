// The account's settings: time zone and language (SPEC 2.2).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowSettings { KALENDS_ACTION("se") };
// `provider`, below, is who invited; may be empty. Of the list of offsets, from the one numbered
// `first` on; -1: the question, with the zones that are likely.
struct ShowOffsets {
  Origin origin;
  int first = 0;
  ProviderId provider;
  KALENDS_ACTION("zo", origin, first, provider)
};
struct PickOffset {
  Origin origin;
  int offset_minutes = 0;
  ProviderId provider;
  KALENDS_ACTION("zp", origin, offset_minutes, provider)
};
struct SkipZone { ProviderId provider; KALENDS_ACTION("zl", provider) };
struct SetZone {
  Origin origin;
  ProviderId provider;
  ZoneName zone;
  KALENDS_ACTION("zs", origin, provider, zone)
};
struct ShowLanguages { KALENDS_ACTION("sl") };
struct SetLanguage { LanguageCode language; KALENDS_ACTION("sg", language) };
// clang-format on

using AccountsActions =
    Actions<ShowSettings, ShowOffsets, PickOffset, SkipZone, SetZone, ShowLanguages, SetLanguage>;

}  // namespace kalends::telegram

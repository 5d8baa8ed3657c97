// How a provider's public page looks, beside what it says (SPEC 3.6): colours, languages, address.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// As the contract numbers them.
enum class PageTheme { kForest, kOcean, kPlum, kSand, kGraphite, kMaxValue = kGraphite };

// clang-format off
struct ShowPage { KALENDS_ACTION("yp") };
struct AskSlug { KALENDS_ACTION("ys") };
struct SetHoursShown { Visibility hours; Nonce nonce; KALENDS_ACTION("yo", hours, nonce) };
struct AskMapLink { KALENDS_ACTION("ym") };
struct RemoveMapLink { Nonce nonce; KALENDS_ACTION("yn", nonce) };
struct AskNetworks { KALENDS_ACTION("yw") };
struct RemoveNetworks { Nonce nonce; KALENDS_ACTION("yx", nonce) };
struct ShowAboutLanguages { KALENDS_ACTION("yl") };
struct AskAboutIn { LanguageCode language; KALENDS_ACTION("yt", language) };
struct RemoveAboutIn { Nonce nonce; LanguageCode language; KALENDS_ACTION("yr", nonce, language) };
struct ShowThemes { KALENDS_ACTION("yh") };
struct SetTheme { PageTheme theme; Nonce nonce; KALENDS_ACTION("yi", theme, nonce) };
struct AskColor { KALENDS_ACTION("yj") };
// So that a colour that was offered is taken by a tap.
struct SetColor {
  int red = 0;
  int green = 0;
  int blue = 0;
  Nonce nonce;
  KALENDS_ACTION("yk", red, green, blue, nonce)
};
struct RemoveColor { Nonce nonce; KALENDS_ACTION("yq", nonce) };
// clang-format on

using PagesActions = Actions<ShowPage, AskSlug, SetHoursShown, AskMapLink, RemoveMapLink,
                             AskNetworks, RemoveNetworks, ShowAboutLanguages, AskAboutIn,
                             RemoveAboutIn, ShowThemes, SetTheme, AskColor, SetColor, RemoveColor>;

}  // namespace kalends::telegram

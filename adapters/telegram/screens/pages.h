// How a provider's public page looks: the screens behind "Mehr".
#pragma once

#include "adapters/telegram/actions/pages.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/profile_service.pb.h"

namespace kalends::telegram {

struct PageView {
  v1::Profile profile;
  std::string public_url;  // Of kalends-web; empty: none is known.
  std::string heading;     // HTML; may be empty.
  Nonce nonce;
};
Screen PageScreen(const Reader& reader, const PageView& view);
// What shall the address end in?
Screen AskSlugScreen(const Reader& reader, const PageView& view);
Screen AskMapLinkScreen(const Reader& reader, const PageView& view);
// Other pages of the provider's, one in a line.
Screen AskNetworksScreen(const Reader& reader, const PageView& view);
// "Instagram: https://…" in a line each, or addresses alone; nullopt: a line has none.
std::optional<std::vector<v1::WebLink>> ParseNetworks(std::string_view text);

Screen AboutLanguagesScreen(const Reader& reader, const PageView& view, const Languages& languages);
Screen AskAboutInScreen(const Reader& reader, const PageView& view, const std::string& language,
                        const Languages& languages);

Screen ThemesScreen(const Reader& reader, const PageView& view);
Screen AskColorScreen(const Reader& reader, const PageView& view);
// A colour that could not be read, and the nearest one that could ("#0b6b63"; may be empty).
Screen ColorRefusedScreen(const Reader& reader, const PageView& view, const std::string& fitting);
// "#0b6b63" of 0x0b6b63, and back; -1: it is no colour.
std::string ColorText(int rgb);
int ParseColorText(std::string_view text);

}  // namespace kalends::telegram

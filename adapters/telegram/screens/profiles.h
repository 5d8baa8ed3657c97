// A provider's public page (SPEC 3.6): whether it can be seen, and what it says of them.
#pragma once

#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/profile_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

struct PictureCount {
  bool photo = false;
  int gallery = 0;
};
struct ProfileView {
  v1::Profile profile;
  std::string public_url;  // Of kalends-web; empty: none is known.
  std::string heading;     // HTML; may be empty.
  std::optional<Action> back;
  Nonce nonce;
  v1::Provider provider = {};  // Whose profile it is.
  PictureCount pictures = {};
  bool shares_inline = false;  // The bot answers where its name is typed in a chat.
};
Screen ProfileScreen(const Reader& reader, const ProfileView& view);
// What shall the page say?
// The link by which it is seen before it is published. `url`: with the token.
Screen PreviewScreen(const Reader& reader, const std::string& url, Instant expires, Nonce nonce);
Screen AskAboutTextScreen(const Reader& reader, const v1::Profile& profile, Nonce nonce);

// How can you be reached?
Screen AskContactsScreen(const Reader& reader, const v1::Profile& profile, Nonce nonce);

// The address of the page with `slug`; empty: there is no website, or no page yet.
std::string ProfileUrl(const std::string& public_url, const std::string& slug);
// Telegram's own dialogue that sends `url` to chosen chats.
std::string ShareUrl(const std::string& url);

}  // namespace kalends::telegram

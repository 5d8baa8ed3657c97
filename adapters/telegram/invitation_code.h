// Invitations among what people send.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kalends::telegram {

struct InvitationInText {
  std::string code;
  // The short id of the service that the link is to book, as a profile page writes it behind the
  // code and a "-"; empty: none.
  std::string service;
  // The minute since 1970 at which it is to begin, behind the service and a "-"; 0: none.
  std::int64_t start = 0;
  // There is nothing but the invitation.
  bool alone = false;
  // It is a link or a command. Otherwise it only looks like a code, and may be a word.
  bool certain = false;
};

// The first invitation to `bot` (its username, without @) that `text` carries; nullopt: none. One
// is a link with a `start`, to t.me, telegram.me or telegram.dog (with any scheme or none, any
// further parameters) or of tg://resolve; the command /start with a payload; or, where the text is
// nothing else, a code. Capital and small letters are the same everywhere but in the code.
std::optional<InvitationInText> InvitationIn(std::string_view text, std::string_view bot);

}  // namespace kalends::telegram

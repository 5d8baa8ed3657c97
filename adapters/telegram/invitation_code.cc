#include "adapters/telegram/invitation_code.h"

#include <algorithm>
#include <array>

#include "adapters/shared/start_payload.h"
#include "adapters/telegram/ids.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kCodeChars = 22;        // 128 bits in base64url.
constexpr std::size_t kPayloadCharsMax = 64;  // Telegram's limit.
constexpr std::string_view kStart = "/start";
constexpr std::array<std::string_view, 3> kHosts = {"t.me/", "telegram.me/", "telegram.dog/"};
constexpr std::string_view kSpace = " \t\r\n";

char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsCodeChar(char c) {
  return IsUpper(c) || IsLower(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), ToLower);
  return lower;
}

// Removes `prefix`, which is in small letters, from the front of `text`; false: it is not there.
bool Take(std::string_view& text, std::string_view prefix) {
  if (Lower(text.substr(0, prefix.size())) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// The characters of a code that `text` begins with.
std::string_view CodeAt(std::string_view text) {
  const auto* end = std::find_if_not(text.begin(), text.end(), IsCodeChar);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// Whether chance looks like this: small letters, and capital ones not only at the beginning. One
// code in fifty thousand does not.
bool LooksLikeCode(std::string_view text) {
  return text.size() == kCodeChars && CodeAt(text).size() == kCodeChars &&
         std::any_of(text.begin(), text.end(), IsLower) &&
         std::any_of(text.begin() + 1, text.end(), IsUpper);
}

// Whether a payload is a code, "-" and what should be the id of a service. Codes have a length, so
// that no code is taken for that.
bool NamesService(std::string_view payload) {
  return payload.size() > kCodeChars && payload[kCodeChars] == '-';
}

// What is no id of a service costs nobody the invitation.
InvitationInText InvitationOf(std::string_view payload, bool alone) {
  if (!NamesService(payload)) {
    return {
        .code = std::string(payload), .service = {}, .start = 0, .alone = alone, .certain = true};
  }
  InvitationInText invitation{.code = std::string(payload.substr(0, kCodeChars)),
                              .service = {},
                              .start = 0,
                              .alone = alone,
                              .certain = true};
  const std::string_view rest = payload.substr(kCodeChars + 1);
  const std::string_view service = rest.substr(0, rest.find('-'));
  if (service.size() != kShortIdLength) return invitation;
  invitation.service = service;
  if (service.size() == rest.size()) return invitation;
  invitation.start = DecodeStartMinute(rest.substr(service.size() + 1)).value_or(0);
  return invitation;
}

// The value of a parameter in "?a=1&b=2" or "a=1&b=2", as far as it is one of a code; empty: none.
std::string_view Parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    std::string_view pair = query.substr(0, query.find_first_of("?&#"));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (Take(pair, name) && pair.starts_with('=')) return CodeAt(pair.substr(1));
  }
  return {};
}

// What is between slashes and the like.
std::string_view Segment(std::string_view text) {
  return text.substr(0, text.find_first_of("/?#"));
}

// The payload of a link that begins with its scheme or its host; empty: it is none to `bot`.
std::string_view PayloadOfLink(std::string_view link, std::string_view bot) {
  link = link.substr(0, link.find_first_of(kSpace));
  if (Take(link, "tg:")) {
    Take(link, "//");
    if (!Take(link, "resolve?") || Lower(Parameter(link, "domain")) != bot) return {};
    return Parameter(link, "start");
  }
  if (!Take(link, "https://")) Take(link, "http://");
  Take(link, "www.");
  if (std::any_of(kHosts.begin(), kHosts.end(), [&](auto host) { return Take(link, host); })) {
    if (Lower(Segment(link)) != bot) return {};
  } else if (!Take(link, std::string(bot) + ".t.me")) {
    return {};
  }
  const std::size_t query = link.find('?');
  return query == std::string_view::npos ? std::string_view()
                                         : Parameter(link.substr(query + 1), "start");
}

// Where links can begin: at the front, and behind blanks and signs that are in no link.
bool MayBegin(std::string_view text, std::size_t at) {
  return at == 0 || (!IsCodeChar(text[at - 1]) && text[at - 1] != '/' && text[at - 1] != '.' &&
                     text[at - 1] != ':' && text[at - 1] != '@');
}

std::string_view Trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

// The payload of "/start@bot payload"; empty: it is no such command.
std::string_view PayloadOfCommand(std::string_view text) {
  if (!Take(text, kStart)) return {};
  const std::size_t blank = text.find_first_of(kSpace);
  if (blank == std::string_view::npos || (blank > 0 && text[0] != '@')) return {};
  const std::string_view payload = Trimmed(text.substr(blank));
  const std::string_view code = CodeAt(payload);
  const bool ends =
      code.size() == payload.size() || kSpace.find(payload[code.size()]) != std::string_view::npos;
  return ends ? code : std::string_view();
}

}  // namespace

std::optional<InvitationInText> InvitationIn(std::string_view text, std::string_view bot) {
  text = Trimmed(text);
  if (LooksLikeCode(text))
    return InvitationInText{
        .code = std::string(text), .service = {}, .start = 0, .alone = true, .certain = false};
  const std::string name = Lower(bot);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!MayBegin(text, at)) continue;
    const std::string_view rest = text.substr(at);
    std::string_view payload = PayloadOfLink(rest, name);
    if (payload.empty()) payload = PayloadOfCommand(rest);
    // Among words, a command is followed by any other one.
    if (at > 0 && rest.front() == '/' && !LooksLikeCode(payload) &&
        !(NamesService(payload) && LooksLikeCode(payload.substr(0, kCodeChars)))) {
      continue;
    }
    if (payload.empty() || payload.size() > kPayloadCharsMax) continue;
    // A command alone has one blank in it, a link none.
    const std::string_view link = rest.substr(0, rest.find_first_of(kSpace));
    const bool command = rest.front() == '/';
    const bool alone =
        at == 0 && (command ? payload.data() + payload.size() == text.data() + text.size()
                            : link.size() == text.size());
    return InvitationOf(payload, alone);
  }
  return std::nullopt;
}

}  // namespace kalends::telegram

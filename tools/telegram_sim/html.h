// parse_mode HTML: from markup to plain text and entities, refusing what Telegram refuses, in its
// words and with its byte offsets.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kalends::sim {

// Text as a message holds it.
struct FormattedText {
  std::string text;                                   // UTF-8.
  nlohmann::json entities = nlohmann::json::array();  // MessageEntity; offsets in UTF-16 units.
};

// Parses `html`, which must be UTF-8. Refusals read "can't parse entities: ...".
// A link whose address is none is dropped without a word, as Telegram does.
absl::StatusOr<FormattedText> ParseHtml(std::string_view html);

// Cuts white space from both ends, and the entities with it.
FormattedText TrimEnds(FormattedText formatted);

// Adds what Telegram finds by itself: bot commands and http(s) addresses outside other entities.
FormattedText AddFoundEntities(FormattedText formatted);

// True for http(s) addresses with a host that Telegram takes: one with a dot, so not `localhost`.
bool IsHttpUrl(std::string_view url);

}  // namespace kalends::sim

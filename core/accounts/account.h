// Accounts: people and businesses, known by their identities.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::core {

enum class Language { kDe, kEn, kFr, kRu, kUk, kEs };
// "de" and so on: the code in the database and in the proto.
std::string_view CodeOf(Language language);
std::optional<Language> ParseLanguage(std::string_view code);
// The language for a client's IETF tag ("de-AT", "pt-br"); English for those we do not speak.
Language LanguageForTag(std::string_view tag);

// An address of a person in a channel: "telegram:4711".
struct Identity {
  std::string channel;  // Lower-case letters.
  std::string address;  // Unique within the channel; printable ASCII without spaces.

  std::string ToString() const { return channel + ":" + address; }
  // nullopt unless `text` is "channel:address" of at most kIdentityBytesMax bytes.
  static std::optional<Identity> Parse(std::string_view text);
  friend bool operator==(const Identity&, const Identity&) = default;
};

struct Account {
  AccountId id;
  std::string display_name;
  Language language = Language::kEn;
  std::string time_zone;  // Empty: not set.
  Instant created;
  std::int64_t version = 1;
  // From then on nobody is behind it: the row is what the books of providers refer to.
  std::optional<Instant> erased = {};
};

// What an erased account and provider are called.
inline constexpr std::string_view kErasedName = "–";

}  // namespace kalends::core

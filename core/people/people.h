// Accounts, providers, and the links between them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
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

enum class ProviderKind { kSpecialist, kOrganization };
std::string_view NameOf(ProviderKind kind);
std::optional<ProviderKind> ParseProviderKind(std::string_view name);

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

struct Provider {
  ProviderId id;
  AccountId account;
  ProviderKind kind = ProviderKind::kSpecialist;
  std::string display_name;
  Minutes default_duration{60};  // Of a request without a service.
  std::vector<Minutes> reminders{Minutes(24 * 60), Minutes(120)};  // Before the start.
  Instant created;
  std::int64_t version = 1;
  std::optional<Instant> erased = {};  // With its account.
};

// A link of a customer to a provider. It stays when it ends, for the provider's books.
struct Link {
  ProviderId provider;
  AccountId customer;
  Instant created;
  std::optional<Instant> removed;  // The customer took it off their list.
  std::optional<Instant> blocked;  // The provider blocked the customer.
};
// LINK_REMOVED, then LINK_BLOCKED: nothing new can begin over such a link.
absl::Status CheckLink(const Link& link);

}  // namespace kalends::core

// Who may what: the scopes of API keys, and the caller they make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "core/base/id.h"

namespace kalends::core {

enum class Scope { kAdapter, kWeb, kToolRead, kToolWrite, kAdmin, kBusy };
inline constexpr Scope kScopes[] = {Scope::kAdapter,   Scope::kWeb,   Scope::kToolRead,
                                    Scope::kToolWrite, Scope::kAdmin, Scope::kBusy};
// "adapter", "web", "tool:read", "tool:write", "admin", "busy".
std::string_view NameOf(Scope scope);
std::optional<Scope> ParseScope(std::string_view name);

// A small set of scopes.
class ScopeSet {
 public:
  constexpr ScopeSet() = default;
  constexpr ScopeSet(std::initializer_list<Scope> scopes) {
    for (const Scope scope : scopes) Add(scope);
  }
  constexpr void Add(Scope scope) { bits_ |= Bit(scope); }
  constexpr bool Has(Scope scope) const { return (bits_ & Bit(scope)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  // "adapter tool:read"; the form in the database.
  std::string ToString() const;
  static std::optional<ScopeSet> Parse(std::string_view text);
  friend bool operator==(const ScopeSet&, const ScopeSet&) = default;

 private:
  static constexpr std::uint32_t Bit(Scope scope) { return 1U << static_cast<int>(scope); }
  std::uint32_t bits_ = 0;
};

// Who calls: a key, and for whom. With an account the call has that account's rights only.
struct Caller {
  ApiKeyId key;
  ScopeSet scopes;
  std::optional<AccountId> account;
};

// Whether a call names for whom it is made.
enum class NamesAccount { kMay, kMust, kMustNot };
// What a method asks of its callers.
struct CallerRule {
  ScopeSet scopes;  // One of them is enough. Admin always is; tool:write stands in for tool:read.
  NamesAccount names_account = NamesAccount::kMay;
};

// Whether a key with these scopes may make the call, and whether it names an account as it should,
// whichever that is:
//   SCOPE_MISSING        the key has none of the scopes.
//   ACCOUNT_MISSING      the method is done for an account only.
//   ACCOUNT_NOT_ALLOWED  the method is done for nobody, or the key is for kalends-web or
//                        kalends-busy alone.
// An adapter that names nobody passes where it may: what it may do then is decided by the checks
// below.
absl::Status CheckCaller(const CallerRule& rule, ScopeSet scopes, bool names_account);

// Whether the caller has the rights of `account`: it is that account, or a tool acting for nobody.
bool MayActAs(const Caller& caller, AccountId account);
// A refusal as the caller may know it: NOT_FOUND tells what is missing to those who see everything.
absl::Status ForCaller(absl::Status status, const Caller& caller);
// Whether the key is a tool's or an operator's, whoever it acts for: what such keys change is
// audited.
bool IsTool(const Caller& caller);
// Whether the caller is a tool or admin that acts for no account, and so sees everything.
bool SeesEverything(const Caller& caller);

}  // namespace kalends::core

#include "core/access/access.h"

#include <utility>

#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/missing.h"

namespace kalends::core {
namespace {

bool HasToolScope(ScopeSet scopes) {
  return scopes.Has(Scope::kToolRead) || scopes.Has(Scope::kToolWrite) || scopes.Has(Scope::kAdmin);
}

}  // namespace

std::string_view NameOf(Scope scope) {
  switch (scope) {
    case Scope::kAdapter:
      return "adapter";
    case Scope::kWeb:
      return "web";
    case Scope::kToolRead:
      return "tool:read";
    case Scope::kToolWrite:
      return "tool:write";
    case Scope::kAdmin:
      return "admin";
    case Scope::kBusy:
      return "busy";
  }
  return "";
}

std::optional<Scope> ParseScope(std::string_view name) {
  for (const Scope scope : kScopes) {
    if (NameOf(scope) == name) return scope;
  }
  return std::nullopt;
}

std::string ScopeSet::ToString() const {
  std::string text;
  for (const Scope scope : kScopes) {
    if (!Has(scope)) continue;
    if (!text.empty()) text += ' ';
    text += NameOf(scope);
  }
  return text;
}

std::optional<ScopeSet> ScopeSet::Parse(std::string_view text) {
  ScopeSet scopes;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::optional<Scope> scope = ParseScope(text.substr(0, space));
    if (!scope) return std::nullopt;
    scopes.Add(*scope);
    text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
  }
  return scopes;
}

absl::Status CheckCaller(const CallerRule& rule, ScopeSet scopes, bool names_account) {
  bool allowed = scopes.Has(Scope::kAdmin);
  for (const Scope scope : kScopes) {
    allowed = allowed || (rule.scopes.Has(scope) && scopes.Has(scope));
  }
  allowed = allowed || (rule.scopes.Has(Scope::kToolRead) && scopes.Has(Scope::kToolWrite));
  if (!allowed) return Error(Reason::kScopeMissing);
  if (!names_account) {
    const bool missing = rule.names_account == NamesAccount::kMust;
    return missing ? Error(Reason::kAccountMissing) : absl::OkStatus();
  }
  if (rule.names_account == NamesAccount::kMustNot) return Error(Reason::kAccountNotAllowed);
  // What is left is kalends-web, which everybody on the net can ask, and kalends-busy.
  const bool acts_for_accounts = scopes.Has(Scope::kAdapter) || HasToolScope(scopes);
  return acts_for_accounts ? absl::OkStatus() : Error(Reason::kAccountNotAllowed);
}

bool MayActAs(const Caller& caller, AccountId account) {
  return caller.account ? *caller.account == account : SeesEverything(caller);
}

bool IsTool(const Caller& caller) { return HasToolScope(caller.scopes); }

bool SeesEverything(const Caller& caller) { return !caller.account && IsTool(caller); }

absl::Status ForCaller(absl::Status status, const Caller& caller) {
  if (!absl::IsNotFound(status) || !SeesEverything(caller)) return status;
  auto missing = DetailOf<Missing>(status);
  if (!missing) return status;
  missing->told = true;
  return NotFoundNamed(*std::move(missing));
}

}  // namespace kalends::core

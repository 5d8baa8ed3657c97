#include "core/access/access.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace kalends::core {
namespace {

constexpr CallerRule kReads{{Scope::kAdapter, Scope::kWeb, Scope::kToolRead}, NamesAccount::kMay};
constexpr CallerRule kWrites{{Scope::kAdapter, Scope::kToolWrite}, NamesAccount::kMust};
constexpr CallerRule kForNobody{{Scope::kAdapter}, NamesAccount::kMustNot};

TEST(ScopeSet, IsReadBackAsWritten) {
  const ScopeSet scopes{Scope::kAdapter, Scope::kToolWrite};
  EXPECT_EQ(scopes.ToString(), "adapter tool:write");
  EXPECT_EQ(ScopeSet::Parse(scopes.ToString()), scopes);
  EXPECT_FALSE(ScopeSet::Parse("adapter root"));
}

TEST(CheckCaller, WantsOneOfTheScopesAndAnAccountWhereTheRuleSays) {
  const struct {
    const char* name;
    CallerRule rule;
    ScopeSet scopes;
    bool names_account;
    std::string_view reason;
  } kCases[] = {
      {"listed", kReads, {Scope::kAdapter}, false, ""},
      {"admin may all", kReads, {Scope::kAdmin}, false, ""},
      {"write stands in for read", kReads, {Scope::kToolWrite}, false, ""},
      {"read does not stand in for write", kWrites, {Scope::kToolRead}, true, "SCOPE_MISSING"},
      {"not listed", kWrites, {Scope::kWeb}, false, "SCOPE_MISSING"},
      {"no account", kWrites, {Scope::kAdapter}, false, "ACCOUNT_MISSING"},
      {"with account", kWrites, {Scope::kAdapter}, true, ""},
      {"with one where none need be", kReads, {Scope::kAdapter}, true, ""},
      {"for nobody", kForNobody, {Scope::kAdapter}, false, ""},
      {"with one where none may be", kForNobody, {Scope::kAdapter}, true, "ACCOUNT_NOT_ALLOWED"},
      {"also by admin", kForNobody, {Scope::kAdmin}, true, "ACCOUNT_NOT_ALLOWED"},
      {"the scope counts first", kForNobody, {Scope::kWeb}, true, "SCOPE_MISSING"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(ReasonName(CheckCaller(c.rule, c.scopes, c.names_account)), c.reason);
  }
}

TEST(CheckCaller, LetsKalendsWebActForNobodyOnly) {
  EXPECT_EQ(ReasonName(CheckCaller(kReads, {Scope::kWeb}, false)), "");
  EXPECT_EQ(ReasonName(CheckCaller(kReads, {Scope::kWeb}, true)), "ACCOUNT_NOT_ALLOWED");
  for (const Scope scope : {Scope::kAdapter, Scope::kToolRead, Scope::kToolWrite, Scope::kAdmin}) {
    EXPECT_EQ(ReasonName(CheckCaller(kReads, {Scope::kWeb, scope}, true)), "") << NameOf(scope);
  }
}

TEST(IsTool, IsAnyKeyOfAToolOrAnOperatorWhoeverItActsFor) {
  for (const Scope scope : {Scope::kToolRead, Scope::kToolWrite, Scope::kAdmin}) {
    EXPECT_TRUE(IsTool({{}, {scope}, AccountId{1}})) << NameOf(scope);
    EXPECT_TRUE(IsTool({{}, {scope, Scope::kAdapter}, {}})) << NameOf(scope);
  }
  EXPECT_FALSE(IsTool({{}, {Scope::kAdapter, Scope::kWeb}, AccountId{1}}));
}

TEST(MayActAs, WithAnAccountOnlyThatAccountsRightsCount) {
  const AccountId own{1};
  const AccountId other{2};
  EXPECT_TRUE(MayActAs({{}, {Scope::kAdapter}, own}, own));
  EXPECT_FALSE(MayActAs({{}, {Scope::kAdapter}, own}, other));
  EXPECT_FALSE(MayActAs({{}, {Scope::kAdmin}, own}, other));
  EXPECT_TRUE(MayActAs({{}, {Scope::kToolRead}, {}}, other));
  EXPECT_FALSE(MayActAs({{}, {Scope::kAdapter}, {}}, other));
}

}  // namespace
}  // namespace kalends::core

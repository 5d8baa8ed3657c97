#include "core/access/access.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace kalends::core {
namespace {

constexpr CallerRule kReads{{Scope::kAdapter, Scope::kToolRead}, false};
constexpr CallerRule kWrites{{Scope::kAdapter, Scope::kToolWrite}, true};

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
    Caller caller;
    std::string_view reason;
  } kCases[] = {
      {"listed", kReads, {{}, {Scope::kAdapter}, {}}, ""},
      {"admin may all", kReads, {{}, {Scope::kAdmin}, {}}, ""},
      {"write stands in for read", kReads, {{}, {Scope::kToolWrite}, {}}, ""},
      {"read does not stand in for write",
       kWrites,
       {{}, {Scope::kToolRead}, AccountId{1}},
       "SCOPE_MISSING"},
      {"not listed", kReads, {{}, {Scope::kWeb}, {}}, "SCOPE_MISSING"},
      {"no account", kWrites, {{}, {Scope::kAdapter}, {}}, "ACCOUNT_MISSING"},
      {"with account", kWrites, {{}, {Scope::kAdapter}, AccountId{1}}, ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(ReasonName(CheckCaller(c.rule, c.caller)), c.reason);
  }
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

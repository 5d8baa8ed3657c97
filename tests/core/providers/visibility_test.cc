#include "core/providers/visibility.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

constexpr AccountId kOwner{1}, kSomebody{2};

TEST(Visibility, EndsWithWhatTiesTheCallerToTheProvider) {
  const auto person = [](AccountId account) { return Caller{{}, {Scope::kAdapter}, account}; };
  const Caller adapter{{}, {Scope::kAdapter}, {}};
  const Caller tool{{}, {Scope::kToolRead}, {}};
  const Caller tool_for_somebody{{}, {Scope::kToolRead}, kSomebody};
  const struct {
    const char* name;
    Caller caller;
    Tie tie;
    bool manages;
    bool sees;
    bool reads_consents;
  } kCases[] = {
      {"itself", person(kOwner), Tie::kNone, true, true, true},
      {"a tool for nobody", tool, Tie::kNone, true, true, true},
      {"a tool for a stranger", tool_for_somebody, Tie::kNone, false, false, false},
      {"an adapter for nobody", adapter, Tie::kNone, false, false, false},
      {"a stranger", person(kSomebody), Tie::kNone, false, false, false},
      {"a customer", person(kSomebody), Tie::kCustomer, false, true, true},
      {"a colleague", person(kSomebody), Tie::kColleague, false, true, true},
      {"a former customer", person(kSomebody), Tie::kFormerCustomer, false, false, true},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    Provider provider;
    provider.account = kOwner;
    EXPECT_EQ(MayManage(c.caller, provider), c.manages);
    EXPECT_EQ(MaySee(c.caller, provider, c.tie), c.sees);
    EXPECT_EQ(MayReadConsents(c.caller, provider, c.tie), c.reads_consents);
    provider.erased = Instant();
    EXPECT_FALSE(MayManage(c.caller, provider) || MaySee(c.caller, provider, c.tie) ||
                 MayReadConsents(c.caller, provider, c.tie))
        << "erased";
  }
}

}  // namespace
}  // namespace kalends::core

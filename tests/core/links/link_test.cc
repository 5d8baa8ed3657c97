#include "core/links/link.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace kalends::core {
namespace {

TEST(CheckLink, NothingBeginsOverOneThatEnded) {
  const Instant then;
  const struct {
    const char* name;
    std::optional<Instant> removed;
    std::optional<Instant> blocked;
    const char* refusal;
  } kCases[] = {{"in use", {}, {}, ""},
                {"removed", then, {}, "LINK_REMOVED"},
                {"blocked", {}, then, "LINK_BLOCKED"},
                {"both", then, then, "LINK_REMOVED"}};
  for (const auto& c : kCases) {
    EXPECT_EQ(ReasonName(CheckLink({{1}, {2}, then, c.removed, c.blocked})), c.refusal) << c.name;
  }
}

TEST(SideOf, IsTheCustomersOrTheProvidersOrNone) {
  constexpr AccountId kCustomer{2}, kOwner{3}, kStranger{4};
  const auto person = [](AccountId account) { return Caller{{}, {Scope::kAdapter}, account}; };
  const struct {
    const char* name;
    Caller caller;
    std::optional<Side> side;
  } kCases[] = {
      {"the customer", person(kCustomer), Side::kCustomer},
      {"the provider", person(kOwner), Side::kProvider},
      {"a stranger", person(kStranger), std::nullopt},
      {"a tool for nobody", {{}, {Scope::kToolRead}, {}}, Side::kProvider},
      {"a tool for the customer", {{}, {Scope::kToolRead}, kCustomer}, Side::kCustomer},
      {"an adapter for nobody", {{}, {Scope::kAdapter}, {}}, std::nullopt},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(SideOf(c.caller, {{1}, kCustomer}, kOwner), c.side) << c.name;
  }
}

TEST(OtherOf, IsTheOtherSide) {
  EXPECT_EQ(OtherOf(Side::kCustomer), Side::kProvider);
  EXPECT_EQ(OtherOf(Side::kProvider), Side::kCustomer);
}

}  // namespace
}  // namespace kalends::core

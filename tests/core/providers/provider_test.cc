#include "core/providers/provider.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace kalends::core {
namespace {

TEST(CheckRegister, AnAccountIsOneProviderOfOneKind) {
  Provider organization;
  organization.kind = ProviderKind::kOrganization;
  EXPECT_TRUE(CheckRegister(std::nullopt, ProviderKind::kSpecialist).ok());
  EXPECT_EQ(ReasonOf(CheckRegister(organization, ProviderKind::kOrganization)),
            Reason::kAlreadyProvider);
  EXPECT_EQ(ReasonOf(CheckRegister(organization, ProviderKind::kSpecialist)),
            Reason::kProviderKindFixed);
}

TEST(MissingIn, NamesWhatIsToBeMadeBeforeAnybodyCanBook) {
  using enum ProviderNeed;
  const struct {
    const char* name;
    ProviderKind kind;
    ProviderParts parts;
    std::vector<ProviderNeed> missing;
  } kCases[] = {
      {"a new specialist", ProviderKind::kSpecialist, {false, true, false}, {kService, kHours}},
      {"without hours", ProviderKind::kSpecialist, {true, true, false}, {kHours}},
      {"without a service", ProviderKind::kSpecialist, {false, true, true}, {kService}},
      {"a complete specialist", ProviderKind::kSpecialist, {true, true, true}, {}},
      {"a new organization", ProviderKind::kOrganization, {}, {kService, kTeam}},
      {"nobody of the team works", ProviderKind::kOrganization, {true, true, false}, {kHours}},
      {"a complete organization", ProviderKind::kOrganization, {true, true, true}, {}},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(MissingIn(c.kind, c.parts), c.missing);
  }
}

}  // namespace
}  // namespace kalends::core

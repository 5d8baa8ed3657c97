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

}  // namespace
}  // namespace kalends::core

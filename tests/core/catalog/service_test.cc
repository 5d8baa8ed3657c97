#include "core/catalog/service.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

TEST(TextsIn, EachTextIsInTheReadersLanguageOrInTheFirst) {
  Service service;
  service.name = "Beratung";
  service.description = "Erstes Gespräch";
  service.translations["fr"] = {"Conseil", "Premier entretien"};
  service.translations["es"] = {"Asesoramiento", ""};
  const struct {
    const char* language;
    LocalizedText texts;
  } kCases[] = {{"de", {"Beratung", "Erstes Gespräch"}},
                {"fr", {"Conseil", "Premier entretien"}},
                {"es", {"Asesoramiento", "Erstes Gespräch"}},
                {"", {"Beratung", "Erstes Gespräch"}}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.language);
    EXPECT_EQ(TextsIn(service, c.language), c.texts);
  }
}

TEST(IsDoneBy, TheOrganizationChoosesWhoIsToAndTheyThemselvesWhoDoes) {
  constexpr ProviderId kAda{1}, kBen{2};
  Service service;
  EXPECT_TRUE(IsDoneBy(service, kAda)) << "nobody is named: all do";
  service.specialists = {kBen};
  EXPECT_FALSE(IsDoneBy(service, kAda));
  EXPECT_TRUE(IsDoneBy(service, kBen));
  service.declined = {kBen};
  EXPECT_FALSE(IsDoneBy(service, kBen));
  service.specialists.clear();
  EXPECT_TRUE(IsDoneBy(service, kAda));
  EXPECT_FALSE(IsDoneBy(service, kBen));
}

}  // namespace
}  // namespace kalends::core

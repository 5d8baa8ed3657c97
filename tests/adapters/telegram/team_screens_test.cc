// An organization's staff: who offers what (SPEC 3.11).
#include <gtest/gtest.h>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/screens/team.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

const ProviderId kKlara{"0prv000000002"};
const ProviderId kBen{"0prv000000003"};

v1::Provider House() {
  v1::Provider house = SampleProvider();
  for (const ProviderId& id : {kKlara, kBen}) house.add_specialists()->set_provider(NameOf(id));
  return house;
}

v1::Service OfferedOnlyBy(const std::vector<ProviderId>& named) {
  v1::Service service = SampleService();
  for (const ProviderId& id : named) service.add_specialists(NameOf(id));
  return service;
}

TEST(Team, WhatNamesNobodyIsOfferedByAll) {
  EXPECT_TRUE(IsOffered(OfferedOnlyBy({}), kKlara));
  EXPECT_TRUE(IsOffered(OfferedOnlyBy({kBen}), kBen));
  EXPECT_FALSE(IsOffered(OfferedOnlyBy({kBen}), kKlara));
}

TEST(Team, AnOfferIsTurnedRoundForOneAlone) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(OfferedBy(OfferedOnlyBy({}), House(), kKlara), Names{NameOf(kBen)});
  EXPECT_EQ(OfferedBy(OfferedOnlyBy({kBen}), House(), kKlara), Names{})
      << "by all: whoever joins later offers it, too";
  EXPECT_EQ(OfferedBy(OfferedOnlyBy({kBen}), House(), kBen), std::nullopt)
      << "nobody would be everybody";
}

TEST(Team, WhoHasGoneIsNoLongerAmongThoseWhoOfferIt) {
  const ProviderId gone{"0prv000000009"};
  EXPECT_EQ(OfferedBy(OfferedOnlyBy({gone, kBen}), House(), kKlara), std::vector<std::string>{});
}

TEST(Team, NothingHappensToAppointmentsBeforeItIsSaidWhat) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  RemovalView view{.specialist = kKlara, .name = "Klara", .open = {}, .count = 3, .handed_on = 2};
  const Screen screen = AskRemoveColleagueScreen(reader, view);
  for (const char* part : {"3 offene Termine", "2 davon können andere", "1 wird sonst abgesagt"}) {
    EXPECT_NE(screen.text.find(part), std::string::npos) << part << " in " << screen.text;
  }
  EXPECT_TRUE(Has(screen, RemoveColleague::kCode));
  view.handed_on = 0;
  EXPECT_EQ(AskRemoveColleagueScreen(reader, view).rows.size(), 2U) << "only to cancel, or not";
}

}  // namespace
}  // namespace kalends::telegram

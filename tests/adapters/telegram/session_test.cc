#include "adapters/telegram/session.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

TEST(Session, AnEmptyOneTakesNoBytes) { EXPECT_EQ(WriteSession({}), ""); }

TEST(Session, KeepsWhereTheSetupStands) {
  Session session;
  session.setup = SetupStep::kHours;
  EXPECT_EQ(ReadSession(WriteSession(session)).setup, SetupStep::kHours);
  EXPECT_EQ(ReadSession(R"({"v":1,"setup":99})").setup, SetupStep::kDone);
  EXPECT_EQ(ReadSession(R"({"v":1,"setup":"x"})").setup, SetupStep::kDone);
}

TEST(Session, ReadsBackWhatItWrote) {
  const Dialogue kDialogues[] = {
      TypesNothing{},
      TypesCity{Origin::kStart},
      TypesCancelReason{"0apt000000001"},
      TypesRejectReason{"0apt000000001"},
      TypesProviderName{RegisterAs::kOrganization},
      TypesInvitationLabel{Invite::kStaff, 7, 1},
      TypesServiceName{},
      TypesServiceDuration{"Häre \"cut\""},
      TypesServicePrice{"Massage", 50},
      TypesHours{31},
  };
  for (const Dialogue& dialogue : kDialogues) {
    const Session session{812, dialogue, 77, TypesServiceDuration{"x"}, 9};
    const std::string data = WriteSession(session);
    SCOPED_TRACE(data);
    const Session read = ReadSession(data);
    EXPECT_EQ(read.screen, 812);
    EXPECT_EQ(read.answered_update, 77);
    EXPECT_EQ(read.question, 9);
    EXPECT_EQ(read.dialogue.index(), dialogue.index());
    EXPECT_EQ(WriteSession(read), data);
    EXPECT_LE(data.size(), kSessionBytesMax);
  }
}

TEST(Session, WhatItDidNotWriteReadsAsEmpty) {
  for (const char* data :
       {"", "{", "[]", "7", R"({"v":2,"screen":5})", R"({"screen":5})", R"({"v":"1"})"}) {
    SCOPED_TRACE(data);
    EXPECT_EQ(WriteSession(ReadSession(data)), "");
  }
}

TEST(Session, AnUnknownOrMisshapenDialogueIsNone) {
  for (const char* dialogue : {R"(["flight",1])", R"(["city"])", R"(["city",9])", R"(["city","x"])",
                               R"([])", R"([3])", R"("city")"}) {
    SCOPED_TRACE(dialogue);
    const Session session =
        ReadSession(std::string(R"({"v":1,"screen":5,"dialogue":)") + dialogue + "}");
    EXPECT_EQ(session.screen, 5);
    EXPECT_TRUE(std::holds_alternative<TypesNothing>(session.dialogue));
  }
}

}  // namespace
}  // namespace kalends::telegram

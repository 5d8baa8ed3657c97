#include "adapters/telegram/session.h"

#include <gtest/gtest.h>

#include <limits>

#include "adapters/telegram/update_key.h"

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

TEST(Session, KeepsWhatTheKeyboardSays) {
  Session session;
  session.bot = 1000000001;
  session.as_customer = true;
  session.counts = {2, 1};
  session.counter = 77;
  session.commands = "de-provider";
  const Session read = ReadSession(WriteSession(session));
  EXPECT_EQ(read.bot, 1000000001);
  EXPECT_TRUE(read.as_customer);
  EXPECT_EQ(read.counts, (MenuCounts{2, 1}));
  EXPECT_EQ(read.counter, 77);
  EXPECT_EQ(read.commands, "de-provider");
  for (const char* odd : {R"({"v":1,"counts":[1]})", R"({"v":1,"counts":"x","counter":"y"})"}) {
    EXPECT_EQ(ReadSession(odd).counts, MenuCounts{}) << odd;
    EXPECT_EQ(ReadSession(odd).counter, 0) << odd;
  }
}

TEST(Session, ReadsBackWhatItWrote) {
  const Dialogue kDialogues[] = {
      TypesNothing{},
      TypesCity{Origin::kStart, "abcdefghjkmnp"},
      TypesCancelReason{"0apt000000001"},
      TypesRejectReason{"0apt000000001"},
      TypesProviderName{RegisterAs::kOrganization},
      TypesInvitationLabel{Invite::kStaff, 7, 1},
      TypesServiceName{},
      TypesServiceDuration{"Häre \"cut\""},
      TypesServicePrice{"Massage", 50},
      TypesNote{"0prv000000001", "0srv000000001", "", 29974440},
      TypesWhen{"0prv000000001", "0srv000000001", "", 20816},
      TypesProposedTime{"0apt000000001", "hucmo", 20816},
      TypesAbout{},
      TypesAboutIn{"fr"},
      TypesSlug{},
      TypesMapLink{},
      TypesNetworks{},
      TypesColor{},
      TypesCaption{"0pic000000001"},
      SendsPictures{1},
      TypesContacts{},
      TypesServiceField{"0srv000000001", ServiceField::kPrice},
      TypesTranslation{"0srv000000001", ServiceField::kName, "fr"},
      TypesHours{31, InWeeks::kB},
      TypesVacation{20816},
      TypesAbsence{20788},
      TypesOpening{20816},
      TypesHoliday{},
      SendsHolidayFile{},
      TypesBusyAddress{},
      TypesAffectedReason{"0apt000000001", 1},
      TypesMessage{"0prv000000001", "0acc000000001"},
      TypesSupport{},
      TypesSupport{1},
      SendsDocuments{"0prv000000001", "0acc000000001"},
      SendsConsentDocument{"0con000000001"},
  };
  for (const Dialogue& dialogue : kDialogues) {
    Session session;
    session.screen = 812;
    session.dialogue = dialogue;
    session.bot = 1000000001;
    session.answered_update = "1000000001:77:0123456789abcdef";
    session.answered = TypesServiceDuration{"x"};
    session.question = 9;
    session.answers = {5, 7};
    const std::string data = WriteSession(session);
    SCOPED_TRACE(data);
    const Session read = ReadSession(data);
    EXPECT_EQ(read.screen, 812);
    EXPECT_EQ(read.answered_update, "1000000001:77:0123456789abcdef");
    EXPECT_EQ(read.bot, 1000000001);
    EXPECT_EQ(read.question, 9);
    EXPECT_EQ(read.answers, session.answers);
    EXPECT_EQ(read.dialogue.index(), dialogue.index());
    EXPECT_EQ(WriteSession(read), data);
    EXPECT_LE(data.size(), kSessionBytesMax);
  }
}

TEST(Session, KeepsWhatALinkIsToBook) {
  Session session;
  session.wanted = {"0prv000000001", "0srv000000001", 29836980};
  const Session read = ReadSession(WriteSession(session));
  EXPECT_EQ(read.wanted.provider, "0prv000000001");
  EXPECT_EQ(read.wanted.service, "0srv000000001");
  EXPECT_EQ(read.wanted.start, 29836980);
  const Session older = ReadSession(R"({"v":1,"wanted":["0prv000000001","0srv000000001"]})");
  EXPECT_EQ(older.wanted.service, "0srv000000001");
  EXPECT_EQ(older.wanted.start, 0);
  for (const char* wanted : {R"(["x"])", R"([1,"y"])", R"("x")", R"({})"}) {
    SCOPED_TRACE(wanted);
    const Session broken = ReadSession(std::string(R"({"v":1,"wanted":)") + wanted + "}");
    EXPECT_EQ(broken.wanted.provider, "");
  }
}

TEST(Session, KeepsTheTeamThatWaits) {
  Session session;
  session.joins = "VokvUQ79ibQMm3cln5nh-g";
  EXPECT_EQ(ReadSession(WriteSession(session)).joins, session.joins);
  EXPECT_EQ(ReadSession(R"({"v":1,"joins":7})").joins, "");
}

TEST(Session, KeepsTheNameToRegisterWith) {
  Session session;
  session.registers = {RegisterAs::kOrganization, "Praxis \"am Park\""};
  const Session read = ReadSession(WriteSession(session));
  EXPECT_EQ(read.registers.kind, RegisterAs::kOrganization);
  EXPECT_EQ(read.registers.name, "Praxis \"am Park\"");
  for (const char* registers : {R"([1])", R"(["x","y"])", R"([9,"y"])", R"([1,2])", R"({})"}) {
    SCOPED_TRACE(registers);
    const Session broken = ReadSession(std::string(R"({"v":1,"registers":)") + registers + "}");
    EXPECT_EQ(broken.registers.name, "");
  }
}

TEST(Session, KeepsATypedTextForTheButtonThatActsOnIt) {
  Session session;
  session.shown = {Nonce{(std::uint64_t{1} << 40) - 1}, "Bin \"krank\" & <müde>"};
  const Session read = ReadSession(WriteSession(session));
  EXPECT_EQ(read.shown.nonce, session.shown.nonce);
  EXPECT_EQ(read.shown.text, session.shown.text);
  for (const char* shown : {R"([7])", R"(["x","y"])", R"([7,8])", R"("x")", R"({})"}) {
    SCOPED_TRACE(shown);
    const Session broken = ReadSession(std::string(R"({"v":1,"shown":)") + shown + "}");
    EXPECT_EQ(broken.shown.text, "");
  }
}

std::string Repeated(int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += "😀";
  return text;
}

TEST(Session, KeepsTheNoteOfARequest) {
  Session session;
  session.note = {"0prv000000001", Nonce{4711}, "Knie \"links\",\nseit <Montag>"};
  const Session read = ReadSession(WriteSession(session));
  EXPECT_EQ(read.note.provider, session.note.provider);
  EXPECT_EQ(read.note.nonce, session.note.nonce);
  EXPECT_EQ(read.note.text, session.note.text);
  for (const char* note : {R"(["p",7])", R"([7,7,"x"])", R"(["p","7","x"])", R"(["p",7,8])"}) {
    SCOPED_TRACE(note);
    EXPECT_EQ(ReadSession(std::string(R"({"v":1,"note":)") + note + "}").note.text, "");
  }
}

TEST(Session, KeepsWhichRequestTheNextOneReplaces) {
  Session session;
  session.replaced = {"0prv000000001", Nonce{4711}, "0apt000000001"};
  const Session read = ReadSession(WriteSession(session));
  EXPECT_EQ(read.replaced.provider, session.replaced.provider);
  EXPECT_EQ(read.replaced.nonce, session.replaced.nonce);
  EXPECT_EQ(read.replaced.appointment, session.replaced.appointment);
  EXPECT_EQ(ReadSession(R"({"v":1,"replaced":["p","7","x"]})").replaced.appointment, "");
}

TEST(Session, ANoteGivesWayToWhatIsBeingDone) {
  Session session;
  session.note = {"0prv000000001", Nonce{4711}, Repeated(500)};
  EXPECT_EQ(ReadSession(WriteSession(session)).note.text, session.note.text);
  session.shown = {Nonce{1}, Repeated(500)};
  session.dialogue = TypesServicePrice{Repeated(100), 50};
  const std::string data = WriteSession(session);
  EXPECT_LE(data.size(), kSessionBytesMax);
  EXPECT_EQ(ReadSession(data).shown.text, session.shown.text);
  EXPECT_EQ(ReadSession(data).note.text, "");
}

TEST(Session, TheLongestOneFitsIntoTheCoresLimit) {
  Session session;
  constexpr std::int64_t kLongest = std::numeric_limits<std::int64_t>::max();
  session.bot = session.screen = session.question = kLongest;
  session.answered_update = TextOf({kLongest, kLongest, std::numeric_limits<std::uint64_t>::max()});
  session.dialogue = TypesServicePrice{Repeated(100), 1440};
  session.answered = TypesServiceDuration{Repeated(100)};
  session.answers.assign(kAnswersMax, kLongest);
  session.setup = SetupStep::kProfile;
  session.shown = {Nonce{(std::uint64_t{1} << 40) - 1}, Repeated(500)};
  EXPECT_LE(WriteSession(session).size(), kSessionBytesMax);
}

TEST(Session, AsksTheSameOnlyOfTheSame) {
  EXPECT_TRUE(IsSameQuestion(TypesCity{Origin::kStart, ""}, TypesCity{Origin::kStart, ""}));
  EXPECT_FALSE(
      IsSameQuestion(TypesCancelReason{"0apt000000001"}, TypesCancelReason{"0apt000000002"}));
  EXPECT_FALSE(IsSameQuestion(TypesServiceName{}, TypesServiceDuration{"x"}));
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

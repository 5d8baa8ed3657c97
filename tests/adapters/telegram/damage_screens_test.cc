// What screens show in place of what the core cannot read.
#include <gtest/gtest.h>

#include "adapters/telegram/screens/chat.h"
#include "adapters/telegram/screens/documents.h"
#include "adapters/telegram/screens/feeds.h"
#include "adapters/telegram/screens/invitations.h"
#include "adapters/telegram/screens/support.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

constexpr const char* kEachLanguage[] = {"de", "en", "fr", "ru", "uk", "es"};

TEST(Unreadable, IsSaidInEveryLanguageWhereTheTextWouldStand) {
  for (const char* language : kEachLanguage) {
    SCOPED_TRACE(language);
    const Reader reader = ReaderIn(language, "Europe/Berlin");
    const std::string mark = reader.t().Html("unreadable.message");
    v1::Message message;
    message.set_link("providers/0prv000000001/links/0acc000000001");
    message.set_sender_display_name("Jo");
    message.add_unreadable_fields("text");
    message.add_unreadable_fields("attachments");
    const Screen chat = MessageScreen(reader, message);
    EXPECT_NE(chat.text.find(mark), std::string::npos) << chat.text;
    EXPECT_EQ(ScreenFault(chat), "");
    v1::TicketMessage answer;
    answer.add_unreadable_fields("text");
    const Screen support = SupportAnswerScreen(reader, answer);
    EXPECT_NE(support.text.find(mark), std::string::npos) << support.text;
    EXPECT_EQ(ScreenFault(support), "");
    v1::Appointment appointment = SampleAppointment(v1::Appointment::STATUS_PENDING);
    appointment.clear_note();
    EXPECT_EQ(NoteLine(reader, appointment), "");
    appointment.add_unreadable_fields("note");
    EXPECT_EQ(NoteLine(reader, appointment), "\n" + reader.t().Html("unreadable.note"));
    v1::Document document;
    document.set_name("providers/0prv000000001/links/0acc000000001/documents/0doc000000001");
    document.add_unreadable_fields("file_name");
    EXPECT_EQ(FileLabel(reader, document), reader.t().Plain("unreadable.file_name"));
  }
}

// What the core has U+FFFD for stands among other text, wherever that is.
TEST(Unreadable, IsSaidInWordsWhereATextIsTheMark) {
  for (const char* language : kEachLanguage) {
    SCOPED_TRACE(language);
    const Reader reader = ReaderIn(language, "Europe/Berlin");
    const std::string mark = reader.t().Plain("unreadable.text");
    EXPECT_NE(mark, "unreadable.text");
    EXPECT_NE(reader.t().Html("info.place", {{"place", "\uFFFD"}}).find(mark), std::string::npos);
    EXPECT_NE(reader.t().Plain("info.place", {{"place", "\uFFFD"}}).find(mark), std::string::npos);
    EXPECT_EQ(reader.t().Html("info.place", {{"place", "a\uFFFD"}}).find(mark), std::string::npos);
    v1::Invitation invitation;
    invitation.set_name("providers/0prv000000001/invitations/0inv000000001");
    invitation.set_state(v1::Invitation::STATE_ACTIVE);
    invitation.set_code("\uFFFD");
    invitation.set_label("\uFFFD");
    const Screen screen =
        InvitationScreen(reader, invitation, InvitationLink("kalends_bot", invitation));
    EXPECT_EQ(screen.text.find("https://"), std::string::npos) << screen.text;
    EXPECT_NE(screen.text.find(mark), std::string::npos) << screen.text;
    EXPECT_EQ(ScreenFault(screen), "");
  }
}

TEST(Unreadable, AFeedsAddressIsNotShownAndCanBeMadeAnew) {
  const Reader reader = ReaderIn("en", "Europe/Berlin");
  v1::Feed feed;
  feed.set_token("\uFFFD");
  const Screen screen = FeedScreen(
      reader, {.of = FeedOf::kCustomer, .feed = feed, .public_url = "https://kalends.example"}, {});
  EXPECT_EQ(screen.text.find("https://"), std::string::npos) << screen.text;
  EXPECT_NE(screen.text.find(reader.t().Plain("unreadable.text")), std::string::npos);
  EXPECT_TRUE(Has(screen, AskRenewFeed::kCode));
  EXPECT_FALSE(Has(screen, SendFeedQr::kCode));
  EXPECT_EQ(ScreenFault(screen), "");
}

TEST(Unreadable, IsNothingThatCanBeRead) {
  const Reader reader = ReaderIn("en", "Europe/Berlin");
  v1::Document document;
  document.set_file_name("Befund.pdf");
  EXPECT_EQ(FileLabel(reader, document), "Befund.pdf");
  v1::Message message;
  message.set_text("whole");
  EXPECT_FALSE(IsUnreadable(message, "text"));
}

}  // namespace
}  // namespace kalends::telegram

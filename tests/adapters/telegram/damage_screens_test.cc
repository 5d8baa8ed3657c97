// What screens show in place of what the core cannot read.
#include <gtest/gtest.h>

#include "adapters/telegram/screens/chat.h"
#include "adapters/telegram/screens/documents.h"
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

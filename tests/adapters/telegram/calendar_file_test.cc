#include "adapters/telegram/calendar_file.h"

#include <gtest/gtest.h>

#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

TEST(CalendarFile, IsOneEventInUtc) {
  const v1::Appointment appointment = SampleAppointment(v1::Appointment::STATUS_ACCEPTED);
  const std::string file = CalendarFile(appointment, CalendarTitle(appointment, "Ada; Weiss, \\"),
                                        Instant(std::chrono::seconds(kTestNow)));
  EXPECT_NE(file.find("DTSTART:20261228T140000Z\r\nDTEND:20261228T145000Z\r\n"), std::string::npos);
  EXPECT_NE(file.find("SUMMARY:Massage · Ada\\; Weiss\\, \\\\\r\n"), std::string::npos);
  EXPECT_NE(file.find("LOCATION:Hauptstr. 5\\, Berlin\r\n"), std::string::npos);
  EXPECT_NE(file.find("UID:0apt000000001@kalends\r\n"), std::string::npos);
  EXPECT_NE(file.find("STATUS:CONFIRMED\r\n"), std::string::npos);
}

TEST(CalendarFile, FoldsLongLinesBetweenCharacters) {
  const v1::Appointment appointment = SampleAppointment(v1::Appointment::STATUS_PENDING);
  std::string title;
  for (int i = 0; i < 60; ++i) title += "ä";
  const std::string file =
      CalendarFile(appointment, title, Instant(std::chrono::seconds(kTestNow)));
  std::size_t from = 0;
  for (std::size_t end = file.find("\r\n"); end != std::string::npos;
       from = end + 2, end = file.find("\r\n", from)) {
    const std::string line = file.substr(from, end - from);
    EXPECT_LE(line.size(), 75U);
    EXPECT_NE(static_cast<unsigned char>(line.front()) & 0xC0, 0x80) << "breaks a character";
  }
  EXPECT_NE(file.find("STATUS:TENTATIVE"), std::string::npos);
}

}  // namespace
}  // namespace kalends::telegram

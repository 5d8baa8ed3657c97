#include "adapters/telegram/calendar_file.h"

#include <gtest/gtest.h>
#include <libical/ical.h>

#include <memory>

#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using v1::Appointment;

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

// A file as a calendar program reads it.
class Read {
 public:
  explicit Read(const std::string& file) : calendar_(icalparser_parse_string(file.c_str())) {}

  // Nothing unreadable, and everything there that RFC 5546 wants of its method.
  bool is_valid() const {
    return calendar_ != nullptr && icalcomponent_count_errors(calendar_.get()) == 0 &&
           icalrestriction_check(calendar_.get()) != 0;
  }
  icalproperty_method method() const { return icalcomponent_get_method(calendar_.get()); }
  icalcomponent* event() const {
    return icalcomponent_get_first_component(calendar_.get(), ICAL_VEVENT_COMPONENT);
  }

 private:
  std::unique_ptr<icalcomponent, FreeComponent> calendar_;
};

std::string FileOf(const Appointment& appointment, const std::string& title = "Massage") {
  return CalendarFile(appointment, title, Instant(std::chrono::seconds(kTestNow)));
}

TEST(CalendarFile, SaysWhatWhenAndWhere) {
  const Appointment appointment = SampleAppointment(Appointment::STATUS_ACCEPTED);
  const Read read(FileOf(appointment, CalendarTitle(appointment, "Ada; Weiss, \\\nDr.")));
  ASSERT_TRUE(read.is_valid());
  EXPECT_EQ(read.method(), ICAL_METHOD_PUBLISH);
  EXPECT_STREQ(icalcomponent_get_summary(read.event()), "Massage · Ada; Weiss, \\\nDr.");
  EXPECT_STREQ(icalcomponent_get_location(read.event()), "Hauptstr. 5, Berlin");
  EXPECT_EQ(icalcomponent_get_status(read.event()), ICAL_STATUS_CONFIRMED);
  const icaltimetype start = icalcomponent_get_dtstart(read.event());
  const icaltimetype end = icalcomponent_get_dtend(read.event());
  EXPECT_TRUE(icaltime_is_utc(start) && icaltime_is_utc(end));
  EXPECT_EQ(icaltime_as_timet(start), appointment.start_time().seconds());
  EXPECT_EQ(icaltime_as_timet(end), appointment.end_time().seconds());
}

TEST(CalendarFile, OfAChangedAppointmentIsNewsOfTheSameEvent) {
  Appointment appointment = SampleAppointment(Appointment::STATUS_ACCEPTED);
  appointment.set_revision(2);
  const Read before(FileOf(appointment));
  appointment.set_revision(3);
  appointment.set_status(Appointment::STATUS_CANCELLED);
  const Read after(FileOf(appointment));
  ASSERT_TRUE(before.is_valid() && after.is_valid());
  EXPECT_STREQ(icalcomponent_get_uid(before.event()), "0apt000000001@kalends");
  EXPECT_STREQ(icalcomponent_get_uid(after.event()), "0apt000000001@kalends");
  EXPECT_EQ(icalcomponent_get_sequence(before.event()), 2);
  EXPECT_EQ(icalcomponent_get_sequence(after.event()), 3);
  EXPECT_EQ(after.method(), ICAL_METHOD_CANCEL);
  EXPECT_EQ(icalcomponent_get_status(after.event()), ICAL_STATUS_CANCELLED);
}

TEST(CalendarFile, HasTheStatusOfTheAppointment) {
  const struct {
    Appointment::Status status;
    icalproperty_status expected;
  } kCases[] = {{Appointment::STATUS_PENDING, ICAL_STATUS_TENTATIVE},
                {Appointment::STATUS_ACCEPTED, ICAL_STATUS_CONFIRMED},
                {Appointment::STATUS_COMPLETED, ICAL_STATUS_CONFIRMED},
                {Appointment::STATUS_MISSED, ICAL_STATUS_CONFIRMED},
                {Appointment::STATUS_REJECTED, ICAL_STATUS_CANCELLED},
                {Appointment::STATUS_CANCELLED, ICAL_STATUS_CANCELLED}};
  for (const auto& c : kCases) {
    const Appointment appointment = SampleAppointment(c.status);
    const Read read(FileOf(appointment));
    ASSERT_TRUE(read.is_valid());
    EXPECT_EQ(icalcomponent_get_status(read.event()), c.expected);
    EXPECT_EQ(IsTakenBack(appointment), read.method() == ICAL_METHOD_CANCEL);
  }
}

TEST(CalendarFile, SurvivesWhatPeopleCallThemselves) {
  Appointment appointment = SampleAppointment(Appointment::STATUS_ACCEPTED);
  for (const std::string name : {"\"Ada\": the; best, one", "END:VEVENT\r\nBEGIN:VEVENT",
                                 "\x01\x7f", "😀 \xd7\xa9\xd7\x9c"}) {
    appointment.set_provider_display_name(name);
    appointment.set_place(name);
    const Read read(FileOf(appointment, name + "!"));
    EXPECT_TRUE(read.is_valid()) << name;
    EXPECT_EQ(icalcomponent_get_next_component(read.event(), ICAL_VEVENT_COMPONENT), nullptr);
  }
}

TEST(CalendarFile, FoldsLongLinesBetweenCharacters) {
  std::string title;
  for (int i = 0; i < 60; ++i) title += "ä";
  const std::string file = FileOf(SampleAppointment(Appointment::STATUS_PENDING), title);
  std::size_t from = 0;
  for (std::size_t end = file.find("\r\n"); end != std::string::npos;
       from = end + 2, end = file.find("\r\n", from)) {
    const std::string line = file.substr(from, end - from);
    EXPECT_LE(line.size(), 75U);
    EXPECT_NE(static_cast<unsigned char>(line.front()) & 0xC0, 0x80) << "breaks a character";
  }
  EXPECT_EQ(from, file.size()) << "every line ends in CR LF";
  EXPECT_STREQ(icalcomponent_get_summary(Read(file).event()), title.c_str());
}

}  // namespace
}  // namespace kalends::telegram

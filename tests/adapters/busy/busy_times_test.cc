// Calendar files as calendars of the world write them, and as nobody should send them.
#include "adapters/busy/busy_times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "adapters/busy/calendar_lines.h"
#include "tests/support/seed.h"

namespace kalends::busy {
namespace {

using std::chrono::sys_seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

sys_seconds At(const char* text) {
  sys_seconds instant;
  std::istringstream in(text);
  in >> date::parse("%FT%TZ", instant);
  EXPECT_FALSE(in.fail()) << text;
  return instant;
}

const BusyTime kWindow{At("2026-03-01T00:00:00Z"), At("2027-04-01T00:00:00Z")};

ReadOptions InBerlin() { return {*FindZone("Europe/Berlin"), kWindow}; }

std::string Event(const std::string& lines) {
  return "BEGIN:VEVENT\r\n" + lines + "\r\nEND:VEVENT\r\n";
}
std::string Calendar(const std::string& parts) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//T//EN\r\n" + parts + "END:VCALENDAR\r\n";
}

std::vector<std::string> Shown(const std::vector<BusyTime>& times) {
  std::vector<std::string> shown;
  for (const BusyTime& time : times) {
    shown.push_back(
        date::format("%FT%H:%M", time.start) + "/" +
        date::format(date::floor<date::days>(time.start) == date::floor<date::days>(time.end)
                         ? "%H:%M"
                         : "%FT%H:%M",
                     time.end));
  }
  return shown;
}

std::vector<std::string> Read(const std::string& parts, const ReadOptions& options = InBerlin()) {
  const auto read = ReadBusyTimes(Calendar(parts), options);
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? Shown(read->times) : std::vector<std::string>();
}

struct Case {
  const char* name;
  std::string parts;
  std::vector<std::string> times;  // UTC.
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Read(c.parts), c.times);
  }
}

TEST(BusyTimes, EntriesCountInEveryFormTheyComeIn) {
  Check({
      {"in UTC",
       Event("DTSTART:20260601T080000Z\r\nDTEND:20260601T090000Z"),
       {"2026-06-01T08:00/09:00"}},
      {"in a zone",
       Event("DTSTART;TZID=America/New_York:20260601T080000\r\nDURATION:PT90M"),
       {"2026-06-01T12:00/13:30"}},
      {"in no zone: by the specialist's clock",
       Event("DTSTART:20260601T080000\r\nDURATION:PT1H"),
       {"2026-06-01T06:00/07:00"}},
      {"a whole day: from midnight to midnight of the specialist",
       Event("DTSTART;VALUE=DATE:20260601"),
       {"2026-05-31T22:00/2026-06-01T22:00"}},
      {"whole days across a change of clocks",
       Event("DTSTART;VALUE=DATE:20261024\r\nDTEND;VALUE=DATE:20261026"),
       {"2026-10-23T22:00/2026-10-25T23:00"}},
      {"a whole day of 23 hours",
       Event("DTSTART;VALUE=DATE:20260329"),
       {"2026-03-28T23:00/2026-03-29T22:00"}},
      {"a day by duration",
       Event("DTSTART:20260601T080000\r\nDURATION:P1D"),
       {"2026-06-01T06:00/2026-06-02T06:00"}},
      {"at a time that a clock leaves out, by the offset of before",
       Event("DTSTART;TZID=Europe/Berlin:20260329T023000\r\nDURATION:PT30M"),
       {"2026-03-29T01:30/02:00"}},
      {"at a time that comes twice, the first",
       Event("DTSTART;TZID=Europe/Berlin:20261025T023000\r\nDURATION:PT30M"),
       {"2026-10-25T00:30/01:00"}},
      {"folded, by LF, in small letters",
       "begin:vevent\nDTSTART;TZID=Europe/\n Berlin:20260601T100000\ndtend:20260601T09\n\t0000Z\n"
       "end:vevent\n",
       {"2026-06-01T08:00/09:00"}},
      {"without an end or a length it takes no time", Event("DTSTART:20260601T080000Z"), {}},
      {"an end before the start takes no time",
       Event("DTSTART:20260601T080000Z\r\nDTEND:20260601T070000Z"),
       {}},
      {"cut to what counts",
       Event("DTSTART:20260101T000000Z\r\nDTEND:20260301T010000Z"),
       {"2026-03-01T00:00/01:00"}},
      {"what touches and overlaps is one",
       Event("DTSTART:20260601T080000Z\r\nDURATION:PT1H") +
           Event("DTSTART:20260601T090000Z\r\nDURATION:PT1H") +
           Event("DTSTART:20260601T083000Z\r\nDURATION:PT10M"),
       {"2026-06-01T08:00/10:00"}},
      {"tentative closes",
       Event("DTSTART:20260601T080000Z\r\nDURATION:PT1H\r\nSTATUS:TENTATIVE"),
       {"2026-06-01T08:00/09:00"}},
  });
}

TEST(BusyTimes, WhatTakesNoTimeClosesNothing) {
  const std::string when = "DTSTART:20260601T080000Z\r\nDURATION:PT1H\r\n";
  Check({
      {"transparent", Event(when + "TRANSP:TRANSPARENT"), {}},
      {"cancelled", Event(when + "STATUS:CANCELLED"), {}},
      {"free, as Outlook says it", Event(when + "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), {}},
      {"out of office, as Outlook says it",
       Event(when + "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
       {"2026-06-01T08:00/09:00"}},
      {"our own appointment, back from the other calendar",
       Event(when + "UID:0fzq2m8r4k1vt@kalends"),
       {}},
      {"another's with a UID like ours",
       Event(when + "UID:0fzq2m8r4k1vt@kalends.example"),
       {"2026-06-01T08:00/09:00"}},
      {"a task", "BEGIN:VTODO\r\n" + when + "END:VTODO\r\n", {}},
      {"the alarm of an entry is not its start",
       Event(when + "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDURATION:PT5H\r\nREPEAT:2\r\nEND:VALARM"),
       {"2026-06-01T08:00/09:00"}},
  });
  ReadOptions options = InBerlin();
  options.all_day_free = true;
  EXPECT_THAT(Read(Event("DTSTART;VALUE=DATE:20260601") + Event(when), options),
              ElementsAre("2026-06-01T08:00/09:00"));
}

TEST(BusyTimes, RulesCountByTheClockOfTheirZone) {
  const std::string nine = "DTSTART;TZID=Europe/Berlin:20260323T090000\r\nDURATION:PT1H\r\n";
  Check({
      {"weekly across the change to summer",
       Event(nine + "RRULE:FREQ=WEEKLY;COUNT=3"),
       {"2026-03-23T08:00/09:00", "2026-03-30T07:00/08:00", "2026-04-06T07:00/08:00"}},
      {"until, in UTC, includes its moment",
       Event(nine + "RRULE:FREQ=WEEKLY;UNTIL=20260330T070000Z"),
       {"2026-03-23T08:00/09:00", "2026-03-30T07:00/08:00"}},
      {"until, a date, includes that date",
       Event(nine + "RRULE:FREQ=WEEKLY;UNTIL=20260330"),
       {"2026-03-23T08:00/09:00", "2026-03-30T07:00/08:00"}},
      {"every second week, begun years ago",
       Event("DTSTART;TZID=Europe/Berlin:20200106T090000\r\nDURATION:PT1H\r\n"
             "RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20260331T000000Z"),
       {"2026-03-09T08:00/09:00", "2026-03-23T08:00/09:00"}},
      {"every third day, begun years ago",
       Event("DTSTART:20200101T080000Z\r\nDURATION:PT1H\r\n"
             "RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20260308T000000Z"),
       {"2026-03-03T08:00/09:00", "2026-03-06T08:00/09:00"}},
      {"the last Friday of the month",
       Event("DTSTART:20260327T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"),
       {"2026-03-27T08:00/09:00", "2026-04-24T08:00/09:00", "2026-05-29T08:00/09:00"}},
      {"the last workday of the month",
       Event("DTSTART:20260331T080000Z\r\nDURATION:PT1H\r\n"
             "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"),
       {"2026-03-31T08:00/09:00", "2026-04-30T08:00/09:00", "2026-05-29T08:00/09:00"}},
      {"the 31st, of the months that have one",
       Event("DTSTART:20260331T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY;COUNT=3"),
       {"2026-03-31T08:00/09:00", "2026-05-31T08:00/09:00", "2026-07-31T08:00/09:00"}},
      {"yearly, begun long ago",
       Event("DTSTART;VALUE=DATE:19800501\r\nRRULE:FREQ=YEARLY"),
       {"2026-04-30T22:00/2026-05-01T22:00"}},
      {"twice a day",
       Event("DTSTART:20260601T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;BYHOUR=8,14;COUNT=3"),
       {"2026-06-01T08:00/09:00", "2026-06-01T14:00/15:00", "2026-06-02T08:00/09:00"}},
      {"what counts from before the window",
       Event("DTSTART:20260227T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=4"),
       {"2026-03-01T08:00/09:00", "2026-03-02T08:00/09:00"}},
      {"what reaches into the window from before it",
       Event("DTSTART:20260222T000000Z\r\nDURATION:P8D\r\nRRULE:FREQ=YEARLY;UNTIL=20260301"),
       {"2026-03-01T00:00/2026-03-02T00:00"}},
      {"a night over the change lasts as long",
       Event("DTSTART;TZID=Europe/Berlin:20260327T220000\r\nDURATION:PT8H\r\n"
             "RRULE:FREQ=DAILY;COUNT=2"),
       {"2026-03-27T21:00/2026-03-28T05:00", "2026-03-28T21:00/2026-03-29T05:00"}},
      {"further dates",
       Event(nine + "RDATE;TZID=Europe/Berlin:20260401T090000,20260402T100000\r\n"
                    "RDATE;VALUE=PERIOD:20260403T080000Z/PT2H,20260404T080000Z/20260404T083000Z"),
       {"2026-03-23T08:00/09:00", "2026-04-01T07:00/08:00", "2026-04-02T08:00/09:00",
        "2026-04-03T08:00/10:00", "2026-04-04T08:00/08:30"}},
  });
}

TEST(BusyTimes, ExceptionsTakeOutWhatTheyName) {
  const std::string daily =
      "DTSTART;TZID=Europe/Berlin:20260601T090000\r\nDURATION:PT1H\r\n"
      "RRULE:FREQ=DAILY;COUNT=3\r\n";
  const std::vector<std::string> left = {"2026-06-01T07:00/08:00", "2026-06-03T07:00/08:00"};
  Check({
      {"in the zone", Event(daily + "EXDATE;TZID=Europe/Berlin:20260602T090000"), left},
      {"in UTC", Event(daily + "EXDATE:20260602T070000Z"), left},
      {"a date alone", Event(daily + "EXDATE;VALUE=DATE:20260602"), left},
      {"another time of the date",
       Event(daily + "EXDATE:20260602T080000Z"),
       {"2026-06-01T07:00/08:00", "2026-06-02T07:00/08:00", "2026-06-03T07:00/08:00"}},
      {"several in a line and in lines",
       Event(daily + "EXDATE:20260602T070000Z,20260603T070000Z\r\nEXDATE:20260601T070000Z"),
       {}},
      {"of whole days",
       Event(
           "DTSTART;VALUE=DATE:20260601\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEXDATE;VALUE=DATE:20260601"),
       {"2026-06-01T22:00/2026-06-02T22:00"}},
  });
}

TEST(BusyTimes, DetachedEntriesStandInPlaceOfTheirs) {
  const std::string weekly = Event(
      "UID:a\r\nDTSTART;TZID=Europe/Berlin:20260601T090000\r\nDURATION:PT1H\r\n"
      "RRULE:FREQ=WEEKLY;COUNT=4");
  const std::string moved = "UID:a\r\nDTSTART:20260609T120000Z\r\nDURATION:PT2H\r\n";
  const std::string id = "RECURRENCE-ID;TZID=Europe/Berlin:20260608T090000\r\n";
  Check({
      {"moved",
       weekly + Event(moved + id),
       {"2026-06-01T07:00/08:00", "2026-06-09T12:00/14:00", "2026-06-15T07:00/08:00",
        "2026-06-22T07:00/08:00"}},
      {"before the one with the rule",
       Event(moved + id) + weekly,
       {"2026-06-01T07:00/08:00", "2026-06-09T12:00/14:00", "2026-06-15T07:00/08:00",
        "2026-06-22T07:00/08:00"}},
      {"called off",
       weekly + Event(moved + id + "STATUS:CANCELLED"),
       {"2026-06-01T07:00/08:00", "2026-06-15T07:00/08:00", "2026-06-22T07:00/08:00"}},
      {"named by its instant in UTC",
       weekly + Event(moved + "RECURRENCE-ID:20260608T070000Z"),
       {"2026-06-01T07:00/08:00", "2026-06-09T12:00/14:00", "2026-06-15T07:00/08:00",
        "2026-06-22T07:00/08:00"}},
      {"of an invitation to that one alone: without the one with the rule",
       Event(moved + id),
       {"2026-06-09T12:00/14:00"}},
      {"of another entry",
       weekly + Event("UID:b\r\nDTSTART:20260609T120000Z\r\nDURATION:PT2H\r\n" + id),
       {"2026-06-01T07:00/08:00", "2026-06-08T07:00/08:00", "2026-06-09T12:00/14:00",
        "2026-06-15T07:00/08:00", "2026-06-22T07:00/08:00"}},
      {"this and those that follow",
       weekly + Event("UID:a\r\nDTSTART;TZID=Europe/Berlin:20260609T100000\r\nDURATION:PT2H\r\n"
                      "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260608T090000"),
       {"2026-06-01T07:00/08:00", "2026-06-09T08:00/10:00", "2026-06-16T08:00/10:00",
        "2026-06-23T08:00/10:00"}},
      {"this and those that follow are off",
       weekly + Event("UID:a\r\nDTSTART;TZID=Europe/Berlin:20260608T090000\r\nDURATION:PT1H\r\n"
                      "STATUS:CANCELLED\r\n"
                      "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260608T090000"),
       {"2026-06-01T07:00/08:00"}},
  });
}

TEST(BusyTimes, ZonesCountByWhateverNameTheyHave) {
  const std::string at = ":20260601T090000\r\nDURATION:PT1H";
  const std::string own_rules =
      "BEGIN:VTIMEZONE\r\nTZID:Practice\r\n"
      "BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
      "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
      "BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
      "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
  const std::vector<std::string> seven = {"2026-06-01T07:00/08:00"};
  Check({
      {"of Windows", Event("DTSTART;TZID=W. Europe Standard Time" + at), seven},
      {"of Windows, in quotes", Event("DTSTART;TZID=\"W. Europe Standard Time\"" + at), seven},
      {"with a prefix", Event("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin" + at),
       seven},
      {"by its rules in the file", own_rules + Event("DTSTART;TZID=Practice" + at), seven},
      {"by its rules in the file, in winter",
       own_rules + Event("DTSTART;TZID=Practice:20261201T090000\r\nDURATION:PT1H"),
       {"2026-12-01T08:00/09:00"}},
      {"by the place that its rules name",
       "BEGIN:VTIMEZONE\r\nTZID:Home\r\nX-LIC-LOCATION:Asia/Tokyo\r\nEND:VTIMEZONE\r\n" +
           Event("DTSTART;TZID=Home" + at),
       {"2026-06-01T00:00/01:00"}},
      {"a known one whatever the file says of it",
       "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
       "TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" +
           Event("DTSTART;TZID=Europe/Berlin" + at),
       seven},
      {"rules without an end or a beginning: the specialist's",
       "BEGIN:VTIMEZONE\r\nTZID:Broken\r\nBEGIN:STANDARD\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" +
           Event("DTSTART;TZID=Broken" + at),
       seven},
      {"nobody knows it: the specialist's", Event("DTSTART;TZID=Customized Time Zone" + at), seven},
  });
}

TEST(BusyTimes, FreeBusyIsRead) {
  EXPECT_THAT(
      Read("BEGIN:VFREEBUSY\r\nDTSTART:20260601T000000Z\r\nDTEND:20260701T000000Z\r\n"
           "FREEBUSY:20260601T080000Z/PT1H,20260602T080000Z/20260602T083000Z\r\n"
           "FREEBUSY;FBTYPE=FREE:20260603T080000Z/PT1H\r\n"
           "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260604T080000Z/PT1H\r\nEND:VFREEBUSY\r\n"),
      ElementsAre("2026-06-01T08:00/09:00", "2026-06-02T08:00/08:30", "2026-06-04T08:00/09:00"));
}

TEST(BusyTimes, WhatCannotBeReadIsCountedAndHidesNothingElse) {
  const std::string good = Event("DTSTART:20260601T080000Z\r\nDURATION:PT1H");
  for (const char* bad :
       {"SUMMARY:no start", "DTSTART:20261399T080000Z\r\nDURATION:PT1H",
        "DTSTART:20260602T080000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "DTSTART:20260602T080000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=HOURLY"}) {
    SCOPED_TRACE(bad);
    const auto read = ReadBusyTimes(Calendar(Event(bad) + good), InBerlin());
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->skipped, 1);
    EXPECT_THAT(Shown(read->times), testing::Contains("2026-06-01T08:00/09:00"));
  }
}

TEST(BusyTimes, WhatIsNoCalendarIsRefused) {
  for (const std::string& bytes :
       {std::string(), std::string("<!DOCTYPE html><html></html>"), std::string("BEGIN:VCARD\r\n"),
        std::string("BEGIN:VCALENDAR\r\nEND:VEVENT\r\n"), std::string("END:VCALENDAR\r\n"),
        std::string("BEGIN:VCALENDAR\r\n") + '\0' + "END:VCALENDAR\r\n",
        // Broken off on the way: what is missing would be open.
        Calendar(Event("DTSTART:20260601T080000Z")).substr(0, 90)}) {
    EXPECT_EQ(ReadBusyTimes(bytes, InBerlin()).status().code(), absl::StatusCode::kInvalidArgument)
        << bytes;
  }
  EXPECT_THAT(Read(""), IsEmpty());
}

TEST(BusyTimes, LimitsHoldAgainstWhatNobodyShouldSend) {
  std::string nested, many;
  for (std::size_t i = 0; i <= kNestingMax; ++i) nested += "BEGIN:VEVENT\r\n";
  for (int i = 0; i <= kEntriesMax; ++i) many += "BEGIN:VEVENT\r\nEND:VEVENT\r\n";
  std::string rules;
  for (int i = 0; i < 1000; ++i) {
    rules += Event(
        "DTSTART:20200101T000000Z\r\nDURATION:PT1M\r\nRRULE:FREQ=DAILY;BYHOUR="
        "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23");
  }
  const std::string apart = Event(
      "DTSTART:20260301T000000Z\r\nDURATION:PT1M\r\nRRULE:FREQ=DAILY;BYMINUTE=0,15,30,45;BYHOUR="
      "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23");
  for (const std::string& bytes :
       {Calendar(nested), Calendar(many), Calendar(rules), Calendar(apart),
        Calendar(Event("EXDATE:" + std::string(kLineBytesMax, '1'))),
        std::string(kFileBytesMax + 1, ' ')}) {
    EXPECT_EQ(ReadBusyTimes(bytes, InBerlin()).status().code(), absl::StatusCode::kOutOfRange)
        << bytes.size();
  }
  ReadOptions late = InBerlin();
  late.is_over = [] { return true; };
  EXPECT_EQ(ReadBusyTimes(Calendar(apart), late).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

TEST(BusyTimes, NoTextComesAsFarAsTheReader) {
  const auto lines = BusyLines(Calendar(Event(
      "SUMMARY:Kuraufenthalt\r\nDESCRIPTION:Kuraufenthalt\r\nATTENDEE;CN=Kuraufenthalt:mailto:x\r\n"
      "DTSTART:20260601T080000Z\r\nBEGIN:VALARM\r\nUID:Kuraufenthalt\r\nEND:VALARM")));
  ASSERT_TRUE(lines.ok());
  EXPECT_EQ(lines->find("Kuraufenthalt"), std::string::npos);
  EXPECT_NE(lines->find("DTSTART:20260601T080000Z"), std::string::npos);
}

// Of any rule that is looked at, what is found from the middle on is what is found from its start
// on.
TEST(BusyTimes, RulesNameTheSameDatesFromWhereverTheyAreAsked) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  const auto pick = [&](int max) {
    return std::to_string(1 + random() % static_cast<unsigned>(max));
  };
  for (int i = 0; i < 60; ++i) {
    const std::string rules[] = {"FREQ=DAILY;INTERVAL=" + pick(9),
                                 "FREQ=WEEKLY;INTERVAL=" + pick(5) + ";BYDAY=TU,SA",
                                 "FREQ=MONTHLY;INTERVAL=" + pick(5) + ";BYMONTHDAY=" + pick(28),
                                 "FREQ=MONTHLY;INTERVAL=" + pick(3) + ";BYDAY=" + pick(4) + "WE",
                                 "FREQ=YEARLY;BYMONTH=" + pick(12) + ";BYDAY=" + pick(4) + "FR"};
    const std::string rule = rules[random() % std::size(rules)];
    const std::string event = Event("DTSTART:20200107T080000Z\r\nDURATION:PT1H\r\nRRULE:" + rule);
    ReadOptions all = InBerlin();
    all.window.start = At("2020-01-08T00:00:00Z");
    std::vector<std::string> later;
    for (const std::string& time : Read(event, all)) {
      if (time >= "2026-03-01") later.push_back(time);
    }
    EXPECT_EQ(Read(event), later) << rule;
  }
}

}  // namespace
}  // namespace kalends::busy

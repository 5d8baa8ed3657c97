// Files of public holidays as people find them, and as nobody should send them.
#include "core/schedule/holiday_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "tests/support/seed.h"

namespace kalends::core {
namespace {

using date::days;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

date::local_days Day(int year, unsigned month, unsigned day) {
  return date::local_days(date::year(year) / static_cast<int>(month) / static_cast<int>(day));
}

const HolidayWindow kWindow{Day(2026, 1, 1), Day(2028, 12, 31)};
const TimeZone kBerlin = *TimeZone::Find("Europe/Berlin");

// A calendar with `events`, each the lines between BEGIN:VEVENT and END:VEVENT.
std::string Calendar(const std::vector<std::string>& events) {
  std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//T//EN\r\n";
  for (const std::string& lines : events) {
    text += "BEGIN:VEVENT\r\n" + lines + "\r\nEND:VEVENT\r\n";
  }
  return text + "END:VCALENDAR\r\n";
}

HolidayFile Read(const std::vector<std::string>& events, const TimeZone& zone = kBerlin) {
  const auto file = ReadHolidayFile(Calendar(events), kWindow, zone);
  EXPECT_TRUE(file.ok()) << file.status();
  return file.ok() ? *file : HolidayFile();
}

std::vector<std::string> Dates(const HolidayFile& file) {
  std::vector<std::string> dates;
  for (const Holiday& one : file.holidays) dates.push_back(date::format("%F", one.date));
  return dates;
}

TEST(ReadHolidayFile, TakesEntriesInEveryFormTheyComeIn) {
  const struct {
    const char* name;
    const char* event;
    std::vector<std::string> dates;
  } kCases[] = {
      {"a date", "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226", {"2026-12-25"}},
      {"without an end", "DTSTART;VALUE=DATE:20261225", {"2026-12-25"}},
      {"with an end that is its start",
       "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261225",
       {"2026-12-25"}},
      {"with an end before its start",
       "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261201",
       {"2026-12-25"}},
      {"two days",
       "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227",
       {"2026-12-25", "2026-12-26"}},
      {"a duration", "DTSTART;VALUE=DATE:20261225\r\nDURATION:P2D", {"2026-12-25", "2026-12-26"}},
      {"a day by its clock", "DTSTART:20261225T000000\r\nDTEND:20261226T000000", {"2026-12-25"}},
      {"until a minute before midnight",
       "DTSTART:20261225T000000\r\nDTEND:20261225T235900",
       {"2026-12-25"}},
      {"in UTC, as Berlin's day is",
       "DTSTART:20261224T230000Z\r\nDTEND:20261225T230000Z",
       {"2026-12-25"}},
      {"in a zone by name",
       "DTSTART;TZID=Europe/Berlin:20261225T000000\r\nDTEND;TZID=Europe/Berlin:20261226T000000",
       {"2026-12-25"}},
      {"in a zone that nobody knows: as written",
       "DTSTART;TZID=Mars/Olympus:20261225T000000\r\nDTEND;TZID=Mars/Olympus:20261226T000000",
       {"2026-12-25"}},
      {"on the day the clocks go forward",
       "DTSTART;TZID=Europe/Berlin:20260329T000000\r\nDTEND;TZID=Europe/Berlin:20260330T000000",
       {"2026-03-29"}},
      {"every year",
       "DTSTART;VALUE=DATE:20001225\r\nRRULE:FREQ=YEARLY",
       {"2026-12-25", "2027-12-25", "2028-12-25"}},
      {"on 29 February", "DTSTART;VALUE=DATE:20000229\r\nRRULE:FREQ=YEARLY", {"2028-02-29"}},
      {"every second year until 2027",
       "DTSTART;VALUE=DATE:20221003\r\nRRULE:FREQ=YEARLY;INTERVAL=2;UNTIL=20271231",
       {"2026-10-03"}},
      {"a number of times",
       "DTSTART;VALUE=DATE:20241003\r\nRRULE:FREQ=YEARLY;COUNT=3",
       {"2026-10-03"}},
      {"the fourth Thursday of November",
       "DTSTART;VALUE=DATE:20201126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20261231",
       {"2026-11-26"}},
      {"the last Monday of May",
       "DTSTART;VALUE=DATE:20200525\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20261231",
       {"2026-05-25"}},
      {"but for a date",
       "DTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20271225",
       {"2026-12-25", "2028-12-25"}},
      {"but for two, one as a moment",
       "DTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\n"
       "EXDATE:20271225T000000\r\nEXDATE;VALUE=DATE:20281225,20291225",
       {"2026-12-25"}},
      {"on further dates",
       "DTSTART;VALUE=DATE:20261225\r\nRDATE;VALUE=DATE:20270101",
       {"2026-12-25", "2027-01-01"}},
      {"cancelled", "DTSTART;VALUE=DATE:20261225\r\nSTATUS:CANCELLED", {}},
      {"before and behind",
       "DTSTART;VALUE=DATE:20251231\r\nDTEND;VALUE=DATE:20260103",
       {"2026-01-01", "2026-01-02"}},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const HolidayFile file = Read({c.event});
    EXPECT_EQ(Dates(file), c.dates);
    EXPECT_THAT(file.skipped, IsEmpty());
  }
}

TEST(ReadHolidayFile, ADateBelongsToTheSpecialistsZone) {
  // Midnight to midnight in Berlin is neither in Auckland.
  const std::string event = "SUMMARY:Xmas\r\nDTSTART:20261224T230000Z\r\nDTEND:20261225T230000Z";
  EXPECT_THAT(Dates(Read({event})), ElementsAre("2026-12-25"));
  const HolidayFile file = Read({event}, *TimeZone::Find("Pacific/Auckland"));
  EXPECT_THAT(file.holidays, IsEmpty());
  EXPECT_THAT(file.skipped, ElementsAre(SkippedEntry{"Xmas", Skipped::kPartOfDay}));
}

TEST(ReadHolidayFile, SaysWhatItLeavesOut) {
  const HolidayFile file = Read({
      "SUMMARY:Dentist\r\nDTSTART:20261225T100000Z\r\nDTEND:20261225T110000Z",
      "SUMMARY:Long\r\nDTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20261231",
      "SUMMARY:Daily\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=DAILY",
      "SUMMARY:Set\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=MO;"
      "BYSETPOS=-1",
      "SUMMARY:Nothing",
  });
  EXPECT_THAT(file.holidays, IsEmpty());
  EXPECT_THAT(file.skipped, ElementsAre(SkippedEntry{"Dentist", Skipped::kPartOfDay},
                                        SkippedEntry{"Long", Skipped::kTooLong},
                                        SkippedEntry{"Daily", Skipped::kRule},
                                        SkippedEntry{"Set", Skipped::kRule},
                                        SkippedEntry{"Nothing", Skipped::kUnreadable}));
}

TEST(ReadHolidayFile, TellsWhoIsFreeAndNamesEachDateOnce) {
  const HolidayFile file = Read({
      "SUMMARY:Observance\r\nDTSTART;VALUE=DATE:20261225\r\nTRANSP:TRANSPARENT",
      "SUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20261225\r\nTRANSP:OPAQUE",
      "SUMMARY:Eve\r\nDTSTART;VALUE=DATE:20261224\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE",
  });
  EXPECT_THAT(file.holidays, ElementsAre(Holiday{Day(2026, 12, 24), "Eve", true},
                                         Holiday{Day(2026, 12, 25), "Christmas", false}));
}

TEST(ReadHolidayFile, AnEntryInPlaceOfADateTakesThatOne) {
  const HolidayFile file = Read({
      "UID:1\r\nDTSTART;VALUE=DATE:20200501\r\nRRULE:FREQ=YEARLY;UNTIL=20271231",
      "UID:1\r\nRECURRENCE-ID;VALUE=DATE:20270501\r\nDTSTART;VALUE=DATE:20270503",
  });
  EXPECT_THAT(Dates(file), ElementsAre("2026-05-01", "2027-05-03"));
}

TEST(ReadHolidayFile, ReadsTheSameHoweverItsLinesAreWritten) {
  const std::string plain = Calendar({"SUMMARY:Neujahr\r\nDTSTART;VALUE=DATE:20270101"});
  std::string bare = plain;
  std::erase(bare, '\r');
  std::string small = plain;
  for (std::size_t at = 0; (at = small.find("DTSTART", at)) != std::string::npos;) {
    small.replace(at, 7, "dtstart");
  }
  const std::string zone =
      "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n"
      "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
  std::string zoned = plain;
  zoned.insert(zoned.find("BEGIN:VEVENT"), zone);
  std::string folded = plain;
  folded.insert(folded.find("E:20270101"), "\r\n\t");
  const std::pair<const char*, std::string> kCases[] = {
      {"as the standard has it", plain},
      {"with a mark of its order of bytes", "\xEF\xBB\xBF" + plain},
      {"with bare line feeds", bare},
      {"without a last line's end", plain.substr(0, plain.size() - 2)},
      {"in small letters", small},
      {"with a zone of its own", zoned},
      {"folded by a tabulator", folded},
      {"twice in one file", plain + plain},
  };
  for (const auto& [name, bytes] : kCases) {
    SCOPED_TRACE(name);
    const auto file = ReadHolidayFile(bytes, kWindow, kBerlin);
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_THAT(Dates(*file), ElementsAre("2027-01-01"));
  }
}

TEST(ReadHolidayFile, LabelsAreLines) {
  const HolidayFile file = Read({
      "SUMMARY:Heilige\r\n  Drei K\xC3\xB6nige\\, frei\r\nDTSTART;VALUE=DATE:20260106",
      "SUMMARY:" + std::string(70, 'x') + "\r\nDTSTART;VALUE=DATE:20260107",
      "SUMMARY:\xFF\xFE\r\nDTSTART;VALUE=DATE:20260108",
  });
  ASSERT_THAT(file.holidays, SizeIs(3));
  EXPECT_EQ(file.holidays[0].label, "Heilige Drei K\xC3\xB6nige, frei");
  EXPECT_EQ(file.holidays[1].label, std::string(60, 'x'));
  EXPECT_TRUE(CheckText("label", file.holidays[2].label, 0, kLabelCharsMax).ok());
}

TEST(ReadHolidayFile, RefusesWhatIsNoCalendarAndWhatIsTooMuch) {
  const auto refusal = [](std::string_view bytes) {
    return ReasonName(ReadHolidayFile(bytes, kWindow, kBerlin).status());
  };
  EXPECT_EQ(refusal(""), "INVALID_FIELD");
  EXPECT_EQ(refusal("Hello"), "INVALID_FIELD");
  EXPECT_EQ(refusal("<html></html>"), "INVALID_FIELD");
  EXPECT_EQ(refusal("END:VCALENDAR\r\n" + Calendar({})), "INVALID_FIELD");
  EXPECT_EQ(refusal("BEGIN:VEVENT\r\nEND:VEVENT\r\n"), "INVALID_FIELD");
  EXPECT_EQ(refusal(Calendar({}) + std::string(1, '\0')), "INVALID_FIELD");
  EXPECT_EQ(refusal(std::string(kHolidayFileBytesMax + 1, 'a')), "LIMIT_REACHED");
  std::string deep, folded, many = "BEGIN:VCALENDAR\r\n";
  for (int i = 0; i < 20'000; ++i) deep += "BEGIN:A\r\n";
  for (int i = 0; i < 20'000; ++i) folded += "BE\r\n gin:A\r\n";
  for (int i = 0; i < kHolidayEntriesMax; ++i) many += "BEGIN:VEVENT\r\nEND:VEVENT\r\n";
  EXPECT_EQ(refusal(deep), "LIMIT_REACHED");
  EXPECT_EQ(refusal(folded), "LIMIT_REACHED");
  EXPECT_EQ(refusal(many + "END:VCALENDAR\r\n"), "LIMIT_REACHED");
}

TEST(ReadHolidayFile, RulesThatNeverFitCostNothing) {
  std::vector<std::string> events;
  for (int i = 0; i < 1000; ++i) {
    events.push_back(
        "DTSTART;VALUE=DATE:19000101\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;"
        "COUNT=2147483647");
  }
  const HolidayFile file = Read(events);
  EXPECT_THAT(file.holidays, IsEmpty());
  EXPECT_THAT(file.skipped, SizeIs(kSkippedEntriesMax));
}

TEST(ReadHolidayFile, SurvivesWhateverAFileIsMadeInto) {
  const std::string whole = Calendar({
      "UID:1\r\nSUMMARY:A\r\nDTSTART;VALUE=DATE:20200501\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
      "UID:1\r\nRECURRENCE-ID;VALUE=DATE:20270501\r\nDTSTART;TZID=Europe/Berlin:20270503T000000",
      "DTSTART:20261224T230000Z\r\nDURATION:P1D\r\nEXDATE:20261225T000000\r\nTRANSP:TRANSPARENT",
  });
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  constexpr std::string_view kBytes = "0123456789:;=,-\r\n TZPYBEGINDAT\xFF\xC3";
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = whole;
    for (int change = 0; change < 8; ++change) {
      const std::size_t at = random() % bytes.size();
      if (random() % 4 == 0) {
        bytes.erase(at, random() % 20);
      } else {
        bytes[at] = kBytes[random() % kBytes.size()];
      }
      if (bytes.empty()) break;
    }
    const auto file = ReadHolidayFile(bytes, kWindow, kBerlin);
    if (!file.ok()) continue;
    for (const Holiday& one : file->holidays) {
      EXPECT_TRUE(one.date >= kWindow.first && one.date <= kWindow.last);
    }
  }
}

}  // namespace
}  // namespace kalends::core

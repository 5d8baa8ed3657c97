#include "core/timezone/zone_rules.h"

#include <sys/resource.h>

#include <filesystem>
#include <fstream>

#include "core/timezone/time_zone.h"
#include "core/timezone/zone_files.h"
#include "core/timezone/zone_table.h"
#include "gtest/gtest.h"
#include "tests/support/made_up_zones.h"
#include "tests/support/times.h"

namespace kalends::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using test::kTown;

constexpr char kTwoHours[] = "2:00 - TTT";
constexpr char kThreeHours[] = "3:00 - TTT";

TEST(ZoneRules, NewFilesAreInForceOnceTheyAreReloaded) {
  test::MadeUpZones zones(kTwoHours, "2026a");
  ReloadZoneRules();
  const auto before = TimeZone::Find(kTown);
  ASSERT_TRUE(before.has_value());
  const Instant noon = Utc("2030-06-01 12:00");
  EXPECT_EQ(before->OffsetAt(noon), hours(2));

  zones.SetRules(kThreeHours, "2026b");
  EXPECT_EQ(TimeZone::Find(kTown)->OffsetAt(noon), hours(2));
  EXPECT_EQ(ZoneRulesVersion(), "2026a");
  EXPECT_EQ(ReloadZoneRules(), std::vector<std::string>{kTown});
  EXPECT_EQ(TimeZone::Find(kTown)->OffsetAt(noon), hours(3));
  EXPECT_EQ(ZoneRulesVersion(), "2026b");
  // Who has it from before goes on with what it had.
  EXPECT_EQ(before->OffsetAt(noon), hours(2));
  EXPECT_TRUE(ReloadZoneRules().empty());
}

TEST(ZoneRules, AFileThatCannotBeReadLeavesTheZoneAsItWas) {
  test::MadeUpZones zones(kTwoHours);
  ReloadZoneRules();
  const Instant noon = Utc("2030-06-01 12:00");
  ASSERT_EQ(TimeZone::Find(kTown)->OffsetAt(noon), hours(2));
  const std::filesystem::path file = ZoneFolder() + "/" + kTown;
  for (const char* const broken : {"", "TZif", "no zone at all"}) {
    std::ofstream(file, std::ios::trunc) << broken;
    EXPECT_TRUE(ReloadZoneRules().empty()) << broken;
    EXPECT_EQ(TimeZone::Find(kTown)->OffsetAt(noon), hours(2)) << broken;
  }
  std::filesystem::remove(file);
  EXPECT_TRUE(ReloadZoneRules().empty());
  zones.SetRules(kThreeHours, "2026b");
  EXPECT_EQ(ReloadZoneRules(), std::vector<std::string>{kTown});
}

TEST(ZoneRules, WhileNoFileCanBeOpenedAllStaysAsItWas) {
  test::MadeUpZones zones(kTwoHours, "2026a");
  ReloadZoneRules();
  ASSERT_TRUE(TimeZone::Find(kTown).has_value());
  zones.SetRules(kThreeHours, "2026b");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{0, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  EXPECT_TRUE(ReloadZoneRules().empty());
  EXPECT_EQ(ZoneRulesVersion(), "2026a");
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(ReloadZoneRules(), std::vector<std::string>{kTown});
  EXPECT_EQ(ZoneRulesVersion(), "2026b");
}

TEST(ZoneRules, ALinkFollowsTheFileOfItsZone) {
  EXPECT_TRUE(ZoneFileMark("Europe/Kiev").has_value());
  EXPECT_EQ(ZoneFileMark("Europe/Atlantis"), std::nullopt);
}

TEST(ZoneRules, NothingButZonesToLiveInIsAZone) {
  for (const char* const name :
       {"", "/", "../zoneinfo/Europe/Berlin", "Europe/../Europe/Berlin", "Europe//Berlin",
        "/usr/share/zoneinfo/Europe/Berlin", "Europe", "Europe/", "zone.tab", "tzdata.zi",
        "localtime", "posixrules", "Factory", "right/Europe/Berlin", "posix/Europe/Berlin"}) {
    EXPECT_EQ(TimeZone::Find(name), std::nullopt) << name;
  }
}

TEST(ZoneRules, KnowsTheVersionAndHowManyZonesItKnows) {
  test::MadeUpZones zones(kTwoHours, "2026a");
  ReloadZoneRules();
  const ZoneRules rules = ReadZoneRules();
  EXPECT_EQ(rules.version, "2026a");
  EXPECT_TRUE(rules.written.has_value());
  EXPECT_GT(rules.zones_listed, 400);
  EXPECT_EQ(rules.zones_known, rules.zones_listed);
}

TEST(ZoneRules, AreOldAfterAYearByTheirFilesOrByTheirName) {
  const Instant written = Utc("2026-03-01");
  const struct {
    const char* name;
    const char* version;
    std::optional<Instant> written;
    Instant now;
    bool old;
  } kCases[] = {
      {"new", "2026b", written, written + days(30), false},
      {"a year to the second", "2026b", written, written + days(365), false},
      {"older by a second", "2026b", written, written + days(365) + std::chrono::seconds(1), true},
      {"files copied lately", "2024a", written, Utc("2026-03-02"), true},
      {"the year after the one it names", "2025c", std::nullopt, Utc("2026-12-31"), false},
      {"and the one after that", "2025c", std::nullopt, Utc("2027-01-02"), true},
      {"a version that says nothing", "", written, written + days(30), false},
      {"nothing known", "", std::nullopt, Utc("2040-01-01"), false},
      {"another way to name versions", "unknown", std::nullopt, Utc("2040-01-01"), false},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(AreOld({c.version, c.written, 1, 1}, c.now), c.old) << c.name;
  }
}

}  // namespace
}  // namespace kalends::core

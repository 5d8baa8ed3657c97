// What screens say about zones.
#include <gtest/gtest.h>

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/screens/accounts.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

TEST(Zone, IsCalledByItsCityInTheReadersLanguage) {
  const struct {
    const char* language;
    const char* zone;
    const char* name;
    const char* with_offset;  // Of December.
  } kCases[] = {
      {"de", "Europe/Berlin", "Berlin", "Berlin (UTC+1)"},
      {"ru", "Europe/Berlin", "Берлин", "Берлин (UTC+1)"},
      {"uk", "Europe/Kyiv", "Київ", "Київ (UTC+2)"},
      {"de", "Europe/Kiev", "Kiew", "Kiew (UTC+2)"},
      {"en", "Europe/Kyiv", "Kyiv", "Kyiv (UTC+2)"},
      {"es", "America/New_York", "Nueva York", "Nueva York (UTC−5)"},
      {"en", "America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires (UTC−3)"},
      {"de", "Atlantic/Reykjavik", "Reykjavík", "Reykjavík (UTC)"},
      {"fr", "Asia/Kathmandu", "Katmandou", "Katmandou (UTC+5:45)"},
      {"de", "UTC+05:45", "UTC+5:45", "UTC+5:45"},
      {"de", "UTC-03:00", "UTC−3", "UTC−3"},
      {"de", "UTC", "UTC", "UTC"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.zone);
    const Reader reader = ReaderIn(c.language, "");
    EXPECT_EQ(reader.t().formats().Zone(c.zone), c.name);
    EXPECT_EQ(ZoneAndOffset(reader, c.zone), c.with_offset);
  }
}

TEST(Settings, SayWhereWorkingHoursGoByAnotherClock) {
  const Reader reader = ReaderIn("de", "America/New_York");
  v1::Account account;
  account.set_time_zone("America/New_York");
  const Screen other = SettingsScreen(reader, account, "Europe/Berlin", FeedOf::kProvider);
  EXPECT_NE(other.text.find("in der Zeitzone <b>Berlin (UTC+1)</b>"), std::string::npos);
  EXPECT_EQ(other.rows[0][0].label, "Arbeitszeiten auf New York umstellen");
  const auto taken = std::get<Action>(other.rows[0][0].does).As<SetHoursZone>();
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->zone.text, "America/New_York");
  const Screen same = SettingsScreen(reader, account, "America/New_York", FeedOf::kProvider);
  EXPECT_EQ(same.text, SettingsScreen(reader, account, "", FeedOf::kProvider).text);
  EXPECT_EQ(same.rows.size() + 1, other.rows.size());
  // Who has no zone has none to give.
  EXPECT_EQ(SettingsScreen(ReaderIn("de", ""), {}, "Europe/Berlin", FeedOf::kCustomer).rows.size(),
            same.rows.size());
}

TEST(Cities, WithoutAHitLeaveTheWaysThatNeedNone) {
  const Reader reader = ReaderIn("de", "");
  OffsetsView view{.origin = Origin::kStart, .provider = {"0prv000000001"}};
  view.like = "Marie";
  view.like_zone = "Europe/Berlin";
  const auto labels = [&](const v1::SearchTimeZonesResponse& zones) {
    std::string all;
    for (const Row& row : CitiesScreen(reader, zones, view, "Musterhausen").rows) {
      for (const Button& button : row) all += button.label + "|";
    }
    return all;
  };
  EXPECT_EQ(labels({}), "Wie Marie: Berlin, jetzt 10:00|◀ Zurück|Später|");
  v1::SearchTimeZonesResponse zones;
  zones.add_zones()->set_time_zone("UTC+03:00");
  zones.mutable_zones(0)->set_city("UTC+03:00");
  EXPECT_EQ(labels(zones), "UTC+3 · 12:00|◀ Zurück|");
  view.origin = Origin::kSettings;
  view.like.clear();
  EXPECT_EQ(labels({}), "◀ Zurück|");
}

}  // namespace
}  // namespace kalends::telegram

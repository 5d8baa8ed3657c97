#include "adapters/web/feed.h"

#include <gtest/gtest.h>

#include "adapters/web/feed_rate.h"
#include "adapters/web/route.h"

namespace kalends::web {
namespace {

constexpr std::int64_t kStart = 1'799'312'400;  // 2027-01-07T09:00:00Z

v1::FeedEntry EntryOf(v1::Appointment::Status status) {
  v1::FeedEntry entry;
  entry.set_uid("0apt000000001");
  entry.set_revision(3);
  entry.mutable_change_time()->set_seconds(kStart - 86'400);
  entry.mutable_start_time()->set_seconds(kStart);
  entry.mutable_end_time()->set_seconds(kStart + 3600);
  entry.set_time_zone("Europe/Berlin");
  entry.set_status(status);
  entry.set_service_display_name("Massage");
  entry.add_participants("Ada Weiss");
  entry.set_provider_display_name("Praxis");
  entry.set_place("Hauptstr. 5");
  entry.set_capacity(1);
  return entry;
}

v1::FeedCalendar FeedWith(const v1::FeedEntry& entry) {
  v1::FeedCalendar feed;
  feed.set_display_name("Praxis");
  *feed.add_entries() = entry;
  v1::ZoneOffsets* const zone = feed.add_zones();
  zone->set_time_zone("Europe/Berlin");
  zone->add_spans()->set_offset_seconds(3600);
  return feed;
}

CalendarEvent EventOf(const v1::FeedEntry& entry) { return CalendarOf(FeedWith(entry)).events[0]; }

TEST(Feed, IsWhatTheCoreHas) {
  const Calendar calendar = CalendarOf(FeedWith(EntryOf(v1::Appointment::STATUS_ACCEPTED)));
  EXPECT_EQ(calendar.name, "Kalends · Praxis");
  ASSERT_EQ(calendar.zones.size(), 1U);
  EXPECT_EQ(calendar.zones[0].spans[0].offset, std::chrono::hours(1));
  ASSERT_EQ(calendar.events.size(), 1U);
  const CalendarEvent& event = calendar.events[0];
  EXPECT_EQ(event.uid, "0apt000000001");
  EXPECT_EQ(event.sequence, 3);
  EXPECT_EQ(event.stamp.time_since_epoch().count(), kStart - 86'400) << "never the present";
  EXPECT_EQ(event.start.time_since_epoch().count(), kStart);
  EXPECT_EQ(event.zone, "Europe/Berlin");
  EXPECT_EQ(event.summary, "Massage · Ada Weiss");
  EXPECT_EQ(event.description, "");
  EXPECT_EQ(event.place, "Hauptstr. 5");
  EXPECT_EQ(event.organizer, "Praxis");
}

TEST(Feed, HasTheStatusOfTheAppointment) {
  const struct {
    v1::Appointment::Status status;
    EventStatus expected;
  } kCases[] = {{v1::Appointment::STATUS_PENDING, EventStatus::kTentative},
                {v1::Appointment::STATUS_ACCEPTED, EventStatus::kConfirmed},
                {v1::Appointment::STATUS_COMPLETED, EventStatus::kConfirmed},
                {v1::Appointment::STATUS_MISSED, EventStatus::kConfirmed},
                {v1::Appointment::STATUS_REJECTED, EventStatus::kCancelled},
                {v1::Appointment::STATUS_CANCELLED, EventStatus::kCancelled}};
  for (const auto& c : kCases) EXPECT_EQ(EventOf(EntryOf(c.status)).status, c.expected);
}

TEST(Feed, NamesWhatThereIsToName) {
  v1::FeedEntry entry = EntryOf(v1::Appointment::STATUS_ACCEPTED);
  entry.set_specialist_display_name("Carla");
  EXPECT_EQ(EventOf(entry).summary, "Massage · Ada Weiss · Carla");
  entry.clear_service_display_name();
  EXPECT_EQ(EventOf(entry).summary, "Ada Weiss · Carla");
}

TEST(Feed, CountsTheSeatsOfASessionAndListsWhoComes) {
  v1::FeedEntry entry = EntryOf(v1::Appointment::STATUS_ACCEPTED);
  entry.set_service_display_name("Yoga");
  entry.add_participants("Bob");
  entry.set_capacity(8);
  EXPECT_EQ(EventOf(entry).summary, "Yoga (2/8)");
  EXPECT_EQ(EventOf(entry).description, "Ada Weiss\nBob");
}

TEST(Feed, RemindsAsTheProviderDoes) {
  v1::FeedEntry entry = EntryOf(v1::Appointment::STATUS_ACCEPTED);
  entry.add_reminders()->set_seconds(86'400);
  EXPECT_EQ(EventOf(entry).alarms, std::vector<std::chrono::seconds>{std::chrono::hours(24)});
}

TEST(Feed, ChangedWhenItsLastEntryDid) {
  v1::FeedCalendar feed = FeedWith(EntryOf(v1::Appointment::STATUS_ACCEPTED));
  feed.add_entries()->mutable_change_time()->set_seconds(kStart);
  ASSERT_TRUE(LastChangeOf(feed));
  EXPECT_EQ(HttpDate(*LastChangeOf(feed)), "Thu, 07 Jan 2027 09:00:00 GMT");
  EXPECT_FALSE(LastChangeOf({}));
}

TEST(Feed, HasAnAddressOfItsToken) {
  const std::string token(43, 'x');
  const Route route = RouteOf("/c/" + token + ".ics");
  ASSERT_TRUE(std::holds_alternative<FeedRoute>(route));
  EXPECT_EQ(std::get<FeedRoute>(route).token, token);
  EXPECT_TRUE(std::holds_alternative<FeedRoute>(RouteOf("/c/" + token + ".ics?x=1")));
  for (const std::string& path :
       {"/c/" + token, "/c/" + token + ".ICS", "/c/" + token + "x.ics", std::string("/c/.ics"),
        std::string("/c/"), "/c/" + std::string(42, 'x') + ".ics",
        "/c/" + std::string(42, 'x') + "%2F.ics"}) {
    EXPECT_TRUE(std::holds_alternative<NoRoute>(RouteOf(path))) << path;
  }
}

TEST(FeedRate, LetsSoManyReadsThroughInAWindow) {
  FeedRate rate;
  const FeedRate::Clock::time_point begun{std::chrono::hours(5)};
  for (int i = 0; i < kFeedReadsMax; ++i) {
    EXPECT_EQ(rate.Wait("a", begun).count(), 0);
    rate.Count("a", begun);
  }
  EXPECT_EQ(rate.Wait("a", begun), kFeedReadsWindow);
  EXPECT_EQ(rate.Wait("b", begun).count(), 0);
  EXPECT_GT(rate.Wait("a", begun + kFeedReadsWindow - std::chrono::milliseconds(1)).count(), 0);
  EXPECT_EQ(rate.Wait("a", begun + kFeedReadsWindow).count(), 0);
  rate.Count("a", begun + kFeedReadsWindow);
  EXPECT_EQ(rate.Wait("a", begun + kFeedReadsWindow).count(), 0) << "a window of its own";
}

}  // namespace
}  // namespace kalends::web

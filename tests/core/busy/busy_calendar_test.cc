// Which calendars may be added, when they are fetched, and what is kept of them.
#include "core/busy/busy_calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNow = FromUnixSeconds(1'780'000'000);

TEST(BusyAddress, TakesWhatIsFetchedByHttp) {
  const struct {
    const char* typed;
    const char* address;
  } kCases[] = {
      {"https://a.example/c.ics", "https://a.example/c.ics"},
      {" webcal://A.Example/C.ics?t=1 ", "https://a.example/C.ics?t=1"},
      {"webcals://a.example", "https://a.example"},
      {"HTTPS://a.example:8443/", "https://a.example:8443/"},
      {"http://a.example/c.ics", "http://a.example/c.ics"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.typed);
    const auto address = BusyAddress("address", c.typed);
    ASSERT_TRUE(address.ok()) << address.status();
    EXPECT_EQ(*address, c.address);
  }
}

TEST(BusyAddress, RefusesEverythingElse) {
  for (const std::string& typed :
       {std::string(), std::string("a.example/c.ics"), std::string("file:///etc/passwd"),
        std::string("ftp://a.example/"), std::string("https://"), std::string("https:///c.ics"),
        std::string("https://:80/"), std::string("https://user:word@a.example/"),
        std::string("https://a.example/#part"), std::string("https://a.example/a b"),
        std::string("https://a.example/\r\nHost: b"),
        "https://a.example/" + std::string(kBusyAddressCharsMax, 'a')}) {
    EXPECT_EQ(ReasonOf(BusyAddress("address", typed).status()), Reason::kInvalidField) << typed;
  }
}

TEST(BusyAddress, ItsHostMayBeShown) {
  EXPECT_EQ(HostOf("https://a.example/secret"), "a.example");
  EXPECT_EQ(HostOf("https://a.example:8443?secret"), "a.example");
  EXPECT_EQ(HostOf("https://[2001:db8::1]:80/secret"), "[2001:db8::1]");
}

TEST(CheckBusyCalendar, APasswordGoesByTlsAndWithAUser) {
  BusyCalendar calendar;
  calendar.address = "https://a.example";
  calendar.user = "user";
  calendar.password = "word";
  EXPECT_TRUE(CheckBusyCalendar(calendar).ok());
  calendar.address = "http://a.example";
  EXPECT_EQ(ReasonOf(CheckBusyCalendar(calendar)), Reason::kInvalidField);
  calendar.address = "https://a.example";
  calendar.user = "us:er";
  EXPECT_EQ(ReasonOf(CheckBusyCalendar(calendar)), Reason::kInvalidField);
  calendar.user.clear();
  EXPECT_EQ(ReasonOf(CheckBusyCalendar(calendar)), Reason::kInvalidField);
}

TEST(NoteFailure, WaitsLongerEachTimeUpToADayAndASuccessForgetsIt) {
  BusyCalendar calendar;
  Instant last = kNow;
  for (int i = 0; i < 40; ++i) {
    NoteFailure(calendar, BusyFailure::kUnreachable, 0, seconds(0), kNow, 0);
    EXPECT_GE(calendar.next_fetch, last);
    EXPECT_LE(calendar.next_fetch, kNow + kBusyRetryMax);
    last = calendar.next_fetch;
  }
  EXPECT_EQ(last, kNow + kBusyRetryMax);
  NoteSuccess(calendar, kNow, 0);
  EXPECT_EQ(calendar.next_fetch, kNow + kBusyFetchEvery);
  EXPECT_EQ(calendar.failure, std::nullopt);
  EXPECT_EQ(calendar.failed, std::nullopt);
}

TEST(NoteFailure, WaitsAsLongAsTheServerAsksUpToADay) {
  BusyCalendar calendar;
  NoteFailure(calendar, BusyFailure::kBusy, 429, hours(3), kNow, 0);
  EXPECT_EQ(calendar.next_fetch, kNow + hours(3));
  // Nor does somebody's wish go before it.
  EXPECT_EQ(FetchNowAt(calendar, kNow + minutes(5)), kNow + hours(3));
  BusyCalendar other;
  NoteFailure(other, BusyFailure::kBusy, 429, hours(300), kNow, 0);
  EXPECT_EQ(other.next_fetch, kNow + kBusyRetryMax);
}

TEST(NoteSuccess, SpreadsTheNextFetch) {
  BusyCalendar calendar;
  for (const std::uint64_t random : {std::uint64_t{0}, std::uint64_t{12'345}, ~std::uint64_t{0}}) {
    NoteSuccess(calendar, kNow, random);
    EXPECT_GE(calendar.next_fetch, kNow + kBusyFetchEvery);
    EXPECT_LE(calendar.next_fetch, kNow + kBusyFetchEvery * 5 / 4);
  }
}

TEST(FetchNowAt, IsAtOnceButNotWithinAMinuteOfTheLast) {
  BusyCalendar calendar;
  NoteSuccess(calendar, kNow, 0);
  EXPECT_EQ(FetchNowAt(calendar, kNow + minutes(2)), kNow + minutes(2));
  EXPECT_EQ(FetchNowAt(calendar, kNow + seconds(1)), kNow + kBusyFetchNowEvery);
}

TEST(IsReadAnew, OnceADayAlsoWhereNothingHasChanged) {
  BusyCalendar calendar;
  EXPECT_TRUE(IsReadAnew(calendar, kNow));
  calendar.read = kNow;
  EXPECT_FALSE(IsReadAnew(calendar, kNow + kBusyReadEvery - seconds(1)));
  EXPECT_TRUE(IsReadAnew(calendar, kNow + kBusyReadEvery));
}

TEST(MergedTimes, AreApartAndInTheWindow) {
  const Interval window{kNow, kNow + hours(10)};
  const auto at = [](int from, int to) { return Interval{kNow + hours(from), kNow + hours(to)}; };
  const auto merged =
      MergedTimes({at(9, 12), at(2, 3), at(-2, 1), at(3, 4), at(20, 21), at(2, 3)}, window);
  ASSERT_TRUE(merged.ok());
  EXPECT_THAT(*merged, testing::ElementsAre(at(0, 1), at(2, 4), at(9, 10)));
}

TEST(MergedTimes, AreSoManyAtMost) {
  std::vector<Interval> times;
  for (std::size_t i = 0; i <= kBusyTimesMax; ++i) {
    const Instant start = kNow + seconds(2 * i);
    times.push_back({start, start + seconds(1)});
  }
  const Interval window{kNow, kNow + hours(1000)};
  EXPECT_EQ(ReasonOf(MergedTimes(times, window).status()), Reason::kLimitReached);
  times.pop_back();
  EXPECT_TRUE(MergedTimes(times, window).ok());
}

}  // namespace
}  // namespace kalends::core

#include "core/base/id.h"

#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <unordered_set>

#include "gtest/gtest.h"
#include "tests/support/seed.h"

namespace kalends::core {
namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
constexpr Instant kNow = Instant(std::chrono::seconds(1795000000));

TEST(Id, IsThirteenLettersAndDigits) {
  EXPECT_EQ(EncodeId(0), "0000000000000");
  EXPECT_EQ(EncodeId(1), "0000000000001");
  EXPECT_EQ(EncodeId(31), "000000000000z");
  EXPECT_EQ(EncodeId(32), "0000000000010");
  EXPECT_EQ(EncodeId(kLargest), "7zzzzzzzzzzzz");
}

TEST(Id, ReadsBackWhatItWrote) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  for (int i = 0; i < 10000; ++i) {
    const auto value = static_cast<std::int64_t>(random() >> (1 + random() % 63));
    EXPECT_EQ(DecodeId(EncodeId(value)), value);
  }
  EXPECT_EQ(DecodeId(EncodeId(0)), 0);
  EXPECT_EQ(DecodeId(EncodeId(kLargest)), kLargest);
}

TEST(Id, TextsSortAsNumbersDo) {
  const std::int64_t values[] = {0, 1, 9, 10, 31, 32, 1023, 1024, 1LL << 40, kLargest};
  for (const std::int64_t a : values) {
    for (const std::int64_t b : values) EXPECT_EQ(a < b, EncodeId(a) < EncodeId(b));
  }
}

TEST(Id, RefusesEverythingElse) {
  const char* const kTexts[] = {"",
                                "0",
                                "000000000000",
                                "00000000000000",
                                "000000000000i",
                                "000000000000l",
                                "000000000000o",
                                "000000000000u",
                                "000000000000Z",
                                "000000000000-",
                                "000000000000 ",
                                "8000000000000",
                                "zzzzzzzzzzzzz",
                                "00000000000\xC3\xA4"};
  for (const char* text : kTexts) EXPECT_EQ(DecodeId(text), std::nullopt) << text;
  EXPECT_EQ(DecodeId(std::string_view("000000000000\0", 13)), std::nullopt);
}

TEST(Id, OfADamagedRowHasATextThatIsNobodys) {
  for (const std::int64_t damaged : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::min()}) {
    const std::string text = EncodeId(damaged);
    EXPECT_EQ(text.size(), kIdLength);
    EXPECT_EQ(DecodeId(text), std::nullopt) << text;
  }
}

TEST(Id, KindsParseAndHash) {
  const ServiceId id{42};
  EXPECT_EQ(ServiceId::Parse(id.ToString()), id);
  EXPECT_EQ(ServiceId::Parse("nonsense"), std::nullopt);
  const std::unordered_set<ServiceId> ids{id, ServiceId{43}, id};
  EXPECT_EQ(ids.size(), 2U);
}

TEST(IdSource, GrowsWithTimeAndNeverRepeats) {
  std::mt19937_64 random(1);
  IdSource source([&random] { return random(); });
  std::set<AppointmentId> ids;
  AppointmentId last{0};
  for (int i = 0; i < 10000; ++i) {
    const auto id = source.Next<AppointmentId>(kNow + std::chrono::seconds(i / 100));
    EXPECT_LT(last, id);
    EXPECT_TRUE(ids.insert(id).second);
    last = id;
  }
}

TEST(IdSource, ANewSecondSortsAfterTheOneBefore) {
  IdSource high([] { return ~std::uint64_t{0}; });
  IdSource low([] { return std::uint64_t{0}; });
  EXPECT_LT(high.Next<AccountId>(kNow), low.Next<AccountId>(kNow + std::chrono::seconds(1)));
}

TEST(IdSource, StaysAheadWhenTheClockIsSetBack) {
  IdSource source([] { return std::uint64_t{7}; });
  const auto first = source.Next<AccountId>(kNow);
  EXPECT_LT(first, source.Next<AccountId>(kNow - std::chrono::hours(1)));
}

TEST(IdSource, GoesOnAboveWhatAnotherOneReserved) {
  IdSource before([] { return ~std::uint64_t{0}; });
  IdSource after([] { return std::uint64_t{0}; });
  const auto last = before.Next<AccountId>(kNow);
  EXPECT_EQ(before.Last(), last.value);
  EXPECT_GT(before.Reserved(), last.value);
  after.GoOnAbove(before.Reserved());
  EXPECT_LT(before.Reserved(), after.Next<AccountId>(kNow).value);
  after.GoOnAbove(1);
  EXPECT_LT(before.Reserved(), after.Next<AccountId>(kNow - std::chrono::hours(1)).value);
}

TEST(IdSource, AClockOfAnyYearLeavesRoomForIds) {
  IdSource source([] { return ~std::uint64_t{0}; });
  for (const std::int64_t second :
       {INT64_MIN / 2, std::int64_t{0}, std::int64_t{1} << 33, INT64_MAX / 2}) {
    const Instant wrong = FromUnixSeconds(second);
    const auto first = source.Next<AccountId>(wrong);
    EXPECT_GE(first.value, 0) << second;
    EXPECT_LT(first, source.Next<AccountId>(wrong)) << second;
    EXPECT_LT(source.Reserved(), INT64_MAX - (std::int64_t{1} << 49)) << second;
  }
}

TEST(IdSource, IdsArePositiveThroughTheYear2200) {
  IdSource source([] { return ~std::uint64_t{0}; });
  const Instant late{std::chrono::sys_days{std::chrono::year{2200} / 12 / 31}};
  EXPECT_GT(source.Next<AccountId>(late).value, 0);
}

}  // namespace
}  // namespace kalends::core

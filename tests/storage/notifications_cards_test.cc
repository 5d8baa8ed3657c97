#include "storage/notifications_cards.h"

#include <gmock/gmock.h>

#include "storage/booking.h"
#include "storage/privacy.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr core::AppointmentId kFirst{101}, kSecond{102};

Card CardOf(core::AccountId account, const char* message, core::AppointmentId appointment,
            std::int64_t revision) {
  return {account, "telegram", message, appointment, revision, kNow + hours(1)};
}

class CardsTest : public testing::Test {
 protected:
  CardsTest() {
    store_.Write([](Transaction& tx) {
      InsertAppointment(tx, SampleAppointment(kFirst.value, kNow + hours(1)));
      InsertAppointment(tx, SampleAppointment(kSecond.value, kNow + hours(2)));
    });
  }
  void Put(const Card& card) {
    store_.Write([&](Transaction& tx) { PutCard(tx, card); });
  }
  std::vector<std::string> Stale(core::AccountId account, core::AppointmentId appointment,
                                 std::int64_t revision) {
    return store_.Read([&](Transaction& tx) {
      return StaleCards(tx, account, "telegram", appointment, revision);
    });
  }

  Store store_;
};

TEST_F(CardsTest, AreStaleWhereTheyShowAnEarlierRevision) {
  Put(CardOf(kAda, "1", kFirst, 1));
  Put(CardOf(kAda, "2", kFirst, 3));
  Put(CardOf(kCarlaAccount, "1", kFirst, 2));
  Put(CardOf(kAda, "3", kSecond, 1));
  EXPECT_THAT(Stale(kAda, kFirst, 3), ElementsAre("1"));
  EXPECT_THAT(Stale(kAda, kFirst, 4), ElementsAre("1", "2"));
  EXPECT_THAT(Stale(kBen, kFirst, 4), IsEmpty());
  const auto accounts = [&](std::int64_t revision) {
    return store_.Read(
        [&](Transaction& tx) { return AccountsWithStaleCards(tx, kFirst, revision); });
  };
  EXPECT_THAT(accounts(1), IsEmpty());
  EXPECT_THAT(accounts(2), ElementsAre(kAda));
  EXPECT_THAT(accounts(3), ElementsAre(kAda, kCarlaAccount));
}

TEST_F(CardsTest, AMessageShowsOneAppointmentTheLastOne) {
  Put(CardOf(kAda, "1", kFirst, 1));
  Put(CardOf(kAda, "1", kSecond, 1));
  EXPECT_THAT(Stale(kAda, kFirst, 9), IsEmpty());
  EXPECT_THAT(Stale(kAda, kSecond, 9), ElementsAre("1"));
  store_.Write([](Transaction& tx) { DeleteCard(tx, kAda, "telegram", "1"); });
  EXPECT_THAT(Stale(kAda, kSecond, 9), IsEmpty());
}

TEST_F(CardsTest, TheNewestOfAnAccountAreKept) {
  for (const char* message : {"1", "2", "3", "4"}) Put(CardOf(kAda, message, kFirst, 1));
  Put(CardOf(kCarlaAccount, "1", kFirst, 1));
  Put(CardOf(kAda, "2", kFirst, 1));  // Drawn again.
  store_.Write([](Transaction& tx) { DeleteOldCards(tx, kAda, kFirst, 2); });
  EXPECT_THAT(Stale(kAda, kFirst, 9), ElementsAre("4", "2"));
  EXPECT_THAT(Stale(kCarlaAccount, kFirst, 9), ElementsAre("1"));
}

TEST_F(CardsTest, AreForgottenInTimeWhichAMovedAppointmentPutsOff) {
  Put(CardOf(kAda, "1", kFirst, 1));
  Put(CardOf(kAda, "2", kSecond, 1));
  store_.Write([](Transaction& tx) { SetForgetOfCards(tx, kSecond, kNow + hours(9)); });
  const auto old = [&](core::Instant now) {
    return store_.Read([&](Transaction& tx) { return HasOldCards(tx, now); });
  };
  EXPECT_FALSE(old(kNow));
  EXPECT_TRUE(old(kNow + hours(1)));
  store_.Write([](Transaction& tx) { EXPECT_EQ(PurgeCards(tx, kNow + hours(1), 10), 1); });
  EXPECT_FALSE(old(kNow + hours(8)));
  EXPECT_THAT(Stale(kAda, kSecond, 9), ElementsAre("2"));
}

TEST_F(CardsTest, GoWithTheAccountThatSeesThem) {
  Put(CardOf(kAda, "1", kFirst, 1));
  Put(CardOf(kCarlaAccount, "1", kFirst, 1));
  store_.Write([](Transaction& tx) { Erase(tx, {.account = kAda, .now = kNow}); });
  EXPECT_THAT(Stale(kAda, kFirst, 9), IsEmpty());
  EXPECT_THAT(Stale(kCarlaAccount, kFirst, 9), ElementsAre("1"));
}

}  // namespace
}  // namespace kalends::storage

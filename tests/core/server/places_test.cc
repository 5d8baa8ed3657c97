#include "core/server/places.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::server {
namespace {

using Place = std::unique_ptr<Places::Place>;
using std::chrono::seconds;

// One who has a place, and what became of it.
struct Stream {
  core::Ticks waited = seconds(0);
  std::string told = "";
  Place place = nullptr;

  Places::Holder Holder() {
    return {[this] { return waited; },
            [this](const absl::Status& why) {
              told = core::ReasonName(why);
              place.reset();
            }};
  }
  // The reason that it was refused; "OK".
  std::string Begin(Places& places, const Places::Owners& owners) {
    auto taken = places.Take(owners, Holder());
    if (!taken.ok()) return core::ReasonName(taken.status());
    place = *std::move(taken);
    return "OK";
  }
};

std::string MaxOf(const absl::Status& status) {
  return core::ReasonOf(status) == core::Reason::kLimitReached ? core::MetadataOf(status).at("max")
                                                               : "";
}

TEST(Places, TheModestGetInWhileTheGreedyHaveTheirShare) {
  Places places({"uploads_at_once", 10, 3});
  std::vector<Place> taken;
  for (int i = 0; i < 3; ++i) taken.push_back(places.Take({"greedy"}).value());
  const auto refused = places.Take({"greedy"});
  EXPECT_EQ(MaxOf(refused.status()), "3");
  EXPECT_EQ(core::MetadataOf(refused.status()).at("limit"), "uploads_at_once");
  EXPECT_TRUE(places.Take({"modest"}).ok());
}

TEST(Places, TheWholeIsLimitedToo) {
  Places places({"uploads_at_once", 2, 2});
  const Place first = places.Take({"a"}).value();
  Place second = places.Take({"b"}).value();
  EXPECT_EQ(MaxOf(places.Take({"c"}).status()), "2");
  second.reset();
  EXPECT_TRUE(places.Take({"c"}).ok());
}

TEST(Places, OneThatIsGivenBackIsFreeForItsOwner) {
  Places places({"uploads_at_once", 10, 1});
  for (int i = 0; i < 20; ++i) {
    const auto place = places.Take({"a"});
    ASSERT_TRUE(place.ok());
    EXPECT_FALSE(places.Take({"a"}).ok());
  }
}

// A key that calls from two addresses, and an address with two keys.
TEST(Places, OneOfSeveralOwnersIsOfTheShareOfEach) {
  Places places({"uploads_at_once", 10, 2});
  const Place first = places.Take({"key", "here"}).value();
  const Place second = places.Take({"key", "there"}).value();
  EXPECT_FALSE(places.Take({"key", "elsewhere"}).ok());
  const Place third = places.Take({"other", "here"}).value();
  EXPECT_FALSE(places.Take({"third", "here"}).ok());
  EXPECT_TRUE(places.Take({"third", "there"}).ok());
}

TEST(Places, OfWhoHasMostTheOneThatWaitsLongestGivesWayToWhoHasNone) {
  Places places({"exports_at_once", 5, 3});
  Stream streams[5] = {{seconds(9)}, {seconds(1)}, {seconds(3)}, {seconds(2)}, {seconds(8)}};
  const char* owners[5] = {"a", "b", "b", "b", "a"};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(streams[i].Begin(places, {owners[i]}), "OK");
  Stream newcomer;
  EXPECT_EQ(newcomer.Begin(places, {"c"}), "OK");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(streams[i].told, i == 2 ? "GAVE_WAY" : "") << i;
  // It is its own place that was given back, and not one of those that are there now.
  EXPECT_EQ(Stream().Begin(places, {"b"}), "LIMIT_REACHED");
}

TEST(Places, WhoHasOneAlreadyIsNobodysNewcomer) {
  Places places({"exports_at_once", 3, 2});
  Stream greedy[2];
  for (Stream& stream : greedy) EXPECT_EQ(stream.Begin(places, {"greedy"}), "OK");
  Stream first;
  EXPECT_EQ(first.Begin(places, {"modest"}), "OK");
  EXPECT_EQ(Stream().Begin(places, {"modest"}), "LIMIT_REACHED");
  EXPECT_EQ(greedy[0].told + greedy[1].told, "");
}

TEST(Places, WhereEverybodyHasOneOnlyWhoKeepsItWaitingLongGivesWay) {
  Places places({"exports_at_once", 2, 2});
  Stream reads{core::kGiveWayAfter - seconds(1)};
  Stream waits{core::kGiveWayAfter - seconds(1)};
  EXPECT_EQ(reads.Begin(places, {"a"}), "OK");
  EXPECT_EQ(waits.Begin(places, {"b"}), "OK");
  EXPECT_EQ(Stream().Begin(places, {"c"}), "LIMIT_REACHED");
  waits.waited = core::kGiveWayAfter;
  Stream newcomer;
  EXPECT_EQ(newcomer.Begin(places, {"c"}), "OK");
  EXPECT_EQ(waits.told, "GAVE_WAY");
  EXPECT_EQ(reads.told, "");
}

TEST(Places, WhoWasToldAndDoesNotGoIsNotToldAgainAndKeepsNobodyOut) {
  Places places({"exports_at_once", 2, 2});
  int told = 0;
  std::vector<Place> kept;
  const auto holder = [&] {
    return Places::Holder{[] { return core::Ticks(seconds(60)); },
                          [&](const absl::Status&) { ++told; }};
  };
  for (const char* owner : {"a", "b", "c", "d"}) {
    kept.push_back(places.Take({owner}, holder()).value());
  }
  EXPECT_EQ(told, 2);
  // As many as there are places are on their way out: that is enough.
  EXPECT_FALSE(places.Take({"e"}, holder()).ok());
  kept.erase(kept.begin());
  EXPECT_TRUE(places.Take({"e"}, holder()).ok());
  EXPECT_EQ(told, 3);
}

TEST(Places, WhatHasNoHolderIsKept) {
  Places places({"notification_streams", 2, 2});
  const Place first = places.Take({"a"}).value();
  const Place second = places.Take({"a"}).value();
  EXPECT_FALSE(places.Take({"b"}).ok());
  EXPECT_EQ(Stream{seconds(60)}.Begin(places, {"b"}), "LIMIT_REACHED");
}

}  // namespace
}  // namespace kalends::server

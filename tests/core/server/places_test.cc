#include "core/server/places.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace kalends::server {
namespace {

using Place = std::unique_ptr<Places::Place>;

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

}  // namespace
}  // namespace kalends::server

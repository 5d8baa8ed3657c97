// An update that nobody can read is passed over, it alone, and only after some tries.
#include "adapters/telegram/poll_plan.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "adapters/telegram/update.h"

namespace kalends::telegram {
namespace {

using nlohmann::json;

json Updates(std::initializer_list<std::int64_t> ids) {
  json updates = json::array();
  for (const std::int64_t id : ids) updates.push_back({{"update_id", id}});
  return updates;
}

TEST(PollPlan, GoesOnAfterTheLastOfABatch) {
  PollPlan plan;
  EXPECT_EQ(plan.offset(), 0);
  EXPECT_EQ(plan.limit(), kUpdatesPerPoll);
  EXPECT_TRUE(plan.OnUpdates(Updates({})));
  EXPECT_EQ(plan.offset(), 0);
  EXPECT_TRUE(plan.OnUpdates(Updates({7, 8})));
  EXPECT_EQ(plan.offset(), 9);
  // Ids may start again lower.
  EXPECT_TRUE(plan.OnUpdates(Updates({3})));
  EXPECT_EQ(plan.offset(), 4);
}

// Of another life of the numbers.
json Later(std::int64_t id) {
  return {{"update_id", id}, {"message", {{"message_id", 1}, {"date", 1797843600}}}};
}

TEST(PollPlan, AfterAFailureAllThatIsUnconfirmedIsAskedForAndWhatWasDoneIsARepeat) {
  PollPlan plan;
  EXPECT_TRUE(plan.OnUpdates(Updates({7, 8})));
  EXPECT_FALSE(plan.IsRepeat(Updates({8})[0]));  // Telegram has been told.
  plan.OnFailure();
  EXPECT_EQ(plan.offset(), 0);
  EXPECT_TRUE(plan.IsRepeat(Updates({8})[0]));
  EXPECT_FALSE(plan.IsRepeat(Updates({9})[0]));
  EXPECT_FALSE(plan.IsRepeat(Later(8)));
  EXPECT_FALSE(plan.IsRepeat(json::object()));
  EXPECT_TRUE(plan.OnUpdates(json::array({Later(1)})));
  EXPECT_EQ(plan.offset(), 2);
  EXPECT_FALSE(plan.IsRepeat(Updates({8})[0]));
}

TEST(PollPlan, AnUpdateWithoutAnIdIsPassedOverWithItsBatch) {
  const json nameless = json::array({json::object(), {{"update_id", "x"}}, 5, nullptr});
  PollPlan plan;
  EXPECT_FALSE(plan.OnUpdates(nameless));  // Nobody knows where it is.
  json batch = nameless;
  batch.push_back({{"update_id", 7}});
  batch.push_back({{"update_id", std::numeric_limits<std::int64_t>::max()}});
  EXPECT_TRUE(plan.OnUpdates(batch));
  EXPECT_EQ(plan.offset(), 8);
  EXPECT_FALSE(plan.OnUpdates(nameless));  // Nor are real ones lost by counting these.
  EXPECT_EQ(plan.offset(), 8);
}

// What a Telegram answers whose updates `poison` nobody can read.
TEST(PollPlan, OnlyTheUnreadableAreLost) {
  const std::set<std::int64_t> kPoison = {7, 8, 50, 203};
  PollPlan plan;
  std::set<std::int64_t> handled;
  std::set<std::int64_t> passed_over;
  int asked = 0;
  while (handled.size() + passed_over.size() < 250U) {
    ASSERT_LT(++asked, 500);
    json updates = json::array();
    bool readable = true;
    const std::int64_t first = std::max<std::int64_t>(plan.offset(), 1);
    for (std::int64_t id = first; id <= 250 && id < first + plan.limit(); ++id) {
      updates.push_back({{"update_id", id}});
      readable = readable && !kPoison.contains(id);
    }
    const std::string body = R"({"ok":true,"result":[{"update_id":)" + std::to_string(first);
    if (!readable) {
      if (const auto id = plan.OnUnreadable(body)) passed_over.insert(*id);
      continue;
    }
    for (const json& update : updates) handled.insert(update["update_id"].get<std::int64_t>());
    EXPECT_TRUE(plan.OnUpdates(updates));
  }
  EXPECT_EQ(passed_over, kPoison);
  plan.OnUpdates(Updates({}));
  EXPECT_EQ(plan.limit(), kUpdatesPerPoll);
}

TEST(PollPlan, WhatATryLaterCanBeReadIsNotPassedOver) {
  PollPlan plan;
  EXPECT_FALSE(plan.OnUnreadable("{"));
  EXPECT_FALSE(plan.OnUnreadable("{"));
  EXPECT_TRUE(plan.OnUpdates(Updates({5})));
  EXPECT_FALSE(plan.OnUnreadable("{"));
  EXPECT_FALSE(plan.OnUnreadable("{"));
  EXPECT_EQ(plan.limit(), kUpdatesPerPoll);
  EXPECT_EQ(plan.offset(), 6);
}

TEST(PollPlan, NothingIsPassedOverByGuess) {
  const auto after_tries = [](PollPlan& plan, std::string_view answer) {
    std::optional<std::int64_t> id;
    for (int i = 0; i < 2 * kUnreadableTriesMax && !id; ++i) id = plan.OnUnreadable(answer);
    return id;
  };
  PollPlan unknown;
  EXPECT_EQ(after_tries(unknown, R"({"ok":true,"result":[{"upd)"), std::nullopt);
  EXPECT_EQ(unknown.offset(), 0);
  PollPlan known;
  known.OnUpdates(Updates({5}));
  EXPECT_EQ(after_tries(known, "<html>Please sign in to this network</html>"), std::nullopt);
  EXPECT_EQ(known.offset(), 6);
  EXPECT_EQ(after_tries(known, R"({"ok":true,"result":[{"upd)"), std::nullopt);
  EXPECT_EQ(after_tries(known, R"(<html>{"update_id":7}</html>)"), std::nullopt);
  EXPECT_EQ(after_tries(known, R"({"ok":true,"result":[{"update_id":2147483640,"mess)"),
            std::nullopt);
  EXPECT_EQ(after_tries(known, R"({"ok":true,"result":[{"update_id":3,"mess)"), std::nullopt);
  EXPECT_EQ(known.offset(), 6);
  EXPECT_EQ(after_tries(known, R"({"ok":true,"result":[{"update_id":6,"mess)"), 6);
  EXPECT_EQ(known.offset(), 7);
}

TEST(FindUpdateId, ReadsTheFirstEvenFromRubble) {
  const struct {
    const char* bytes;
    std::optional<std::int64_t> id;
  } kCases[] = {
      {R"({"ok":true,"result":[{"update_id":12,"mess)", 12},
      {R"({"update_id" : 12})", 12},
      // What somebody wrote does not pass for one.
      {R"({"text":"\"update_id\":5","update_id":6})", 6},
      {R"({"update_id":"x"})", std::nullopt},
      {R"({"update_id":)", std::nullopt},
      {R"({"update_id":-4})", std::nullopt},
      {R"({"update_id":99999999999999999999})", std::nullopt},
      {R"({"update_id":9223372036854775807})", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& c : kCases) EXPECT_EQ(FindUpdateId(c.bytes), c.id) << c.bytes;
}

}  // namespace
}  // namespace kalends::telegram

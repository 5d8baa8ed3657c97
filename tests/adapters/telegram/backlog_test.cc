// What is kept of updates that take long, and what a crash leaves of it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "adapters/telegram/inbox.h"
#include "tests/adapters/telegram/inbox_support.h"
#include "tests/adapters/telegram/session_server.h"

namespace kalends::telegram {
namespace {

using nlohmann::json;

class BacklogTest : public testing::Test {
 protected:
  // What a process finds that starts now.
  std::vector<json> Load() {
    Backlog backlog(client_);
    auto loaded = backlog.Load();
    EXPECT_TRUE(loaded.ok());
    std::vector<json> updates;
    if (loaded.ok()) {
      for (const KeptUpdate& kept : *loaded) updates.push_back(kept.update);
    }
    return updates;
  }

  SessionServer core_;
  Client client_{core_.address(), "key"};
};

TEST_F(BacklogTest, KeepsUpdatesOfAnyLengthUntilTheyAreDropped) {
  const std::vector<json> updates{LeftTheGroup(5), Long(6, 20'000), Long(7, 4'000)};
  Backlog backlog(client_);
  ASSERT_TRUE(backlog.Load().ok());
  for (const json& update : updates) EXPECT_TRUE(backlog.Keep(Of(update), update));
  EXPECT_EQ(core_.kept().size(), 1U + 5U + 2U);
  EXPECT_EQ(Load(), updates);
  backlog.Drop(Of(updates[1]));
  EXPECT_EQ(Load(), (std::vector<json>{updates[0], updates[2]}));
  backlog.Drop(Of(updates[0]));
  backlog.Drop(Of(updates[2]));
  backlog.Drop(Of(LeftTheGroup(8)));  // Was never kept.
  EXPECT_TRUE(core_.kept().empty());
}

TEST_F(BacklogTest, WhatAProcessLeftIsDroppedByTheNext) {
  {
    Backlog backlog(client_);
    ASSERT_TRUE(backlog.Load().ok());
    EXPECT_TRUE(backlog.Keep(Of(Long(5, 9'000)), Long(5, 9'000)));
  }
  Backlog next(client_);
  ASSERT_EQ(next.Load()->size(), 1U);
  next.Drop(Of(Long(5, 9'000)));
  EXPECT_TRUE(core_.kept().empty());
}

TEST_F(BacklogTest, AnUpdateThatACrashCutShortIsNoUpdate) {
  Backlog backlog(client_);
  ASSERT_TRUE(backlog.Load().ok());
  EXPECT_TRUE(backlog.Keep(Of(Long(5, 9'000)), Long(5, 9'000)));
  core_.Forget(core_.kept().rbegin()->first);
  EXPECT_TRUE(Load().empty());
}

TEST_F(BacklogTest, IsFullWhenItsSessionsAre) {
  Backlog backlog(client_);
  ASSERT_TRUE(backlog.Load().ok());
  for (int id = 1; id < kBacklogSessions; ++id)
    EXPECT_TRUE(backlog.Keep(Of(LeftTheGroup(id)), LeftTheGroup(id)));
  EXPECT_FALSE(backlog.Keep(Of(Long(100, 5'000)), Long(100, 5'000)));
  EXPECT_TRUE(backlog.Keep(Of(LeftTheGroup(101)), LeftTheGroup(101)));
  EXPECT_FALSE(backlog.Keep(Of(LeftTheGroup(102)), LeftTheGroup(102)));
  backlog.Drop(Of(LeftTheGroup(1)));
  EXPECT_TRUE(backlog.Keep(Of(LeftTheGroup(102)), LeftTheGroup(102)));
}

TEST_F(BacklogTest, APlaceThatCannotBeReadIsFreeAndKeepsNobodyFromStarting) {
  {
    Backlog backlog(client_);
    ASSERT_TRUE(backlog.Load().ok());
    EXPECT_TRUE(backlog.Keep(Of(LeftTheGroup(5)), LeftTheGroup(5)));
    EXPECT_TRUE(backlog.Keep(Of(LeftTheGroup(6)), LeftTheGroup(6)));
  }
  core_.Damage(core_.kept().begin()->first);
  EXPECT_EQ(Load(), (std::vector<json>{LeftTheGroup(6)}));
}

}  // namespace
}  // namespace kalends::telegram

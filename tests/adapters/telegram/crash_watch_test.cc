// An update that ends the process each time is found by what the process before left.
#include "adapters/telegram/crash_watch.h"

#include <gtest/gtest.h>

#include "tests/adapters/telegram/session_server.h"

namespace kalends::telegram {
namespace {

UpdateKey Key(std::int64_t id) { return {.id = id, .bot = 1}; }

class CrashWatchTest : public testing::Test {
 protected:
  SessionServer core_;
  Client client_{core_.address(), "key"};
};

TEST_F(CrashWatchTest, AnOrderlyEndLeavesNobodySuspected) {
  {
    CrashWatch watch(client_);
    ASSERT_TRUE(watch.Open().ok());
    EXPECT_FALSE(watch.careful());
    watch.Close();
  }
  CrashWatch next(client_);
  ASSERT_TRUE(next.Open().ok());
  EXPECT_FALSE(next.careful());
}

TEST_F(CrashWatchTest, TheUpdateThatEndsTheProcessEachTimeIsRefusedInTheEndAndNoOther) {
  {
    CrashWatch first(client_);  // Ends in the midst of it, and has noted nothing.
    ASSERT_TRUE(first.Open().ok());
  }
  for (int crash = 0; crash < kCrashesMax; ++crash) {
    CrashWatch watch(client_);
    ASSERT_TRUE(watch.Open().ok());
    EXPECT_TRUE(watch.careful());
    EXPECT_TRUE(watch.Begin(Key(100 + crash)));  // Is handled.
    watch.End(Key(100 + crash));
    EXPECT_TRUE(watch.Begin(Key(5)));
  }
  CrashWatch last(client_);
  ASSERT_TRUE(last.Open().ok());
  EXPECT_FALSE(last.Begin(Key(5)));
  EXPECT_FALSE(last.Begin(Key(5)));
  for (const std::int64_t other : {100, 101, 6}) EXPECT_TRUE(last.Begin(Key(other)));
}

TEST_F(CrashWatchTest, WhoIsStillSuspectedWhenTheNextProcessEndsBeforeItsTurnStaysSo) {
  for (int crash = 0; crash < 2; ++crash) {
    CrashWatch watch(client_);
    ASSERT_TRUE(watch.Open().ok());
    watch.Begin(Key(5));
  }
  {
    ASSERT_TRUE(CrashWatch(client_).Open().ok());
  }
  CrashWatch last(client_);
  ASSERT_TRUE(last.Open().ok());
  EXPECT_FALSE(last.Begin(Key(5)));
}

TEST_F(CrashWatchTest, WhatCannotBeReadIsTakenForACrashAndKeepsNobodyFromStarting) {
  core_.Damage("sessions/telegram-inbox");
  CrashWatch watch(client_);
  ASSERT_TRUE(watch.Open().ok());
  EXPECT_TRUE(watch.careful());
  EXPECT_TRUE(watch.Begin(Key(5)));
}

TEST_F(CrashWatchTest, ManyAtHandFitIntoWhatTheCoreKeeps) {
  {
    ASSERT_TRUE(CrashWatch(client_).Open().ok());
  }
  CrashWatch watch(client_);
  ASSERT_TRUE(watch.Open().ok());
  for (std::int64_t id = 1'000'000'000; id < 1'000'000'600; ++id) EXPECT_TRUE(watch.Begin(Key(id)));
  EXPECT_EQ(core_.noted().substr(0, 39), "at work\n1:1000000000:0000000000000000 1");
}

}  // namespace
}  // namespace kalends::telegram

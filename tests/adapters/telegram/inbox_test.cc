// When Telegram may forget an update, and what a crash leaves behind.
#include "adapters/telegram/inbox.h"

#include <gtest/gtest.h>

#include <future>
#include <latch>

#include "tests/adapters/telegram/session_server.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using nlohmann::json;

constexpr std::int64_t kGroup = -7;

// Handled without a call to the core.
json LeftTheGroup(std::int64_t id) {
  return {{"update_id", id},
          {"my_chat_member",
           {{"chat", {{"id", kGroup}, {"type", "group"}}},
            {"from", {{"id", 1}, {"first_name", "Sam"}}},
            {"new_chat_member", {{"status", "left"}}}}}};
}

json Long(std::int64_t id, std::size_t bytes) {
  json update = LeftTheGroup(id);
  update["my_chat_member"]["from"]["first_name"] = std::string(bytes, 'x');
  return update;
}

class BacklogTest : public testing::Test {
 protected:
  // What a process finds that starts now.
  std::vector<json> Load() {
    Backlog backlog(client_);
    auto loaded = backlog.Load();
    EXPECT_TRUE(loaded.ok());
    return loaded.ok() ? *loaded : std::vector<json>();
  }

  SessionServer core_;
  Client client_{core_.address(), "key"};
};

TEST_F(BacklogTest, KeepsUpdatesOfAnyLengthUntilTheyAreDropped) {
  const std::vector<json> updates{LeftTheGroup(5), Long(6, 20'000), Long(7, 4'000)};
  Backlog backlog(client_);
  ASSERT_TRUE(backlog.Load().ok());
  for (const json& update : updates) EXPECT_TRUE(backlog.Keep(update["update_id"], update));
  EXPECT_EQ(core_.kept().size(), 1U + 5U + 2U);
  EXPECT_EQ(Load(), updates);
  backlog.Drop(6);
  EXPECT_EQ(Load(), (std::vector<json>{updates[0], updates[2]}));
  backlog.Drop(5);
  backlog.Drop(7);
  backlog.Drop(8);  // Was never kept.
  EXPECT_TRUE(core_.kept().empty());
}

TEST_F(BacklogTest, WhatAProcessLeftIsDroppedByTheNext) {
  {
    Backlog backlog(client_);
    ASSERT_TRUE(backlog.Load().ok());
    EXPECT_TRUE(backlog.Keep(5, Long(5, 9'000)));
  }
  Backlog next(client_);
  ASSERT_EQ(next.Load()->size(), 1U);
  next.Drop(5);
  EXPECT_TRUE(core_.kept().empty());
}

TEST_F(BacklogTest, AnUpdateThatACrashCutShortIsNoUpdate) {
  Backlog backlog(client_);
  ASSERT_TRUE(backlog.Load().ok());
  EXPECT_TRUE(backlog.Keep(5, Long(5, 9'000)));
  core_.Forget(core_.kept().rbegin()->first);
  EXPECT_TRUE(Load().empty());
}

TEST_F(BacklogTest, IsFullWhenItsSessionsAre) {
  Backlog backlog(client_);
  ASSERT_TRUE(backlog.Load().ok());
  for (int id = 1; id < kBacklogSessions; ++id) EXPECT_TRUE(backlog.Keep(id, LeftTheGroup(id)));
  EXPECT_FALSE(backlog.Keep(100, Long(100, 5'000)));
  EXPECT_TRUE(backlog.Keep(101, LeftTheGroup(101)));
  EXPECT_FALSE(backlog.Keep(102, LeftTheGroup(102)));
  backlog.Drop(1);
  EXPECT_TRUE(backlog.Keep(102, LeftTheGroup(102)));
}

// An adapter of which only the inbox runs.
struct Process {
  explicit Process(const std::string& core) : client(core, "key") {}
  // As at an orderly end, and, but for the memory, at a crash.
  ~Process() {
    inbox.Stop();
    strands.reset();
  }

  // Lets the strand of the group wait for `gate`.
  void Hold(std::latch& gate) {
    strands->Post(kGroup, [&gate] { gate.wait(); });
  }
  std::future<void> TakeIn(const json& update) {
    auto confirmed = std::make_shared<std::promise<void>>();
    inbox.TakeIn(update, [confirmed] { confirmed->set_value(); });
    return confirmed->get_future();
  }
  // Until all that was posted before has been handled.
  void Finish() {
    std::promise<void> done;
    strands->Post(kGroup, [&] { done.set_value(); });
    done.get_future().wait();
  }

  Client client;
  BotApi api{"http://127.0.0.1:1", "1:TOKEN"};
  Sender sender{api};
  std::optional<Strands> strands{std::in_place, 1, 1};
  Context context{client, api, sender, *strands, *strands, TestLanguages(), "bot", "", 0, "en", [] {
                    return Instant();
                  }};
  Backlog backlog{client};
  Inbox inbox{context, backlog};
};

bool IsDone(const std::future<void>& future) {
  return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

TEST(Inbox, WhatIsNotForUsIsConfirmedAtOnce) {
  SessionServer core;
  Process process(core.address());
  EXPECT_TRUE(IsDone(process.TakeIn({{"update_id", 1}, {"poll", json::object()}})));
  EXPECT_TRUE(IsDone(process.TakeIn("no update")));
}

TEST(Inbox, WhatIsHandledQuicklyNeverSeesTheBacklog) {
  SessionServer core;
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  const auto confirmed = process.TakeIn(LeftTheGroup(1));
  confirmed.wait();
  EXPECT_TRUE(core.kept().empty());
}

TEST(Inbox, WhatTakesLongIsKeptAndConfirmedAndDroppedInTheEnd) {
  SessionServer core;
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  std::latch gate(1);
  process.Hold(gate);
  const auto first = process.TakeIn(LeftTheGroup(1));
  const auto second = process.TakeIn(LeftTheGroup(2));
  EXPECT_FALSE(IsDone(first));
  first.wait();
  second.wait();
  EXPECT_EQ(core.kept().size(), 2U);
  // Telegram may bring it again before it knows.
  EXPECT_TRUE(IsDone(process.TakeIn(LeftTheGroup(1))));
  gate.count_down();
  process.Finish();
  EXPECT_TRUE(core.kept().empty());
}

TEST(Inbox, ARepeatOfWhatIsBeingHandledIsHandledOnceAndConfirmedWithIt) {
  SessionServer core;
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  std::latch gate(1);
  process.Hold(gate);
  const auto first = process.TakeIn(LeftTheGroup(1));
  const auto repeat = process.TakeIn(LeftTheGroup(1));
  gate.count_down();
  first.wait();
  repeat.wait();
}

TEST(Inbox, WithoutRoomToKeepItNothingIsConfirmedBeforeItIsHandled) {
  SessionServer core;
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  ASSERT_TRUE(process.backlog.Keep(100, Long(100, (kBacklogSessions - 1) * 4'000)));
  std::latch gate(1);
  process.Hold(gate);
  const auto first = process.TakeIn(LeftTheGroup(1));
  const auto second = process.TakeIn(LeftTheGroup(2));
  first.wait();
  EXPECT_FALSE(IsDone(second));
  gate.count_down();
  second.wait();
}

TEST(Inbox, WhatAProcessLeftIsHandledByTheNextAndNotOnceMoreWhenTelegramBringsItToo) {
  SessionServer core;
  std::latch gate(1);
  {
    Process process(core.address());
    ASSERT_TRUE(process.inbox.Resume().ok());
    process.Hold(gate);
    process.TakeIn(LeftTheGroup(1)).wait();
    process.inbox.Stop();
    gate.count_down();
  }
  EXPECT_EQ(core.kept().size(), 1U);
  Process next(core.address());
  ASSERT_TRUE(next.inbox.Resume().ok());
  EXPECT_TRUE(IsDone(next.TakeIn(LeftTheGroup(1))));
  next.Finish();
  EXPECT_TRUE(core.kept().empty());
}

}  // namespace
}  // namespace kalends::telegram

// When Telegram may forget an update, and what a crash leaves behind.
#include "adapters/telegram/inbox.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>

#include "tests/adapters/telegram/inbox_support.h"
#include "tests/adapters/telegram/session_server.h"
#include "tests/adapters/telegram/support.h"
#include "tests/support/await.h"
#include "tests/support/log_capture.h"

namespace kalends::telegram {
namespace {

using nlohmann::json;

// An adapter of which only the inbox runs.
struct Process {
  explicit Process(const std::string& core) : client(core, "key") {}
  // As at an orderly end, and, but for the memory, at a crash.
  ~Process() {
    inbox.Stop();
    api.Stop();
    sender.Stop();
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
  Sessions sessions{client};
  Cards cards{client, kBot};
  std::optional<Strands> strands{std::in_place, 1, 1};
  std::function<Instant()> now = [] { return Instant(); };
  Context context{client,
                  api,
                  sender,
                  sessions,
                  cards,
                  *strands,
                  *strands,
                  TestLanguages(),
                  kBot,
                  "bot",
                  false,
                  "",
                  0,
                  "en",
                  [this] { return now(); }};
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

// Talk in a group that is nobody's desk: handled without a call to the core.
json AlbumPartInGroup(std::int64_t id) {
  return {{"update_id", id},
          {"message",
           {{"message_id", id},
            {"chat", {{"id", kGroup}, {"type", "group"}}},
            {"from", {{"id", 1}, {"first_name", "Sam"}}},
            {"reply_to_message", {{"message_id", 1}}},
            {"media_group_id", "a"},
            {"photo", {{{"file_id", "p"}}}}}}};
}

// Which of what came has been handled by itself, or as the first of several.
bool WasHandled(const test::LogCapture& log, std::int64_t id) {
  return log.Text().find("update " + std::to_string(id) + " took") != std::string::npos;
}

// Telegram waits for the first part to be confirmed before it tells of the second.
TEST(Inbox, AnAlbumIsHandledAsOneWhenItsLastPartIsThereAlthoughThePartsComeOneByOne) {
  const test::LogCapture log;
  SessionServer core;
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  process.TakeIn(AlbumPartInGroup(1)).wait();
  EXPECT_FALSE(WasHandled(log, 1));
  EXPECT_EQ(core.kept().size(), 1U);
  process.TakeIn(AlbumPartInGroup(2)).wait();
  EXPECT_TRUE(test::Eventually([&] { return WasHandled(log, 1) && core.kept().empty(); }));
  EXPECT_FALSE(WasHandled(log, 2));
}

TEST(Inbox, AnAlbumThatAProcessLeftHalfIsCompletedByTheNext) {
  const test::LogCapture log;
  SessionServer core;
  {
    Process process(core.address());
    ASSERT_TRUE(process.inbox.Resume().ok());
    process.TakeIn(AlbumPartInGroup(1)).wait();
  }
  Process next(core.address());
  ASSERT_TRUE(next.inbox.Resume().ok());
  next.TakeIn(AlbumPartInGroup(2)).wait();
  EXPECT_TRUE(test::Eventually([&] { return WasHandled(log, 1) && core.kept().empty(); }));
  EXPECT_FALSE(WasHandled(log, 2));
}

TEST(Inbox, AnAlbumIsOverWhenSomethingElseIsSaid) {
  const test::LogCapture log;
  SessionServer core;
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  std::latch gate(1);
  process.Hold(gate);
  const auto part = process.TakeIn(AlbumPartInGroup(1));
  const auto other = process.TakeIn(LeftTheGroup(2));
  gate.count_down();
  // In their order, on one strand: when the second is done, the first is.
  other.wait();
  EXPECT_TRUE(WasHandled(log, 1));
  part.wait();
  EXPECT_TRUE(test::Eventually([&] { return core.kept().empty(); }));
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
  ASSERT_TRUE(process.backlog.Keep(Of(Long(100, (kBacklogSessions - 1) * 4'000)),
                                   Long(100, (kBacklogSessions - 1) * 4'000)));
  std::latch gate(1);
  process.Hold(gate);
  const auto first = process.TakeIn(LeftTheGroup(1));
  const auto second = process.TakeIn(LeftTheGroup(2));
  first.wait();
  EXPECT_FALSE(IsDone(second));
  gate.count_down();
  second.wait();
}

// A process that takes in `update` and ends while that is still being handled.
void LeaveToTheNext(const SessionServer& core, const json& update) {
  std::latch gate(1);
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  process.Hold(gate);
  process.TakeIn(update).wait();
  process.inbox.Stop();
  gate.count_down();
}

TEST(Inbox, WhatAProcessLeftIsHandledByTheNextAndNotOnceMoreWhenTelegramBringsItToo) {
  SessionServer core;
  LeaveToTheNext(core, LeftTheGroup(1));
  EXPECT_EQ(core.kept().size(), 1U);
  Process next(core.address());
  ASSERT_TRUE(next.inbox.Resume().ok());
  EXPECT_TRUE(IsDone(next.TakeIn(LeftTheGroup(1))));
  next.Finish();
  EXPECT_TRUE(core.kept().empty());
}

// Another chat's, whose handling needs no core either.
json Says(std::int64_t id) {
  return {{"update_id", id},
          {"message",
           {{"chat", {{"id", 1}, {"type", "private"}}},
            {"from", {{"id", 1}, {"first_name", "A"}}},
            {"text", "/start"}}}};
}

TEST(Inbox, AnUpdateWhoseHandlingThrowsIsTriedAgainAndThenSetAside) {
  const test::LogCapture log;
  SessionServer core;
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  std::atomic<int> tries = 0;
  process.now = [&]() -> Instant {
    ++tries;
    throw std::runtime_error("MARK");
  };
  process.TakeIn(Says(71)).wait();
  EXPECT_EQ(tries, kHandleTriesMax);
  process.TakeIn(LeftTheGroup(72)).wait();
  process.TakeIn(Says(73)).wait();
  EXPECT_NE(log.Text().find("set aside update 71 (1 so far)"), std::string::npos) << log.Text();
  EXPECT_NE(log.Text().find("set aside update 73 (2 so far)"), std::string::npos) << log.Text();
  EXPECT_EQ(log.Text().find("MARK"), std::string::npos);
  EXPECT_TRUE(core.kept().empty());
}

TEST(Inbox, WhatEndedTheProcessEachTimeIsSetAsideWhereverItComesFrom) {
  const test::LogCapture log;
  SessionServer core;
  {
    Process process(core.address());
    ASSERT_TRUE(process.inbox.Resume().ok());
    EXPECT_TRUE(process.backlog.Keep(Of(LeftTheGroup(80)), LeftTheGroup(80)));
  }
  core.Put("sessions/telegram-inbox", "at work\n" + TextOf(Of(LeftTheGroup(80))) + " 2\n" +
                                          TextOf(Of(LeftTheGroup(81))) + " 2");
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  process.TakeIn(LeftTheGroup(81)).wait();
  process.TakeIn(LeftTheGroup(82)).wait();
  process.Finish();
  EXPECT_NE(log.Text().find("set aside update 80 (1 so far)"), std::string::npos) << log.Text();
  EXPECT_NE(log.Text().find("set aside update 81 (2 so far)"), std::string::npos) << log.Text();
  EXPECT_EQ(log.Text().find("set aside update 82"), std::string::npos) << log.Text();
  EXPECT_TRUE(core.kept().empty());
}

TEST(Inbox, AfterACrashOneAtATimeIsHandledAndASlowOneHoldsUpTheOthersForALittleOnly) {
  SessionServer core;
  core.Put("sessions/telegram-inbox", "at work");
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  std::latch gate(1);
  process.Hold(gate);
  const auto slow = process.TakeIn(LeftTheGroup(1));
  const auto other = process.TakeIn(Says(2));
  EXPECT_EQ(core.noted(), "at work");
  other.wait();  // Handled or kept, although the first one waits.
  gate.count_down();
  slow.wait();
  process.Finish();
}

// The same number, and something else.
json SaysLater(std::int64_t id) {
  json update = Says(id);
  update["message"]["date"] = 1797843600;
  return update;
}

TEST(Inbox, ANumberThatBeginsAnewIsNoRepeat) {
  SessionServer core;
  LeaveToTheNext(core, LeftTheGroup(1));
  std::atomic<int> handled = 0;
  Process next(core.address());
  next.now = [&] {
    ++handled;
    return Instant();
  };
  ASSERT_TRUE(next.inbox.Resume().ok());
  next.TakeIn(Says(1)).wait();
  EXPECT_GT(handled, 0);
  handled = 0;
  next.TakeIn(SaysLater(1)).wait();
  EXPECT_GT(handled, 0);
}

TEST(Inbox, WhatAnotherBotsProcessLeftIsHandledAsItsOwn) {
  SessionServer core;
  const json left = Says(5);
  const UpdateKey key = KeyOf(left, kBot + 1);
  {
    const Client client(core.address(), "key");
    Backlog backlog(client);
    ASSERT_TRUE(backlog.Load().ok());
    ASSERT_TRUE(backlog.Keep(key, left));
  }
  std::atomic<int> handled = 0;
  Process process(core.address());
  process.now = [&] {
    ++handled;
    return Instant();
  };
  ASSERT_TRUE(process.inbox.Resume().ok());
  EXPECT_TRUE(test::Eventually([&] { return handled > 0 && core.kept().empty(); }));
}

TEST(Inbox, WhatIsKeptAndIsNoUpdateTakesNoPlace) {
  SessionServer core;
  core.Put(std::string(SessionServer::kBacklog) + "0", "1:9:0000000000000000 0 1\nno json");
  core.Put(std::string(SessionServer::kBacklog) + "1",
           "1:10:0000000000000000 0 1\n" + std::string(4'000, '['));
  core.Put(std::string(SessionServer::kBacklog) + "2",
           "1:11:0000000000000000 0 1\n{\"update_id\":12}");
  Process process(core.address());
  ASSERT_TRUE(process.inbox.Resume().ok());
  EXPECT_TRUE(core.kept().empty());
}

}  // namespace
}  // namespace kalends::telegram

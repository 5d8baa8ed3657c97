// What the ring of keys and the engine make of a key that ends, and of one that is used.
#include "core/app/keys.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <future>
#include <memory>
#include <thread>

#include "core/app/engine.h"
#include "core/base/detail.h"
#include "core/base/error.h"
#include "storage/keys.h"
#include "tests/storage/sample.h"
#include "tests/support/await.h"
#include "tests/support/test_database.h"

namespace kalends::app {
namespace {

using core::ReasonName;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using storage::kNow;

class KeyRingTest : public testing::Test {
 protected:
  KeyRingTest() {
    EXPECT_GE(sodium_init(), 0);
    EngineOptions options;
    options.clock = [this] { return now_.load(); };
    options.ticks = [this] { return ticks_.load(); };
    options.random = [this](std::size_t size) {
      std::string bytes(size, '\0');
      ++made_;
      std::memcpy(bytes.data(), &made_, sizeof made_);
      return bytes;
    };
    options.master_keys = storage::MasterKeys::Random();
    engine_ = std::make_unique<Engine>(home_.Open().value(), std::move(options));
    EXPECT_TRUE(engine_->Start().ok());
  }

  NewKey Make(KeyInput input) {
    input.label = "a key";
    input.scopes.Add(core::Scope::kAdapter);
    NewKey made;
    EXPECT_TRUE(engine_
                    ->WriteAsSystemAndWait([&](WriteContext& cx) -> absl::Status {
                      auto created = CreateApiKey(cx, ring(), input);
                      if (created.ok()) made = *created;
                      return created.status();
                    })
                    .ok());
    return made;
  }
  absl::Status Revoke(core::ApiKeyId id) {
    return engine_->WriteAsSystemAndWait(
        [&](WriteContext& cx) { return RevokeApiKey(cx, ring(), id).status(); });
  }
  std::string Admit(const NewKey& key) { return ReasonName(ring().Admit(key.secret).status()); }
  std::optional<core::Instant> KeptUse(core::ApiKeyId id) {
    std::optional<core::Instant> used;
    EXPECT_TRUE(engine_->database()
                    .Read([&](storage::Transaction& tx) {
                      used = storage::FindApiKey(tx, id)->last_used;
                      return absl::OkStatus();
                    })
                    .ok());
    return used;
  }
  KeyRing& ring() { return engine_->keys(); }

  std::atomic<core::Instant> now_{kNow};
  std::atomic<core::Ticks> ticks_{core::Ticks(hours(5))};
  std::uint32_t made_ = 0;
  test::TestDatabase home_;
  std::unique_ptr<Engine> engine_;
};

// Holds the writer, so that what is submitted meanwhile shares the next commit.
class WriterHold {
 public:
  explicit WriterHold(Engine& engine) {
    engine.WriteAsSystem(
        [this](WriteContext&) {
          reached_.set_value();
          released_.get_future().wait();
          return absl::OkStatus();
        },
        [this](const absl::Status&) { ended_.set_value(); });
    reached_.get_future().wait();
  }
  void Release() {
    released_.set_value();
    ended_.get_future().wait();
  }

 private:
  std::promise<void> reached_;
  std::promise<void> released_;
  std::promise<void> ended_;
};

TEST_F(KeyRingTest, AWriteThatWaitsBehindTheRevocationOfItsKeyIsRefused) {
  const NewKey key = Make({});
  const Credentials credentials{key.key.id, key.key.scopes, ""};
  const core::CallerRule rule{{core::Scope::kAdapter}};
  int ran = 0;
  const auto write = [&](std::promise<absl::Status>& answered) {
    engine_->Write(credentials, rule, std::nullopt,
                   {[&](WriteContext&) {
                      ++ran;
                      return absl::OkStatus();
                    },
                    nullptr, nullptr, nullptr},
                   [&](absl::Status status) { answered.set_value(std::move(status)); });
  };
  WriterHold hold(*engine_);
  std::promise<absl::Status> before;
  std::promise<absl::Status> revoked;
  std::promise<absl::Status> behind;
  write(before);
  engine_->WriteAsSystem(
      [&](WriteContext& cx) { return RevokeApiKey(cx, ring(), key.key.id).status(); },
      [&](absl::Status status) { revoked.set_value(std::move(status)); });
  write(behind);
  hold.Release();
  EXPECT_EQ(ReasonName(before.get_future().get()), "");
  EXPECT_EQ(ReasonName(revoked.get_future().get()), "");
  EXPECT_EQ(ReasonName(behind.get_future().get()), "UNKNOWN_KEY");
  EXPECT_EQ(ran, 1);
}

TEST_F(KeyRingTest, WhatWasLetInBeforeTheEndOfItsKeyRunsNoMore) {
  const NewKey key = Make({.label = "", .scopes = {}, .expires = kNow + seconds(10)});
  const Credentials credentials{key.key.id, key.key.scopes, ""};
  const core::CallerRule rule{{core::Scope::kAdapter}};
  const auto read = [&] {
    return ReasonName(
        engine_->Read(credentials, rule, [](const ReadContext&) { return absl::OkStatus(); }));
  };
  const auto write = [&] {
    std::promise<absl::Status> answered;
    engine_->Write(credentials, rule, std::nullopt,
                   {[](WriteContext&) { return absl::OkStatus(); }, nullptr, nullptr, nullptr},
                   [&](absl::Status status) { answered.set_value(std::move(status)); });
    return ReasonName(answered.get_future().get());
  };
  EXPECT_EQ(read(), "");
  EXPECT_EQ(write(), "");
  now_ = kNow + seconds(10);
  EXPECT_EQ(Admit(key), "EXPIRED_KEY");
  EXPECT_EQ(read(), "EXPIRED_KEY");
  EXPECT_EQ(write(), "EXPIRED_KEY");
  // The clock was ahead.
  now_ = kNow + seconds(9);
  EXPECT_EQ(Admit(key), "");
  EXPECT_EQ(write(), "");
  EXPECT_TRUE(Revoke(key.key.id).ok());
  EXPECT_EQ(read(), "UNKNOWN_KEY");
  EXPECT_EQ(write(), "UNKNOWN_KEY");
}

TEST_F(KeyRingTest, StreamsAreToldBeforeTheRevocationIsAnswered) {
  const NewKey key = Make({});
  const NewKey other = Make({});
  std::vector<std::string> told;
  const auto open = [&](const NewKey& of) {
    return ring().OpenStream(
        of.key.id, {[&](const absl::Status& why) { told.push_back(ReasonName(why)); }, [] {}});
  };
  const auto first = open(key);
  const auto second = open(key);
  const auto others = open(other);
  EXPECT_TRUE(Revoke(key.key.id).ok());
  EXPECT_EQ(told, (std::vector<std::string>{"UNKNOWN_KEY", "UNKNOWN_KEY"}));
  EXPECT_EQ(ReasonName(open(key).status()), "UNKNOWN_KEY");
  EXPECT_TRUE(open(other).ok());
}

TEST_F(KeyRingTest, WhoIsToldAndStaysIsCutOffASecondLater) {
  const NewKey key = Make({.label = "", .scopes = {}, .expires = kNow + seconds(1)});
  int told = 0;
  int cut_off = 0;
  const OpenStreams::Ends ends{[&](const absl::Status& why) {
                                 EXPECT_EQ(ReasonName(why), "EXPIRED_KEY");
                                 ++told;
                               },
                               [&] { ++cut_off; }};
  const auto stays = ring().OpenStream(key.key.id, ends);
  auto goes = ring().OpenStream(key.key.id, ends);
  ring().EndStreams();
  EXPECT_EQ(told, 0);
  now_ = kNow + seconds(1);
  ring().EndStreams();
  ring().EndStreams();
  EXPECT_EQ(told, 2);
  goes->reset();
  ticks_ = ticks_.load() + milliseconds(999);
  ring().EndStreams();
  EXPECT_EQ(cut_off, 0);
  ticks_ = ticks_.load() + milliseconds(1);
  ring().EndStreams();
  ring().EndStreams();
  EXPECT_EQ(cut_off, 1);
}

// Whichever comes first: a stream that opens while its key goes.
TEST_F(KeyRingTest, NoStreamSlipsThroughARevocation) {
  constexpr int kRounds = 60;
  constexpr int kThreads = 3;
  for (int round = 0; round < kRounds; ++round) {
    const NewKey key = Make({});
    std::atomic<int> opened{0};
    std::atomic<int> told{0};
    std::atomic<int> refused{0};
    std::atomic<bool> compared{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        std::vector<std::unique_ptr<OpenStreams::Place>> places;
        const auto end = std::chrono::steady_clock::now() + test::kAwaitMax;
        while (std::chrono::steady_clock::now() < end) {
          auto place = ring().OpenStream(key.key.id, {[&](const absl::Status&) { ++told; }, [] {}});
          if (core::ReasonOf(place.status()) == core::Reason::kUnknownKey) {
            ++refused;
            break;
          }
          if (!place.ok()) continue;
          ++opened;
          places.push_back(*std::move(place));
        }
        EXPECT_TRUE(test::Eventually([&] { return compared.load(); }));
      });
    }
    EXPECT_TRUE(test::Eventually([&] { return opened > 0; }));
    EXPECT_TRUE(Revoke(key.key.id).ok());
    const int told_by_then = told;
    EXPECT_TRUE(test::Eventually([&] { return refused == kThreads; }));
    EXPECT_EQ(told_by_then, opened);
    compared = true;
    for (std::thread& thread : threads) thread.join();
  }
}

TEST_F(KeyRingTest, PlacesForStreamsAreLimitedByKeyAndGivenBack) {
  const NewKey key =
      Make({.label = "", .scopes = {}, .expires = {}, .calls_per_second_max = 0, .streams_max = 2});
  const NewKey other = Make({});
  const auto open = [&](const NewKey& of) {
    return ring().OpenStream(of.key.id, {[](const absl::Status&) {}, [] {}});
  };
  const auto first = open(key);
  {
    const auto second = open(key);
    EXPECT_EQ(ReasonName(open(key).status()), "LIMIT_REACHED");
    EXPECT_TRUE(open(other).ok());
  }
  EXPECT_TRUE(open(key).ok());
}

TEST_F(KeyRingTest, APlaceIsGivenBackBeforeTheStreamIsGone) {
  const NewKey key =
      Make({.label = "", .scopes = {}, .expires = {}, .calls_per_second_max = 0, .streams_max = 1});
  int cut_off = 0;
  OpenStreams::Place* ending = nullptr;
  // A stream may end where it is told to: its place is not waited for there.
  const OpenStreams::Ends ends{[&](const absl::Status&) { ending->GiveBack(); },
                               [&] { ++cut_off; }};
  const auto first = ring().OpenStream(key.key.id, ends);
  EXPECT_EQ(ReasonName(ring().OpenStream(key.key.id, ends).status()), "LIMIT_REACHED");
  (*first)->GiveBack();
  (*first)->GiveBack();  // Once or more often: it is one place.
  const auto second = ring().OpenStream(key.key.id, ends);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(ReasonName(ring().OpenStream(key.key.id, ends).status()), "LIMIT_REACHED");
  ending = second->get();
  EXPECT_TRUE(Revoke(key.key.id).ok());
  ticks_ = ticks_.load() + seconds(1);
  ring().EndStreams();
  EXPECT_EQ(cut_off, 2);
}

TEST_F(KeyRingTest, CallsAreCountedByTheClockThatIsNeverSet) {
  const NewKey key =
      Make({.label = "", .scopes = {}, .expires = {}, .calls_per_second_max = 2, .streams_max = 0});
  EXPECT_EQ(Admit(key), "");
  EXPECT_EQ(Admit(key), "");
  const absl::Status refused = ring().Admit(key.secret).status();
  EXPECT_EQ(ReasonName(refused), "RATE_LIMITED");
  EXPECT_EQ(core::DetailOf<core::RetryInfo>(refused).value().retry_delay, seconds(1));
  for (const auto jump : {hours(-9000), hours(9000)}) {
    now_ = kNow + jump;
    EXPECT_EQ(Admit(key), "RATE_LIMITED");
  }
  ticks_ = ticks_.load() + milliseconds(500);
  EXPECT_EQ(Admit(key), "");
  EXPECT_EQ(Admit(key), "RATE_LIMITED");
}

TEST_F(KeyRingTest, CallsOfManyThreadsAreCountedExactly) {
  constexpr int kMax = 1000;
  const NewKey key = Make(
      {.label = "", .scopes = {}, .expires = {}, .calls_per_second_max = kMax, .streams_max = 0});
  std::atomic<int> admitted{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int call = 0; call < kMax; ++call) {
        if (ring().Admit(key.secret).ok()) ++admitted;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(admitted, kMax);
}

TEST_F(KeyRingTest, UsesAreWrittenDownOnceAMinuteWhateverIsCalled) {
  const NewKey key = Make({});
  const core::ApiKeyId id = key.key.id;
  const auto sweep = [&] { EXPECT_TRUE(engine_->KeepKeyUses(KeyRing::Uses::kDue).ok()); };
  sweep();
  EXPECT_EQ(KeptUse(id), std::nullopt);
  const std::int64_t before = engine_->database().Stats().writes;
  for (int second = 0; second < 150; ++second) {
    now_ = kNow + seconds(second);
    EXPECT_EQ(Admit(key), "");
    sweep();
    EXPECT_EQ(ring().LastUse(id), kNow + seconds(second));
  }
  EXPECT_EQ(engine_->database().Stats().writes - before, 3);
  EXPECT_EQ(KeptUse(id), kNow + seconds(120));
  EXPECT_TRUE(engine_->KeepKeyUses(KeyRing::Uses::kAll).ok());
  EXPECT_EQ(KeptUse(id), kNow + seconds(149));
  // Set back by a year, the clock is believed.
  now_ = kNow - hours(8760);
  EXPECT_EQ(Admit(key), "");
  sweep();
  EXPECT_EQ(KeptUse(id), kNow - hours(8760));
  // What is refused is no use.
  now_ = kNow;
  EXPECT_EQ(ReasonName(ring().Admit(key.secret + "x").status()), "UNKNOWN_KEY");
  EXPECT_EQ(ring().LastUse(id), kNow - hours(8760));
}

TEST_F(KeyRingTest, TheLastUseOfARevokedKeyIsKeptToTheSecond) {
  const NewKey key = Make({});
  EXPECT_EQ(Admit(key), "");
  EXPECT_TRUE(engine_->KeepKeyUses(KeyRing::Uses::kDue).ok());
  now_ = kNow + seconds(7);
  EXPECT_EQ(Admit(key), "");
  EXPECT_TRUE(Revoke(key.key.id).ok());
  EXPECT_EQ(KeptUse(key.key.id), kNow + seconds(7));
}

}  // namespace
}  // namespace kalends::app

// What an engine keeps of requests for their repeats, and what it does after a commit.
#include "core/app/engine.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <atomic>
#include <future>
#include <latch>

#include "core/app/booking_slots.h"
#include "core/base/detail.h"
#include "core/base/error.h"
#include "storage/accounts.h"
#include "storage/blobs/master_keys.h"
#include "storage/keys.h"
#include "storage/requests.h"
#include "tests/storage/sample.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/test_database.h"

namespace kalends::app {
namespace {

using storage::kAda;
using storage::kNow;

constexpr char kFirstKey[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
constexpr char kBothKeys[] =
    "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

// The master keys are what a rotation exchanges under a running engine.
class EngineTest : public testing::Test {
 protected:
  EngineTest() {
    EXPECT_GE(sodium_init(), 0);
    Start(kFirstKey);
    EXPECT_TRUE(engine_
                    ->WriteAsSystemAndWait([](WriteContext& cx) {
                      storage::InsertPeople(cx.tx);
                      storage::InsertIdentity(cx.tx, {{"telegram", "4711"}, kAda, true});
                      storage::InsertApiKey(
                          cx.tx, {{1}, std::string(32, 'h'), "bot", {core::Scope::kAdapter}, kNow});
                      return absl::OkStatus();
                    })
                    .ok());
  }

  void Start(const char* master_keys) {
    engine_.reset();
    EngineOptions options;
    options.clock = [] { return kNow; };
    options.random = [](std::size_t size) { return std::string(size, 'r'); };
    options.master_keys = storage::MasterKeys::Parse(master_keys).value();
    options.on_notified = [this] { ++notified_; };
    options.run_in_background = [this](auto task) { background_.push_back(std::move(task)); };
    options.run_after_refusal = [this](auto task) { after_refusal_.set_value(std::move(task)); };
    engine_ = std::make_unique<Engine>(home_.Open().value(), std::move(options));
  }

  // Asks as Ada for something that answers with `text`.
  absl::StatusOr<std::string> Ask(const Repeatable& repeatable, const std::string& text) {
    std::string answer;
    std::promise<absl::Status> done;
    engine_->Write({{1}, {core::Scope::kAdapter}, "telegram:4711"},
                   {{core::Scope::kAdapter}, core::NamesAccount::kMust}, repeatable,
                   {[&](WriteContext&) {
                      answer = text;
                      return absl::OkStatus();
                    },
                    [&] { return answer; }, [] { return storage::NamedInAnswer(); },
                    [&](const std::string& kept) {
                      answer = kept;
                      return true;
                    }},
                   [&](absl::Status status) { done.set_value(std::move(status)); });
    const absl::Status status = done.get_future().get();
    if (!status.ok()) return status;
    return answer;
  }

  // Everything that lies in the table of first answers.
  std::string Kept() {
    std::string kept;
    EXPECT_TRUE(engine_->database()
                    .Read([&](storage::Transaction& tx) {
                      tx.Query("SELECT scope, request_id, digest, response FROM requests", {},
                               [&](const storage::Row& row) {
                                 for (int i = 0; i < 4; ++i) kept += row.Text(i) + "\n";
                               });
                      return absl::OkStatus();
                    })
                    .ok());
    return kept;
  }

  const storage::TemporaryFile file_;
  test::TestDatabase home_{file_.path()};
  std::vector<std::function<void()>> background_;
  std::promise<std::function<void()>> after_refusal_;  // Of the one refusal of a test.
  std::atomic<int> notified_ = 0;
  std::unique_ptr<Engine> engine_;
};

TEST_F(EngineTest, ADigestIsKeptSoThatNobodyCanTryOutWhatWasWritten) {
  const std::string digest(16, 'd');
  EXPECT_EQ(Ask({"1", digest}, "first").value(), "first");
  EXPECT_EQ(Ask({"2", digest}, "second").value(), "second");
  EXPECT_EQ(Kept().find(digest), std::string::npos);
  EXPECT_NE(Kept().find("account:"), std::string::npos);
  // Not even that both were the same.
  std::vector<std::string> digests;
  EXPECT_TRUE(engine_->database()
                  .Read([&](storage::Transaction& tx) {
                    tx.Query("SELECT digest FROM requests", {},
                             [&](const storage::Row& row) { digests.push_back(row.Text(0)); });
                    return absl::OkStatus();
                  })
                  .ok());
  ASSERT_EQ(digests.size(), 2U);
  EXPECT_NE(digests[0], digests[1]);
}

TEST_F(EngineTest, ARepeatIsKnownAlsoAfterTheMasterKeyWasRotated) {
  for (const bool outlives : {false, true}) {
    const std::string id = outlives ? "outlives" : "1";
    EXPECT_EQ(Ask({id, "digest", outlives}, "first").value(), "first");
    Start(kBothKeys);
    EXPECT_EQ(Ask({id, "digest", outlives}, "again").value(), "first");
    EXPECT_EQ(core::ReasonOf(Ask({id, "another", outlives}, "again").status()),
              core::Reason::kRequestIdReused);
    Start(kFirstKey);
  }
}

TEST_F(EngineTest, AnAnswerKeptBeforeDigestsWereKeyedIsStillFound) {
  EXPECT_EQ(Ask({"1", "digest"}, "first").value(), "first");
  EXPECT_TRUE(engine_
                  ->WriteAsSystemAndWait([](WriteContext& cx) {
                    cx.tx.Execute("UPDATE requests SET digest = $1", {storage::Blob{"digest"}});
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(Ask({"1", "digest"}, "again").value(), "first");
  EXPECT_EQ(core::ReasonOf(Ask({"1", "another"}, "again").status()),
            core::Reason::kRequestIdReused);
}

TEST_F(EngineTest, OfARequestThatOutlivesItsAccountTheIdIsNotKeptAsItIs) {
  EXPECT_EQ(Ask({"tg:4711:1", "digest", true}, "done").value(), "done");
  EXPECT_EQ(Kept().find("4711"), std::string::npos);
  EXPECT_NE(Kept().find("key:"), std::string::npos);
  EXPECT_EQ(Ask({"tg:4711:1", "digest", true}, "again").value(), "done");
  EXPECT_EQ(Ask({"tg:4711:2", "digest", true}, "another").value(), "another");
}

TEST_F(EngineTest, WhatWaitsForTheDiskRunsElsewhereAndOnlyAfterACommit) {
  int run = 0;
  const auto write = [&](const absl::Status& outcome) {
    return engine_->WriteAsSystemAndWait([&](WriteContext& cx) {
      for (int i = 0; i < 3; ++i) cx.in_background.push_back([&] { ++run; });
      return outcome;
    });
  };
  EXPECT_FALSE(write(core::Error(core::Reason::kInternal)).ok());
  EXPECT_TRUE(background_.empty());
  EXPECT_TRUE(write(absl::OkStatus()).ok());
  // All of a write are one task, so that they do not crowd out others.
  ASSERT_EQ(background_.size(), 1U);
  EXPECT_EQ(run, 0);
  background_[0]();
  EXPECT_EQ(run, 3);
}

// A use case cannot look for alternatives: WriteContext has no CalendarCache. It leaves what they
// are to be looked for of, and the next writes run.
TEST_F(EngineTest, WhatToOfferInPlaceOfARefusedStartKeepsNoWriteWaiting) {
  std::promise<absl::Status> answered;
  engine_->WriteAsSystem(
      [](WriteContext&) {
        return core::WithDetail(core::Error(core::Reason::kSlotTaken), StartRefused{});
      },
      [&](absl::Status status) { answered.set_value(std::move(status)); });
  auto answer = answered.get_future();
  const auto look = after_refusal_.get_future().get();
  EXPECT_TRUE(engine_->WriteAsSystemAndWait([](WriteContext&) { return absl::OkStatus(); }).ok());
  EXPECT_NE(answer.wait_for(std::chrono::seconds(0)), std::future_status::ready);
  look();
  const absl::Status told = answer.get();
  EXPECT_EQ(core::ReasonOf(told), core::Reason::kSlotTaken);
  EXPECT_TRUE(core::DetailOf<SlotAlternatives>(told).has_value());
}

TEST_F(EngineTest, WhatSharesACommitTellsOfTheOutboxOnce) {
  const auto notify = [](absl::Status status) {
    return [status](WriteContext& cx) {
      cx.notified = true;
      return status;
    };
  };
  std::promise<void> begun;
  std::promise<void> queued;
  // While it runs, the others come together.
  engine_->WriteAsSystem(
      [&](WriteContext&) {
        begun.set_value();
        queued.get_future().wait();
        return absl::OkStatus();
      },
      [](absl::Status) {});
  begun.get_future().wait();
  std::latch answered(3);
  for (int i = 0; i < 3; ++i) {
    engine_->WriteAsSystem(notify(absl::OkStatus()), [&](absl::Status status) {
      EXPECT_TRUE(status.ok()) << status;
      answered.count_down();
    });
  }
  queued.set_value();
  answered.wait();
  EXPECT_EQ(notified_, 1);
  EXPECT_FALSE(engine_->WriteAsSystemAndWait(notify(core::Error(core::Reason::kBusy))).ok());
  EXPECT_EQ(notified_, 1);
}

}  // namespace
}  // namespace kalends::app

// Readers: snapshots, their own connections, and nothing written.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "core/base/error.h"
#include "storage/accounts.h"
#include "storage/sqlite/sqlite_database.h"
#include "tests/storage/sample.h"
#include "tests/storage/sqlite/temporary_file.h"

namespace kalends::storage {
namespace {

void Rename(Store& store, std::string name) {
  store.Write([&](Transaction& tx) {
    core::Account account = FindAccount(tx, kAda).value();
    account.display_name = std::move(name);
    UpdateAccount(tx, account);
  });
}

TEST(Reader, SeesOneSnapshotThroughout) {
  TemporaryFile file;
  Store store(OpenSqlite({file.path()}).value());
  Rename(store, "before");
  const auto names = store.Read([&](Transaction& tx) {
    std::vector<std::string> seen = {FindAccount(tx, kAda)->display_name};
    Rename(store, "after");  // By the writer, whom a reader does not hold up.
    seen.push_back(FindAccount(tx, kAda)->display_name);
    return seen;
  });
  EXPECT_EQ(names, (std::vector<std::string>{"before", "before"}));
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindAccount(tx, kAda); })->display_name,
            "after");
}

TEST(Reader, CannotWrite) {
  for (const bool in_memory : {false, true}) {
    TemporaryFile file;
    Store store(OpenSqlite({in_memory ? ":memory:" : file.path()}).value());
    const absl::Status status = store->Read([](Transaction& tx) {
      InsertAccount(tx, SampleAccount({100}));
      return absl::OkStatus();
    });
    EXPECT_EQ(core::ReasonOf(status), core::Reason::kInternal);
    EXPECT_FALSE(store.Read([](Transaction& tx) { return FindAccount(tx, {100}); }));
  }
}

TEST(Reader, PassesOnTheStatusOfItsBody) {
  Store store;
  EXPECT_EQ(core::ReasonOf(
                store->Read([](Transaction&) { return core::Error(core::Reason::kNotFound); })),
            core::Reason::kNotFound);
  EXPECT_EQ(core::ReasonOf(store->Read([](Transaction& tx) {
              tx.Execute("SELECT no_such_column FROM accounts");
              return absl::OkStatus();
            })),
            core::Reason::kInternal);
}

constexpr int kThreads = 24;

// More readers than connections, beside a writer: each waits its turn, none fails.
TEST(Reader, ManyThreadsMayReadWhileOneWrites) {
  for (const bool in_memory : {false, true}) {
    SCOPED_TRACE(in_memory ? "in memory" : "in a file");
    TemporaryFile file;
    Store store(OpenSqlite({in_memory ? ":memory:" : file.path()}).value());
    const auto rename_both = [&](int round) {
      store.Write([&](Transaction& tx) {
        for (const core::AccountId id : {kAda, kBen}) {
          core::Account account = SampleAccount(id);
          account.display_name = "Round " + std::to_string(round);
          UpdateAccount(tx, account);
        }
      });
    };
    rename_both(0);
    std::atomic<bool> stop = false;
    std::vector<std::thread> threads;
    threads.reserve(kThreads);
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&] {
        while (!stop) {
          const absl::Status status = store->Read([](Transaction& tx) {
            EXPECT_EQ(FindAccount(tx, kAda)->display_name, FindAccount(tx, kBen)->display_name);
            return absl::OkStatus();
          });
          EXPECT_TRUE(status.ok()) << status;
        }
      });
    }
    for (int round = 1; round <= 100; ++round) rename_both(round);
    stop = true;
    for (std::thread& thread : threads) thread.join();
  }
}

TEST(Reader, TwoDatabasesInMemoryAreTwo) {
  Store first;
  Store second;
  Rename(first, "first");
  Rename(second, "second");
  EXPECT_EQ(first.Read([](Transaction& tx) { return FindAccount(tx, kAda); })->display_name,
            "first");
}

}  // namespace
}  // namespace kalends::storage

// The one writer, while its connection is cut and others want to write.
#include "storage/postgres/writer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "core/base/error.h"
#include "storage/accounts.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/migrate.h"
#include "storage/postgres/postgres_database.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

class PostgresWriter : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::OnPostgres()) GTEST_SKIP() << "there is no PostgreSQL";
    address_ = home_.Address();
  }

  // Ends every connection to the database but the one that asks.
  void CutConnections() {
    PostgresConnection other(address_);
    other.Query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        {}, [](const Row&) {});
  }
  static void Rename(Transaction& tx, std::string name) {
    core::Account account = FindAccount(tx, kAda).value();
    account.display_name = std::move(name);
    UpdateAccount(tx, account);
  }

  test::TestDatabase home_;
  std::string address_;
};

TEST_F(PostgresWriter, GoesOnAfterItsConnectionsWereCut) {
  Store store(OpenPostgres(address_).value());
  store.Write([](Transaction& tx) { Rename(tx, "before"); });
  store.Read([](Transaction& tx) { return FindAccount(tx, kAda); });
  CutConnections();
  store.Write([](Transaction& tx) { Rename(tx, "after"); });
  CutConnections();
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindAccount(tx, kAda); })->display_name,
            "after");
}

TEST_F(PostgresWriter, AnswersBusyWhereAConnectionIsCutHalfWayAndWritesNothingOfIt) {
  Store store(OpenPostgres(address_).value());
  const absl::Status status = store.TryWrite([&](Transaction& tx) {
    Rename(tx, "half");
    CutConnections();
    Rename(tx, "whole");
  });
  EXPECT_EQ(core::ReasonOf(status), core::Reason::kBusy) << status;
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindAccount(tx, kAda); })->display_name,
            "Person 1");
}

TEST_F(PostgresWriter, KeepsASecondCoreOut) {
  const auto first = OpenPostgres(address_).value();
  const auto second = OpenPostgres(address_);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition) << second.status();
  EXPECT_NE(second.status().message().find("another core"), std::string::npos);
}

// Who was cut off, and was overtaken by another core, has calendars in memory that are of before.
TEST_F(PostgresWriter, DoesNotWriteAfterAnotherCoreHas) {
  PostgresConnection database(address_);
  ASSERT_TRUE(MigratePostgres(database, PostgresMigrations()).ok());
  PostgresWriterSide first(address_);
  CutConnections();
  {
    PostgresWriterSide second(address_);
  }
  EXPECT_THROW(first.Begin(), PostgresFailure);
  EXPECT_THROW(first.Begin(), PostgresFailure);
}

// The server has ended the connection after the commit: the answer never came.
TEST_F(PostgresWriter, FindsOutWhetherACommitWhoseAnswerWasLostHasCome) {
  PostgresConnection database(address_);
  ASSERT_TRUE(MigratePostgres(database, PostgresMigrations()).ok());
  PostgresWriterSide side(address_);
  side.Begin();
  side.transaction().Execute("UPDATE set_aside_count SET count = 7");
  CutConnections();
  EXPECT_THROW(side.Commit(), PostgresFailure);  // It had not come.
  side.Begin();
  std::int64_t count = -1;
  side.transaction().Query("SELECT count FROM set_aside_count", {},
                           [&](const Row& row) { count = row.Int(0); });
  EXPECT_EQ(count, 0);
  side.Rollback();
}

TEST_F(PostgresWriter, ADatabaseOfAnotherProgramIsLeftAlone) {
  PostgresConnection database(address_);
  database.Run("CREATE TABLE theirs (id bigint)");
  const absl::Status status = MigratePostgres(database, PostgresMigrations());
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(status.message().find("another program"), std::string::npos) << status;
}

}  // namespace
}  // namespace kalends::storage

#include "storage/move.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sodium.h>
#include <sys/wait.h>
#include <unistd.h>

#include <deque>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "storage/booking.h"
#include "storage/postgres/move_side.h"
#include "storage/postgres/postgres_database.h"
#include "storage/sqlite/move_side.h"
#include "storage/sqlite/sqlite_database.h"
#include "tests/storage/sample.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"

namespace kalends::storage {
namespace {

using testing::HasSubstr;

constexpr int kManyRequests = 1200;  // More than are moved at a time.

// A sale of ten visits, of which one was used and one more given back, and one that was taken back.
constexpr const char* kSales[] = {
    "INSERT INTO packages (provider_id, id, display_name, visits, price_minor, price_currency,"
    " valid_days, position, archived, version) VALUES (23, 51, 'Zehn', 10, 90000, 'EUR', 0, 1, 0, "
    "1)",
    "INSERT INTO package_services VALUES (23, 51, 31)",
    "INSERT INTO sold_packages (provider_id, id, customer_id, package_id, display_name, visits,"
    " price_minor, price_currency, sold_s) VALUES (23, 61, 1, 51, 'Zehn', 10, 90000, 'EUR', 0),"
    " (23, 62, 1, 51, 'Zehn', 10, 90000, 'EUR', 0)",
    "INSERT INTO sold_package_services (provider_id, sold_package_id, service_id)"
    " VALUES (23, 61, 31), (23, 62, 31)",
    "INSERT INTO package_uses (provider_id, sold_package_id, number, appointment_id, kind, when_s)"
    " VALUES (23, 61, 1, 71, 'USED', 0)",
    "INSERT INTO package_uses (provider_id, sold_package_id, number, appointment_id, kind, when_s)"
    " VALUES (23, 61, 2, 72, 'USED', 0)",
    "INSERT INTO package_uses (provider_id, sold_package_id, number, appointment_id, kind, when_s)"
    " VALUES (23, 61, 3, 72, 'GIVEN_BACK', 0)",
    "UPDATE sold_packages SET cancelled_s = 5 WHERE id = 62",
    // The refund has the lower id, so it comes first where rows are read by their keys.
    "INSERT INTO payments (provider_id, appointment_id, id, kind, amount_minor, currency, note,"
    " received_s, created_s) VALUES (23, 71, 82, 'PAYMENT', 500, 'EUR', '', 0, 0)",
    "INSERT INTO payments (provider_id, appointment_id, id, kind, amount_minor, currency, note,"
    " received_s, created_s) VALUES (23, 71, 81, 'REFUND', 500, 'EUR', '', 0, 0)",
    "UPDATE watermarks SET ids_up_to = 12345, written_s = 7",
};

class Move : public testing::Test {
 protected:
  Move() { EXPECT_GE(sodium_init(), 0); }

  // What every move begins with: something of what triggers count and refuse, and every kind of
  // value.
  void Fill(const std::string& path) {
    Store store(OpenSqlite({.path = path}).value());
    store.Write([](Transaction& tx) {
      const core::Instant nine = kNow;
      for (const std::int64_t id : {71, 72}) {
        core::Appointment appointment =
            SampleAppointment(id, nine + std::chrono::hours(2 * (id - 70)));
        appointment.service = kHaircut;
        InsertAppointment(tx, appointment);
      }
      // A session that is full.
      for (const std::int64_t id : {73, 74, 75}) {
        InsertAppointment(tx, GroupAppointment(id, nine + std::chrono::hours(20)));
      }
      for (const char* sql : kSales) tx.Execute(sql);
      for (int i = 0; i < kManyRequests; ++i) {
        const std::string id = fmt::format("r{}", i * 7 % kManyRequests);
        tx.Execute(
            "INSERT INTO requests (created_s, scope, request_id, digest, response)"
            " VALUES (0, $1, $2, $3, $4)",
            {std::string_view("a\\b\tc\n'd\" ä 日"), std::string_view(id),
             Blob{std::string_view("\0\\\xFF", 3)}, Blob{""}});
      }
      tx.Execute("DELETE FROM requests WHERE number = 3");
    });
  }

  // All that its tables hold.
  static std::string Dump(Database& database) {
    std::string all;
    const absl::Status status = database.Read([&](Transaction& tx) {
      std::vector<std::string> tables;
      tx.Query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", {},
               [&](const Row& row) { tables.push_back(row.Text(0)); });
      // A driver knows a text by where it lies.
      static std::deque<std::string> texts;
      for (const std::string& table : tables) {
        std::string columns;
        tx.Query("SELECT name FROM pragma_table_info($1)", {table}, [&](const Row& row) {
          columns +=
              fmt::format("{}quote(\"{}\")", columns.empty() ? "" : " || ',' || ", row.Text(0));
        });
        all += table + "\n";
        tx.Query(
            texts.emplace_back(fmt::format("SELECT {0} FROM {1} ORDER BY {0}", columns, table)), {},
            [&](const Row& row) { all += row.Text(0) + "\n"; });
      }
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return all;
  }
  static std::string DumpOf(const std::string& path) {
    return Dump(*OpenSqlite({.path = path}).value());
  }
  static absl::StatusOr<MoveReport> Run(MoveSide& from, MoveSide& to) {
    return MoveRows(from, to, [](const MoveProgress&) {});
  }
  static absl::Status Copy(const std::string& from, const std::string& to) {
    const auto source = MoveFromSqlite(from).value();
    const auto target = MoveToSqlite(to).value();
    return Run(*source, *target).status();
  }
  static bool Refuses(Database& database, std::string_view sql) {
    return !database
                .Write([&](Transaction& tx) {
                  tx.Execute(sql);
                  return absl::OkStatus();
                })
                .ok();
  }

  const TemporaryFile from_;
  const TemporaryFile to_;
  test::TestDatabase home_;
};

// Loses a row, as a faulty disk or program may.
class LosesARow final : public MoveSide {
 public:
  explicit LosesARow(std::unique_ptr<MoveSide> side) : side_(std::move(side)) {}

  std::vector<MovedTable> Tables() override { return side_->Tables(); }
  Transaction& transaction() override { return side_->transaction(); }
  void BeginWriting(const std::vector<MovedTable>& tables) override { side_->BeginWriting(tables); }
  void Insert(const MovedTable& table, const std::vector<MovedRow>& rows) override {
    if (table.name != "requests") return side_->Insert(table, rows);
    side_->Insert(table, {rows.begin() + 1, rows.end()});
  }
  void Commit(const std::vector<MovedTable>& tables) override { side_->Commit(tables); }

 private:
  const std::unique_ptr<MoveSide> side_;
};

TEST_F(Move, CopiesEveryRowAsItIs) {
  Fill(from_.path());
  ASSERT_TRUE(Copy(from_.path(), to_.path()).ok());
  EXPECT_EQ(DumpOf(to_.path()), DumpOf(from_.path()));
  const auto moved = OpenSqlite({.path = to_.path()}).value();
  EXPECT_TRUE(Refuses(*moved, "DELETE FROM sold_packages")) << "the triggers are back";
}

TEST_F(Move, RefusesATargetThatHoldsSomething) {
  Fill(from_.path());
  Fill(to_.path());
  const std::string before = DumpOf(to_.path());
  const absl::Status refused = Copy(from_.path(), to_.path());
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << refused;
  EXPECT_THAT(std::string(refused.message()), HasSubstr("not empty"));
  EXPECT_EQ(DumpOf(to_.path()), before);
}

TEST_F(Move, LeavesNothingWhereARowWasLost) {
  Fill(from_.path());
  {
    const auto source = MoveFromSqlite(from_.path()).value();
    LosesARow target(MoveToSqlite(to_.path()).value());
    const absl::Status lost = Run(*source, target).status();
    EXPECT_EQ(lost.code(), absl::StatusCode::kDataLoss) << lost;
    EXPECT_THAT(std::string(lost.message()), HasSubstr("requests"));
  }
  EXPECT_TRUE(Copy(from_.path(), to_.path()).ok()) << "it is empty again";
}

TEST_F(Move, RefusesWhatIsNoDatabase) {
  std::ofstream(from_.path()) << "nothing of the kind";
  EXPECT_EQ(MoveFromSqlite(from_.path()).status().code(), absl::StatusCode::kFailedPrecondition);
}

class MoveToOther : public Move {
 protected:
  void SetUp() override {
    if (!test::OnPostgres()) GTEST_SKIP() << "there is no PostgreSQL";
  }
  absl::Status Out() {
    auto source = MoveFromSqlite(from_.path()).value();
    auto target = MoveToPostgres(home_.Address()).value();
    return Run(*source, *target).status();
  }
  absl::Status Back() {
    auto source = MoveFromPostgres(home_.Address()).value();
    auto target = MoveToSqlite(to_.path()).value();
    return Run(*source, *target).status();
  }
};

TEST_F(MoveToOther, BringsEveryRowThereAndBack) {
  Fill(from_.path());
  ASSERT_EQ(Out(), absl::OkStatus());
  ASSERT_EQ(Back(), absl::OkStatus());
  EXPECT_EQ(DumpOf(to_.path()), DumpOf(from_.path()));
}

TEST_F(MoveToOther, WhatTheSchemaRefusesIsRefusedAfterIt) {
  Fill(from_.path());
  ASSERT_EQ(Out(), absl::OkStatus());
  const auto moved = OpenPostgres(home_.Address()).value();
  EXPECT_TRUE(Refuses(*moved, "DELETE FROM sold_packages WHERE id = 61"));
  EXPECT_TRUE(Refuses(*moved, "UPDATE watermarks SET ids_up_to = 1"));
  EXPECT_TRUE(Refuses(*moved, "UPDATE appointments SET status = 'COMPLETED' WHERE id = 71"));
  EXPECT_TRUE(
      Refuses(*moved, "UPDATE appointments SET hold_start_s = hold_start_s - 7200 WHERE id = 72"))
      << "it would overlap the one before";
}

TEST_F(MoveToOther, NumbersGoOnBehindTheLastOne) {
  Fill(from_.path());
  ASSERT_EQ(Out(), absl::OkStatus());
  const auto moved = OpenPostgres(home_.Address()).value();
  std::int64_t number = 0;
  const absl::Status status = moved->Write([&](Transaction& tx) {
    tx.Query(
        "INSERT INTO requests (created_s, scope, request_id, digest, response)"
        " VALUES (0, 's', 'new', '', '') RETURNING number",
        {}, [&](const Row& row) { number = row.Int(0); });
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(number, kManyRequests + 1);
}

TEST_F(MoveToOther, WhereItIsKilledHalfWayNothingIsMovedAndItCanBeginAnew) {
  Fill(from_.path());
  const std::string address = home_.Address();
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto source = MoveFromSqlite(from_.path()).value();
    auto target = MoveToPostgres(address).value();
    static_cast<void>(MoveRows(*source, *target, [](const MoveProgress& now) {
      if (now.table == "requests" && now.rows > kManyRequests / 2) raise(SIGKILL);
    }));
    _exit(0);
  }
  int how = 0;
  ASSERT_EQ(waitpid(child, &how, 0), child);
  ASSERT_TRUE(WIFSIGNALED(how)) << "it was through before";
  // The server notices at its next read that nobody is there any more.
  ASSERT_TRUE(test::Eventually([&] { return MoveToPostgres(address).ok(); }));
  ASSERT_EQ(Out(), absl::OkStatus());
  ASSERT_EQ(Back(), absl::OkStatus());
  EXPECT_EQ(DumpOf(to_.path()), DumpOf(from_.path()));
}

TEST_F(MoveToOther, IsRefusedWhileACoreWorksOnIt) {
  Fill(from_.path());
  const auto core = OpenPostgres(home_.Address()).value();
  for (const auto& side : {MoveToPostgres(home_.Address()), MoveFromPostgres(home_.Address())}) {
    EXPECT_EQ(side.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(side.status().message()), HasSubstr("another core"));
  }
}

TEST_F(MoveToOther, NamesTheTableOfATextThatPostgresDoesNotTake) {
  Fill(from_.path());
  {
    Store store(OpenSqlite({.path = to_.path()}).value());
    store.Write([](Transaction& tx) {
      tx.Execute("UPDATE accounts SET time_zone = CAST(x'41FF42' AS TEXT) WHERE id = 2");
    });
  }
  auto source = MoveFromSqlite(to_.path()).value();
  auto target = MoveToPostgres(home_.Address()).value();
  const absl::Status refused = Run(*source, *target).status();
  EXPECT_FALSE(refused.ok());
  EXPECT_THAT(std::string(refused.message()), HasSubstr("accounts"));
}

}  // namespace
}  // namespace kalends::storage

// Statements: parameters, types, reuse.
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "storage/sqlite/sqlite_database.h"

namespace kalends::storage {
namespace {

class Statements : public testing::Test {
 protected:
  absl::Status Run(const std::function<void(Transaction&)>& body) {
    return database_->Write([&](Transaction& tx) {
      body(tx);
      return absl::OkStatus();
    });
  }

  std::unique_ptr<Database> database_ = OpenSqlite({":memory:"}).value();
};

TEST_F(Statements, ParametersGoByNumberAndMayRepeat) {
  std::string seen;
  EXPECT_TRUE(Run([&](Transaction& tx) {
                tx.Query("SELECT $2, $10, $1, $2, $3, $4, $5, $6, $7, $8, $9",
                         {1, 2, 3, 4, 5, 6, 7, 8, 9, "ten"}, [&](const Row& row) {
                           seen = std::to_string(row.Int(0)) + row.Text(1) +
                                  std::to_string(row.Int(2)) + std::to_string(row.Int(3));
                         });
              }).ok());
  EXPECT_EQ(seen, "2ten12");
}

TEST_F(Statements, EveryTypeOfValueKeepsItsType) {
  EXPECT_TRUE(Run([&](Transaction& tx) {
                tx.Query(
                    "SELECT typeof($1), typeof($2), typeof($3), typeof($4), typeof($5), $1, $6",
                    {nullptr, std::int64_t{-1} << 62, std::string_view(), Blob{},
                     Blob{std::string_view("\0\xff", 2)}, std::string_view("a\0b", 3)},
                    [&](const Row& row) {
                      EXPECT_EQ(row.Text(0), "null");
                      EXPECT_EQ(row.Text(1), "integer");
                      EXPECT_EQ(row.Text(2), "text");
                      EXPECT_EQ(row.Text(3), "blob");
                      EXPECT_EQ(row.Text(4), "blob");
                      EXPECT_TRUE(row.IsNull(5));
                      EXPECT_EQ(row.OptionalInt(5), std::nullopt);
                      EXPECT_EQ(row.Text(6), std::string("a\0b", 3));
                    });
              }).ok());
}

// What lies there is damaged; to ask for a column that there is none of is a fault of ours.
TEST_F(Statements, AColumnOfAnotherTypeCannotBeRead) {
  const auto read = [&](const std::function<void(const Row&)>& each) {
    return core::ReasonOf(
        Run([&](Transaction& tx) { tx.Query("SELECT 'text', 1, NULL", {}, each); }));
  };
  EXPECT_EQ(read([](const Row& row) { row.Int(0); }), core::Reason::kUnreadable);
  EXPECT_EQ(read([](const Row& row) { row.Text(1); }), core::Reason::kUnreadable);
  EXPECT_EQ(read([](const Row& row) { row.Int(2); }), core::Reason::kUnreadable);
  EXPECT_EQ(read([](const Row& row) { row.Int(3); }), core::Reason::kInternal);
}

TEST_F(Statements, AMissingOrSuperfluousParameterIsAFault) {
  EXPECT_FALSE(Run([](Transaction& tx) { tx.Execute("SELECT $1"); }).ok());
  EXPECT_FALSE(Run([](Transaction& tx) { tx.Execute("SELECT $1", {1, 2}); }).ok());
  EXPECT_FALSE(Run([](Transaction& tx) { tx.Execute("SELECT ?", {1}); }).ok());
}

TEST_F(Statements, ARowMayRunTheSameStatementAgain) {
  std::string seen;
  EXPECT_TRUE(Run([&](Transaction& tx) {
                const std::function<void(std::int64_t)> descend = [&](std::int64_t depth) {
                  if (depth == 0) return;
                  tx.Query("SELECT $1 UNION ALL SELECT -$1", {depth}, [&](const Row& row) {
                    seen += std::to_string(row.Int(0)) + " ";
                    if (row.Int(0) > 0) descend(depth - 1);
                  });
                };
                descend(3);
              }).ok());
  EXPECT_EQ(seen, "3 2 1 -1 -2 -3 ");
}

TEST_F(Statements, TheSameMemoryMayHoldAnotherStatement) {
  std::string sql = "SELECT 1";
  for (const char digit : {'1', '2', '3', '2'}) {
    sql.back() = digit;
    EXPECT_TRUE(Run([&](Transaction& tx) {
                  tx.Query(sql, {}, [&](const Row& row) { EXPECT_EQ(row.Int(0), digit - '0'); });
                }).ok());
  }
}

TEST_F(Statements, ExecuteCountsTheRowsItChanged) {
  EXPECT_TRUE(Run([](Transaction& tx) {
                tx.Execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)");
                EXPECT_EQ(tx.Execute("INSERT INTO notes VALUES (1), (2), (3)"), 3);
                EXPECT_EQ(tx.Execute("DELETE FROM notes WHERE id > $1", {1}), 2);
                EXPECT_EQ(tx.Execute("DELETE FROM notes WHERE id > $1", {1}), 0);
              }).ok());
}

}  // namespace
}  // namespace kalends::storage

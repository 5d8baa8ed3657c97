#include "tools/kalends/imports/sql_dump.h"

#include <gmock/gmock.h>

namespace kalends::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

absl::StatusOr<std::map<std::string, Table>> Read(std::string_view text) {
  return ReadSqlDump(text, [](std::string_view name) { return name.starts_with("t"); });
}

TEST(ReadSqlDump, TakesColumnsFromCreateTableAndFromInsert) {
  const auto tables = Read(
      "-- A dump\n/*!40101 SET NAMES utf8mb4 */;\n"
      "CREATE TABLE IF NOT EXISTS `t1` (\n  `id` int(11) NOT NULL DEFAULT '0',\n"
      "  `price` decimal(10,2),\n  PRIMARY KEY (`id`),\n  KEY `p` (`price`)\n) ENGINE=InnoDB;\n"
      "INSERT INTO `t1` VALUES (1,2.50),\n(2,NULL);\n"
      "INSERT INTO `db`.`t2` (`b`, `a`) VALUES ('x', -1);\n");
  ASSERT_TRUE(tables.ok()) << tables.status();
  const Table& first = tables->at("t1");
  EXPECT_THAT(first.columns, ElementsAre("id", "price"));
  ASSERT_EQ(first.rows.size(), 2U);
  EXPECT_THAT(first.rows[0].cells, ElementsAre("1", "2.50"));
  EXPECT_THAT(first.rows[1].cells, ElementsAre("2", ""));
  EXPECT_EQ(first.rows[1].line, 10);
  EXPECT_THAT(tables->at("t2").columns, ElementsAre("b", "a"));
  EXPECT_THAT(tables->at("t2").rows[0].cells, ElementsAre("x", "-1"));
}

TEST(ReadSqlDump, TextsSayWhatMySqlMeansByThem) {
  const auto tables =
      Read(R"(INSERT INTO t (a,b,c,d) VALUES ('It''s; (so)', 'a\n\'b\\', _binary 'q', 0x4d69);)");
  ASSERT_TRUE(tables.ok()) << tables.status();
  EXPECT_THAT(tables->at("t").rows[0].cells, ElementsAre("It's; (so)", "a\n'b\\", "q", "Mi"));
}

TEST(ReadSqlDump, SkipsWhatNobodyAsksForAndWhatIsNoTable) {
  const auto tables = Read(
      "LOCK TABLES `x` WRITE; INSERT INTO `x` VALUES (1,'a;b'); DROP TABLE t; # the end\n"
      "CREATE VIEW t AS SELECT 1;");
  ASSERT_TRUE(tables.ok()) << tables.status();
  EXPECT_TRUE(tables->empty());
}

TEST(ReadSqlDump, SaysOnWhichLineItCannotBeRead) {
  const struct {
    const char* name;
    std::string text;
    const char* line;
  } kCases[] = {
      {"a text that does not end", "\nINSERT INTO t (a) VALUES ('x", "Line 2"},
      {"a row that does not end", "INSERT INTO t (a) VALUES (1,\n", "Line 2"},
      {"a row with another number of values", "INSERT INTO t (a) VALUES (1),\n(1,2);", "Line 2"},
      {"a comment that does not end", "\n\n/* x", "Line 3"},
      {"a table that is made again behind its rows",
       "INSERT INTO t (a) VALUES (1);\nCREATE TABLE t (`a` int, `b` int);", "Line 2"},
      {"no VALUES", "INSERT INTO t (a) SELECT 1;", "Line 1"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const auto tables = Read(c.text);
    ASSERT_FALSE(tables.ok());
    EXPECT_THAT(std::string(tables.status().message()), HasSubstr(c.line));
  }
}

TEST(ReadSqlDump, BoundsAValue) {
  const std::string huge(kDumpCellBytesMax + 1, 'x');
  EXPECT_EQ(Read("INSERT INTO t (a) VALUES ('" + huge + "');").status().code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace kalends::cli

#include "storage/sqlite/table_checks.h"

#include <gmock/gmock.h>

namespace kalends::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ChecksIn, FindsThoseOfColumnsAndOfTheTable) {
  EXPECT_THAT(ChecksIn("CREATE TABLE t (a TEXT CHECK (a IN ('x', 'y')), b INTEGER CHECK (b > 0),"
                       " CHECK ((a = 'x') = (b IS NULL)))"),
              ElementsAre("a IN ('x', 'y')", "b > 0", "(a = 'x') = (b IS NULL)"));
}

TEST(ChecksIn, LeavesCommentsAndTextsAlone) {
  EXPECT_THAT(ChecksIn("CREATE TABLE t (a TEXT -- CHECK (no)\n, b TEXT DEFAULT 'CHECK (no)')"),
              IsEmpty());
  EXPECT_THAT(ChecksIn("CREATE TABLE t (a TEXT CHECK (a <> ')' -- of ( it\n AND a <> ''))"),
              ElementsAre("a <> ')' -- of ( it\n AND a <> ''"));
  EXPECT_THAT(ChecksIn("CREATE TABLE t (UNCHECKED TEXT, CHECK_IN (1))"), IsEmpty());
}

TEST(OnOneLine, DropsCommentsAndLines) {
  EXPECT_EQ(OnOneLine("a = 1 -- one\n  OR a = 2"), "a = 1 OR a = 2");
}

TEST(ReferencesOf, NamesTheOthersKeyWhereTheSchemaDoesNot) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(
      "CREATE TABLE other (x INTEGER, y INTEGER, PRIMARY KEY (x, y));"
      "CREATE TABLE t (a INTEGER, b INTEGER, FOREIGN KEY (a, b) REFERENCES other);");
  const auto references = ReferencesOf(database, "t");
  ASSERT_EQ(references.size(), 1U);
  EXPECT_EQ(references[0].table, "other");
  EXPECT_THAT(references[0].from, ElementsAre("a", "b"));
  EXPECT_THAT(references[0].to, ElementsAre("x", "y"));
}

}  // namespace
}  // namespace kalends::storage

#include "tools/kalends/imports/table.h"

#include <gmock/gmock.h>

#include "tools/kalends/imports/plain_text.h"

namespace kalends::cli {
namespace {

using testing::ElementsAre;

TEST(ReadCsv, QuotesHoldSeparatorsQuotesAndLines) {
  const auto table = ReadCsv("id,name\n1,\"Weber, \"\"Mia\"\"\nzwei\"\n2,Otto\n", 0);
  ASSERT_TRUE(table.ok());
  EXPECT_THAT(table->columns, ElementsAre("id", "name"));
  ASSERT_EQ(table->rows.size(), 2U);
  EXPECT_THAT(table->rows[0].cells, ElementsAre("1", "Weber, \"Mia\"\nzwei"));
  EXPECT_EQ(table->rows[0].line, 2);
  EXPECT_EQ(table->rows[1].line, 4);  // The quoted line break counts.
}

TEST(ReadCsv, FindsOutTheSeparatorFromTheHeader) {
  for (const char* text : {"a;b\r\n1;2,5\r\n", "a\tb\n1\t2,5\n"}) {
    const auto table = ReadCsv(text, 0);
    ASSERT_TRUE(table.ok());
    ASSERT_EQ(table->rows.size(), 1U);
    EXPECT_THAT(table->rows[0].cells, ElementsAre("1", "2,5"));
  }
}

TEST(ReadCsv, RefusesAQuoteThatDoesNotClose) {
  EXPECT_FALSE(ReadCsv("a,b\n1,\"2\n", 0).ok());
  EXPECT_FALSE(ReadCsv("", 0).ok());
}

TEST(ReadCsv, ReadsBackWhatWasWritten) {
  std::string text;
  AppendCsvLine(text, {"a", "b"});
  AppendCsvLine(text, {"x;y\r\n\"z\"", " blanks "});
  const auto table = ReadCsv(text, 0);
  ASSERT_TRUE(table.ok());
  EXPECT_THAT(table->rows[0].cells, ElementsAre("x;y\r\n\"z\"", " blanks "));
}

TEST(Columns, OfSeveralSpellingsAreOne) {
  const Columns columns({"Start Time", "customer_id"});
  const TableRow row{2, {" 10:00 ", "7"}};
  EXPECT_EQ(columns.Cell(row, {"start", "starttime"}), "10:00");
  EXPECT_EQ(columns.Spelled({"customerid"}), "customer_id");
  EXPECT_FALSE(columns.Has({"end"}));
  EXPECT_EQ(columns.Cell({3, {"x"}}, {"customerid"}), "");
}

TEST(ToUtf8, TakesMarksUtf8AndWindows1252) {
  EXPECT_EQ(*ToUtf8("\xEF\xBB\xBFid", ""), "id");
  EXPECT_EQ(*ToUtf8("M\xC3\xBCller", ""), "Müller");
  EXPECT_EQ(*ToUtf8("M\xFCller \x80", ""), "Müller €");
  EXPECT_EQ(*ToUtf8("\xCD\xC9\xD2", "koi8-r"), "мир");
  EXPECT_EQ(*ToUtf8(std::string("\xFF\xFEi\0d\0", 6), ""), "id");
  EXPECT_FALSE(ToUtf8("x", "no-such-encoding").ok());
  EXPECT_FALSE(ToUtf8("\xFC", "utf-8").ok());
}

}  // namespace
}  // namespace kalends::cli

#include "core/notes/private_note.h"

#include <gtest/gtest.h>

#include "tests/support/violation.h"

namespace kalends::core {
namespace {

TEST(CheckPrivateNote, HasLinesAndALimitAndMayBeEmpty) {
  EXPECT_TRUE(CheckPrivateNote("").ok());
  EXPECT_TRUE(CheckPrivateNote("Knie,\nlinks 🙂").ok());
  std::string longest;
  for (int i = 0; i < 2000; ++i) longest += "я";
  EXPECT_TRUE(CheckPrivateNote(longest).ok());
  EXPECT_EQ(test::FieldOf(CheckPrivateNote(longest + "!")), "private_note.text");
  EXPECT_EQ(test::FieldOf(CheckPrivateNote("a\x07")), "private_note.text");
}

}  // namespace
}  // namespace kalends::core

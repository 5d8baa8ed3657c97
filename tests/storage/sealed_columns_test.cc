#include "storage/sealed_columns.h"

#include <gmock/gmock.h>

#include <set>

#include "tests/storage/sample.h"
#include "tests/support/text_columns.h"

namespace kalends::storage {
namespace {

// Besides them, keys of files, which are no words.
TEST(SealedColumns, AreAllThatAreSaidToBeSealed) {
  std::set<std::string> known;
  for (const SealedColumn& column : SealedColumns()) {
    if (column.as == SealedColumn::As::kKey) continue;
    EXPECT_TRUE(known.insert(NameOf(column)).second) << NameOf(column) << " is there twice";
  }
  EXPECT_EQ(known, SealedTextColumns());
}

TEST(SealedColumns, CanBeReadEach) {
  Store store;
  for (const SealedColumn& column : SealedColumns()) {
    store.Read([&](Transaction& tx) {
      EachSealed(tx, column, [](std::string_view, const std::string&) {});
      return true;
    });
  }
}

TEST(KeptAt, IsWhatTheRowHasOrNothing) {
  Store store;
  store.Read([](Transaction& tx) {
    EXPECT_GT(KeptAt(tx, "accounts.display_name/1").value_or("").size(), 0U);
    EXPECT_FALSE(KeptAt(tx, "accounts.display_name/-7"));
    EXPECT_FALSE(KeptAt(tx, "special_dates.label/1/-9"));
    EXPECT_FALSE(KeptAt(tx, "sessions.data/telegram:1/2"));
    return true;
  });
}

}  // namespace
}  // namespace kalends::storage

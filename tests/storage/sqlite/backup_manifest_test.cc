// A manifest is what was written, or none.
#include "storage/sqlite/backup_manifest.h"

#include <gtest/gtest.h>

namespace kalends::storage {
namespace {

BackupManifest Sample() {
  const std::string hash(64, 'a');
  return {"2026-11-30T19:00:00Z",
          26,
          {"kalends.db", 4096, hash},
          "0123",
          {"00ff00ff00ff00ff", "11ee11ee11ee11ee"},
          {{"f1", 1, hash}, {"f2", std::int64_t{5} << 32, hash}},
          {"f3"}};
}

TEST(BackupManifest, IsReadAsItWasWritten) {
  EXPECT_EQ(*ParseManifest(TextOf(Sample())), Sample());
  BackupManifest bare;
  bare.created = "2026-11-30T19:00:00Z";
  bare.database = {"kalends.db", 4096, std::string(64, 'b')};
  EXPECT_EQ(*ParseManifest(TextOf(bare)), bare);
}

TEST(BackupManifest, CutOffAnywhereOrChangedAnywhereIsNone) {
  const std::string text = TextOf(Sample());
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_FALSE(ParseManifest(text.substr(0, i)).ok()) << i;
    std::string changed = text;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(ParseManifest(changed).ok()) << i;
  }
  EXPECT_FALSE(ParseManifest(text + "\n").ok());
  EXPECT_FALSE(ParseManifest(text + "end 0\n").ok());
}

}  // namespace
}  // namespace kalends::storage

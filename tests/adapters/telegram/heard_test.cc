#include "adapters/telegram/heard.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

using std::chrono::seconds;

constexpr Heard::Time kBegun{};

TEST(Heard, TellsWhetherAChatWasHeardFromSinceACallWasBegun) {
  Heard heard;
  EXPECT_FALSE(heard.Since(1, kBegun));
  heard.Note(1, kBegun + seconds(5));
  EXPECT_TRUE(heard.Since(1, kBegun));
  EXPECT_TRUE(heard.Since(1, kBegun + seconds(5)));
  EXPECT_FALSE(heard.Since(1, kBegun + seconds(6)));
  EXPECT_FALSE(heard.Since(2, kBegun));
}

TEST(Heard, ForgetsChatsThatAreSilentForLongerThanACallTakesAndNoOthers) {
  Heard heard;
  heard.Note(1, kBegun);
  heard.Note(2, kBegun);
  heard.Note(1, kBegun + kHeardKept);
  EXPECT_TRUE(heard.Since(2, kBegun));
  heard.Note(3, kBegun + kHeardKept + seconds(1));
  EXPECT_FALSE(heard.Since(2, kBegun));
  EXPECT_TRUE(heard.Since(1, kBegun + seconds(1)));
}

}  // namespace
}  // namespace kalends::telegram

#include "core/accounts/account.h"

#include <gtest/gtest.h>

#include <string>

namespace kalends::core {
namespace {

TEST(LanguageForTag, TakesThePrimaryTagOfWhatWeSpeakAndEnglishOtherwise) {
  const struct {
    const char* tag;
    Language language;
  } kCases[] = {{"de", Language::kDe},     {"de-AT", Language::kDe}, {"DE_ch", Language::kDe},
                {"uk", Language::kUk},     {"pt-br", Language::kEn}, {"", Language::kEn},
                {"deutsch", Language::kEn}};
  for (const auto& c : kCases) EXPECT_EQ(LanguageForTag(c.tag), c.language) << c.tag;
}

TEST(Identity, IsAChannelAndAnAddress) {
  EXPECT_EQ(Identity::Parse("telegram:4711")->address, "4711");
  EXPECT_EQ(Identity::Parse("mail:a:b")->address, "a:b");
  for (const char* text :
       {"", ":", "telegram:", ":4711", "Telegram:1", "telegram:1 2", "telegram:\n"}) {
    EXPECT_FALSE(Identity::Parse(text)) << text;
  }
  EXPECT_FALSE(Identity::Parse("telegram:" + std::string(100, '1')));
}

}  // namespace
}  // namespace kalends::core

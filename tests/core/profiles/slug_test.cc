#include "core/profiles/slug.h"

#include <gtest/gtest.h>

#include <random>

#include "core/base/limits.h"
#include "tests/support/seed.h"

namespace kalends::core {
namespace {

TEST(IsSlug, HasLettersDigitsAndSingleHyphensBetween) {
  for (const char* slug : {"abc", "a-b", "marie-weber", "7-days", "123", "a1-b2-c3"}) {
    EXPECT_TRUE(IsSlug(slug)) << slug;
  }
  for (const char* slug : {"", "ab", "-ab", "ab-", "a--b", "Marie", "marie weber", "müller", "a_b",
                           "a.b", "a/b", "a%2f", "../x", "abc\n"}) {
    EXPECT_FALSE(IsSlug(slug)) << slug;
  }
  EXPECT_TRUE(IsSlug(std::string(kSlugCharsMax, 'x')));
  EXPECT_FALSE(IsSlug(std::string(kSlugCharsMax + 1, 'x')));
}

TEST(SlugFromName, SpellsANameAsItsLanguageDoes) {
  const struct {
    const char* name;
    Language language;
    const char* slug;
  } kCases[] = {
      {"Marie Weber", Language::kDe, "marie-weber"},
      {"Müller & Söhne", Language::kDe, "mueller-soehne"},
      {"Straße Ätz", Language::kDe, "strasse-aetz"},
      {"Müller & Söhne", Language::kEn, "muller-sohne"},
      {"Chloé L’Écuyer", Language::kFr, "chloe-lecuyer"},
      {"Íñigo Peña", Language::kEs, "inigo-pena"},
      {"O'Brien's", Language::kEn, "obriens"},
      {"Жанна Щукина", Language::kRu, "zhanna-shchukina"},
      {"Ольга Ющенко", Language::kUk, "olha-yushchenko"},
      {"Γιώργος", Language::kEn, "giorgos"},
      {"  Dr.  med.  (Weber) ", Language::kDe, "dr-med-weber"},
      {"💈 Salon 💈", Language::kEn, "salon"},
      {"u\u0308ber", Language::kDe, "ueber"},  // An u and a combining diaeresis.
  };
  for (const auto& c : kCases) EXPECT_EQ(SlugFromName(c.name, c.language), c.slug) << c.name;
}

TEST(SlugFromName, GivesASlugWhateverTheName) {
  EXPECT_EQ(SlugFromName("💈", Language::kEn), "profile");
  EXPECT_EQ(SlugFromName("Li", Language::kEn), "profile-li");
  EXPECT_EQ(SlugFromName("---", Language::kEn), "profile");
  EXPECT_EQ(SlugFromName(std::string(39, 'x') + " y", Language::kEn), std::string(39, 'x'));
}

TEST(SlugFromName, OfAnyTextIsASlug) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  std::uniform_int_distribution<int> length(1, 30);
  std::uniform_int_distribution<int> byte(0, 255);
  for (int i = 0; i < 200; ++i) {
    std::string name;
    for (int n = length(random); n > 0; --n) name += static_cast<char>(byte(random));
    const std::string slug = SlugFromName(name, static_cast<Language>(i % 6));
    EXPECT_TRUE(IsSlug(slug)) << "text " << i << ": " << slug;
  }
}

TEST(SlugWithSuffix, StaysASlug) {
  EXPECT_EQ(SlugWithSuffix("marie-weber", "2"), "marie-weber-2");
  const std::string cut = SlugWithSuffix(std::string(57, 'x') + "-yz", "2");
  EXPECT_EQ(cut, std::string(57, 'x') + "-2");
  EXPECT_TRUE(IsSlug(SlugWithSuffix(std::string(kSlugCharsMax, 'x'), "0123456789abc")));
}

TEST(SlugSuggestions, AreTheNameThenNumbersThenTheId) {
  const auto slugs = SlugSuggestions("Marie Weber", Language::kDe, ProviderId{4711});
  ASSERT_EQ(slugs.size(), 10U);
  EXPECT_EQ(slugs[0], "marie-weber");
  EXPECT_EQ(slugs[1], "marie-weber-2");
  EXPECT_EQ(slugs[8], "marie-weber-9");
  EXPECT_EQ(slugs[9], "marie-weber-" + ProviderId{4711}.ToString());
}

}  // namespace
}  // namespace kalends::core

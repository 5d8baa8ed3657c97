// What nobody can read costs one value, never the whole.
#include "adapters/telegram/json_reader.h"

#include <gtest/gtest.h>

#include <thread>

namespace kalends::telegram {
namespace {

using nlohmann::json;

constexpr char kReplaced[] = "\xEF\xBF\xBD";  // U+FFFD.

TEST(ReadJson, ReadsWhatIsWellFormedAsItIs) {
  for (const char* text : {R"({"a":[1,-2.5e3,true,null,"ä😀\u00e4\ud83d\ude00\n\"\\\/"],"b":{}})",
                           R"("")", "[]", "18446744073709551615", R"({"update_id":-1})"}) {
    EXPECT_EQ(ReadJson(text), json::parse(text)) << text;
  }
}

TEST(ReadJson, PutsTheReplacementCharacterForWhatIsNoText) {
  const struct {
    const char* name;
    std::string text;
    std::string read;
  } kCases[] = {
      {"a lone high surrogate", R"(A\ud800)", std::string("A") + kReplaced},
      {"a lone low surrogate", R"(\udc00A)", std::string(kReplaced) + "A"},
      {"two high ones and a low one", R"(\ud83d\ud83d\ude00)", std::string(kReplaced) + "😀"},
      {"half an escape", R"(\ud83d\u12)", std::string(kReplaced) + kReplaced + "12"},
      {"an escape of no digits", R"(\uzzzz)", std::string(kReplaced) + "zzzz"},
      {"an unknown escape", R"(a\qb)", std::string("a") + kReplaced + "qb"},
      {"a NUL, which is a character", R"(a\u0000b)", std::string("a\0b", 3)},
      {"bare control characters", "a\n\x01z", std::string("a") + kReplaced + kReplaced + "z"},
      {"a lone byte",
       "a\xff"
       "b",
       std::string("a") + kReplaced + "b"},
      {"a cut sequence", "a\xe2\x82", std::string("a") + kReplaced},
      {"an overlong slash", "\xc0\xaf", std::string(kReplaced) + kReplaced},
      {"a surrogate in UTF-8", "\xed\xa0\x80", std::string(kReplaced) + kReplaced + kReplaced},
      {"beyond Unicode", "\xf4\x90\x80\x80",
       std::string(kReplaced) + kReplaced + kReplaced + kReplaced},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const json read = ReadJson("[\"" + c.text + "\",1]");
    ASSERT_TRUE(read.is_array());
    EXPECT_EQ(read[0], c.read);
    EXPECT_EQ(read[1], 1);
    EXPECT_NO_THROW(static_cast<void>(read.dump()));
    // As a key, too.
    EXPECT_EQ(ReadJson("{\"" + c.text + "\":1}").begin().key(), c.read);
  }
}

TEST(ReadJson, PutsNullForNumbersThatNobodyHolds) {
  for (const std::string& number :
       {std::string("1e999"), std::string("-1e999"), std::string(5'000, '9'),
        "0." + std::string(5'000, '1'), "1e" + std::string(500, '9')}) {
    const json read = ReadJson("{\"a\":" + number + ",\"b\":2}");
    ASSERT_TRUE(read.is_object()) << number;
    EXPECT_TRUE(read["a"].is_null()) << number;
    EXPECT_EQ(read["b"], 2);
  }
}

TEST(ReadJson, PutsNullForWhatIsNestedTooDeep) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(ReadJson(nested(kJsonDepthMax)), json::parse(nested(kJsonDepthMax)));
  std::string cut = nested(kJsonDepthMax);
  cut.insert(kJsonDepthMax, "null");
  EXPECT_EQ(ReadJson(nested(kJsonDepthMax + 1)), json::parse(cut));
  // On a thread, whose stack is as small as those of the strands.
  std::thread([&] {
    const json read = ReadJson(R"({"a":)" + nested(100'000) + R"(,"b":")" + "]\",\"c\":3}");
    const json copy = read;
    EXPECT_EQ(copy["c"], 3);
    EXPECT_LT(WriteJson(copy).size(), 1'000U);
    std::string objects;
    for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
    EXPECT_TRUE(ReadJson(objects).is_discarded());
    objects += "1" + std::string(100'000, '}');
    EXPECT_TRUE(ReadJson(objects).is_object());
    EXPECT_TRUE(ReadJson(std::string(100'000, '[')).is_discarded());
    EXPECT_TRUE(ReadJson(std::string(100'000, ']')).is_discarded());
  }).join();
}

TEST(ReadJson, OfEqualKeysTheLastCounts) {
  EXPECT_EQ(ReadJson(R"({"a":1,"a":2})"), json::parse(R"({"a":2})"));
}

TEST(ReadJson, TakesTextsOfAnyLength) {
  const json read = ReadJson("[\"" + std::string(20'000'000, 'x') + "\"]");
  EXPECT_EQ(read[0].get<std::string>().size(), 20'000'000U);
}

TEST(ReadJson, WhatIsNoJsonIsDiscarded) {
  for (const char* text :
       {"", "no json", "{\"a\":", "\"", "\"\\", "[1,]", "{\"a\" 1}", "nul", "\xff"}) {
    EXPECT_TRUE(ReadJson(text).is_discarded()) << text;
  }
}

TEST(WriteJson, TakesBytesThatAreNoText) {
  EXPECT_EQ(WriteJson({{"a", "x\xff"}}), std::string("{\"a\":\"x") + kReplaced + "\"}");
}

TEST(JsonFields, AreNothingWhereTheTypeIsAnother) {
  const json object = json::parse(R"({"n":7,"t":"x","f":1.5})");
  EXPECT_EQ(NumberAt(object, "n"), 7);
  EXPECT_EQ(NumberAt(object, "t"), 0);
  EXPECT_EQ(NumberAt(object, "f"), 0);
  EXPECT_EQ(NumberAt(object, "none"), 0);
  EXPECT_EQ(NumberAt("no object", "n"), 0);
  EXPECT_EQ(TextAt(object, "t"), "x");
  EXPECT_EQ(TextAt(object, "n"), "");
  EXPECT_EQ(TextAt(nullptr, "t"), "");
}

}  // namespace
}  // namespace kalends::telegram

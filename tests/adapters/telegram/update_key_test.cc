// An update has one key wherever it comes from, and no other has it.
#include "adapters/telegram/update_key.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace kalends::telegram {
namespace {

using Json = nlohmann::json;

// Of `update` with what JSON merge patch `change` makes of it.
UpdateKey KeyAfter(Json update, const Json& change, std::int64_t bot = 1) {
  update.merge_patch(change);
  return KeyOf(update, bot);
}

const Json kWritten = Json::parse(
    R"({"update_id":7,"message":{"message_id":3,"date":1797843600,"text":"Hi",
        "chat":{"id":5,"type":"private"},"from":{"id":5,"first_name":"Jo"}}})");
const Json kPressed = Json::parse(
    R"({"update_id":7,"callback_query":{"id":"77","data":"1:h","from":{"id":5,"first_name":"Jo"},
        "message":{"message_id":3,"text":"Menu"}}})");

TEST(UpdateKey, StaysWhenTheUpdateIsWrittenOnceMoreAndReadsDifferently) {
  EXPECT_EQ(KeyAfter(kWritten, Json::object()), KeyOf(kWritten, 1));
  EXPECT_EQ(KeyAfter(kWritten, Json::parse(R"({"message":{"from":{"first_name":"Joan"}}})")),
            KeyOf(kWritten, 1));
  EXPECT_EQ(KeyAfter(kPressed, Json::parse(R"({"callback_query":{"message":{"text":"Gone"}}})")),
            KeyOf(kPressed, 1));
}

TEST(UpdateKey, DiffersForAnotherBotAndForWhatElseHasTheNumber) {
  std::set<UpdateKey> keys{KeyOf(kWritten, 1), KeyOf(kWritten, 2), KeyOf(kPressed, 1)};
  std::set<std::string> requests;
  std::set<std::uint64_t> nonces;
  for (const char* change :
       {R"({"message":{"date":1797843601}})", R"({"message":{"message_id":4}})",
        R"({"message":{"text":"Ho"}})", R"({"message":{"from":{"id":6}}})",
        R"({"message":{"chat":{"id":6}}})", R"({"update_id":8})"}) {
    keys.insert(KeyAfter(kWritten, Json::parse(change)));
  }
  for (const char* change :
       {R"({"callback_query":{"id":"78"}})", R"({"callback_query":{"data":"1:i"}})",
        R"({"callback_query":{"message":{"message_id":4}}})"}) {
    keys.insert(KeyAfter(kPressed, Json::parse(change)));
  }
  EXPECT_EQ(keys.size(), 12U);
  for (const UpdateKey& key : keys) {
    requests.insert(RequestIdOf(key, 1));
    requests.insert(RequestIdOf(key, 2));
    nonces.insert(FingerprintOf(key, 40));
  }
  EXPECT_EQ(requests.size(), 24U);
  EXPECT_EQ(nonces.size(), 12U);
}

TEST(UpdateKey, ReadsBackWhatItWroteAndNothingElse) {
  const std::int64_t most = std::int64_t{1} << 52;
  for (const UpdateKey& key : {UpdateKey{}, KeyOf(kWritten, 1000000001),
                               UpdateKey{most, most, std::numeric_limits<std::uint64_t>::max()}}) {
    EXPECT_EQ(ReadUpdateKey(TextOf(key)), key);
    EXPECT_LE(RequestIdOf(key, 999).size(), 64U);  // The core's limit.
    EXPECT_LT(FingerprintOf(key, 40), std::uint64_t{1} << 40);
  }
  for (const char* text : {"", "7", "1:7", "1:7:", "1:7:0", "1:7:000000000000000g",
                           "1:7:0000000000000000:", "x:7:0000000000000000"}) {
    EXPECT_EQ(ReadUpdateKey(text), std::nullopt) << text;
  }
}

// What is kept, and the ids that the core knows, outlive the program that made them.
TEST(UpdateKey, IsTheSameInEveryVersion) {
  EXPECT_EQ(RequestIdOf(KeyOf(kWritten, 1000000001), 1), "tg:1000000001:7:f010ec28c284a98f:1");
}

}  // namespace
}  // namespace kalends::telegram

#include "tools/telegram_sim/params.h"

#include <gtest/gtest.h>

#include "tools/telegram_sim/json_text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

constexpr char kAllowed[] = "chat_id text message_id reply_markup protect_content";

std::string Decode(std::string_view query, std::string_view type, std::string_view body) {
  auto params = DecodeParams(query, type, body);
  if (!params.ok()) return std::string(params.status().message());
  const absl::Status status = CheckParams(kAllowed, *params);
  return status.ok() ? params->values.dump() : std::string(status.message());
}

TEST(DecodeParams, ReadsEveryFormAlike) {
  constexpr char kForm[] = "application/x-www-form-urlencoded";
  const std::string expected = json({{"chat_id", "5"},
                                     {"message_id", 7},
                                     {"protect_content", true},
                                     {"reply_markup", {{"a", 1}}},
                                     {"text", "ä b"}})
                                   .dump();
  const std::string form =
      "chat_id=5&message_id=7&protect_content=true&reply_markup=%7B%22a%22%3A1%7D&text=%C3%A4+b";
  EXPECT_EQ(Decode(form, "", ""), expected);
  EXPECT_EQ(Decode("", kForm, form), expected);
  EXPECT_EQ(
      Decode("chat_id=5", "application/json; charset=utf-8",
             R"({"message_id":7,"protect_content":true,"reply_markup":{"a":1},"text":"ä b"})"),
      expected);
  EXPECT_EQ(Decode("chat_id=5&text=%C3%A4+b", "multipart/form-data; boundary=\"x\"",
                   "--x\r\nContent-Disposition: form-data; name=\"message_id\"\r\n\r\n7\r\n"
                   "--x\r\ncontent-disposition: form-data; name=\"protect_content\"\r\n\r\ntrue\r\n"
                   "--x\r\nContent-Disposition: form-data; "
                   "name=\"reply_markup\"\r\n\r\n{\"a\":1}\r\n--x--\r\n"),
            expected);
}

// Copying or printing it would take more stack than there is.
TEST(DecodeParams, RefusesWhatIsNestedTooDeep) {
  constexpr char kJson[] = "application/json";
  const auto arrays = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  objects += "1" + std::string(100'000, '}');
  const auto body = [](const std::string& value) { return R"({"reply_markup":)" + value + "}"; };
  EXPECT_EQ(Decode("", kJson, body(arrays(kJsonDepthMax - 1))), body(arrays(kJsonDepthMax - 1)));
  for (const std::string& deep : {arrays(kJsonDepthMax), arrays(100'000), objects}) {
    EXPECT_EQ(Decode("", kJson, body(deep)), "can't parse JSON object");
  }
  for (const std::string& deep : {arrays(kJsonDepthMax + 1), arrays(100'000), objects}) {
    EXPECT_EQ(Decode("reply_markup=" + deep, "", ""),
              "can't parse reply keyboard markup JSON object");
  }
}

TEST(DecodeParams, ReadsUploads) {
  const auto params =
      DecodeParams("", "multipart/form-data; boundary=x",
                   "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.ics\"\r\n"
                   "Content-Type: text/calendar\r\n\r\nB\r\n\r\nE\r\n--x--");
  ASSERT_TRUE(params.ok());
  const Upload& upload = params->uploads.at("f");
  EXPECT_EQ(upload.file_name, "a.ics");
  EXPECT_EQ(upload.mime_type, "text/calendar");
  EXPECT_EQ(upload.bytes, "B\r\n\r\nE");
  EXPECT_EQ(Describe(*params)["f"]["bytes"], 6);
}

TEST(DecodeParams, RefusesBrokenBodies) {
  EXPECT_EQ(Decode("", "application/json", "{"), "can't parse JSON object");
  EXPECT_EQ(Decode("", "application/json", "[1]"), "can't parse JSON object");
  EXPECT_NE(Decode("", "multipart/form-data", "--x"), "{}");
  EXPECT_NE(Decode("", "multipart/form-data; boundary=x",
                   "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1"),
            "{}");
}

TEST(CheckParams, RefusesUnknownNamesAndWrongTypes) {
  const struct {
    const char* body;
    const char* why;
  } kCases[] = {
      {R"({"txt":"x"})", "unknown parameter \"txt\""},
      {R"({"text":["x"]})", "parameter \"text\" must be a String"},
      {R"({"message_id":"x"})", "parameter \"message_id\" must be an Integer"},
      {R"({"message_id":1.5})", "parameter \"message_id\" must be an Integer"},
      {R"({"protect_content":"true"})", "parameter \"protect_content\" must be a Boolean"},
      {R"({"reply_markup":"{"})", "can't parse reply keyboard markup JSON object"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Decode("", "application/json", c.body), c.why) << c.body;
}

TEST(CheckParams, TakesNullForMissing) {
  EXPECT_EQ(Decode("", "application/json", R"({"text":null,"reply_markup":""})"), "{}");
}

TEST(CheckParams, RefusesBytesThatAreNotUtf8) {
  EXPECT_EQ(Decode("text=%ff", "", ""), "strings must be encoded in UTF-8");
}

}  // namespace
}  // namespace kalends::sim

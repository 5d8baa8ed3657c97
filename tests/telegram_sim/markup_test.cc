#include "tools/telegram_sim/markup.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/telegram_sim/sim_testing.h"
#include "tools/telegram_sim/limits.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

std::string Check(const json& markup) { return std::string(CheckMarkup(markup).message()); }

std::string CheckButton(const json& button) { return Check(Inline(json::array({button}))); }

json Repeat(const json& value, int times) { return json(static_cast<std::size_t>(times), value); }

TEST(CheckMarkup, TakesEveryKind) {
  for (
      const char* good : {
          R"({"inline_keyboard":[[{"text":"a","callback_data":"b"}],[]]})",
          R"({"inline_keyboard":[]})",
          R"({"keyboard":[["a",{"text":"b","style":"primary"}]],"resize_keyboard":true,"is_persistent":true})",
          R"({"remove_keyboard":true})",
          R"({"force_reply":true,"input_field_placeholder":"Name"})",
      }) {
    EXPECT_EQ(Check(json::parse(good)), "") << good;
  }
}

TEST(CheckMarkup, TakesEveryAction) {
  for (const char* good :
       {R"({"text":"a","callback_data":"b","style":"danger"})",
        R"({"text":"a","url":"https://a.b"})", R"({"text":"a","url":"tg://resolve?domain=x"})",
        R"({"text":"a","url":"example.org/x"})", R"({"text":"a","web_app":{"url":"https://a.b"}})",
        R"({"text":"a","copy_text":{"text":"DE02"}})", R"({"text":"a","disabled":{}})",
        R"({"text":"a","switch_inline_query":""})"}) {
    EXPECT_EQ(CheckButton(json::parse(good)), "") << good;
  }
}

TEST(CheckMarkup, RefusesInTelegramsWords) {
  const struct {
    const char* button;
    const char* why;
  } kCases[] = {
      {R"({"callback_data":"b"})", "can't parse inline keyboard button: Can't find field \"text\""},
      {R"({"text":5,"callback_data":"b"})",
       "can't parse inline keyboard button: Field \"text\" must be of type String"},
      {R"({"text":"a"})",
       "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
      {R"({"text":"a","callback_data":""})",
       "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
      {R"({"text":"a","url":"http://localhost/"})",
       "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL"},
      {R"({"text":"a","url":"ftp://a.b"})",
       "inline keyboard button URL 'ftp://a.b' is invalid: Unsupported URL protocol"},
      {R"({"text":"a","web_app":{"url":"http://a.b"}})",
       "inline keyboard button Web App URL 'http://a.b' is invalid: Only HTTPS links are allowed"},
      {R"({"text":"a","copy_text":{"text":""}})", "BUTTON_COPY_TEXT_INVALID"},
      {R"({"text":"a","pay":true})", "BUTTON_TYPE_INVALID"},
  };
  for (const auto& c : kCases) EXPECT_EQ(CheckButton(json::parse(c.button)), c.why) << c.button;
}

TEST(CheckMarkup, IsStricterThanTelegramAsDocumented) {
  EXPECT_NE(CheckButton({{"text", "a"}, {"callback_data", "b"}, {"url", "https://a.b"}}), "");
  EXPECT_NE(CheckButton({{"text", " "}, {"callback_data", "b"}}), "");
  EXPECT_NE(CheckButton({{"text", "a"}, {"callback_data", "b"}, {"style", "pink"}}), "");
  EXPECT_NE(CheckButton({{"text", "a"}, {"callback_dta", "b"}}), "");
  EXPECT_EQ(CheckButton({{"text", "a"}, {"callback_data", std::string("b\0c", 3)}}),
            "BUTTON_DATA_INVALID");
  EXPECT_NE(Check({{"inline_keyboard", json::array()}, {"resize_keyboard", true}}), "");
}

TEST(CheckMarkup, CountsCallbackDataInBytes) {
  EXPECT_EQ(CheckButton(Button("a", std::string(64, 'x'))), "");
  EXPECT_EQ(CheckButton(Button("a", std::string(65, 'x'))), "BUTTON_DATA_INVALID");
  std::string cyrillic;
  for (int i = 0; i < 33; ++i) cyrillic += "я";
  EXPECT_EQ(CheckButton(Button("a", cyrillic)), "BUTTON_DATA_INVALID");
}

TEST(CheckMarkup, LimitsTheSizeOfKeyboards) {
  constexpr char kTooLong[] = "reply markup is too long";
  const json button = Button("a", "b");
  EXPECT_EQ(Check({{"inline_keyboard", Repeat(Repeat(button, 8), 12)}}), "");
  EXPECT_EQ(Check({{"inline_keyboard", Repeat(Repeat(button, 9), 1)}}), kTooLong);
  EXPECT_EQ(Check({{"inline_keyboard", Repeat(Repeat(button, 1), 101)}}), kTooLong);
  EXPECT_EQ(Check({{"inline_keyboard", Repeat(Repeat(Button("a", std::string(64, 'x')), 2), 50)}}),
            "");
  EXPECT_EQ(Check({{"inline_keyboard",
                    Repeat(Repeat(Button(std::string(30, 'a'), std::string(64, 'x')), 2), 50)}}),
            kTooLong);
  EXPECT_EQ(Check({{"keyboard", Repeat(Repeat("a", 12), 25)}}), "");
  EXPECT_EQ(Check({{"keyboard", Repeat(Repeat("a", 13), 1)}}), kTooLong);
  EXPECT_EQ(Check({{"keyboard", Repeat(Repeat("a", 1), 301)}}), kTooLong);
}

TEST(CheckMarkup, RefusesWrongShapes) {
  const struct {
    const char* markup;
    const char* why;
  } kCases[] = {
      {"[]", "object expected as reply markup"},
      {R"({"inline_keyboard":{}})", "field \"inline_keyboard\" must be of type Array"},
      {R"({"inline_keyboard":[{}]})", "field \"inline_keyboard\" must be an Array of Arrays"},
      {R"({"keyboard":[[]]})", "REPLY_MARKUP_INVALID"},
      {R"({"remove_keyboard":false})", "REPLY_MARKUP_INVALID"},
      {R"({"web_app":5})", "unknown kind of reply markup"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Check(json::parse(c.markup)), c.why) << c.markup;
  EXPECT_EQ(CheckInlineMarkup({{"remove_keyboard", true}}).message(), "inline keyboard expected");
}

TEST(CheckMarkup, SurvivesFieldsOfWrongTypes) {
  for (const char* bad :
       {R"({"text":"a","url":5})", R"({"text":"a","web_app":{"url":5}})",
        R"({"text":"a","copy_text":{"text":[]}})", R"({"text":"a","callback_data":{}})", "5",
        R"({"text":"a","style":5,"callback_data":"b"})"}) {
    EXPECT_NE(CheckButton(json::parse(bad)), "") << bad;
  }
}

}  // namespace
}  // namespace kalends::sim

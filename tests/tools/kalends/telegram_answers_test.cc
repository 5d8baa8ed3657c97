#include "tools/kalends/doctor/telegram_answers.h"

#include <gtest/gtest.h>

namespace kalends::cli {
namespace {

TEST(FindingOfBot, NamesTheBotOrWhatIsWrong) {
  EXPECT_EQ(FindingOfBot(R"({"ok":true,"result":{"username":"demo_bot"}})").what,
            "the token is that of @demo_bot");
  const Finding refused =
      FindingOfBot(R"({"ok":false,"error_code":401,"description":"Unauthorized"})");
  EXPECT_EQ(refused.severity, Severity::kBroken);
  EXPECT_EQ(refused.what, "Telegram refuses the token: Unauthorized");
}

TEST(FindingOf, TakesAnyAnswerOfAStranger) {
  for (const char* answer :
       {"", "<html>", "[]", "7", "null", "{}", R"({"ok":1})", R"({"ok":true,"result":[]})",
        R"({"ok":true,"result":7})", R"({"ok":false,"description":{}})", "\"\xff\""}) {
    EXPECT_NE(FindingOfBot(answer).severity, Severity::kOk) << answer;
    EXPECT_NE(FindingOfWebhook(answer).severity, Severity::kOk) << answer;
  }
  const std::string deep(1 << 20, '[');
  EXPECT_NE(FindingOfBot(deep).severity, Severity::kOk);
  EXPECT_NE(FindingOfBot(R"({"ok":true,"result":)" + deep).severity, Severity::kOk);
  EXPECT_EQ(FindingOfBot(R"({"ok":true,"result":{"username":7}})").what, "the token is that of @");
}

TEST(FindingOfWebhook, WarnsOfFailuresAndOfUpdatesThatWait) {
  const struct {
    const char* result;
    Severity severity;
  } kCases[] = {
      {R"({"url":""})", Severity::kOk},
      {R"({"url":"","pending_update_count":100})", Severity::kOk},
      {R"({"url":"","pending_update_count":101})", Severity::kWarning},
      {R"({"url":"https://a.example/"})", Severity::kOk},
      {R"({"url":"https://a.example/","last_error_message":"timed out"})", Severity::kWarning},
      // Of a webhook that is there no more.
      {R"({"url":"","last_error_message":"timed out"})", Severity::kOk},
  };
  for (const auto& c : kCases) {
    const std::string answer = std::string(R"({"ok":true,"result":)") + c.result + "}";
    EXPECT_EQ(FindingOfWebhook(answer).severity, c.severity) << c.result;
  }
}

TEST(FindingOfWebhook, KeepsThePathToItself) {
  EXPECT_EQ(
      FindingOfWebhook(R"({"ok":true,"result":{"url":"https://a.example:8443/s3cret"}})").what,
      "updates come to a webhook at https://a.example:8443; 0 wait");
}

}  // namespace
}  // namespace kalends::cli

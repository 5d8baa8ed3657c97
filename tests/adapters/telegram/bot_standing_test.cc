// What Telegram will go on refusing is told once, and asked for slowly.
#include "adapters/telegram/bot_standing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/log_capture.h"

namespace kalends::telegram {
namespace {

using std::chrono::seconds;

constexpr BotStanding::Time kBegin{};
constexpr seconds kProbe{60};

ApiResult Answer(int code, const std::string& description = "Unauthorized") {
  const nlohmann::json body =
      code == 200
          ? nlohmann::json{{"ok", true}, {"result", true}}
          : nlohmann::json{{"ok", false}, {"error_code", code}, {"description", description}};
  return ReadAnswer(code, body.dump());
}

TEST(BotStanding, SortsWhatIsAboutTheBotFromWhatIsAboutACall) {
  const struct {
    const char* method;
    ApiResult answer;
    BotTrouble trouble;
  } kCases[] = {
      {"sendMessage", Answer(401), BotTrouble::kRefused},
      {"getMe", Answer(401, "Unauthorized: invalid token specified"), BotTrouble::kRefused},
      {"sendMessage", Answer(404, "Not Found"), BotTrouble::kRefused},
      {"getUpdates", Answer(404, "Not Found: method not found"), BotTrouble::kRefused},
      {"setMyCommands", Answer(404, "Not Found: method not found"), BotTrouble::kNone},
      {"getUpdates", Answer(409, "Conflict: terminated by other getUpdates request"),
       BotTrouble::kTaken},
      {"sendMessage", Answer(403, "Forbidden: bot was blocked by the user"), BotTrouble::kNone},
      {"sendMessage", Answer(429, "Too Many Requests"), BotTrouble::kNone},
      {"sendMessage", Answer(200), BotTrouble::kNone},
      // A proxy's words are not Telegram's.
      {"getUpdates", ReadAnswer(401, "<html>sign in</html>"), BotTrouble::kNone},
      {"getUpdates", ReadAnswer(404, "<html>no such page</html>"), BotTrouble::kNone},
  };
  for (const auto& c : kCases) EXPECT_EQ(BotTroubleOf(c.method, c.answer), c.trouble) << c.method;
}

TEST(BotStanding, ARevokedTokenIsToldOnceAndOneCallInEachProbeGoesOut) {
  const test::LogCapture log;
  BotStanding standing(kProbe);
  ApiResult first = Answer(401);
  standing.Note("sendMessage", first, kBegin);
  EXPECT_FALSE(first.told);  // It may have been a slip.
  EXPECT_FALSE(standing.Held("sendMessage", kBegin));
  for (int i = 0; i < 3; ++i) {
    ApiResult next = Answer(401);
    standing.Note("sendMessage", next, kBegin);
    EXPECT_TRUE(next.told);
  }
  const auto held = standing.Held("sendMessage", kBegin + kProbe - seconds(1));
  ASSERT_TRUE(held);
  EXPECT_TRUE(held->told);
  EXPECT_EQ(held->outcome, Outcome::kNotServed);
  EXPECT_FALSE(standing.Held("getUpdates", kBegin));
  EXPECT_FALSE(standing.Held("sendMessage", kBegin + kProbe));  // The probe,
  EXPECT_TRUE(standing.Held("sendMessage", kBegin + kProbe));   // and it alone.
  ApiResult served = Answer(200);
  standing.Note("sendMessage", served, kBegin + kProbe);
  EXPECT_FALSE(standing.Held("sendMessage", kBegin + kProbe));
  const std::string text = log.Text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2) << text;
  EXPECT_TRUE(text.starts_with("error Telegram refuses the bot's token (Unauthorized): ")) << text;
  EXPECT_TRUE(text.ends_with("info Telegram serves the bot again\n")) << text;
}

TEST(BotStanding, ASlipIsNoTrouble) {
  const test::LogCapture log;
  BotStanding standing(kProbe);
  for (int i = 0; i < 5; ++i) {
    for (const int code : {401, 200}) {
      ApiResult answer = Answer(code);
      standing.Note("sendMessage", answer, kBegin);
      EXPECT_FALSE(answer.told);
    }
  }
  EXPECT_EQ(log.Text(), "");
}

TEST(BotStanding, AnotherProcessThatReceivesTheUpdatesIsToldOnceUntilTheyCome) {
  const test::LogCapture log;
  BotStanding standing(kProbe);
  for (int i = 1; i <= kConflictsUntilEnd; ++i) {
    EXPECT_FALSE(standing.taken_from_start());
    ApiResult conflict = Answer(409, "Conflict");
    standing.Note("getUpdates", conflict, kBegin);
    EXPECT_EQ(conflict.told, i >= kConflictsUntilTrouble);
    // What people are sent goes out all the same.
    ApiResult sent = Answer(200);
    standing.Note("sendMessage", sent, kBegin);
    EXPECT_FALSE(standing.Held("sendMessage", kBegin));
  }
  EXPECT_TRUE(standing.taken_from_start());
  ApiResult updates = Answer(200);
  standing.Note("getUpdates", updates, kBegin);
  for (int i = 0; i < 2 * kConflictsUntilEnd; ++i) {
    ApiResult conflict = Answer(409, "Conflict");
    standing.Note("getUpdates", conflict, kBegin);
  }
  EXPECT_FALSE(standing.taken_from_start());
  const std::string text = log.Text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3) << text;
}

}  // namespace
}  // namespace kalends::telegram

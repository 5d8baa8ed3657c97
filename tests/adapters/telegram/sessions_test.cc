#include "adapters/telegram/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/adapters/telegram/session_server.h"

namespace kalends::telegram {
namespace {

constexpr std::int64_t kChat = 7;
constexpr char kName[] = "sessions/telegram:7";

Session WithScreen(std::int64_t message) {
  Session session;
  session.screen = message;
  return session;
}

class SessionsTest : public testing::Test {
 protected:
  SessionServer core_;
  Client client_{core_.address(), "key"};
  Sessions sessions_{client_};
};

TEST_F(SessionsTest, AsksTheCoreOnceForEachChat) {
  core_.Put(kName, WriteSession(WithScreen(812)));
  EXPECT_EQ(sessions_.Load(kChat)->screen, 812);
  EXPECT_EQ(sessions_.Load(kChat)->screen, 812);
  EXPECT_EQ(sessions_.Load(8)->screen, 0);
  EXPECT_EQ(core_.reads(), 2);
}

TEST_F(SessionsTest, WritesWhatHasChangedAndNothingElse) {
  sessions_.Store(kChat, WithScreen(812));
  sessions_.Store(kChat, WithScreen(812));
  EXPECT_EQ(core_.writes(), 1);
  Session asking = WithScreen(812);
  asking.dialogue = TypesAbout{};
  sessions_.Store(kChat, asking);
  EXPECT_EQ(core_.writes(), 2);
  const auto after_restart = Sessions(client_).Load(kChat);
  EXPECT_TRUE(std::holds_alternative<TypesAbout>(after_restart->dialogue));
}

TEST_F(SessionsTest, TellsOfAScreenThatIsGoneWithTheNextOne) {
  sessions_.Store(kChat, WithScreen(812));
  sessions_.Store(kChat, WithScreen(0));
  EXPECT_EQ(sessions_.Load(kChat)->screen, 0);
  EXPECT_EQ(core_.writes(), 1);
  sessions_.Store(kChat, WithScreen(813));
  EXPECT_EQ(core_.writes(), 2);
  EXPECT_EQ(Sessions(client_).Load(kChat)->screen, 813);
}

TEST_F(SessionsTest, TellsAtOnceOfAScreenThatStaysInTheChat) {
  sessions_.Store(kChat, WithScreen(812));
  sessions_.Store(kChat, WithScreen(0), FormerScreen::kStays);
  EXPECT_EQ(Sessions(client_).Load(kChat)->screen, 0) << "after a restart it would be taken away";
}

TEST_F(SessionsTest, WritesWhatElseChangesThoughTheScreenIsGone) {
  sessions_.Store(kChat, WithScreen(812));
  sessions_.Store(kChat, WithScreen(0));
  Session asking;
  asking.dialogue = TypesAbout{};
  sessions_.Store(kChat, asking);
  EXPECT_EQ(core_.writes(), 2);
  EXPECT_TRUE(std::holds_alternative<TypesAbout>(Sessions(client_).Load(kChat)->dialogue));
}

// Nobody else writes it: what the core missed is not forgotten, or a message that stays would be
// taken for the menu again.
TEST_F(SessionsTest, TellsLaterWhatTheCoreMissedAsItWasAway) {
  core_.Put(kName, WriteSession(WithScreen(812)));
  EXPECT_TRUE(sessions_.Load(kChat).ok());
  core_.FailOnce(kName);
  sessions_.Store(kChat, WithScreen(0), FormerScreen::kStays);
  EXPECT_EQ(sessions_.Load(kChat)->screen, 0);
  EXPECT_EQ(core_.reads(), 1);
  sessions_.Store(kChat, WithScreen(0));
  EXPECT_EQ(Sessions(client_).Load(kChat)->screen, 0) << "the core knows it now";
}

TEST_F(SessionsTest, RemembersNothingOfAFailedRead) {
  core_.Put(kName, WriteSession(WithScreen(812)));
  core_.FailOnce(kName);
  EXPECT_FALSE(sessions_.Load(kChat).ok());
  EXPECT_EQ(sessions_.Load(kChat)->screen, 812);
}

TEST_F(SessionsTest, ForgetsAChatWhoseAccountIsGone) {
  sessions_.Store(kChat, WithScreen(812));
  core_.Forget(kName);
  sessions_.Forget(kChat);
  EXPECT_EQ(sessions_.Load(kChat)->screen, 0);
}

}  // namespace
}  // namespace kalends::telegram

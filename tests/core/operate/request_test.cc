#include "core/operate/request.h"

#include <gtest/gtest.h>

#include <thread>

namespace kalends::operate {
namespace {

TEST(RequestId, TakesUuidsAndIdsOfTracesAndNothingThatTellsOfSomebody) {
  const struct {
    const char* name;
    std::string id;
    bool taken;
  } kCases[] = {
      {"a UUID", "0b9a1b1e-7c1d-4b0c-9d0e-3f1f2a3b4c5d", true},
      {"the id of a trace", "4bf92f3577b34da6a3ce929d0e0e4736", true},
      {"the shortest", std::string(kRequestIdCharactersMin, 'a'), true},
      {"the longest", std::string(kRequestIdCharactersMax, '0'), true},
      {"nothing", "", false},
      {"too short: a telephone number", "491701234567890", false},
      {"too long", std::string(kRequestIdCharactersMax + 1, 'a'), false},
      {"a name", "Wolfeschlegelstein", false},
      {"capitals", "4BF92F3577B34DA6A3CE929D0E0E4736", false},
      {"a line break", "4bf92f3577b34da6\na3ce929d0e0e47", false},
      {"an escape", "4bf92f3577b34da6\x1b[2Ja3ce929d0e", false},
      {"a null", std::string("4bf92f3577b34da6\0a3ce", 21), false},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(IsRequestId(c.id), c.taken);
    EXPECT_EQ(RequestIdOf(c.id) == c.id, c.taken);
    EXPECT_TRUE(IsRequestId(RequestIdOf(c.id)));
  }
}

TEST(RequestId, IsAnotherOneEachTime) { EXPECT_NE(NewRequestId(), NewRequestId()); }

TEST(RequestScope, EndsWithWhatWasBeforeAndIsItsThreadsAlone) {
  EXPECT_EQ(CurrentRequest(), "");
  {
    const RequestScope outer("outer");
    {
      const RequestScope inner("inner");
      EXPECT_EQ(CurrentRequest(), "inner");
      std::thread([] { EXPECT_EQ(CurrentRequest(), ""); }).join();
    }
    EXPECT_EQ(CurrentRequest(), "outer");
  }
  EXPECT_EQ(CurrentRequest(), "");
}

}  // namespace
}  // namespace kalends::operate

#include "core/server/process_secrets.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdlib>
#include <string>

namespace kalends::server {
namespace {

// Each in a process of its own.
TEST(ProcessSecretsDeathTest, NoCrashLeavesMemoryOnADisk) {
  EXPECT_EXIT(
      {
        ForbidDumps();
        rlimit core{};
        getrlimit(RLIMIT_CORE, &core);
        const bool none = core.rlim_cur == 0 && core.rlim_max == 0;
        std::_Exit(none && prctl(PR_GET_DUMPABLE) == 0 ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(ProcessSecretsDeathTest, TheEnvironmentForgetsWhatWasTakenFromIt) {
  EXPECT_EXIT(
      {
        setenv("KALENDS_TEST_SECRET", "a secret", 1);
        const char* const kept = std::getenv("KALENDS_TEST_SECRET");
        bool right = TakeFromEnvironment("KALENDS_TEST_SECRET") == "a secret";
        right = right && std::getenv("KALENDS_TEST_SECRET") == nullptr;
        // unsetenv alone leaves the text where it is.
        right = right && kept[0] == '\0' && kept[7] == '\0';
        right = right && TakeFromEnvironment("KALENDS_TEST_SECRET").empty();
        std::_Exit(right ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace kalends::server

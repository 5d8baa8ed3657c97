#include "tools/kalends/exit_code.h"

#include <gtest/gtest.h>

#include "tools/kalends/doctor/finding.h"

namespace kalends::cli {
namespace {

// Scripts decide by these numbers: a change of one breaks them.
TEST(ExitCode, StaysAsScriptsKnowIt) {
  const struct {
    absl::Status status;
    int code;
  } kCases[] = {
      {absl::OkStatus(), 0},
      {absl::InternalError(""), 1},
      {absl::UnknownError(""), 1},
      {absl::DataLossError(""), 1},
      {absl::InvalidArgumentError(""), 2},
      {absl::NotFoundError(""), 3},
      {absl::PermissionDeniedError(""), 4},
      {absl::UnauthenticatedError(""), 4},
      {absl::FailedPreconditionError(""), 5},
      {absl::AlreadyExistsError(""), 5},
      {absl::AbortedError(""), 5},
      {absl::ResourceExhaustedError(""), 5},
      {absl::UnavailableError(""), 6},
      {absl::DeadlineExceededError(""), 6},
  };
  for (const auto& c : kCases) EXPECT_EQ(ExitCodeOf(c.status), c.code) << c.status;
}

TEST(ExitCode, OfDoctorIsThatOfTheWorstFinding) {
  const Finding ok = Ok("fine");
  const Finding warning = Warning("so so", "look");
  const Finding broken = Broken("bad", "mend");
  EXPECT_EQ(ExitCodeFor({}), 0);
  EXPECT_EQ(ExitCodeFor({ok, ok}), 0);
  EXPECT_EQ(ExitCodeFor({ok, warning, ok}), 8);
  EXPECT_EQ(ExitCodeFor({broken, warning, ok}), 9);
}

TEST(ExitCode, IsToldToPeople) {
  for (const char* line :
       {"\n  2  ", "\n  3  ", "\n  4  ", "\n  5  ", "\n  6  ", "\n  8  ", "\n  9  "}) {
    EXPECT_NE(ExitCodesText().find(line), std::string_view::npos) << line;
  }
}

}  // namespace
}  // namespace kalends::cli

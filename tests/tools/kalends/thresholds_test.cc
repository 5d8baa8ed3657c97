#include "tools/kalends/doctor/thresholds.h"

#include <gtest/gtest.h>

namespace kalends::cli {
namespace {

using std::chrono::days;
using std::chrono::seconds;

TEST(FindingsOfDisk, WarnBeforeItIsFull) {
  const struct {
    std::uint64_t free_bytes;
    Severity severity;
  } kCases[] = {
      {kFreeBytesWarning, Severity::kOk},
      {kFreeBytesWarning - 1, Severity::kWarning},
      {kFreeBytesBroken, Severity::kWarning},
      {kFreeBytesBroken - 1, Severity::kBroken},
      {0, Severity::kBroken},
  };
  for (const auto& c : kCases) {
    const Findings findings = FindingsOfDisk({.free_bytes = c.free_bytes}, "/data");
    ASSERT_EQ(findings.size(), 1U) << "without inodes there is nothing to say of them";
    EXPECT_EQ(findings[0].severity, c.severity) << c.free_bytes;
    EXPECT_EQ(findings[0].advice.empty(), c.severity == Severity::kOk);
  }
}

TEST(FindingsOfDisk, TellOfInodesWhereTheyAreCounted) {
  const auto of = [](std::uint64_t free_files) {
    return FindingsOfDisk(
               {.free_bytes = kFreeBytesWarning, .free_files = free_files, .all_files = 1'000'000},
               "/data")
        .at(1)
        .severity;
  };
  EXPECT_EQ(of(kFreeFilesWarning), Severity::kOk);
  EXPECT_EQ(of(kFreeFilesWarning - 1), Severity::kWarning);
  EXPECT_EQ(of(kFreeFilesBroken - 1), Severity::kBroken);
}

TEST(FindingOfEnd, WarnsThreeWeeksBefore) {
  EXPECT_EQ(FindingOfEnd(kCertificateDaysWarning, "it").severity, Severity::kOk);
  EXPECT_EQ(FindingOfEnd(kCertificateDaysWarning - seconds(1), "it").severity, Severity::kWarning);
  EXPECT_EQ(FindingOfEnd(seconds(1), "it").severity, Severity::kWarning);
  EXPECT_EQ(FindingOfEnd(seconds(0), "it").severity, Severity::kBroken);
  EXPECT_EQ(FindingOfEnd(days(8), "it").what, "it ends in 8 days");
}

TEST(FindingOfOpenFiles, KnowsWhatACoreNeeds) {
  EXPECT_EQ(FindingOfOpenFiles(kOpenFilesWarning).severity, Severity::kOk);
  EXPECT_EQ(FindingOfOpenFiles(kOpenFilesWarning - 1).severity, Severity::kWarning);
  EXPECT_EQ(FindingOfOpenFiles(kOpenFilesBroken - 1).severity, Severity::kBroken);
}

}  // namespace
}  // namespace kalends::cli

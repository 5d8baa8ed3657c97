// A tz database of the test's own: the system's zones, and one town whose rules the test writes and
// changes, compiled by zic.
#pragma once

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "tests/storage/blobs/temporary_directory.h"

namespace kalends::test {

// The town's name as a zone.
inline constexpr char kTown[] = "Test/Town";

// While it lives, all of the process looks for zones here. Make it before anything finds kTown; the
// process keeps what it found, so a further one must set rules and have them reloaded.
class MadeUpZones {
 public:
  // `rules`: as SetRules; `version`: of the whole.
  explicit MadeUpZones(const std::string& rules, const std::string& version = "2026a") {
    for (const auto& entry : std::filesystem::directory_iterator("/usr/share/zoneinfo")) {
      if (entry.path().filename() == "tzdata.zi") continue;
      std::filesystem::create_symlink(entry.path(), folder_.path() / entry.path().filename());
    }
    SetRules(rules, version);
    setenv("TZDIR", folder_.path().c_str(), 1);
  }
  ~MadeUpZones() { unsetenv("TZDIR"); }

  MadeUpZones(const MadeUpZones&) = delete;
  MadeUpZones& operator=(const MadeUpZones&) = delete;

  // Replaces the town's rules: the end of a Zone line, such as "2:00 - TTT", with Rule lines after
  // it.
  void SetRules(const std::string& rules, const std::string& version) {
    const std::filesystem::path source = folder_.path() / "town.zi";
    std::ofstream(source) << "Zone " << kTown << " " << rules << "\n";
    const std::string zic = "PATH=$PATH:/usr/sbin zic -b fat -d '" + folder_.path().string() +
                            "' '" + source.string() + "'";
    ASSERT_EQ(std::system(zic.c_str()), 0) << rules;
    // The links of the system's, under another version.
    std::ifstream system("/usr/share/zoneinfo/tzdata.zi");
    std::string first_line;
    std::getline(system, first_line);
    std::ofstream(folder_.path() / "tzdata.zi") << "# version " << version << "\n"
                                                << system.rdbuf();
  }

 private:
  storage::TemporaryDirectory folder_;
};

}  // namespace kalends::test

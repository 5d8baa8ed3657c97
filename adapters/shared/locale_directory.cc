#include "adapters/shared/locale_directory.h"

#include <filesystem>

namespace kalends {

namespace fs = std::filesystem;

std::string DefaultLocaleDirectory() {
  std::error_code error;
  const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path installed = folder.parent_path() / "share/kalends/locale";
  return (fs::is_directory(installed, error) ? installed : folder / "locale").string();
}

}  // namespace kalends

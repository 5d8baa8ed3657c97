#include "tests/storage/sqlite/temporary_file.h"

#include <cstdlib>
#include <system_error>

namespace kalends::storage {

TemporaryFile::TemporaryFile() {
  std::string name = std::filesystem::temp_directory_path() / "kalends-test-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category());
  directory_ = name;
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

}  // namespace kalends::storage

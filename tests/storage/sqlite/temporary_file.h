// A database file of a test, in a directory of its own that goes with it.
#pragma once

#include <filesystem>
#include <string>

namespace kalends::storage {

class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  std::string path() const { return directory_ / "kalends.db"; }

 private:
  std::filesystem::path directory_;
};

}  // namespace kalends::storage

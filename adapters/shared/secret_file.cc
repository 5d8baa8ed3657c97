#include "adapters/shared/secret_file.h"

#include <fstream>

namespace kalends {

std::string ReadSecret(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

}  // namespace kalends

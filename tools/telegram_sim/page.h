// The page's files, compiled in.
#pragma once

#include <string_view>

namespace kalends::sim {

struct PageFile {
  std::string_view path;  // "/" or "/<file>".
  std::string_view type;
  std::string_view text;
};

// Null if `path` is none of them.
const PageFile* FindPageFile(std::string_view path);

}  // namespace kalends::sim

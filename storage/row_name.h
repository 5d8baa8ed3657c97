// What rows are called where they are told of: in the log and by `kalends verify`. A table and the
// primary key, ids as the contract shows them: "closures/0000000000abc/0000000000abd".
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/id.h"

namespace kalends::storage {

// Whether a number in this column of a key is an id.
inline bool IsIdColumn(std::string_view column) {
  return column == "id" || column.ends_with("_id");
}

inline std::string KeyText(std::string_view column, std::int64_t number) {
  return IsIdColumn(column) ? core::EncodeId(number) : std::to_string(number);
}

// A key may be what is damaged, and bytes are no name.
inline std::string PrintableKey(std::string_view text) {
  const bool prints = std::all_of(text.begin(), text.end(),
                                  [](char letter) { return letter > ' ' && letter <= '~'; });
  return prints ? std::string(text) : "?";
}

}  // namespace kalends::storage

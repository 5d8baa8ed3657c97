#include "core/links/customer_search.h"

#include <algorithm>

#include "core/timezone/fold_name.h"

namespace kalends::core {

CustomerSearch::CustomerSearch(std::string_view typed) {
  constexpr std::string_view kBlanks = " \t\r\n";
  while (true) {
    const std::size_t begin = typed.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return;
    typed.remove_prefix(begin);
    const std::string_view word = typed.substr(0, typed.find_first_of(kBlanks));
    typed.remove_prefix(word.size());
    std::string folded = FoldName(word);
    if (folded.empty()) {
      signs_.emplace_back(word);
    } else {
      words_.push_back(std::move(folded));
    }
  }
}

bool CustomerSearch::Finds(std::string_view name) const {
  const auto in = [](std::string_view text) {
    return [text](const std::string& part) { return text.find(part) != std::string_view::npos; };
  };
  if (!std::all_of(signs_.begin(), signs_.end(), in(name))) return false;
  if (words_.empty()) return true;
  const std::string folded = FoldName(name);
  return std::all_of(words_.begin(), words_.end(), in(folded));
}

}  // namespace kalends::core

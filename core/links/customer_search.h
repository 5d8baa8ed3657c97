// Finding a customer by what somebody types of the name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalends::core {

// Compared without accents, case and punctuation, in every script. Each word has to be somewhere in
// the name, in any order: "mul an" finds "Anna Müller". What has no letters or digits, such as an
// emoji, is looked for as it is. Nothing but blanks finds everybody.
class CustomerSearch {
 public:
  explicit CustomerSearch(std::string_view typed);

  bool FindsAll() const { return words_.empty() && signs_.empty(); }
  bool Finds(std::string_view name) const;

 private:
  std::vector<std::string> words_;  // Folded.
  std::vector<std::string> signs_;
};

}  // namespace kalends::core

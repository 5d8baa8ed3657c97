// How well folded names (cities.h) fit what somebody looks for.
#pragma once

#include <string>
#include <string_view>

#include "core/timezone/cities.h"

namespace kalends::core {

inline constexpr std::size_t kQueryBytesMax = 100;

// Smaller is better.
enum Fit { kWhole, kWholePart, kBegins, kTypo, kInside, kNoFit };

// A name that is looked for.
class Wanted {
 public:
  explicit Wanted(std::string_view text);

  // There is nothing to look for, or too much.
  bool none() const { return folded_.empty() || folded_.size() > kQueryBytesMax; }
  // kWhole, kBegins, kInside or kNoFit, of the name that fits best.
  Fit FitOf(FoldedNames names) const;
  // Whether one of the names is this with one letter wrong: one more, one less, another one, or two
  // neighbours changed. Of short words a letter makes another; they are never nearly right.
  bool Nearly(FoldedNames names) const;

 private:
  std::string folded_;
  std::string begins_;
  std::string whole_;
  std::u32string letters_;
};

}  // namespace kalends::core

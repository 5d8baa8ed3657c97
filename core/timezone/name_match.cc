#include "core/timezone/name_match.h"

#include <algorithm>
#include <utility>

#include "core/timezone/fold_name.h"

namespace kalends::core {
namespace {

constexpr std::size_t kInsideBytesMin = 3;  // Shorter ones are in nearly everything.
constexpr std::size_t kTypoLettersMin = 4;

std::u32string Letters(std::string_view utf8) {
  std::u32string letters;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    char32_t letter = size == 1 ? byte : byte & (0x7F >> size);
    for (std::size_t k = 1; k < size && i + k < utf8.size(); ++k) {
      letter = letter << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3F);
    }
    letters.push_back(letter);
    i += size;
  }
  return letters;
}

// Whether one letter more, one less, another one, or two neighbours changed make `b` of `a`.
bool IsOneTypoAway(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto at =
      static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  if (a.size() < b.size()) return a.substr(at) == b.substr(at + 1);
  if (at == a.size()) return true;
  if (a.substr(at + 1) == b.substr(at + 1)) return true;
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] &&
         a.substr(at + 2) == b.substr(at + 2);
}

}  // namespace

Wanted::Wanted(std::string_view text)
    : folded_(FoldName(text.substr(0, kQueryBytesMax + 1))),
      begins_("|" + folded_),
      whole_(begins_ + "|"),
      letters_(Letters(folded_)) {}

Fit Wanted::FitOf(FoldedNames names) const {
  if (names.find(folded_) == FoldedNames::npos) return kNoFit;
  if (names.find(whole_) != FoldedNames::npos) return kWhole;
  if (names.find(begins_) != FoldedNames::npos) return kBegins;
  return folded_.size() < kInsideBytesMin ? kNoFit : kInside;
}

bool Wanted::Nearly(FoldedNames names) const {
  if (letters_.size() < kTypoLettersMin) return false;
  for (std::size_t from = 1; from < names.size();) {
    const std::size_t end = names.find('|', from);
    const std::size_t size = end - from;
    // A letter has at most two bytes more than another; most names are sorted out here.
    if (size + 4 > folded_.size() && size < folded_.size() + 5 &&
        IsOneTypoAway(letters_, Letters(names.substr(from, size)))) {
      return true;
    }
    from = end + 1;
  }
  return false;
}

}  // namespace kalends::core

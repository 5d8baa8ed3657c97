#include "core/timezone/fold_name.h"

#include <unicode/translit.h>

#include <algorithm>
#include <cassert>
#include <iterator>

namespace kalends::core {
namespace {

// Accents away, letters such as ø and ß spelled out, all small, letters and digits only, without
// apostrophes that count as letters.
constexpr char kFolding[] = "NFKD; [:Mn:] Remove; Latin-ASCII; Lower; [[:Lm:][^[:L:][:N:]]] Remove";

// Folded.
constexpr std::string_view kSaints[] = {"saint", "sainte", "sankt", "sint", "st",
                                        "ste",   "санкт",  "сент",  "сен",  "св"};

}  // namespace

std::string FoldName(std::string_view text) {
  static const icu::Transliterator* const folding = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* const made = icu::Transliterator::createInstance(kFolding, UTRANS_FORWARD, status);
    assert(U_SUCCESS(status));
    return made;
  }();
  icu::UnicodeString folded =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  folding->transliterate(folded);
  // Many keyboards lack it, and Russian names do.
  folded.findAndReplace(u"ґ", u"г");
  std::string utf8;
  return folded.toUTF8String(utf8);
}

std::string FoldSaint(std::string_view text) {
  const std::size_t end = text.find_first_of(" -.");
  if (end == std::string_view::npos) return {};
  if (std::ranges::find(kSaints, FoldName(text.substr(0, end))) == std::end(kSaints)) return {};
  const std::string rest = FoldName(text.substr(end));
  return rest.empty() ? "" : "st" + rest;
}

}  // namespace kalends::core

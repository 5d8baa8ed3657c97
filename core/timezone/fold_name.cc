#include "core/timezone/fold_name.h"

#include <unicode/translit.h>

#include <cassert>

namespace kalends::core {
namespace {

// Accents away, letters such as ø and ß spelled out, all small, letters and digits only, without
// apostrophes that count as letters.
constexpr char kFolding[] = "NFKD; [:Mn:] Remove; Latin-ASCII; Lower; [[:Lm:][^[:L:][:N:]]] Remove";

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

}  // namespace kalends::core

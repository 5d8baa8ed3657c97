#include "adapters/telegram/labels.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <vector>

#include "adapters/shared/safe_text.h"

namespace kalends::telegram {
namespace {

icu::UnicodeString ToUnicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

// Where each cluster of `text` ends.
std::vector<std::int32_t> EndsOfClusters(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> clusters(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  assert(U_SUCCESS(status));
  clusters->setText(text);
  std::vector<std::int32_t> ends;
  clusters->first();
  for (auto end = clusters->next(); end != icu::BreakIterator::DONE; end = clusters->next()) {
    ends.push_back(end);
  }
  return ends;
}

std::size_t CharsSeen(std::string_view text) { return EndsOfClusters(ToUnicode(text)).size(); }

}  // namespace

std::string ShortenSeen(std::string_view text, std::size_t max) {
  assert(max > 0);
  icu::UnicodeString shown = ToUnicode(text);
  const std::vector<std::int32_t> ends = EndsOfClusters(shown);
  if (ends.size() <= max) return std::string(text);
  shown.truncate(max == 1 ? 0 : ends[max - 2]);
  std::string utf8;
  shown.trim().toUTF8String(utf8);
  return utf8 + "…";
}

std::string NameLabel(std::string_view lead, std::string_view name, std::string_view tail) {
  const std::size_t around = CharsSeen(lead) + CharsSeen(tail);
  const std::size_t room = kLabelCharsMax > around ? kLabelCharsMax - around : 0;
  const std::size_t least = tail.empty() ? kLabelCharsMax : kLabelNameCharsMin;
  return std::string(lead) + SafeText(ShortenSeen(name, std::max(room, least))) + std::string(tail);
}

}  // namespace kalends::telegram

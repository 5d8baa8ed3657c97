#include "adapters/telegram/html.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "adapters/shared/safe_text.h"

namespace kalends::telegram {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Bytes of the code point that starts with `c`; 0 when none does.
std::size_t LengthOf(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x80) return 1;
  if (byte >= 0xC2 && byte < 0xE0) return 2;
  if (byte >= 0xE0 && byte < 0xF0) return 3;
  return byte >= 0xF0 && byte < 0xF5 ? 4 : 0;
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string HtmlOf(std::string_view text) { return EscapeHtml(SafeText(text)); }

std::string PlainText(std::string_view html) {
  constexpr std::pair<std::string_view, char> kEntities[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}};
  std::string out;
  while (!html.empty()) {
    if (html.front() == '<') {
      html.remove_prefix(std::min(html.find('>'), html.size() - 1) + 1);
      continue;
    }
    const auto* entity =
        std::find_if(std::begin(kEntities), std::end(kEntities),
                     [&](const auto& some) { return html.starts_with(some.first); });
    const bool found = entity != std::end(kEntities);
    out += found ? entity->second : html.front();
    html.remove_prefix(found ? entity->first.size() : 1);
  }
  return out;
}

std::size_t CodePoints(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

std::size_t BytesOf(std::string_view text, std::size_t max) {
  std::size_t position = 0;
  for (std::size_t count = 0; position < text.size(); ++position) {
    if (!IsContinuation(text[position]) && count++ == max) break;
  }
  return position;
}

std::string Shorten(std::string_view text, std::size_t max) {
  assert(max > 0);
  std::size_t position = 0;
  std::size_t last = 0;  // Where the newest code point starts.
  std::size_t count = 0;
  while (position < text.size()) {
    const std::size_t length = LengthOf(text[position]);
    const bool whole =
        length > 0 && position + length <= text.size() &&
        std::all_of(text.begin() + static_cast<std::ptrdiff_t>(position) + 1,
                    text.begin() + static_cast<std::ptrdiff_t>(position + length), IsContinuation);
    if (!whole) return std::string(text.substr(0, position));
    if (count == max) return std::string(text.substr(0, last)) + "…";
    last = position;
    position += length;
    ++count;
  }
  return std::string(text);
}

}  // namespace kalends::telegram

// The parts of html.h that do not read markup.
#include <algorithm>

#include "tools/telegram_sim/html.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// The length in bytes of a bot command at the start of `text`: '/' and 1 to 32 of [a-zA-Z0-9_],
// with an optional @name. 0: none.
std::size_t CommandBytes(std::string_view text) {
  if (!text.starts_with('/')) return 0;
  const auto in_word = [](char c) { return c == '_' || IsToken({&c, 1}, 1); };
  std::size_t end = 1;
  while (end < text.size() && text[end] != '-' && in_word(text[end])) ++end;
  if (end == 1 || end > 33) return 0;
  if (end < text.size() && text[end] == '@') {
    std::size_t name_end = end + 1;
    while (name_end < text.size() && text[name_end] != '-' && in_word(text[name_end])) ++name_end;
    if (name_end > end + 1) end = name_end;
  }
  return end;
}

// The length in bytes of an http(s) address at the start of `text`. 0: none.
std::size_t UrlBytes(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && !IsBlank(text[end]) && text[end] != '<' && text[end] != '>') ++end;
  while (end > 0 && std::string_view(".,;:!?)\"'").find(text[end - 1]) != std::string::npos) --end;
  return IsHttpUrl(text.substr(0, end)) ? end : 0;
}

bool Overlaps(const json& entities, int offset, int length) {
  return std::any_of(entities.begin(), entities.end(), [&](const json& entity) {
    const int other = entity["offset"].get<int>();
    return other < offset + length && offset < other + entity["length"].get<int>();
  });
}

}  // namespace

bool IsHttpUrl(std::string_view url) {
  const std::string lower = Lower(url.substr(0, 8));
  std::size_t host = 0;
  if (lower.starts_with("https://")) {
    host = 8;
  } else if (lower.starts_with("http://")) {
    host = 7;
  } else {
    return false;
  }
  const std::string_view authority = url.substr(host, url.find_first_of("/?#", host) - host);
  if (authority.empty() || !std::none_of(url.begin(), url.end(), IsSpace)) return false;
  return authority.starts_with('[') || authority.find('.') != std::string_view::npos;
}

FormattedText TrimEnds(FormattedText formatted) {
  const std::string_view trimmed = Trim(formatted.text);
  const int cut = Utf16Units(
      std::string_view(formatted.text).substr(0, trimmed.data() - formatted.text.data()));
  const int length = Utf16Units(trimmed);
  FormattedText result{std::string(trimmed), json::array()};
  for (json entity : formatted.entities) {
    const int begin = std::clamp(entity["offset"].get<int>() - cut, 0, length);
    const int end =
        std::clamp(entity["offset"].get<int>() + entity["length"].get<int>() - cut, 0, length);
    if (begin >= end) continue;
    entity["offset"] = begin;
    entity["length"] = end - begin;
    result.entities.push_back(std::move(entity));
  }
  return result;
}

FormattedText AddFoundEntities(FormattedText formatted) {
  const std::string_view text = formatted.text;
  bool at_start = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const std::size_t command = at_start ? CommandBytes(rest) : 0;
    const std::size_t url = at_start && command == 0 ? UrlBytes(rest) : 0;
    const std::size_t bytes = std::max(command, url);
    at_start = IsBlank(text[i]) || text[i] == '(';
    if (bytes == 0) continue;
    const int offset = Utf16Units(text.substr(0, i));
    const int length = Utf16Units(rest.substr(0, bytes));
    if (!Overlaps(formatted.entities, offset, length)) {
      formatted.entities.push_back(
          {{"type", command > 0 ? "bot_command" : "url"}, {"offset", offset}, {"length", length}});
    }
    i += bytes - 1;
  }
  std::stable_sort(formatted.entities.begin(), formatted.entities.end(),
                   [](const json& a, const json& b) { return a["offset"] < b["offset"]; });
  return formatted;
}

}  // namespace kalends::sim

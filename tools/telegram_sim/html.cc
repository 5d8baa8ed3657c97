#include "tools/telegram_sim/html.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "tools/telegram_sim/status.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

struct TagRow {
  std::string_view tag;
  std::string_view entity;
};
constexpr std::array<TagRow, 17> kTags = {{
    {"a", "text_link"},
    {"b", "bold"},
    {"strong", "bold"},
    {"i", "italic"},
    {"em", "italic"},
    {"s", "strikethrough"},
    {"strike", "strikethrough"},
    {"del", "strikethrough"},
    {"u", "underline"},
    {"ins", "underline"},
    {"tg-spoiler", "spoiler"},
    {"span", "spoiler"},
    {"tg-emoji", "custom_emoji"},
    {"tg-time", "date_time"},
    {"pre", "pre"},
    {"code", "code"},
    {"blockquote", "blockquote"},
}};

struct OpenTag {
  std::string tag;
  std::string argument;  // href, emoji-id, language, unix, or "1" for expandable.
  std::string format;    // tg-time only.
  int offset = 0;        // UTF-16 units.
  std::size_t byte = 0;  // In the plain text.
};

std::string At(std::size_t offset) { return " at byte offset " + std::to_string(offset); }

std::string QuotedTag(std::string_view tag) { return '"' + std::string(tag) + '"'; }

absl::Status CannotParse(const std::string& why) {
  return BadRequest("can't parse entities: " + why);
}

// "r" (relative, alone), or letters of tTdDwW.
bool IsDateFormat(std::string_view format) {
  if (format == "r" || format == "R") return true;
  return std::all_of(format.begin(), format.end(), [](char c) {
    return std::string_view("tTdDwW").find(c) != std::string::npos;
  });
}

class Parser {
 public:
  explicit Parser(std::string_view html) : html_(html) {}

  absl::StatusOr<FormattedText> Run() {
    while (position_ < html_.size()) {
      if (Peek() != '<') {
        AppendCharacter(result_.text);
        continue;
      }
      const std::size_t begin = position_++;
      absl::Status status = Peek() == '/' ? ReadEndTag(begin) : ReadStartTag(begin);
      if (!status.ok()) return status;
    }
    if (!open_.empty()) {
      return CannotParse("Can't find end tag corresponding to start tag " +
                         QuotedTag(open_.back().tag));
    }
    SortEntities();
    return std::move(result_);
  }

 private:
  // The current byte, NUL at the end.
  char Peek() const { return position_ < html_.size() ? html_[position_] : '\0'; }

  void SkipSpaces() {
    while (Peek() != '\0' && IsSpace(Peek())) ++position_;
  }

  // Moves one byte, or one character reference, to `text`.
  void AppendCharacter(std::string& text) {
    if (Peek() == '&') {
      if (const auto character = ReadReference()) {
        AppendUtf8(text, *character);
        return;
      }
    }
    text += html_[position_++];
  }

  // Reads &lt; &gt; &amp; &quot; &#N; &#xN; the semicolon may be missing. Anything else stays text.
  std::optional<char32_t> ReadReference() {
    static constexpr std::pair<std::string_view, char32_t> kNamed[] = {
        {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}};
    std::size_t end = position_ + 1;
    char32_t value = 0;
    if (end < html_.size() && html_[end] == '#') {
      const bool hex = end + 1 < html_.size() && (html_[end + 1] | 0x20) == 'x';
      end += hex ? 2 : 1;
      const std::string_view digits = hex ? "0123456789abcdef" : "0123456789";
      for (; end < html_.size() && value <= 0x10ffff; ++end) {
        const std::size_t digit = digits.find(Lower(html_.substr(end, 1)));
        if (digit == std::string_view::npos) break;
        value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
      }
    } else {
      while (end < html_.size() && ((html_[end] | 0x20) >= 'a' && (html_[end] | 0x20) <= 'z'))
        ++end;
      for (const auto& [name, character] : kNamed) {
        if (html_.substr(position_ + 1, end - position_ - 1) == name) value = character;
      }
    }
    if (value == 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return std::nullopt;
    position_ = end < html_.size() && html_[end] == ';' ? end + 1 : end;
    return value;
  }

  absl::Status ReadStartTag(std::size_t begin) {
    while (!IsSpace(Peek()) && Peek() != '>') ++position_;
    if (Peek() == '\0') return CannotParse("Unclosed start tag" + At(begin));
    OpenTag tag;
    tag.tag = Lower(html_.substr(begin + 1, position_ - begin - 1));
    tag.offset = Utf16Units(result_.text);
    tag.byte = result_.text.size();
    const bool known = std::any_of(kTags.begin(), kTags.end(),
                                   [&](const TagRow& row) { return row.tag == tag.tag; });
    if (!known) return CannotParse("Unsupported start tag " + QuotedTag(tag.tag) + At(begin));
    while (Peek() != '>') {
      SkipSpaces();
      if (Peek() == '>') break;
      if (absl::Status status = ReadAttribute(begin, tag); !status.ok()) return status;
    }
    ++position_;
    if (tag.tag == "span" && tag.argument != "spoiler") {
      return CannotParse("Tag \"span\" must have class \"tg-spoiler\"" + At(begin));
    }
    open_.push_back(std::move(tag));
    return absl::OkStatus();
  }

  absl::Status ReadAttribute(std::size_t begin, OpenTag& tag) {
    const std::size_t name_begin = position_;
    while (!IsSpace(Peek()) && Peek() != '=' && Peek() != '>') ++position_;
    const std::string name = Lower(html_.substr(name_begin, position_ - name_begin));
    if (name.empty()) {
      return CannotParse("Empty attribute name in the tag " + QuotedTag(tag.tag) + At(begin));
    }
    SkipSpaces();
    if (Peek() == '\0') return CannotParse("Unclosed start tag " + QuotedTag(tag.tag) + At(begin));
    std::string value;
    if (Peek() == '=') {
      ++position_;
      SkipSpaces();
      if (Peek() == '\0')
        return CannotParse("Unclosed start tag " + QuotedTag(tag.tag) + At(begin));
      const std::size_t token = position_;
      auto read = ReadValue();
      if (!read) return CannotParse("Unexpected end of name token" + At(token));
      value = *std::move(read);
      if (Peek() == '\0') return CannotParse("Unclosed start tag" + At(begin));
    }
    SetArgument(name, std::move(value), tag);
    return absl::OkStatus();
  }

  // A quoted value, or a name token in lower case; nothing if the token ends badly.
  std::optional<std::string> ReadValue() {
    std::string value;
    const char quote = Peek();
    if (quote == '"' || quote == '\'') {
      ++position_;
      while (Peek() != quote && Peek() != '\0') AppendCharacter(value);
      if (Peek() == quote) ++position_;
      return value;
    }
    const auto in_token = [](char c) {
      return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '.' ||
             c == '-';
    };
    while (in_token(Peek())) value += html_[position_++];
    if (!IsSpace(Peek()) && Peek() != '>') return std::nullopt;
    return Lower(value);
  }

  static void SetArgument(const std::string& name, std::string value, OpenTag& tag) {
    const auto is = [&](std::string_view t, std::string_view n) {
      return tag.tag == t && name == n;
    };
    if (is("a", "href") || is("tg-emoji", "emoji-id") || is("tg-time", "unix")) {
      tag.argument = std::move(value);
    } else if (is("code", "class") && value.starts_with("language-")) {
      tag.argument = value.substr(9);
    } else if (is("span", "class") && value.starts_with("tg-")) {
      tag.argument = value.substr(3);
    } else if (is("blockquote", "expandable")) {
      tag.argument = "1";
    } else if (is("tg-time", "format")) {
      tag.format = std::move(value);
    }
  }

  absl::Status ReadEndTag(std::size_t begin) {
    if (open_.empty()) return CannotParse("Unexpected end tag" + At(begin));
    while (!IsSpace(Peek()) && Peek() != '>') ++position_;
    const std::string name =
        begin + 2 <= position_ ? Lower(html_.substr(begin + 2, position_ - begin - 2)) : "";
    SkipSpaces();
    if (Peek() != '>') return CannotParse("Unclosed end tag" + At(begin));
    ++position_;
    const OpenTag tag = std::move(open_.back());
    open_.pop_back();
    if (!name.empty() && name != tag.tag) {
      return CannotParse("Unmatched end tag" + At(begin) + ", expected \"</" + tag.tag +
                         ">\", found \"</" + name + ">\"");
    }
    const int length = Utf16Units(result_.text) - tag.offset;
    return length > 0 ? AddEntity(tag, length) : absl::OkStatus();
  }

  absl::Status AddEntity(const OpenTag& tag, int length) {
    json entity = {{"offset", tag.offset}, {"length", length}};
    for (const TagRow& row : kTags) {
      if (row.tag == tag.tag) entity["type"] = row.entity;
    }
    if (tag.tag == "a") {
      const std::string url = tag.argument.empty() ? result_.text.substr(tag.byte) : tag.argument;
      if (!IsHttpUrl(url) && !url.starts_with("tg://") && !url.starts_with("mailto:")) {
        return absl::OkStatus();
      }
      entity["url"] = url;
    } else if (tag.tag == "tg-emoji") {
      if (ToInt(tag.argument).value_or(0) == 0 || tag.argument.starts_with('-')) {
        return CannotParse("Invalid custom emoji identifier specified");
      }
      entity["custom_emoji_id"] = tag.argument;
    } else if (tag.tag == "tg-time") {
      const auto unix_time = ToInt(tag.argument);
      if (!unix_time || *unix_time <= 0) return CannotParse("Invalid date specified");
      if (!IsDateFormat(tag.format)) return CannotParse("Invalid date format used");
      entity["unix_time"] = *unix_time;
      entity["date_time_format"] = tag.format;
    } else if (tag.tag == "code" && !tag.argument.empty()) {
      language_ = tag.argument;
    } else if (tag.tag == "blockquote" && !tag.argument.empty()) {
      entity["type"] = "expandable_blockquote";
    } else if (tag.tag == "pre") {
      UseLanguage(entity);
    }
    result_.entities.push_back(std::move(entity));
    return absl::OkStatus();
  }

  // <pre><code class="language-x"> is one `pre` with a language.
  void UseLanguage(json& pre) {
    if (result_.entities.empty()) return;
    const json& last = result_.entities.back();
    const bool same = last["type"] == "code" && last["offset"] == pre["offset"] &&
                      last["length"] == pre["length"];
    if (!same) return;
    result_.entities.erase(result_.entities.size() - 1);
    if (!language_.empty()) pre["language"] = language_;
    language_.clear();
  }

  // By offset, the longer first.
  void SortEntities() {
    std::stable_sort(result_.entities.begin(), result_.entities.end(),
                     [](const json& a, const json& b) {
                       if (a["offset"] != b["offset"]) return a["offset"] < b["offset"];
                       return a["length"] > b["length"];
                     });
  }

  std::string_view html_;
  std::size_t position_ = 0;
  std::vector<OpenTag> open_;
  std::string language_;
  FormattedText result_;
};

}  // namespace

absl::StatusOr<FormattedText> ParseHtml(std::string_view html) { return Parser(html).Run(); }

}  // namespace kalends::sim

#include "adapters/telegram/json_reader.h"

#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace kalends::telegram {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD.
constexpr std::string_view kNull = "null";
constexpr std::string_view kNumberCharacters = "+-.0123456789Ee";
constexpr std::string_view kPlainEscapes = "\"\\/bfnrt";
constexpr std::size_t kUnitBytes = 6;  // Of an escape such as \u00e4.

// Whether it can be told from infinity.
bool IsHeld(std::string_view number) {
  if (number.size() > kJsonNumberBytesMax) return false;
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  return error != std::errc::result_out_of_range;
}

// Goes over JSON once, token by token, and leaves out what the parser would give up at.
class Mender {
 public:
  explicit Mender(std::string_view bytes) : bytes_(bytes) { out_.reserve(bytes.size()); }

  std::string Mend() {
    while (at_ < bytes_.size()) {
      const char c = bytes_[at_];
      if (c == '"') {
        TakeText();
      } else if (c == '-' || (c >= '0' && c <= '9')) {
        TakeNumber();
      } else {
        TakeMark(c);
      }
    }
    return std::move(out_);
  }

 private:
  bool too_deep() const { return depth_ > kJsonDepthMax; }
  void Put(std::string_view text) {
    if (!too_deep()) out_ += text;
  }
  // The next `count` bytes as they are.
  void Pass(std::size_t count) {
    Put(bytes_.substr(at_, count));
    at_ += count;
  }
  void Replace(std::size_t count) {
    Put(kReplacement);
    at_ += count;
  }

  void TakeMark(char c) {
    if (c == '{' || c == '[') {
      if (depth_ == kJsonDepthMax) Put(kNull);
      ++depth_;
    }
    Pass(1);
    if (c == '}' || c == ']') --depth_;
  }

  void TakeNumber() {
    const std::size_t end =
        std::min(bytes_.find_first_not_of(kNumberCharacters, at_), bytes_.size());
    const std::string_view number = bytes_.substr(at_, end - at_);
    Put(IsHeld(number) ? number : kNull);
    at_ = end;
  }

  void TakeText() {
    Pass(1);
    while (at_ < bytes_.size()) {
      const auto byte = static_cast<unsigned char>(bytes_[at_]);
      if (byte == '"') return Pass(1);
      if (byte == '\\') {
        TakeEscape();
      } else if (byte < 0x20) {
        Replace(1);
      } else if (byte < 0x80) {
        Pass(1);
      } else {
        TakeCodePoint();
      }
    }
  }

  void TakeCodePoint() {
    const std::string_view rest = bytes_.substr(at_, U8_MAX_LENGTH);
    std::int32_t length = 0;
    UChar32 code_point = 0;
    U8_NEXT(rest.data(), length, static_cast<std::int32_t>(rest.size()), code_point);
    const auto count = static_cast<std::size_t>(length);
    code_point < 0 ? Replace(count) : Pass(count);
  }

  void TakeEscape() {
    const char kind = at_ + 1 < bytes_.size() ? bytes_[at_ + 1] : '\0';
    if (kind != '\0' && kPlainEscapes.find(kind) != std::string_view::npos) return Pass(2);
    const auto unit = UnitAt(at_);
    if (!unit) return Replace(kind == 'u' ? 2 : 1);
    if (U16_IS_TRAIL(*unit)) return Replace(kUnitBytes);
    if (!U16_IS_LEAD(*unit)) return Pass(kUnitBytes);
    const auto trail = UnitAt(at_ + kUnitBytes);
    trail&& U16_IS_TRAIL(*trail) ? Pass(2 * kUnitBytes) : Replace(kUnitBytes);
  }

  // The UTF-16 unit that an escape at `position` stands for.
  std::optional<std::uint32_t> UnitAt(std::size_t position) const {
    if (position + kUnitBytes > bytes_.size() || bytes_[position] != '\\' ||
        bytes_[position + 1] != 'u') {
      return std::nullopt;
    }
    const char* end = bytes_.data() + position + kUnitBytes;
    std::uint32_t unit = 0;
    const auto [stopped, error] = std::from_chars(end - 4, end, unit, 16);
    return error == std::errc() && stopped == end ? std::optional(unit) : std::nullopt;
  }

  std::string_view bytes_;
  std::string out_;
  std::size_t at_ = 0;
  std::int64_t depth_ = 0;
};

}  // namespace

nlohmann::json ReadJson(std::string_view bytes) {
  return nlohmann::json::parse(Mender(bytes).Mend(), nullptr, false);
}

std::string WriteJson(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::int64_t NumberAt(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return 0;
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string TextAt(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace kalends::telegram

#include "core/server/field_counter.h"

#include <algorithm>

#include "core/base/limits.h"

namespace kalends::server {
namespace {

constexpr int kShiftMax = 21;  // Four bytes of a number; leading zeros without end are an attack.
constexpr std::uint8_t kContinues = 0x80;

}  // namespace

bool FieldCounter::Feed(std::string_view bytes) {
  while (!bytes.empty()) {
    if (at_ == At::kText) {
      const auto passed = std::min<std::size_t>(text_left_, bytes.size());
      bytes.remove_prefix(passed);
      text_left_ -= static_cast<std::uint32_t>(passed);
      if (text_left_ == 0) Next();
      continue;
    }
    if (!Take(static_cast<std::uint8_t>(bytes.front()))) return false;
    bytes.remove_prefix(1);
  }
  return true;
}

bool FieldCounter::Take(std::uint8_t byte) {
  if (at_ == At::kField) return FieldBegins(byte);
  if (at_ == At::kIndex) return IndexContinues(byte);
  if (at_ == At::kLengthContinues) return LengthContinues(byte);
  text_left_ = byte & 0x7f;  // The first bit says that the text is compressed.
  shift_ = 0;
  if (text_left_ < 0x7f) return TextBegins();
  at_ = At::kLengthContinues;
  return true;
}

bool FieldCounter::FieldBegins(std::uint8_t byte) {
  if (++fields_ > core::kHeaderFieldsMax) return false;
  std::uint8_t index_max = 0x0f;  // A literal that is not indexed.
  texts_ = 1;
  if ((byte & 0x80) != 0) {  // A whole field from the table.
    index_max = 0x7f;
    texts_ = 0;
  } else if ((byte & 0x40) != 0) {  // A literal that the table takes in.
    index_max = 0x3f;
  } else if ((byte & 0x20) != 0) {  // A new size of the table.
    index_max = 0x1f;
    texts_ = 0;
  }
  const std::uint8_t index = byte & index_max;
  if (texts_ > 0 && index == 0) texts_ = 2;  // The name comes as a text, too.
  shift_ = 0;
  if (index == index_max) {
    at_ = At::kIndex;
  } else {
    Next();
  }
  return true;
}

bool FieldCounter::IndexContinues(std::uint8_t byte) {
  shift_ += 7;
  if ((byte & kContinues) != 0) return shift_ <= kShiftMax;
  Next();
  return true;
}

bool FieldCounter::LengthContinues(std::uint8_t byte) {
  text_left_ += static_cast<std::uint32_t>(byte & 0x7f) << shift_;
  shift_ += 7;
  if ((byte & kContinues) != 0) return shift_ <= kShiftMax;
  return TextBegins();
}

bool FieldCounter::TextBegins() {
  if (text_left_ > core::kHeaderBlockBytesMax) return false;
  --texts_;
  at_ = At::kText;
  if (text_left_ == 0) Next();
  return true;
}

}  // namespace kalends::server

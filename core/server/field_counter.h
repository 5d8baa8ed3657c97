// Counts the header fields of a request without decoding them.
#pragma once

#include <cstdint>
#include <string_view>

namespace kalends::server {

// Reads one header block (RFC 7541) that comes in pieces. Texts are passed over, neither decoded
// nor kept: it is the number of fields that a peer multiplies, by naming an entry of the table at
// one byte each.
class FieldCounter {
 public:
  // False: more fields than any client sends, or not a header block.
  bool Feed(std::string_view bytes);
  int fields() const { return fields_; }

 private:
  enum class At { kField, kIndex, kLength, kLengthContinues, kText };

  bool Take(std::uint8_t byte);
  bool FieldBegins(std::uint8_t byte);
  bool IndexContinues(std::uint8_t byte);
  bool LengthContinues(std::uint8_t byte);
  bool TextBegins();
  void Next() { at_ = texts_ > 0 ? At::kLength : At::kField; }

  At at_ = At::kField;
  int fields_ = 0;
  int texts_ = 0;  // Of this field, that are still to come.
  int shift_ = 0;  // Where the next byte of a number in several bytes belongs.
  std::uint32_t text_left_ = 0;
};

}  // namespace kalends::server

// The Range header of RFC 9110, for one range of bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kalends::web {

// Bytes [start, end) of a document.
struct ByteRange {
  std::int64_t start = 0;
  std::int64_t end = 0;

  std::int64_t size() const { return end - start; }
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

struct WantedRange {
  enum class Kind {
    kWhole,          // No header, one we do not understand, or several ranges: send all (200).
    kPart,           // 206.
    kUnsatisfiable,  // Nothing of it is there: 416.
  };
  Kind kind = Kind::kWhole;
  ByteRange range;  // Of kWhole and kPart.
};

// What `header` asks for of a document of `size` bytes. Empty: no header.
WantedRange ParseRange(std::string_view header, std::int64_t size);

}  // namespace kalends::web

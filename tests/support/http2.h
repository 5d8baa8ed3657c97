// HTTP/2 as a peer writes it by hand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kalends::test::http2 {

inline const std::string kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
enum Type : std::uint8_t {
  kData = 0,
  kHeaders = 1,
  kReset = 3,
  kSettings = 4,
  kPing = 6,
  kWindowUpdate = 8,
  kContinuation = 9
};
inline constexpr std::uint8_t kEndStream = 1, kEndHeaders = 4, kPadded = 8, kPriority = 32;

inline std::string MakeFrame(Type type, std::uint8_t flags, std::uint32_t stream,
                             std::string_view payload = {}) {
  std::string frame;
  for (int shift = 16; shift >= 0; shift -= 8) {
    frame += static_cast<char>(payload.size() >> shift);
  }
  frame += static_cast<char>(type);
  frame += static_cast<char>(flags);
  for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>(stream >> shift);
  return frame.append(payload);
}

// A number as a text's length (RFC 7541, 5.1).
inline std::string Length(std::size_t length) {
  if (length < 127) return {static_cast<char>(length)};
  std::string bytes(1, 127);
  for (length -= 127; length >= 128; length >>= 7) bytes += static_cast<char>(length | 128);
  return bytes + static_cast<char>(length);
}

// A field whose name and value are written out.
inline std::string Field(std::string_view name, std::string_view value) {
  return std::string(1, '\0') + Length(name.size()) + std::string(name) + Length(value.size()) +
         std::string(value);
}

// What stands before the message of any call.
inline std::string CallFields(std::string_view path = "/kalends.v1.AccountService/GetAccount") {
  return Field(":method", "POST") + Field(":scheme", "http") + Field(":path", path) +
         Field(":authority", "x") + Field("te", "trailers") +
         Field("content-type", "application/grpc");
}

}  // namespace kalends::test::http2

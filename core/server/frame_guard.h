// Weighs what a peer makes gRPC hold, HTTP/2 frame by frame, and says when it is too much.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>

#include "core/server/field_counter.h"

namespace kalends::server {

// The head of a frame (RFC 9113, 4.1).
struct Frame {
  std::uint32_t length = 0;
  std::uint8_t type = 0;
  std::uint8_t flags = 0;
  std::uint32_t stream = 0;
};

// Splits what one side sends into frames.
class FrameReader {
 public:
  using Begins = std::function<bool(const Frame&)>;
  using Payload = std::function<bool(std::string_view)>;  // A piece of it, never empty.

  // False as soon as one of the functions returns it.
  bool Feed(std::string_view bytes, const Begins& begins, const Payload& payload);

 private:
  static constexpr std::size_t kHeadBytes = 9;
  std::array<std::uint8_t, kHeadBytes> head_{};
  std::size_t head_size_ = 0;
  std::uint32_t payload_left_ = 0;
};

// One connection whose peer has shown no key yet. Its weight estimates, from above, the bytes that
// gRPC holds for it: calls that are not answered, with headers and messages; and for a moment what
// was given up or is no call at all, which gRPC has to clear away.
class FrameGuard {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // What the peer sent, in pieces of any size. False: it does not speak HTTP/2, or sends headers as
  // no client does; gRPC must not see these bytes.
  bool Received(std::string_view bytes, Time now);
  // What it was sent.
  void Sent(std::string_view bytes);
  std::int64_t Weight(Time now);

 private:
  // Where the fields of the frame at hand lie: behind the length of its padding and its priority,
  // before the padding.
  struct Block {
    std::uint32_t stream = 0;  // 0: no header block is on its way.
    bool here = false;         // This frame belongs to it,
    bool ends = false;         // and is the last that does.
    bool padded = false;
    std::uint32_t before = 0;
    std::uint32_t content = 0;
    std::uint32_t bytes = 0;  // Of all its frames.
  };

  bool FrameBegins(const Frame& frame);
  bool HeadersBegin(const Frame& frame);
  bool BlockContinues(const Frame& frame);
  bool PayloadComes(std::string_view bytes);
  bool FieldsCome(std::string_view bytes);
  void Charge(std::uint32_t stream, std::int64_t bytes);
  void GivenUp(std::uint32_t stream);
  void Answered(std::uint32_t stream);

  std::size_t preface_seen_ = 0;
  FrameReader received_, sent_;
  std::unordered_map<std::uint32_t, std::int64_t> calls_;  // The weight of each by its stream.
  std::int64_t calls_weight_ = 0;
  std::uint32_t last_call_ = 0;
  std::int64_t debt_ = 0;  // Of what belongs to no call; it melts.
  Time debt_as_of_{};
  Block block_;
  FieldCounter fields_;
};

}  // namespace kalends::server

#include "core/server/frame_guard.h"

#include <algorithm>

#include "core/base/limits.h"

namespace kalends::server {
namespace {

constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

enum Type : std::uint8_t {
  kData = 0,
  kHeaders = 1,
  kResetStream = 3,
  kWindowUpdate = 8,
  kContinuation = 9
};
constexpr std::uint8_t kEndStream = 0x1;
constexpr std::uint8_t kEndHeaders = 0x4;
constexpr std::uint8_t kPadded = 0x8;
constexpr std::uint8_t kPriority = 0x20;
constexpr std::uint32_t kPriorityBytes = 5;

// What gRPC 1.51 was seen to hold, and some more.
constexpr std::int64_t kCallWeight = 24 << 10;
constexpr std::int64_t kFieldWeight = 256;
constexpr std::int64_t kFrameWeight = 512;
constexpr std::int64_t kWindowUpdateWeight =
    16;  // Nothing is held for it, and all clients send it.
// Faster than that gRPC clears away in any case.
constexpr double kMeltedPerSecond = 4 << 20;

}  // namespace

bool FrameReader::Feed(std::string_view bytes, const Begins& begins, const Payload& payload) {
  while (!bytes.empty()) {
    if (payload_left_ > 0) {
      const auto piece = bytes.substr(0, std::min<std::size_t>(payload_left_, bytes.size()));
      payload_left_ -= static_cast<std::uint32_t>(piece.size());
      bytes.remove_prefix(piece.size());
      if (!payload(piece)) return false;
      continue;
    }
    head_[head_size_++] = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    if (head_size_ < kHeadBytes) continue;
    head_size_ = 0;
    const auto number = [this](std::size_t at, int size) {
      std::uint32_t value = 0;
      for (int i = 0; i < size; ++i) value = value << 8 | head_[at + static_cast<std::size_t>(i)];
      return value;
    };
    const Frame frame{number(0, 3), head_[3], head_[4], number(5, 4) & 0x7fffffff};
    payload_left_ = frame.length;
    if (!begins(frame)) return false;
  }
  return true;
}

bool FrameGuard::Received(std::string_view bytes, Time now) {
  Weight(now);  // Lets the debt melt that was there before.
  const auto preface = std::min(kPreface.size() - preface_seen_, bytes.size());
  if (bytes.substr(0, preface) != kPreface.substr(preface_seen_, preface)) return false;
  preface_seen_ += preface;
  bytes.remove_prefix(preface);
  return received_.Feed(
      bytes, [this](const Frame& frame) { return FrameBegins(frame); },
      [this](std::string_view piece) { return PayloadComes(piece); });
}

void FrameGuard::Sent(std::string_view bytes) {
  const auto begins = [this](const Frame& frame) {
    const bool ends = (frame.type == kData || frame.type == kHeaders) && frame.flags & kEndStream;
    if (ends || frame.type == kResetStream) Answered(frame.stream);
    return true;
  };
  sent_.Feed(bytes, begins, [](std::string_view) { return true; });
}

std::int64_t FrameGuard::Weight(Time now) {
  const std::chrono::duration<double> passed = now - debt_as_of_;
  const double melted = std::max(0.0, passed.count()) * kMeltedPerSecond;
  debt_ -= static_cast<std::int64_t>(std::min(melted, static_cast<double>(debt_)));
  debt_as_of_ = std::max(now, debt_as_of_);
  return calls_weight_ + debt_;
}

bool FrameGuard::FrameBegins(const Frame& frame) {
  block_.here = false;
  if (frame.type == kContinuation) return BlockContinues(frame);
  if (block_.stream != 0) return false;  // Nothing may come between the parts of a header block.
  if (frame.type == kHeaders) return HeadersBegin(frame);
  if (frame.type == kData) {
    Charge(frame.stream, frame.length + kFrameWeight);
  } else if (frame.type == kWindowUpdate) {
    debt_ += kWindowUpdateWeight;
  } else {
    if (frame.type == kResetStream) GivenUp(frame.stream);
    debt_ += kFrameWeight;
  }
  return true;
}

bool FrameGuard::HeadersBegin(const Frame& frame) {
  if (frame.stream == 0) return false;
  if (frame.stream > last_call_) {
    last_call_ = frame.stream;
    calls_[frame.stream] = 0;
  }
  Charge(frame.stream, kCallWeight);
  block_ = {.stream = frame.stream};
  fields_ = {};
  block_.padded = (frame.flags & kPadded) != 0;
  block_.before = (block_.padded ? 1 : 0) + ((frame.flags & kPriority) != 0 ? kPriorityBytes : 0);
  return frame.length >= block_.before && BlockContinues(frame);
}

bool FrameGuard::BlockContinues(const Frame& frame) {
  if (block_.stream == 0 || block_.stream != frame.stream) return false;
  block_.here = true;
  block_.ends = (frame.flags & kEndHeaders) != 0;
  block_.content = frame.length - block_.before;
  // A frame without any bytes costs, too: they must not go on for ever.
  block_.bytes += frame.length + kFrameWeight;
  if (block_.bytes > core::kHeaderBlockBytesMax) return false;
  if (block_.ends && frame.length == 0) block_.stream = 0;
  return true;
}

bool FrameGuard::PayloadComes(std::string_view bytes) {
  if (!block_.here) return true;
  if (block_.padded && block_.before > 0) {
    // Its first byte is how much of the end does not count.
    const auto padding = static_cast<std::uint8_t>(bytes.front());
    if (padding > block_.content) return false;
    block_.content -= padding;
    block_.padded = false;
  }
  const auto skipped = std::min<std::size_t>(block_.before, bytes.size());
  block_.before -= static_cast<std::uint32_t>(skipped);
  bytes.remove_prefix(skipped);
  return FieldsCome(bytes.substr(0, std::min<std::size_t>(block_.content, bytes.size())));
}

bool FrameGuard::FieldsCome(std::string_view bytes) {
  const int before = fields_.fields();
  if (!fields_.Feed(bytes)) return false;
  Charge(block_.stream, (fields_.fields() - before) * kFieldWeight);
  Charge(block_.stream, static_cast<std::int64_t>(bytes.size()));
  block_.content -= static_cast<std::uint32_t>(bytes.size());
  if (block_.content == 0 && block_.before == 0 && block_.ends) block_.stream = 0;
  return true;
}

// To the call of this stream, or else to nobody's.
void FrameGuard::Charge(std::uint32_t stream, std::int64_t bytes) {
  const auto call = calls_.find(stream);
  if (call == calls_.end()) {
    debt_ += bytes;
    return;
  }
  call->second += bytes;
  calls_weight_ += bytes;
}

void FrameGuard::GivenUp(std::uint32_t stream) {
  const auto call = calls_.find(stream);
  if (call == calls_.end()) return;
  debt_ += call->second;
  Answered(stream);
}

void FrameGuard::Answered(std::uint32_t stream) {
  const auto call = calls_.find(stream);
  if (call == calls_.end()) return;
  calls_weight_ -= call->second;
  calls_.erase(call);
}

}  // namespace kalends::server

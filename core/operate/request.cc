#include "core/operate/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <random>
#include <utility>

namespace kalends::operate {
namespace {

std::string& OfThread() {
  thread_local std::string id;
  return id;
}

std::uint64_t OfProcess() {
  std::random_device random;
  return (std::uint64_t{random()} << 32) | random();
}

}  // namespace

bool IsRequestId(std::string_view id) {
  return id.size() >= kRequestIdCharactersMin && id.size() <= kRequestIdCharactersMax &&
         id.find_first_not_of("0123456789abcdef-") == std::string_view::npos;
}

std::string NewRequestId() {
  static const std::uint64_t process = OfProcess();
  static std::atomic<std::uint64_t> last = 0;
  return fmt::format("{:016x}-{:08x}", process, ++last);
}

std::string RequestIdOf(std::string_view given) {
  return IsRequestId(given) ? std::string(given) : NewRequestId();
}

const std::string& CurrentRequest() { return OfThread(); }

void SetCurrentRequest(std::string id) { OfThread() = std::move(id); }

RequestScope::RequestScope(std::string id) : outer_(std::exchange(OfThread(), std::move(id))) {}

RequestScope::~RequestScope() { OfThread() = std::move(outer_); }

}  // namespace kalends::operate

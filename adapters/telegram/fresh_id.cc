#include "adapters/telegram/fresh_id.h"

#include <fmt/format.h>

#include <cstdint>
#include <random>

namespace kalends::telegram {

std::string FreshRequestId(std::string_view kind) {
  thread_local std::random_device random;
  const std::uint64_t high = random();
  return fmt::format("{}:{:016x}", kind, high << 32 | random());
}

}  // namespace kalends::telegram

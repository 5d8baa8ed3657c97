// The seed of a test that draws its cases at random.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>

namespace kalends::test {

// Another one in each run; KALENDS_TEST_SEED=<number> repeats a run. It is written into the output,
// so that it is known of a test that dies or hangs, too, and stands beside each failure for as long
// as this lives.
class Seed {
 public:
  explicit Seed(const char* file = __builtin_FILE(), int line = __builtin_LINE())
      : value_(Draw()), trace_(file, line, testing::Message() << "seed " << value_) {
    std::cout << "[     SEED ] KALENDS_TEST_SEED=" << value_ << std::endl;
  }
  Seed(const Seed&) = delete;
  Seed& operator=(const Seed&) = delete;

  std::uint64_t value() const { return value_; }

 private:
  static std::uint64_t Draw() {
    const char* wanted = std::getenv("KALENDS_TEST_SEED");
    return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : std::random_device()();
  }

  const std::uint64_t value_;
  const testing::ScopedTrace trace_;
};

}  // namespace kalends::test

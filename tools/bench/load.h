// A load generator: keeps a number of calls in flight over a few connections.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kalends::bench {

// One call, already encoded.
struct Encoded {
  std::string method;  // "/kalends.v1.BookingService/ListSlots".
  std::string request;
  std::string account;  // For `kalends-account`; may be empty.
};

struct LoadOptions {
  std::string core;
  std::string key;
  int in_flight = 1;
  int connections = 4;
  double seconds = 3;
};

struct LoadResult {
  std::int64_t calls = 0;
  std::int64_t errors = 0;
  std::string first_error;
  double seconds = 0;
  double p50_us = 0;
  double p99_us = 0;
};

// Says what worker `worker` calls next, given the answer before (empty at first). Called from
// several threads, but for one worker never from two at once.
using NextCall = std::function<Encoded(int worker, const std::string& answer_before)>;

LoadResult RunLoad(const LoadOptions& options, const NextCall& next);

// Makes one call and returns the answer; ends the program with a message if it fails.
std::string CallOnce(const LoadOptions& options, const Encoded& call);

}  // namespace kalends::bench

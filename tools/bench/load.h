// A load generator: keeps a number of calls in flight over a few connections.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kalends::bench {

// How many customers each of so many seeded providers has: so many that none requests more often
// in a day of benchmarks than the core lets them.
inline std::int64_t CustomersPerProvider(std::int64_t providers) {
  return std::max<std::int64_t>(1, 6400 / providers);
}
// The Telegram id of one of them.
inline std::int64_t CustomerAddress(std::int64_t providers, std::int64_t provider,
                                    std::int64_t customer) {
  return 20'000'000 + provider * CustomersPerProvider(providers) + customer;
}
// The id of their account, above all ids of seeded providers and services.
inline std::int64_t CustomerId(std::int64_t providers, std::int64_t provider,
                               std::int64_t customer) {
  return 500'000'000 + CustomerAddress(providers, provider, customer);
}

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

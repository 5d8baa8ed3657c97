// Times what a call pays for being counted: an addition by code, one into a histogram, and an id
// where the caller gave none; by one thread, and by several that count the same method at once.
// Prints nanoseconds of time per call: the median of several runs, and the best.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>
#include <vector>

#include "core/operate/metrics.h"
#include "core/operate/request.h"

namespace kalends::operate {
namespace {

constexpr int kRuns = 21;
constexpr int kCallsPerRun = 200'000;

Family<Count> calls("bench_calls_total", "", {"method", "code"}, Unseen::kLeftOut);
Histogram seconds("bench_call_seconds", "", Latencies());

double NanosecondsOf(int threads, const std::function<void(int)>& call) {
  const auto begun = std::chrono::steady_clock::now();
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([&] {
      for (int n = 0; n < kCallsPerRun; ++n) call(n);
    });
  }
  for (std::thread& thread : running) thread.join();
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begun;
  return took.count() / (static_cast<double>(threads) * kCallsPerRun);
}

void Measure(const char* name, int threads, const std::function<void(int)>& call) {
  std::vector<double> runs;
  for (int run = 0; run < kRuns; ++run) runs.push_back(NanosecondsOf(threads, call));
  std::sort(runs.begin(), runs.end());
  std::printf("%-24s %d threads %8.1f ns median %8.1f ns best\n", name, threads,
              runs[runs.size() / 2], runs.front());
}

void Run() {
  Count& ok = calls.With({"BookingService.ListSlots", "OK"});
  const auto count = [&](int n) {
    ok.Add();
    seconds.Observe(n % 1000 * 1e-6);
  };
  for (const int threads : {1, 2, 4}) Measure("counting", threads, count);
  Measure("a new id", 1, [](int) { NewRequestId(); });
  Measure("an id that is given", 1, [](int) { RequestIdOf("4bf92f3577b34da6a3ce929d0e0e4736"); });
}

}  // namespace
}  // namespace kalends::operate

int main() {
  kalends::operate::Run();
  return 0;
}

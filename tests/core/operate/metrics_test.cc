#include "core/operate/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "core/operate/process_metrics.h"

namespace kalends::operate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Metrics, ShowsANumberWhileItLives) {
  auto counter = std::make_unique<Counter>("kalends_test_alive_total", "What is tested.");
  counter->Add();
  counter->Add(2);
  EXPECT_THAT(MetricsText(), HasSubstr("# HELP kalends_test_alive_total What is tested.\n"
                                       "# TYPE kalends_test_alive_total counter\n"
                                       "kalends_test_alive_total 3\n"));
  counter.reset();
  EXPECT_THAT(MetricsText(), Not(HasSubstr("kalends_test_alive_total")));
}

TEST(Metrics, CountsWhatManyThreadsAddAtOnce) {
  Counter counter("kalends_test_threads_total", "");
  Histogram histogram("kalends_test_threads", "", PowersOfTwo(8));
  constexpr int kThreads = 4;
  constexpr int kTimes = 20'000;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < kTimes; ++n) {
        counter.Add();
        histogram.Observe(3);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter.value(), kThreads * kTimes);
  EXPECT_EQ(histogram.count(), static_cast<std::uint64_t>(kThreads * kTimes));
  EXPECT_THAT(MetricsText(), HasSubstr("kalends_test_threads_sum 240000\n"));
}

TEST(Metrics, PutsAValueIntoTheBucketWhoseBoundItDoesNotExceed) {
  Histogram histogram("kalends_test_buckets", "", PowersOfTwo(4));
  for (const double value : {1.0, 1.5, 2.0, 4.0, 5.0}) histogram.Observe(value);
  const std::string text = MetricsText();
  EXPECT_THAT(text, HasSubstr("kalends_test_buckets_bucket{le=\"1\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("kalends_test_buckets_bucket{le=\"2\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("kalends_test_buckets_bucket{le=\"4\"} 4\n"));
  EXPECT_THAT(text, HasSubstr("kalends_test_buckets_bucket{le=\"+Inf\"} 5\n"));
  EXPECT_THAT(text, HasSubstr("kalends_test_buckets_count 5\n"));
}

TEST(Metrics, TellsNumbersOfAFamilyApartAndLeavesOutWhatNeverCounted) {
  Family<Count> family("kalends_test_calls_total", "", {"method", "code"}, Unseen::kLeftOut);
  Count& seen = family.With({"BookingService.GetAppointment", "OK"});
  family.With({"BookingService.GetAppointment", "NOT_FOUND"});
  seen.Add();
  EXPECT_EQ(&seen, &family.With({"BookingService.GetAppointment", "OK"}));
  const std::string text = MetricsText();
  EXPECT_THAT(text, HasSubstr("kalends_test_calls_total{method=\"BookingService.GetAppointment\","
                              "code=\"OK\"} 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("NOT_FOUND")));
}

TEST(Metrics, ShowsAFamilysNumbersFromZeroOn) {
  Family<Count> family("kalends_test_zero_total", "", {"reason"});
  family.With({"BUSY"});
  EXPECT_THAT(MetricsText(), HasSubstr("kalends_test_zero_total{reason=\"BUSY\"} 0\n"));
}

TEST(Metrics, HoldsNoMoreSeriesThanTheLimit) {
  Family<Count> family("kalends_test_flood_total", "", {"input"});
  for (std::size_t i = 0; i < kSeriesMax; ++i) family.With({std::to_string(i)});
  Count& other = family.With({"one more"});
  EXPECT_EQ(&other, &family.With({"and another"}));
  EXPECT_NE(&other, &family.With({"0"}));
}

TEST(Metrics, ShowsTwoOfOneNameAsOneFamily) {
  const Sampled first("kalends_test_queue", "", [] { return 1.0; });
  const Sampled second("kalends_test_queue", "", [] { return 2.0; });
  const std::string text = MetricsText();
  EXPECT_EQ(text.find("# TYPE kalends_test_queue "), text.rfind("# TYPE kalends_test_queue "));
}

TEST(ProcessMetrics, SayWhatTheSystemSaysOfThisProcess) {
  const ProcessMetrics process("kalends-test", "0.1.0");
  const std::string text = MetricsText();
  EXPECT_THAT(text, HasSubstr("kalends_build_info{program=\"kalends-test\",version=\"0.1.0\"} 1"));
  for (const char* name :
       {"process_cpu_seconds_total", "process_resident_memory_bytes", "process_threads",
        "process_open_fds", "process_max_fds", "process_start_time_seconds"}) {
    EXPECT_THAT(text, HasSubstr(std::string("\n") + name + " "));
  }
  EXPECT_THAT(text, Not(HasSubstr("Nan")));
}

TEST(ProcessMetrics, HaveNoSizeOfAFileThatIsNotThere) {
  EXPECT_NE(SizeOf("/nowhere/kalends.db"), SizeOf("/nowhere/kalends.db"));  // NaN.
  EXPECT_GT(FreeBytes("/tmp"), 0);
}

}  // namespace
}  // namespace kalends::operate

// Fetches what the core says is due, and tells it what became of it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/busy/fetch.h"
#include "adapters/shared/core_channel.h"

namespace kalends::busy {

// Turns what was fetched into a report: reads the calendar. `stopping`: reading ends early.
v1::ReportBusyCalendarRequest ReportOf(const v1::LeasedBusyCalendar& calendar,
                                       const Fetched& fetched, const std::atomic<bool>& stopping);

class Workers {
 public:
  // Both outlive it.
  Workers(const CoreChannel& core, const FetchOptions& options) : core_(core), options_(options) {}
  ~Workers() { Stop(); }

  // So many calendars are fetched at a time.
  void Start(int count);
  // Ends fetches that are under way: the core hands them out again.
  void Stop();

 private:
  void Run();
  // False: nothing is due, or the core does not answer.
  bool FetchOne();
  void Report(const v1::ReportBusyCalendarRequest& report);

  const CoreChannel& core_;
  const FetchOptions options_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::thread> threads_;
};

}  // namespace kalends::busy

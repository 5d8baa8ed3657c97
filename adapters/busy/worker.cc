#include "adapters/busy/worker.h"

#include <spdlog/spdlog.h>

#include "adapters/busy/busy_times.h"

namespace kalends::busy {
namespace {

constexpr std::chrono::seconds kAskAgain{5};
constexpr std::chrono::seconds kReadFor{20};

std::chrono::sys_seconds InstantOf(const google::protobuf::Timestamp& time) {
  return std::chrono::sys_seconds(std::chrono::seconds(time.seconds()));
}

v1::BusyCalendar::Failure FailureOf(const absl::Status& status) {
  return absl::IsInvalidArgument(status) ? v1::BusyCalendar::FAILURE_NOT_CALENDAR
                                         : v1::BusyCalendar::FAILURE_TOO_LARGE;
}

void SetFailed(const Fetched& fetched, v1::ReportBusyCalendarRequest::Failed* failed) {
  failed->set_failure(fetched.failure);
  failed->set_http_status(fetched.http_status);
  failed->set_retry_after_seconds(static_cast<std::int32_t>(fetched.retry_after_s));
}

}  // namespace

v1::ReportBusyCalendarRequest ReportOf(const v1::LeasedBusyCalendar& calendar,
                                       const Fetched& fetched, const std::atomic<bool>& stopping) {
  v1::ReportBusyCalendarRequest report;
  report.set_name(calendar.name());
  report.set_lease(calendar.lease());
  if (fetched.kind == Fetched::Kind::kUnchanged) {
    report.mutable_unchanged();
    return report;
  }
  if (fetched.kind == Fetched::Kind::kFailed) {
    SetFailed(fetched, report.mutable_failed());
    return report;
  }
  const auto until = std::chrono::steady_clock::now() + kReadFor;
  ReadOptions options{FindZone(calendar.time_zone()).value_or(Utc()),
                      {InstantOf(calendar.start_time()), InstantOf(calendar.end_time())},
                      calendar.all_day_free(),
                      [&] { return stopping || std::chrono::steady_clock::now() > until; }};
  const auto read = ReadBusyTimes(fetched.body, options);
  if (!read.ok()) {
    report.mutable_failed()->set_failure(FailureOf(read.status()));
    return report;
  }
  auto* const message = report.mutable_read();
  for (const BusyTime& time : read->times) {
    message->add_times_s(time.start.time_since_epoch().count());
    message->add_times_s(time.end.time_since_epoch().count());
  }
  message->set_entity_tag(fetched.entity_tag);
  message->set_last_modified(fetched.last_modified);
  message->set_skipped_count(read->skipped);
  return report;
}

void Workers::Start(int count) {
  for (int i = 0; i < count; ++i) threads_.emplace_back([this] { Run(); });
}

void Workers::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Workers::Run() {
  while (!stopping_) {
    if (FetchOne()) continue;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kAskAgain, [this] { return stopping_.load(); });
  }
}

bool Workers::FetchOne() {
  v1::LeaseBusyCalendarsRequest request;
  request.set_max_calendars(1);
  v1::LeaseBusyCalendarsResponse leased;
  grpc::ClientContext context;
  core_.Authorize(context, "");
  const grpc::Status status = core_.Call(context, request, &leased);
  if (!status.ok()) {
    WarnOf("asking which calendars are due", status);
    return false;
  }
  for (const v1::LeasedBusyCalendar& calendar : leased.calendars()) {
    const Fetched fetched = Fetch(calendar, options_, stopping_);
    const auto report = ReportOf(calendar, fetched, stopping_);
    // What was broken off on our account says nothing of the calendar.
    if (stopping_ && report.has_failed()) return false;
    Report(report);
  }
  return leased.calendars_size() > 0;
}

void Workers::Report(const v1::ReportBusyCalendarRequest& report) {
  v1::ReportBusyCalendarResponse response;
  grpc::ClientContext context;
  core_.Authorize(context, "");
  const grpc::Status status = core_.Call(context, report, &response);
  if (status.ok()) {
    spdlog::debug("{}: {}", report.name(),
                  report.has_failed() ? v1::BusyCalendar::Failure_Name(report.failed().failure())
                                      : (report.has_read() ? "read" : "unchanged"));
  } else if (status.error_code() != grpc::StatusCode::FAILED_PRECONDITION) {
    WarnOf("reporting a calendar", status);  // A lease that is lost is somebody's change.
  }
}

}  // namespace kalends::busy

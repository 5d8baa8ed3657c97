// Measures a running core that bench_seed has filled: one load, one line of JSON.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "core/base/id.h"
#include "kalends/v1/admin_service.pb.h"
#include "kalends/v1/booking_service.pb.h"
#include "tools/bench/load.h"

namespace kalends::bench {
namespace {

constexpr std::int64_t kFirstId = 1'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kLengthSeconds = 1'800;
constexpr int kFirstBookedDay = 200;  // After what bench_seed has booked.
constexpr int kRange = 30;

std::string ProviderName(std::int64_t number) {
  return "providers/" + core::EncodeId(kFirstId + 4 * number);
}
std::string ServiceName(std::int64_t number) {
  return ProviderName(number) + "/services/" + core::EncodeId(kFirstId + 4 * number + 3);
}
std::int64_t Today() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())
                 .time_since_epoch())
      .count();
}

void SetDate(std::int64_t seconds, v1::Date* date) {
  const std::chrono::year_month_day day{
      std::chrono::sys_days(std::chrono::days(seconds / kSecondsPerDay))};
  date->set_year(static_cast<int>(day.year()));
  date->set_month(static_cast<int>(static_cast<unsigned>(day.month())));
  date->set_day(static_cast<int>(static_cast<unsigned>(day.day())));
}

Encoded SlotsCall() {
  v1::ListSlotsRequest request;
  request.set_parent(ProviderName(0));
  request.set_service(ServiceName(0));
  request.set_time_zone("Europe/Berlin");
  SetDate(Today() + 2 * kSecondsPerDay, request.mutable_start_date());
  SetDate(Today() + (2 + kRange) * kSecondsPerDay, request.mutable_end_date());
  return {"/kalends.v1.BookingService/ListSlots", request.SerializeAsString(), ""};
}

// Requests and accepts in turn; every worker has providers of its own and books their free time in
// order.
class Booker {
 public:
  Booker(std::int64_t providers, int workers, std::int64_t round)
      : all_providers_(providers),
        providers_(providers - 1),
        round_(round),
        counts_(static_cast<std::size_t>(workers)) {}

  Encoded Next(int worker, const std::string& answer_before) {
    v1::Appointment appointment;
    appointment.ParseFromString(answer_before);
    if (appointment.status() == v1::Appointment::STATUS_PENDING) return Accept(worker, appointment);
    return Request(worker);
  }

 private:
  Encoded Request(int worker) {
    const std::int64_t workers = static_cast<std::int64_t>(counts_.size());
    const std::int64_t count = counts_[static_cast<std::size_t>(worker)]++;
    const std::int64_t own = std::max<std::int64_t>(1, providers_ / workers);
    const std::int64_t provider = 1 + (worker + count % own * workers) % providers_;
    const std::int64_t slot = count / own + round_ * 200;
    const std::int64_t customer = slot % CustomersPerProvider(all_providers_);
    v1::RequestAppointmentRequest request;
    request.set_parent(ProviderName(provider));
    request.mutable_appointment()->set_service(ServiceName(provider));
    request.mutable_appointment()->mutable_start_time()->set_seconds(
        Today() + kFirstBookedDay * kSecondsPerDay + slot * kLengthSeconds);
    request.set_request_id(fmt::format("r-{}-{}-{}", round_, worker, count));
    return {"/kalends.v1.BookingService/RequestAppointment", request.SerializeAsString(),
            fmt::format("telegram:{}", CustomerAddress(all_providers_, provider, customer))};
  }
  Encoded Accept(int worker, const v1::Appointment& appointment) {
    v1::AcceptAppointmentRequest request;
    request.set_name(appointment.name());
    request.set_request_id(
        fmt::format("a-{}-{}-{}", round_, worker, counts_[static_cast<std::size_t>(worker)]));
    return {"/kalends.v1.BookingService/AcceptAppointment", request.SerializeAsString(), ""};
  }

  const std::int64_t all_providers_;
  const std::int64_t providers_;  // Without the first, which is for reading.
  const std::int64_t round_;
  std::vector<std::int64_t> counts_;
};

v1::ServerStats Stats(const LoadOptions& options) {
  v1::ServerStats stats;
  stats.ParseFromString(CallOnce(options, {"/kalends.v1.AdminService/GetServerStats", "", ""}));
  return stats;
}

int Run(const LoadOptions& options, const std::string& mode, std::int64_t providers,
        std::int64_t round) {
  Booker booker(providers, options.in_flight, round);
  const Encoded slots = SlotsCall();
  const Encoded health = {"/grpc.health.v1.Health/Check", "", ""};
  const NextCall next = [&](int worker, const std::string& before) {
    return mode == "booking" ? booker.Next(worker, before) : mode == "slots" ? slots : health;
  };
  if (mode != "booking") {
    LoadOptions warm_up = options;
    warm_up.seconds = 0.5;
    RunLoad(warm_up, next);
  }
  const v1::ServerStats before = Stats(options);
  const LoadResult result = RunLoad(options, next);
  const v1::ServerStats after = Stats(options);
  if (result.errors > 0)
    std::cerr << fmt::format("{} errors, such as: {}\n", result.errors, result.first_error);
  const double calls = static_cast<double>(result.calls);
  std::cout
      << fmt::format(
             R"({{"mode":"{}","in_flight":{},"calls":{},"errors":{},"per_second":{:.0f},"p50_us":{:.0f},)"
             R"("p99_us":{:.0f},"server_cpu_us":{:.2f},"commits":{},"writes":{},"resident_mib":{:.0f}}})",
             mode, options.in_flight, result.calls, result.errors, calls / result.seconds,
             result.p50_us, result.p99_us,
             static_cast<double>(after.cpu_time_us() - before.cpu_time_us()) / calls,
             after.commits() - before.commits(),
             after.committed_writes() - before.committed_writes(),
             static_cast<double>(after.resident_bytes()) / (1 << 20))
      << "\n";
  return result.errors == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace kalends::bench

int main(int argc, char** argv) {
  CLI::App app("Loads a running core and prints one line of JSON.", "service_bench");
  kalends::bench::LoadOptions options;
  std::string key_file;
  std::string mode = "health";
  std::int64_t providers = 100;
  std::int64_t round = 0;
  app.add_option("--core", options.core, "HOST:PORT")->required();
  app.add_option("--api-key-file", key_file, "Holds an admin key")->required();
  app.add_option("--mode", mode, "What to call")
      ->check(CLI::IsMember({"health", "slots", "booking"}));
  app.add_option("--in-flight", options.in_flight, "Calls at once")->check(CLI::Range(1, 1000));
  app.add_option("--seconds", options.seconds, "How long");
  app.add_option("--providers", providers, "As seeded");
  app.add_option("--round", round, "Another one for every booking run on the same data");
  CLI11_PARSE(app, argc, argv);
  std::ifstream(key_file) >> options.key;
  return kalends::bench::Run(options, mode, providers, round);
}

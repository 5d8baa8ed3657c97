// Fills a database file with providers, customers and appointments for the benchmarks: through the
// storage layer and its migrations, so that every constraint holds, without a server.
//
// Provider 0 works 9-12 and 13-18 from Monday to Friday and has 500 holds outside of the range that
// is asked for; the others work around the clock.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "core/app/keys.h"
#include "core/base/status_macros.h"
#include "core/booking/availability.h"
#include "storage/accounts.h"
#include "storage/blobs/master_keys.h"
#include "storage/booking.h"
#include "storage/catalog.h"
#include "storage/links.h"
#include "storage/providers.h"
#include "storage/requests.h"
#include "storage/schedule.h"
#include "storage/sqlite/sqlite_database.h"
#include "tools/bench/load.h"

namespace kalends::bench {
namespace {

constexpr std::chrono::minutes kLength{30};
constexpr int kBatch = 2000;
constexpr int kBusyHolds = 500;
// Above every seeded provider, account and service; the ids of appointments come after.
constexpr std::int64_t kFirstId = 1'000'000;
constexpr std::int64_t kFirstAppointment = 1'000'000'000;

struct Numbers {
  std::int64_t providers;  // All of them.
  std::int64_t provider;
  core::ProviderId id() const { return {kFirstId + 4 * provider}; }
  core::AccountId owner() const { return {kFirstId + 4 * provider + 1}; }
  core::AccountId customer(std::int64_t number) const {
    return {CustomerId(providers, provider, number)};
  }
  core::ServiceId service() const { return {kFirstId + 4 * provider + 3}; }
};

core::Schedule ScheduleOf(std::int64_t provider) {
  core::Schedule schedule;
  schedule.time_zone = "Europe/Berlin";
  const auto add = [&](unsigned weekday, int from, int to) {
    schedule.weekly.push_back(
        {date::weekday(weekday), {std::chrono::hours(from), std::chrono::hours(to)}});
  };
  for (unsigned weekday = 1; weekday <= 7; ++weekday) {
    if (provider != 0) {
      add(weekday, 0, 24);
    } else if (weekday <= 5) {
      add(weekday, 9, 12);
      add(weekday, 13, 18);
    }
  }
  return schedule;
}

void InsertPeople(storage::Transaction& tx, const Numbers& numbers, core::Instant now) {
  const auto insert = [&](core::AccountId id, const std::string& identity) {
    storage::InsertAccount(tx, {id, "Somebody", core::Language::kDe, "Europe/Berlin", now, 1});
    storage::InsertIdentity(tx, {{"telegram", identity}, id, true});
  };
  insert(numbers.owner(), fmt::format("{}", 10'000'000 + numbers.provider));
  core::Provider provider;
  provider.id = numbers.id();
  provider.account = numbers.owner();
  provider.display_name = "Practice";
  provider.created = now;
  storage::InsertProvider(tx, provider);
  storage::InsertSchedule(tx, provider.id, ScheduleOf(numbers.provider));
  core::Service service;
  service.id = numbers.service();
  service.provider = provider.id;
  service.name = "Session";
  service.rules.duration = kLength;
  service.rules.horizon = std::chrono::days(1000);
  service.price = {8000, "EUR"};
  storage::InsertService(tx, service);
  for (std::int64_t i = 0; i < CustomersPerProvider(numbers.providers); ++i) {
    insert(numbers.customer(i),
           fmt::format("{}", CustomerAddress(numbers.providers, numbers.provider, i)));
    storage::InsertLink(tx, provider.id, numbers.customer(i), now);
  }
}

void InsertOne(storage::Transaction& tx, const Numbers& numbers, std::int64_t id,
               core::Instant start, core::Instant now) {
  core::Appointment appointment;
  appointment.id = {kFirstAppointment + id};
  appointment.provider = numbers.id();
  appointment.specialist = numbers.id();
  appointment.customer = numbers.customer(0);
  appointment.service = numbers.service();
  appointment.service_name = "Session";
  appointment.interval = {start, start + kLength};
  appointment.hold = appointment.interval;
  appointment.price = {8000, "EUR"};
  appointment.created = now - std::chrono::days(30);  // Long ago, as far as limits go.
  appointment.status = core::AppointmentStatus::kAccepted;
  storage::InsertAppointment(tx, appointment);
  storage::InsertStatusChange(tx, appointment,
                              {std::nullopt, core::AppointmentStatus::kPending, now,
                               core::Actor::kCustomer, numbers.customer(0), ""});
}

// Runs `each` for 0 .. count - 1 in transactions of kBatch.
template <typename Each>
absl::Status InBatches(storage::Database& database, std::int64_t count, const Each& each) {
  for (std::int64_t from = 0; from < count; from += kBatch) {
    const std::int64_t to = std::min(count, from + kBatch);
    RETURN_IF_ERROR(database.Write([&](storage::Transaction& tx) {
      for (std::int64_t i = from; i < to; ++i) each(tx, i);
      return absl::OkStatus();
    }));
    if (from % 100'000 == 0) std::cerr << fmt::format("  {} of {}\n", to, count);
  }
  return absl::OkStatus();
}

absl::Status Seed(const std::string& directory, std::int64_t providers, std::int64_t appointments) {
  ASSIGN_OR_RETURN(const auto database, storage::OpenSqlite({.path = directory + "/kalends.db"}));
  ASSIGN_OR_RETURN(const auto keys, storage::MasterKeys::Load(directory + "/master.key"));
  database->SetKeys(keys);
  const core::Instant now =
      std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  const core::Instant today = std::chrono::floor<std::chrono::days>(now);
  RETURN_IF_ERROR(InBatches(*database, providers, [&](storage::Transaction& tx, std::int64_t i) {
    InsertPeople(tx, {providers, i}, now);
  }));
  // Provider 0: busy after the 30 days that the benchmark asks for.
  RETURN_IF_ERROR(InBatches(*database, kBusyHolds, [&](storage::Transaction& tx, std::int64_t i) {
    InsertOne(tx, {providers, 0}, i, today + std::chrono::days(40) + i * kLength, now);
  }));
  // The others: 100 to 103 days from now; the benchmark books after that.
  const std::int64_t rest = std::max<std::int64_t>(1, providers - 1);
  return InBatches(*database, appointments, [&](storage::Transaction& tx, std::int64_t i) {
    InsertOne(tx, {providers, 1 + i % rest}, kBusyHolds + i,
              today + std::chrono::days(100) + i / rest * kLength, now);
  });
}

}  // namespace
}  // namespace kalends::bench

int main(int argc, char** argv) {
  CLI::App app("Fills an empty data directory for the benchmarks.", "bench_seed");
  std::string directory;
  std::int64_t providers = 100;
  std::int64_t appointments = 1000;
  app.add_option("--data-dir", directory, "Directory of kalends.db")->required();
  app.add_option("--providers", providers, "How many")->check(CLI::Range(2, 1'000'000));
  app.add_option("--appointments", appointments, "How many")->check(CLI::Range(0, 10'000'000));
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = kalends::bench::Seed(directory, providers, appointments);
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << status << "\n";
  return EXIT_FAILURE;
}

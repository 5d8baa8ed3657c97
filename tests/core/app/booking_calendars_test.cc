// The calendars in memory, which answer what can be booked, against those in the database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <future>
#include <random>
#include <set>

#include "core/app/booking.h"
#include "core/app/engine.h"
#include "core/app/schedule.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "storage/accounts.h"
#include "storage/blobs/master_keys.h"
#include "storage/catalog.h"
#include "storage/keys.h"
#include "storage/links.h"
#include "storage/providers.h"
#include "storage/schedule.h"
#include "tests/support/calendars.h"
#include "tests/support/seed.h"
#include "tests/support/test_database.h"

namespace kalends::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int kSpecialists = 3;
// So many that none of them requests too often.
constexpr int kCustomers = 8;

core::AccountId Customer(int number) { return {9000 + number}; }
core::ProviderId Specialist(int number) { return {100 + number}; }
core::ServiceId ServiceOf(core::ProviderId provider) { return {provider.value + 1000}; }

auto FieldsOf(const core::Hold& hold) {
  return std::tuple(hold.hold.start, hold.appointment.value, hold.hold.end, hold.interval.start,
                    hold.interval.end, hold.service, hold.capacity);
}

// Equal but for the order of what begins at the same time.
void ExpectEqual(const core::Calendar& memory, const core::Calendar& database) {
  EXPECT_EQ(memory.version, database.version);
  EXPECT_EQ(memory.schedule, database.schedule);
  EXPECT_EQ(memory.closures, database.closures);
  EXPECT_EQ(memory.openings, database.openings);
  const auto holds = [](const core::Calendar& calendar) {
    std::multiset<decltype(FieldsOf(calendar.holds[0]))> all;
    for (const core::Hold& hold : calendar.holds) all.insert(FieldsOf(hold));
    return all;
  };
  EXPECT_EQ(holds(memory), holds(database));
  EXPECT_TRUE(std::is_sorted(
      memory.holds.begin(), memory.holds.end(),
      [](const core::Hold& a, const core::Hold& b) { return a.hold.start < b.hold.start; }));
}

// An engine on a database in memory with a few specialists and one customer of theirs.
class Calendars : public testing::Test {
 protected:
  explicit Calendars(std::int64_t bytes_max = 1 << 20)
      : engine_(Open(), {[this] { return now_; },
                         [this](std::size_t size) {
                           std::string bytes(size, '\0');
                           for (char& byte : bytes) byte = static_cast<char>(random_());
                           return bytes;
                         },
                         storage::MasterKeys::Random(), bytes_max}) {
    EXPECT_TRUE(engine_.WriteAsSystemAndWait([this](WriteContext& cx) { return Seed(cx); }).ok());
  }

  std::unique_ptr<storage::Database> Open() {
    EXPECT_GE(sodium_init(), 0);
    auto database = home_.Open();
    EXPECT_TRUE(database.ok());
    return *std::move(database);
  }

  absl::Status Seed(WriteContext& cx) {
    storage::InsertApiKey(cx.tx,
                          {{1}, std::string(32, 'h'), "tool", {core::Scope::kAdmin}, now_, {}});
    for (int i = 0; i < kCustomers; ++i) {
      storage::InsertAccount(cx.tx,
                             {Customer(i), "Anna", core::Language::kDe, "Europe/Berlin", now_, 1});
    }
    for (int i = 0; i < kSpecialists; ++i) {
      core::Provider provider;
      provider.id = Specialist(i);
      provider.account = {500 + i};
      provider.display_name = "Practice";
      provider.created = now_;
      storage::InsertAccount(cx.tx,
                             {provider.account, "Marie", core::Language::kDe, "UTC", now_, 1});
      storage::InsertProvider(cx.tx, provider);
      storage::InsertSchedule(
          cx.tx, provider.id,
          core::CalendarIn("Europe/Berlin", core::EveryDay({core::Hours("00:00", "24:00")}))
              .schedule);
      core::Service service;
      service.id = ServiceOf(provider.id);
      service.provider = provider.id;
      service.name = "Session";
      service.rules.buffer_after = minutes{10};
      service.rules.capacity = i == 0 ? 3 : 1;
      service.price = {8000, "EUR"};
      storage::InsertService(cx.tx, service);
      for (int customer = 0; customer < kCustomers; ++customer) {
        storage::InsertLink(cx.tx, provider.id, Customer(customer), now_);
      }
    }
    return absl::OkStatus();
  }

  void ExpectMemoryEqualsDatabase() {
    for (int i = 0; i < kSpecialists; ++i) {
      SCOPED_TRACE(i);
      const auto memory = engine_.calendars().Get(Specialist(i), now_);
      ASSERT_TRUE(memory.ok() && *memory);
      std::optional<core::Calendar> stored;
      ASSERT_TRUE(engine_.database()
                      .Read([&](storage::Transaction& tx) {
                        stored = storage::LoadCalendar(tx, Specialist(i), now_ - kCalendarPast);
                        return absl::OkStatus();
                      })
                      .ok());
      ExpectEqual(**memory, *stored);
    }
  }

  core::Instant now_ = core::Utc("2026-03-02 08:00");
  const test::Seed seed_;
  std::mt19937_64 random_{seed_.value()};
  test::TestDatabase home_;
  Engine engine_;
};

core::Caller As(core::AccountId account) { return {{1}, {core::Scope::kAdapter}, account}; }
core::Caller Tool() { return {{1}, {core::Scope::kAdmin}, std::nullopt}; }

// Random changes of random specialists, some of which fail after they have changed something. The
// generator is its own: the engine draws from another one, on its writer.
class Changes {
 public:
  Changes(std::uint64_t seed, core::Instant now) : random_(seed), now_(now) {}

  std::function<absl::Status(WriteContext&)> Next() {
    const core::ProviderId provider = Specialist(Between(0, kSpecialists - 1));
    const bool fails = Between(1, 5) == 1;
    const core::Instant at = now_ + hours{24} + minutes{30} * Between(0, 400);
    const int kind = Between(1, 10);
    const std::size_t which = random_();
    return [=, this](WriteContext& cx) -> absl::Status {
      absl::Status status = Change(cx, provider, kind, at, which);
      return fails ? core::Error(core::Reason::kInternal) : std::move(status);
    };
  }

 private:
  int Between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  absl::Status Change(WriteContext& cx, core::ProviderId provider, int kind, core::Instant at,
                      std::size_t which) const {
    if (kind <= 4) {
      cx.caller = As(Customer(static_cast<int>(which % kCustomers)));
      return RequestAppointment(cx, {{provider, ServiceOf(provider), std::nullopt}, at, ""})
          .status();
    }
    cx.caller = Tool();
    if (kind <= 8) return Answer(cx, provider, kind, which);
    if (kind == 9) return CreateClosure(cx, provider, {{}, {at, at + hours{3}}, ""}).status();
    return UpdateSchedule(cx, provider, "",
                          [&](core::Schedule& schedule) {
                            schedule.daily_cap = 1 + static_cast<int>(which % 20);
                            return absl::OkStatus();
                          })
        .status();
  }

  // Carries one of the provider's appointments a step further.
  absl::Status Answer(WriteContext& cx, core::ProviderId provider, int kind,
                      std::size_t which) const {
    const auto appointments = ListAppointments(
        cx.AsRead(), {storage::AsProvider{provider}, ListFilter::kUpcoming, {}, std::nullopt, 200});
    RETURN_IF_ERROR(appointments.status());
    if (appointments->empty()) return absl::OkStatus();
    const core::Appointment& chosen = (*appointments)[which % appointments->size()].appointment;
    const core::AppointmentStatus to = kind == 5   ? core::AppointmentStatus::kAccepted
                                       : kind == 6 ? core::AppointmentStatus::kRejected
                                                   : core::AppointmentStatus::kCancelled;
    return ChangeStatus(cx, {{provider, chosen.id}, to, "", "", std::nullopt}).status();
  }

  std::mt19937_64 random_;
  core::Instant now_;
};

TEST_F(Calendars, InMemoryEqualThoseInTheDatabaseAfterAnyChange) {
  Changes changes(seed_.value() + 1, now_);
  int done_well = 0;
  for (int group = 0; group < 60; ++group) {
    SCOPED_TRACE(group);
    // Submitted together, so that some share a transaction.
    std::vector<std::future<absl::Status>> answers;
    for (int i = 0; i < 8; ++i) {
      auto answered = std::make_shared<std::promise<absl::Status>>();
      answers.push_back(answered->get_future());
      engine_.WriteAsSystem(changes.Next(), [answered](absl::Status status) {
        answered->set_value(std::move(status));
      });
    }
    for (auto& answer : answers) done_well += answer.get().ok() ? 1 : 0;
    ExpectMemoryEqualsDatabase();
    if (HasFailure()) return;
  }
  EXPECT_GT(done_well, 150);
}

class FewCalendars : public Calendars {
 protected:
  FewCalendars() : Calendars(16) {}
};

TEST_F(FewCalendars, AreReadAnewWhenTheMemoryForThemIsTooSmall) {
  Changes changes(seed_.value() + 1, now_);
  for (int i = 0; i < 100; ++i) {
    // Some of these fail by intention.
    engine_.WriteAsSystemAndWait(changes.Next()).IgnoreError();
    ExpectMemoryEqualsDatabase();
    if (HasFailure()) return;
  }
  // A shard keeps the one it has used last, however small its share is.
  EXPECT_LE(engine_.calendars().Stats().views, kSpecialists);
}

TEST_F(Calendars, OfAnUnknownSpecialistIsNone) {
  const auto calendar = engine_.calendars().Get({424242}, now_);
  ASSERT_TRUE(calendar.ok());
  EXPECT_EQ(*calendar, nullptr);
  EXPECT_EQ(engine_.calendars().Stats().views, 0);
}

}  // namespace
}  // namespace kalends::app

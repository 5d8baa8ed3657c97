// The paged lists of both sides, against their definitions on random appointments.
#include <algorithm>
#include <random>

#include "storage/booking.h"
#include "tests/storage/sample.h"
#include "tests/support/seed.h"

namespace kalends::storage {
namespace {

using core::Appointment;
using core::AppointmentStatus;
using std::chrono::hours;
using std::chrono::minutes;

// Appointments that do not overlap, around kNow, some in the same second as another of their whose.
std::vector<Appointment> RandomAppointments(std::mt19937& random, int count) {
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  std::vector<Appointment> appointments;
  core::Instant next[] = {kNow - hours(count / 2), kNow - hours(count / 2)};
  for (int i = 0; i < count; ++i) {
    const int who = below(2);
    Appointment appointment = SampleAppointment(1000 + (i * 7919) % 100'000, next[who]);
    appointment.specialist = who == 0 ? kCarla : kDan;
    appointment.provider = below(3) == 0 ? kStudio : appointment.specialist;
    appointment.customer = below(2) == 0 ? kAda : kBen;
    appointment.service.reset();
    appointment.interval.end = next[who] + minutes(30 * (1 + below(4)));
    appointment.hold = appointment.interval;
    appointment.status = core::kAppointmentStatuses[below(std::size(core::kAppointmentStatuses))];
    appointment.created = kNow - minutes(below(10));
    next[who] = appointment.interval.end + minutes(30 * below(2));
    appointments.push_back(appointment);
  }
  return appointments;
}

bool IsOf(const Whose& whose, const Appointment& appointment) {
  if (const auto* customer = std::get_if<AsCustomer>(&whose)) {
    return appointment.customer == customer->customer;
  }
  const core::ProviderId provider = std::get<AsProvider>(whose).provider;
  return appointment.provider == provider || appointment.specialist == provider;
}

// Of those that `belongs` names, in order of `key`.
template <typename Belongs, typename KeyOf>
std::vector<std::int64_t> Expected(std::vector<Appointment> all, Belongs belongs, KeyOf key) {
  std::erase_if(all, [&](const Appointment& appointment) { return !belongs(appointment); });
  std::sort(all.begin(), all.end(), [&](const Appointment& a, const Appointment& b) {
    return std::pair(key(a), a.id) < std::pair(key(b), b.id);
  });
  return IdsOf(all);
}

core::Instant StartOf(const Appointment& appointment) { return appointment.interval.start; }
// Of lists by id.
core::Instant NoKey(const Appointment&) { return {}; }

// Reads page after page until one is not full.
template <typename ListPage, typename KeyOf>
std::vector<std::int64_t> Paged(Store& store, int limit, ListPage list, KeyOf key) {
  std::vector<std::int64_t> ids;
  std::optional<AppointmentCursor> cursor;
  while (true) {
    const auto page = store.Read([&](Transaction& tx) { return list(tx, cursor, limit); });
    EXPECT_LE(page.size(), static_cast<std::size_t>(limit));
    for (const std::int64_t id : IdsOf(page)) ids.push_back(id);
    if (page.size() < static_cast<std::size_t>(limit)) return ids;
    cursor = {key(page.back()), page.back().id};
  }
}

using Cursor = std::optional<AppointmentCursor>;

void CheckLists(Store& store, const std::vector<Appointment>& all, const Whose& whose, int limit) {
  const auto is_open = [](const Appointment& appointment) {
    return core::HoldsTime(appointment.status) && appointment.interval.end > kNow;
  };
  const core::Interval within{kNow - hours(5), kNow + hours(8)};
  EXPECT_EQ(Paged(
                store, limit,
                [&](Transaction& tx, const Cursor& after, int count) {
                  return ListByStart(tx, whose, within, after, count);
                },
                StartOf),
            Expected(
                all,
                [&](const Appointment& a) {
                  return IsOf(whose, a) && a.interval.start >= within.start &&
                         a.interval.start < within.end;
                },
                StartOf));
  EXPECT_EQ(
      Paged(
          store, limit,
          [&](Transaction& tx, const Cursor& after, int count) {
            return ListUpcoming(tx, whose, kNow, after, count);
          },
          StartOf),
      Expected(all, [&](const Appointment& a) { return IsOf(whose, a) && is_open(a); }, StartOf));
  std::vector<std::int64_t> past =
      Expected(all, [&](const Appointment& a) { return IsOf(whose, a) && !is_open(a); }, StartOf);
  std::reverse(past.begin(), past.end());
  EXPECT_EQ(Paged(
                store, limit,
                [&](Transaction& tx, const Cursor& before, int count) {
                  return ListPast(tx, whose, kNow, before, count);
                },
                StartOf),
            past);
  EXPECT_EQ(Paged(
                store, limit,
                [&](Transaction& tx, const Cursor& after, int count) {
                  return ListPending(tx, whose, after, count);
                },
                NoKey),
            Expected(
                all,
                [&](const Appointment& a) {
                  return IsOf(whose, a) && a.status == AppointmentStatus::kPending;
                },
                NoKey));
}

TEST(AppointmentLists, GiveEveryoneExactlyWhatIsTheirsInPagesOfAnySize) {
  const test::Seed seed;
  std::mt19937 random(static_cast<std::uint32_t>(seed.value()));
  for (const int count : {0, 1, 20, 60}) {
    Store store;
    const std::vector<Appointment> all = RandomAppointments(random, count);
    store.Write([&](Transaction& tx) {
      for (const Appointment& appointment : all) InsertAppointment(tx, appointment);
    });
    for (const Whose& whose : {Whose(AsCustomer{kAda}), Whose(AsCustomer{kCarlaAccount}),
                               Whose(AsProvider{kCarla}), Whose(AsProvider{kStudio})}) {
      for (const int limit : {1, 2, 3, 7, 200}) {
        SCOPED_TRACE(testing::Message() << count << " appointments, pages of " << limit);
        CheckLists(store, all, whose, limit);
      }
    }
  }
}

TEST(AppointmentLists, ACursorFromBeforeTheRangeDoesNotWidenIt) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertAppointment(tx, SampleAppointment(101, kNow - hours(1)));
    InsertAppointment(tx, SampleAppointment(102, kNow));
  });
  const auto page = store.Read([](Transaction& tx) {
    return ListByStart(tx, AsCustomer{kAda}, {kNow, kNow + hours(1)},
                       AppointmentCursor{kNow - hours(5), {0}}, 10);
  });
  EXPECT_EQ(IdsOf(page), (std::vector<std::int64_t>{102}));
}

}  // namespace
}  // namespace kalends::storage

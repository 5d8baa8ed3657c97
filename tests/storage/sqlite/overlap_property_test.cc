// The triggers against the definition, with random inserts and updates.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "storage/appointments.h"
#include "tests/storage/sample.h"
#include "tests/support/seed.h"

namespace kalends::storage {
namespace {

using core::Appointment;
using std::chrono::minutes;

bool Collides(const std::map<std::int64_t, Appointment>& stored, const Appointment& wanted) {
  if (!core::HoldsTime(wanted.status)) return false;
  int seats = 0;
  for (const auto& [id, other] : stored) {
    if (id == wanted.id.value || other.specialist != wanted.specialist) continue;
    if (!core::HoldsTime(other.status)) continue;
    const bool shares = wanted.capacity > 1 && wanted.service && other.service == wanted.service &&
                        other.interval.start == wanted.interval.start;
    if (shares) {
      if (++seats == wanted.capacity) return true;
    } else if (core::Overlaps(other.hold, wanted.hold)) {
      return true;
    }
  }
  return false;
}

TEST(OverlapTriggers, RefuseExactlyWhatCollides) {
  const test::Seed seed;
  std::mt19937 random(static_cast<std::uint32_t>(seed.value()));
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  int refused = 0;
  for (int round = 0; round < 20; ++round) {
    Store store;
    std::map<std::int64_t, Appointment> stored;
    for (int step = 0; step < 150; ++step) {
      const bool updates = !stored.empty() && below(3) == 0;
      const std::int64_t id =
          updates ? std::next(stored.begin(), below(static_cast<int>(stored.size())))->first
                  : 1000 + step;
      Appointment wanted = SampleAppointment(id, kNow + minutes(30 * below(60)));
      if (updates) wanted.specialist = stored[id].specialist;
      if (!updates && below(4) == 0) wanted.specialist = kDan;
      wanted.provider = wanted.specialist;
      wanted.service = below(2) == 0 ? std::optional(kYoga) : std::nullopt;
      if (wanted.specialist == kDan) wanted.service.reset();
      wanted.capacity = below(2) == 0 ? 1 : 3;
      wanted.interval.end = wanted.interval.start + minutes(30 * (1 + below(3)));
      wanted.hold = {wanted.interval.start - minutes(15 * below(3)),
                     wanted.interval.end + minutes(15 * below(3))};
      // The status machine is another test's.
      wanted.status = updates ? stored[id].status : core::kStatuses[below(3)];
      const bool expected = !Collides(stored, wanted);
      const absl::Status status = store.TryWrite([&](Transaction& tx) {
        updates ? UpdateAppointment(tx, wanted) : InsertAppointment(tx, wanted);
      });
      ASSERT_EQ(status.ok(), expected)
          << "round " << round << ", step " << step << ": " << Show(wanted);
      if (expected) stored[id] = wanted;
      refused += expected ? 0 : 1;
    }
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace kalends::storage

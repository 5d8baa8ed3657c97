// The triggers against the definition, with random inserts and updates.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "storage/booking.h"
#include "tests/storage/sample.h"
#include "tests/support/seed.h"

namespace kalends::storage {
namespace {

using core::Appointment;
using std::chrono::minutes;

// Whether anybody is to share with `wanted`, so that the test is about that, too.
bool HasCompany(const std::map<std::int64_t, Appointment>& stored, const Appointment& wanted) {
  return std::any_of(stored.begin(), stored.end(), [&](const auto& entry) {
    return entry.first != wanted.id.value && core::HoldsTime(entry.second.status) &&
           entry.second.interval == wanted.interval && core::HoldsTime(wanted.status);
  });
}

bool Collides(const std::map<std::int64_t, Appointment>& stored, const Appointment& wanted) {
  if (!core::HoldsTime(wanted.status)) return false;
  int seats = 0;
  for (const auto& [id, other] : stored) {
    if (id == wanted.id.value || other.specialist != wanted.specialist) continue;
    if (!core::HoldsTime(other.status)) continue;
    const bool shares = wanted.capacity > 1 && wanted.service && other.service == wanted.service &&
                        other.provider == wanted.provider && other.interval == wanted.interval &&
                        other.hold == wanted.hold && other.capacity == wanted.capacity;
    if (shares) {
      if (++seats == wanted.capacity) return true;
    } else if (core::Overlaps(other.hold, wanted.hold)) {
      return true;
    }
  }
  return false;
}

// Whether it would not be the session that was agreed: of the same service and start, but otherwise
// long or for others.
bool BreaksAgreement(const Appointment& present, const Appointment& wanted) {
  return core::HoldsTime(wanted.status) && present.service == wanted.service &&
         present.interval.start == wanted.interval.start &&
         (present.interval.end != wanted.interval.end || present.capacity != wanted.capacity);
}

TEST(OverlapTriggers, RefuseExactlyWhatCollides) {
  const test::Seed seed;
  std::mt19937 random(static_cast<std::uint32_t>(seed.value()));
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  int refused = 0;
  int shared = 0;
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
      // Often as somebody else is booked, but for one thing or none.
      if (!stored.empty() && below(3) == 0) {
        const Appointment& other =
            std::next(stored.begin(), below(static_cast<int>(stored.size())))->second;
        const bool same_specialist = wanted.specialist == other.specialist;
        if (same_specialist) {
          wanted.service = other.service;
          wanted.interval = other.interval;
          wanted.hold = other.hold;
          wanted.capacity = other.capacity;
          const int differs = below(8);
          if (differs == 0) wanted.capacity = wanted.capacity == 1 ? 3 : 1;
          if (differs == 1) wanted.capacity = 2;
          if (differs == 2) wanted.interval.end = wanted.hold.end;
          if (differs == 3) wanted.hold.start -= minutes(15);
          if (differs == 4) wanted.hold.end += minutes(15);
        }
      }
      // The status machine is another test's.
      wanted.status = updates ? stored[id].status : core::kAppointmentStatuses[below(3)];
      const bool breaks = updates && BreaksAgreement(stored[id], wanted);
      const bool expected = !breaks && !Collides(stored, wanted);
      const absl::Status status = store.TryWrite([&](Transaction& tx) {
        updates ? UpdateAppointment(tx, wanted) : InsertAppointment(tx, wanted);
      });
      ASSERT_EQ(status.ok(), expected)
          << "round " << round << ", step " << step << ": " << Show(wanted);
      if (expected) shared += HasCompany(stored, wanted) ? 1 : 0;
      if (expected) stored[id] = wanted;
      refused += expected ? 0 : 1;
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(shared, 20);
}

}  // namespace
}  // namespace kalends::storage

// What the database refuses whoever asks: statements written by hand, and bugs.
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "storage/booking.h"
#include "storage/keys.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using core::Appointment;
using core::AppointmentStatus;
using std::chrono::hours;
using std::chrono::minutes;

class Constraints : public testing::Test {
 protected:
  bool Insert(const Appointment& appointment) {
    return Accepts([&](Transaction& tx) { InsertAppointment(tx, appointment); });
  }
  bool Update(const Appointment& appointment) {
    return Accepts([&](Transaction& tx) { UpdateAppointment(tx, appointment); });
  }
  bool Sql(std::string_view sql) {
    return Accepts([&](Transaction& tx) { tx.Execute(sql); });
  }
  bool Accepts(const std::function<void(Transaction&)>& body) {
    const absl::Status status = store_.TryWrite(body);
    EXPECT_TRUE(status.ok() || core::ReasonOf(status) == core::Reason::kInternal) << status;
    return status.ok();
  }

  Store store_;
};

TEST_F(Constraints, HoldsOfASpecialistMayTouchButNotOverlap) {
  ASSERT_TRUE(Insert(SampleAppointment(100, kNow)));
  EXPECT_FALSE(Insert(SampleAppointment(101, kNow)));
  EXPECT_FALSE(Insert(SampleAppointment(101, kNow + minutes(59))));
  EXPECT_FALSE(Insert(SampleAppointment(101, kNow - minutes(59))));
  EXPECT_TRUE(Insert(SampleAppointment(101, kNow + minutes(60))));
  EXPECT_TRUE(Insert(SampleAppointment(102, kNow - minutes(60))));
  Appointment buffered = SampleAppointment(103, kNow + hours(3));
  buffered.hold.start = kNow + hours(2) - minutes(1);
  EXPECT_FALSE(Insert(buffered));
  buffered.hold.start = kNow + hours(2);
  EXPECT_TRUE(Insert(buffered));
}

TEST_F(Constraints, OnlyPendingAndAcceptedOnesOfTheSameSpecialistCollide) {
  for (const AppointmentStatus status : core::kAppointmentStatuses) {
    const core::Instant start = kNow + hours(10 * static_cast<int>(status));
    Appointment first = SampleAppointment(100 + static_cast<int>(status), start);
    first.status = status;
    ASSERT_TRUE(Insert(first));
    EXPECT_EQ(Insert(SampleAppointment(200 + static_cast<int>(status), start)),
              !core::HoldsTime(status));
  }
  Appointment others = SampleAppointment(300, kNow);
  others.specialist = kDan;
  others.provider = kStudio;
  others.service = kMassage;
  EXPECT_TRUE(Insert(others));
  // Booked through the organization or directly: the specialist is one person.
  Appointment direct = SampleAppointment(301, kNow);
  direct.specialist = kDan;
  direct.provider = kDan;
  direct.service.reset();
  EXPECT_FALSE(Insert(direct));
}

TEST_F(Constraints, TheLongestHoldIsSeenFromItsEnd) {
  Appointment longest = SampleAppointment(100, kNow);
  longest.interval.end = kNow + hours(24);
  longest.hold = {kNow - hours(12), kNow + hours(36)};
  ASSERT_TRUE(Insert(longest));
  EXPECT_FALSE(Insert(SampleAppointment(101, kNow + hours(36) - minutes(1))));
  EXPECT_TRUE(Insert(SampleAppointment(101, kNow + hours(36))));
  EXPECT_FALSE(Sql("UPDATE appointments SET hold_end_s = hold_end_s + 1 WHERE id = 100"));
}

TEST_F(Constraints, AGroupSessionTakesAsManyAsItsCapacity) {
  for (std::int64_t id = 100; id < 103; ++id) EXPECT_TRUE(Insert(GroupAppointment(id, kNow)));
  EXPECT_FALSE(Insert(GroupAppointment(103, kNow)));
  // Another start, another service or none is another session.
  EXPECT_FALSE(Insert(GroupAppointment(103, kNow + minutes(30))));
  EXPECT_FALSE(Insert(SampleAppointment(103, kNow)));
  Appointment none = GroupAppointment(103, kNow);
  none.service.reset();
  EXPECT_FALSE(Insert(none));
  // A seat that was given back can be taken.
  Appointment cancelled = GroupAppointment(100, kNow);
  cancelled.status = AppointmentStatus::kCancelled;
  EXPECT_TRUE(Update(cancelled));
  EXPECT_TRUE(Insert(GroupAppointment(103, kNow)));
}

TEST_F(Constraints, WithoutAServiceThereIsNoSession) {
  Appointment first = GroupAppointment(100, kNow);
  first.service.reset();
  ASSERT_TRUE(Insert(first));
  Appointment second = first;
  second.id = {101};
  EXPECT_FALSE(Insert(second));
}

TEST_F(Constraints, AnAppointmentMayMoveWithinItsOwnTimeOnly) {
  ASSERT_TRUE(Insert(SampleAppointment(100, kNow)));
  ASSERT_TRUE(Insert(SampleAppointment(101, kNow + hours(2))));
  EXPECT_TRUE(Update(SampleAppointment(100, kNow + minutes(30))));
  EXPECT_FALSE(Update(SampleAppointment(100, kNow + minutes(90))));
  EXPECT_FALSE(Update(SampleAppointment(100, kNow + hours(2))));
}

TEST_F(Constraints, HandWrittenUpdatesCannotOverlapEither) {
  ASSERT_TRUE(Insert(SampleAppointment(100, kNow)));
  ASSERT_TRUE(Insert(SampleAppointment(101, kNow + hours(1))));
  Appointment dans = SampleAppointment(102, kNow);
  dans.specialist = kDan;
  dans.provider = kDan;
  dans.service.reset();
  ASSERT_TRUE(Insert(dans));
  for (std::int64_t id = 110; id < 113; ++id) {
    ASSERT_TRUE(Insert(GroupAppointment(id, kNow + hours(9))));
  }
  constexpr std::string_view kCopy =
      "INSERT OR REPLACE INTO appointments SELECT 120, provider_id, specialist_id, customer_id,"
      " service_id, service_name, start_s, end_s, hold_start_s, hold_end_s, status, capacity,"
      " price_minor, price_currency, place, proposals_s, created_s, version"
      " FROM appointments WHERE id = 100";
  const std::string_view refused[] = {
      "UPDATE appointments SET hold_end_s = hold_end_s + 1 WHERE id = 100",
      "UPDATE appointments SET hold_start_s = hold_start_s - 1 WHERE id = 101",
      "UPDATE appointments SET specialist_id = 23 WHERE id = 102",
      "UPDATE appointments SET capacity = 1 WHERE id = 110",
      "UPDATE appointments SET capacity = 4 WHERE id = 110",
      "UPDATE appointments SET capacity = 2 WHERE id = 110",
      "UPDATE appointments SET service_id = 31 WHERE id = 110",
      "UPDATE appointments SET service_id = NULL WHERE id = 110",
      kCopy,
      "UPDATE appointments SET start_s = start_s - 2, end_s = start_s WHERE id = 100",
      "UPDATE appointments SET end_s = start_s WHERE id = 100",
      "UPDATE appointments SET status = 'OPEN' WHERE id = 100",
  };
  for (const std::string_view sql : refused) EXPECT_FALSE(Sql(sql)) << sql;
  EXPECT_TRUE(Sql("UPDATE appointments SET hold_start_s = hold_start_s - 1 WHERE id = 100"));
}

TEST_F(Constraints, WhoIsAloneIsJoinedFromNoSide) {
  Appointment alone = GroupAppointment(100, kNow);
  alone.capacity = 1;
  ASSERT_TRUE(Insert(alone));
  // The service's capacity was raised since, or it is a statement by hand.
  EXPECT_FALSE(Insert(GroupAppointment(101, kNow)));
  ASSERT_TRUE(Insert(GroupAppointment(101, kNow + hours(1))));
  EXPECT_FALSE(Update(GroupAppointment(101, kNow)));
  EXPECT_FALSE(Update([&] {
    Appointment moved = alone;
    moved.interval.start += hours(1);
    moved.interval.end += hours(1);
    moved.hold = moved.interval;
    return moved;
  }()));
  alone.status = AppointmentStatus::kAccepted;
  EXPECT_TRUE(Update(alone));
  EXPECT_FALSE(Insert(GroupAppointment(102, kNow)));
}

TEST_F(Constraints, WhoJoinsASessionIsLikeAllOfIt) {
  for (std::int64_t id = 100; id < 102; ++id) ASSERT_TRUE(Insert(GroupAppointment(id, kNow)));
  const struct {
    const char* name;
    std::function<void(Appointment&)> change;
  } kCases[] = {
      {"a later end", [](Appointment& a) { a.interval.end = a.hold.end = kNow + minutes(61); }},
      {"an earlier end", [](Appointment& a) { a.interval.end = a.hold.end = kNow + minutes(59); }},
      {"an earlier end in the same hold",
       [](Appointment& a) { a.interval.end = kNow + minutes(59); }},
      {"a buffer before", [](Appointment& a) { a.hold.start -= minutes(1); }},
      {"a buffer after", [](Appointment& a) { a.hold.end += minutes(1); }},
      {"more seats", [](Appointment& a) { a.capacity = 4; }},
      {"fewer seats", [](Appointment& a) { a.capacity = 2; }},
      {"one seat", [](Appointment& a) { a.capacity = 1; }},
      {"another service", [](Appointment& a) { a.service = kHaircut; }},
      {"no service", [](Appointment& a) { a.service.reset(); }},
      {"another start", [](Appointment& a) { a.interval.start += minutes(1); }},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    Appointment joining = GroupAppointment(102, kNow);
    c.change(joining);
    EXPECT_FALSE(Insert(joining));
    // Who is there cannot become so either.
    joining.id = {101};
    EXPECT_FALSE(Update(joining));
  }
  EXPECT_TRUE(Insert(GroupAppointment(102, kNow)));
}

TEST_F(Constraints, ASessionIsNotChangedByHandRowByRow) {
  for (std::int64_t id = 100; id < 103; ++id) ASSERT_TRUE(Insert(GroupAppointment(id, kNow)));
  for (const std::string_view sql : {
           "UPDATE appointments SET capacity = 4",
           "UPDATE appointments SET capacity = 4 WHERE id = 100",
           "UPDATE appointments SET end_s = end_s - 60",
           "UPDATE appointments SET end_s = end_s - 60 WHERE id = 102",
           "UPDATE appointments SET hold_start_s = hold_start_s - 60",
           "UPDATE appointments SET hold_end_s = hold_end_s + 60 WHERE id = 101",
           "UPDATE appointments SET provider_id = 25, service_id = 32 WHERE id = 101",
           "UPDATE appointments SET capacity = 1, status = 'ACCEPTED' WHERE id = 101",
       }) {
    EXPECT_FALSE(Sql(sql)) << sql;
  }
  EXPECT_TRUE(Sql("UPDATE appointments SET status = 'ACCEPTED', place = 'Hall 2'"));
  // Nor is the one that is left, or who was alone from the start.
  EXPECT_TRUE(Sql("UPDATE appointments SET status = 'CANCELLED' WHERE id > 100"));
  for (const std::string_view sql : {
           "UPDATE appointments SET capacity = 4 WHERE id = 100",
           "UPDATE appointments SET end_s = end_s - 60 WHERE id = 100",
       }) {
    EXPECT_FALSE(Sql(sql)) << sql;
  }
  // What is over is no session any more.
  EXPECT_TRUE(Sql("UPDATE appointments SET capacity = 4 WHERE id = 101"));
}

TEST_F(Constraints, NoStatementBringsIdsBack) {
  for (const std::string_view sql : {
           "UPDATE watermarks SET ids_up_to = ids_up_to - 1",
           "DELETE FROM watermarks",
           "INSERT INTO watermarks (one, ids_up_to, written_s) VALUES (1, 0, 0)",
           "INSERT OR REPLACE INTO watermarks (one, ids_up_to, written_s) VALUES (1, 0, 0)",
       }) {
    EXPECT_FALSE(Sql(sql)) << sql;
  }
  EXPECT_TRUE(Sql("UPDATE watermarks SET ids_up_to = ids_up_to + 1"));
}

TEST_F(Constraints, TheStatusMachineIsThatOfTheRules) {
  int next_id = 1000;
  for (const AppointmentStatus from : core::kAppointmentStatuses) {
    for (const AppointmentStatus to : core::kAppointmentStatuses) {
      SCOPED_TRACE(testing::Message() << core::NameOf(from) << " to " << core::NameOf(to));
      const core::Instant start = kNow + hours(2 * ++next_id);
      Appointment appointment = SampleAppointment(next_id, start);
      appointment.status = from;
      ASSERT_TRUE(Insert(appointment));
      // At an instant at which time forbids nothing that the table allows.
      core::Transition transition;
      transition.from = from;
      transition.to = to;
      transition.interval = appointment.interval;
      transition.last_changed = start + hours(2);
      bool allowed = from == to;
      for (const core::Instant now : {start - hours(1), start + hours(2)}) {
        for (const auto actor :
             {core::Actor::kCustomer, core::Actor::kProvider, core::Actor::kSystem}) {
          transition.now = now;
          transition.actor = actor;
          allowed = allowed || core::CheckTransition(transition).ok();
        }
      }
      appointment.status = to;
      EXPECT_EQ(Update(appointment), allowed);
    }
  }
}

TEST_F(Constraints, TheHistoryIsAppendOnlyButForgetsPeople) {
  const Appointment appointment = SampleAppointment(100, kNow);
  ASSERT_TRUE(Insert(appointment));
  ASSERT_TRUE(Accepts([&](Transaction& tx) {
    InsertStatusChange(
        tx, appointment,
        {std::nullopt, AppointmentStatus::kPending, kNow, core::Actor::kCustomer, kAda, "why"});
  }));
  for (const std::string_view sql :
       {"UPDATE status_changes SET to_status = 'ACCEPTED'",
        "UPDATE status_changes SET from_status = 'PENDING'", "UPDATE status_changes SET when_s = 0",
        "UPDATE status_changes SET actor = 'SYSTEM'", "UPDATE status_changes SET reason = 'other'",
        "UPDATE status_changes SET account_id = 2", "UPDATE status_changes SET position = 9",
        "DELETE FROM status_changes", "DELETE FROM appointments"}) {
    EXPECT_FALSE(Sql(sql)) << sql;
  }
  EXPECT_TRUE(Sql("UPDATE status_changes SET account_id = NULL, reason = ''"));
  EXPECT_FALSE(Sql("UPDATE status_changes SET account_id = 1"));
}

TEST_F(Constraints, StatusesAndActorsAreOnesThatThereAre) {
  ASSERT_TRUE(Insert(SampleAppointment(100, kNow)));
  const auto line = [&](const std::string& from, const std::string& to, const std::string& actor) {
    return Sql(
        "INSERT INTO status_changes (appointment_id, position, from_status, to_status,"
        " when_s, actor, reason) SELECT 100, 1 + count(*), " +
        from + ", '" + to + "', 0, '" + actor + "', '' FROM status_changes");
  };
  for (const AppointmentStatus status : core::kAppointmentStatuses) {
    const std::string name(core::NameOf(status));
    EXPECT_TRUE(line("'" + name + "'", name, "SYSTEM")) << name;
  }
  EXPECT_TRUE(line("NULL", "PENDING", "CUSTOMER"));
  EXPECT_TRUE(line("NULL", "PENDING", "PROVIDER"));
  EXPECT_FALSE(line("'OPEN'", "PENDING", "CUSTOMER"));
  EXPECT_FALSE(line("NULL", "OPEN", "CUSTOMER"));
  EXPECT_FALSE(line("NULL", "PENDING", "NOBODY"));
  EXPECT_FALSE(line("NULL", "PENDING", "TOOL")) << "without its key";
  EXPECT_FALSE(Sql("UPDATE providers SET currency = 'eur'"));
  EXPECT_TRUE(Sql("UPDATE providers SET currency = 'EUR'"));
  EXPECT_FALSE(Sql("UPDATE appointments SET status = '' WHERE id = 100"));
  EXPECT_FALSE(Sql("UPDATE appointments SET status = 'Pending' WHERE id = 100"));
}

TEST_F(Constraints, WhatIsReferredToMustBeThere) {
  Appointment appointment = SampleAppointment(100, kNow);
  appointment.customer = {999};
  EXPECT_FALSE(Insert(appointment));
  appointment = SampleAppointment(100, kNow);
  appointment.specialist = kStudio;  // Has no calendar.
  EXPECT_FALSE(Insert(appointment));
  appointment = SampleAppointment(100, kNow);
  appointment.service = kMassage;  // The studio's.
  EXPECT_FALSE(Insert(appointment));
  appointment = SampleAppointment(100, kNow);
  appointment.interval.end = kNow + hours(24) + minutes(1);
  appointment.hold.end = appointment.interval.end;
  EXPECT_FALSE(Insert(appointment));
}

TEST_F(Constraints, TheLastAdminKeyThatDoesNotExpireStays) {
  const auto add = [&](std::int64_t id, core::ScopeSet scopes, std::optional<core::Instant> end) {
    core::ApiKey key{{id}, "hash" + std::to_string(id), "", scopes, kNow};
    key.expires = end;
    return Accepts([&](Transaction& tx) { InsertApiKey(tx, key); });
  };
  const auto revoke = [&](std::int64_t id) {
    return Accepts([&](Transaction& tx) { RevokeApiKey(tx, {id}, kNow); });
  };
  ASSERT_TRUE(add(1, {core::Scope::kAdmin}, {}));
  ASSERT_TRUE(add(2, {core::Scope::kAdmin}, kNow + hours(1)));
  ASSERT_TRUE(add(3, {core::Scope::kToolWrite, core::Scope::kAdapter}, {}));
  EXPECT_FALSE(add(9, {core::Scope::kAdmin}, kNow));
  EXPECT_FALSE(revoke(1));
  EXPECT_FALSE(Sql("UPDATE api_keys SET expires_s = 2000000000 WHERE id = 1"));
  EXPECT_FALSE(Sql("UPDATE api_keys SET scopes = 'tool:write' WHERE id = 1"));
  EXPECT_FALSE(Sql("UPDATE api_keys SET revoked_s = 2000000000"));
  EXPECT_TRUE(Sql("UPDATE api_keys SET scopes = 'adapter admin' WHERE id = 1"));
  EXPECT_TRUE(Sql("UPDATE api_keys SET last_used_s = 2000000000"));
  EXPECT_TRUE(revoke(2));
  EXPECT_TRUE(revoke(3));
  ASSERT_TRUE(add(4, {core::Scope::kWeb, core::Scope::kAdmin}, {}));
  EXPECT_TRUE(revoke(1));
  EXPECT_TRUE(revoke(1));
  EXPECT_FALSE(revoke(4));
}

}  // namespace
}  // namespace kalends::storage

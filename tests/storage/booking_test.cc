#include "storage/booking.h"

#include "storage/links.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using core::AppointmentStatus;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Appointments, AnAppointmentComesBackAsItWasWritten) {
  Store store;
  core::Appointment appointment = SampleAppointment(100, kNow);
  appointment.provider = kStudio;
  appointment.service = kMassage;
  appointment.hold = {kNow - minutes(10), kNow + minutes(80)};
  appointment.place = "Room 2";
  appointment.proposals = {kNow + hours(5), kNow - hours(7)};
  appointment.agreed->zone = "America/St_Johns";
  appointment.agreed->offset = -minutes(150);
  store.Write([&](Transaction& tx) { InsertAppointment(tx, appointment); });
  EXPECT_EQ(Show(*store.Read([](Transaction& tx) { return FindAppointment(tx, {100}); })),
            Show(appointment));

  appointment.service.reset();
  appointment.interval = {kNow + hours(1), kNow + hours(3)};
  appointment.hold = {kNow, kNow + hours(4)};
  appointment.status = AppointmentStatus::kAccepted;
  appointment.capacity = 5;
  appointment.price = {0, ""};
  appointment.place = "";
  appointment.service_name = "";
  appointment.proposals.clear();
  appointment.agreed = core::AgreedTime{date::local_seconds(seconds(7)), "Europe/Riga", hours(2),
                                        "", date::local_seconds(seconds(-7))};
  appointment.version = 2;
  store.Write([&](Transaction& tx) { UpdateAppointment(tx, appointment); });
  EXPECT_EQ(Show(*store.Read([](Transaction& tx) { return FindAppointment(tx, {100}); })),
            Show(appointment));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindAppointment(tx, {101}); }));
}

TEST(Appointments, AStatusIsWrittenWithProposalsAndVersionAlone) {
  Store store;
  core::Appointment appointment = SampleAppointment(100, kNow);
  appointment.proposals = {kNow + hours(5)};
  core::Appointment changed = appointment;
  changed.status = AppointmentStatus::kAccepted;
  changed.proposals.clear();
  changed.version = 2;
  core::Appointment elsewhere = changed;
  elsewhere.interval = elsewhere.hold = {kNow + hours(1), kNow + hours(3)};
  elsewhere.place = "Room 2";
  store.Write([&](Transaction& tx) {
    InsertAppointment(tx, appointment);
    UpdateAppointmentStatus(tx, elsewhere);
  });
  EXPECT_EQ(Show(*store.Read([](Transaction& tx) { return FindAppointment(tx, {100}); })),
            Show(changed));
}

TEST(Appointments, GoWhereTheOthersWereWhenTheyMoveTogether) {
  Store store;
  std::vector<core::Appointment> appointments;
  for (int i = 0; i < 4; ++i) {
    core::Appointment one = SampleAppointment(100 + i, kNow + hours(i));
    one.hold = {one.interval.start - minutes(10), one.interval.end - minutes(0)};
    one.interval.end -= minutes(10);
    one.hold.end = one.interval.end;
    appointments.push_back(one);
  }
  for (int i = 4; i < 7; ++i) {
    core::Appointment one = GroupAppointment(100 + i, kNow + hours(4));
    one.interval.end = one.hold.end = kNow + hours(7);
    appointments.push_back(one);
  }
  store.Write([&](Transaction& tx) {
    for (const core::Appointment& one : appointments) InsertAppointment(tx, one);
  });
  for (const hours by : {hours(1), hours(-1), hours(-1)}) {
    for (core::Appointment& one : appointments) {
      one.interval = {one.interval.start + by, one.interval.end + by};
      one.hold = {one.hold.start + by, one.hold.end + by};
      ++one.version;
    }
    store.Write([&](Transaction& tx) { UpdateAppointmentsTogether(tx, appointments); });
    for (const core::Appointment& one : appointments) {
      EXPECT_EQ(Show(*store.Read([&](Transaction& tx) { return FindAppointment(tx, one.id); })),
                Show(one));
    }
  }
  // Where others stay they are refused, and nobody has moved.
  std::vector<core::Appointment> some = {appointments[0]};
  some[0].interval = appointments[1].interval;
  some[0].hold = appointments[1].hold;
  EXPECT_FALSE(store.TryWrite([&](Transaction& tx) { UpdateAppointmentsTogether(tx, some); }).ok());
  EXPECT_EQ(Show(*store.Read([](Transaction& tx) { return FindAppointment(tx, {100}); })),
            Show(appointments[0]));
}

TEST(Appointments, AlwaysHaveAnAgreedTime) {
  Store store;
  core::Appointment appointment = SampleAppointment(100, kNow);
  store.Write([&](Transaction& tx) { InsertAppointment(tx, appointment); });
  appointment.agreed.reset();
  EXPECT_FALSE(store.TryWrite([&](Transaction& tx) { UpdateAppointment(tx, appointment); }).ok());
  appointment.id = {101};
  appointment.interval = appointment.hold = {kNow + hours(1), kNow + hours(2)};
  EXPECT_FALSE(store.TryWrite([&](Transaction& tx) { InsertAppointment(tx, appointment); }).ok());
  EXPECT_TRUE(store.Read([](Transaction& tx) { return OpenWithoutAgreedTime(tx, 10); }).empty());
}

TEST(Appointments, SpecialistsWithHoldsComeOneAfterTheOther) {
  Store store;
  const auto next = [&](core::ProviderId after) {
    return store.Read([&](Transaction& tx) { return NextHoldingSpecialist(tx, after); });
  };
  EXPECT_EQ(next({-1}), std::nullopt);
  core::Appointment over = SampleAppointment(100, kNow);
  over.status = AppointmentStatus::kCancelled;
  core::Appointment dans = SampleAppointment(101, kNow);
  dans.provider = kStudio;
  dans.specialist = kDan;
  dans.service = kMassage;
  store.Write([&](Transaction& tx) {
    InsertAppointment(tx, over);
    InsertAppointment(tx, dans);
  });
  EXPECT_EQ(next({-1}), kDan);
  EXPECT_EQ(next(kDan), std::nullopt);
  store.Write([&](Transaction& tx) {
    InsertAppointment(tx, SampleAppointment(102, kNow));
    InsertAppointment(tx, SampleAppointment(103, kNow + hours(1)));
  });
  EXPECT_EQ(next({-1}), std::min(kCarla, kDan));
  EXPECT_EQ(next(std::min(kCarla, kDan)), std::max(kCarla, kDan));
}

TEST(Appointments, TheHistoryKeepsItsOrder) {
  Store store;
  const core::Appointment appointment = SampleAppointment(100, kNow);
  store.Write([&](Transaction& tx) {
    InsertAppointment(tx, appointment);
    // All in the same second.
    InsertStatusChange(
        tx, appointment,
        {std::nullopt, AppointmentStatus::kPending, kNow, core::Actor::kCustomer, kAda, ""});
    InsertStatusChange(tx, appointment,
                       {AppointmentStatus::kPending, AppointmentStatus::kAccepted, kNow,
                        core::Actor::kProvider, kCarlaAccount, "ok"});
    InsertStatusChange(tx, appointment,
                       {AppointmentStatus::kAccepted, AppointmentStatus::kCompleted, kNow,
                        core::Actor::kSystem, std::nullopt, "unmarked"});
  });
  const auto history = store.Read([](Transaction& tx) { return HistoryOf(tx, {100}); });
  ASSERT_EQ(history.size(), 3U);
  EXPECT_FALSE(history[0].from);
  EXPECT_EQ(history[0].to, AppointmentStatus::kPending);
  EXPECT_EQ(history[0].actor, core::Actor::kCustomer);
  EXPECT_EQ(history[0].account, kAda);
  EXPECT_EQ(history[1].from, AppointmentStatus::kPending);
  EXPECT_EQ(history[1].reason, "ok");
  EXPECT_EQ(history[2].to, AppointmentStatus::kCompleted);
  EXPECT_EQ(history[2].when, kNow);
  EXPECT_FALSE(history[2].account);
  EXPECT_TRUE(store.Read([](Transaction& tx) { return HistoryOf(tx, {101}); }).empty());
}

TEST(Appointments, PendingOnesAreCountedPerCustomerAndProvider) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertAppointment(tx, SampleAppointment(100, kNow));
    core::Appointment accepted = SampleAppointment(101, kNow + hours(1));
    accepted.status = AppointmentStatus::kAccepted;
    InsertAppointment(tx, accepted);
    core::Appointment studio = SampleAppointment(102, kNow + hours(2));
    studio.provider = kStudio;
    studio.service = kMassage;
    InsertAppointment(tx, studio);
    core::Appointment ben = SampleAppointment(103, kNow + hours(3));
    ben.customer = kBen;
    InsertAppointment(tx, ben);
  });
  const auto count = [&](core::ProviderId provider, core::AccountId customer) {
    return store.Read([&](Transaction& tx) { return CountPending(tx, provider, customer); });
  };
  EXPECT_EQ(count(kCarla, kAda), 1);
  EXPECT_EQ(count(kStudio, kAda), 1);
  EXPECT_EQ(count(kCarla, kBen), 1);
  EXPECT_EQ(count(kDan, kAda), 0);
}

TEST(Appointments, HoldingOnesEndAfterTheGivenInstantAndAreOfTheSpecialist) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertAppointment(tx, SampleAppointment(101, kNow - hours(1)));  // Ends at kNow: over.
    core::Appointment running = SampleAppointment(102, kNow - minutes(0));
    running.status = AppointmentStatus::kAccepted;
    InsertAppointment(tx, running);
    core::Appointment studio = SampleAppointment(103, kNow + hours(9));
    studio.provider = kStudio;
    studio.service = kMassage;
    InsertAppointment(tx, studio);
    core::Appointment rejected = SampleAppointment(104, kNow + hours(1));
    rejected.status = AppointmentStatus::kRejected;
    InsertAppointment(tx, rejected);
    core::Appointment other = SampleAppointment(105, kNow);
    other.specialist = kDan;
    other.provider = kDan;
    other.service.reset();
    InsertAppointment(tx, other);
    InsertAppointment(tx, SampleAppointment(106, kNow + hours(4)));
  });
  const auto holding = [&](core::Instant since, int limit) {
    return IdsOf(
        store.Read([&](Transaction& tx) { return HoldingAppointments(tx, kCarla, since, limit); }));
  };
  EXPECT_EQ(holding(kNow, 10), (std::vector<std::int64_t>{102, 106, 103}));
  EXPECT_EQ(holding(kNow, 2), (std::vector<std::int64_t>{102, 106}));
  EXPECT_EQ(holding(kNow - minutes(1), 10), (std::vector<std::int64_t>{101, 102, 106, 103}));
}

TEST(Appointments, UnansweredAndUnmarkedOnesAreFoundEarliestFirst) {
  Store store;
  store.Write([](Transaction& tx) {
    for (std::int64_t i = 0; i < 4; ++i) {
      InsertAppointment(tx, SampleAppointment(103 - i, kNow + hours(i)));
      core::Appointment accepted = SampleAppointment(203 - i, kNow + hours(10 + i));
      accepted.status = AppointmentStatus::kAccepted;
      InsertAppointment(tx, accepted);
    }
    core::Appointment done = SampleAppointment(300, kNow);
    done.status = AppointmentStatus::kCompleted;
    InsertAppointment(tx, done);
  });
  const auto unanswered = [&](core::Instant now, int limit) {
    return IdsOf(store.Read([&](Transaction& tx) { return UnansweredAt(tx, now, limit); }));
  };
  const auto unmarked = [&](core::Instant ended_by, int limit) {
    return IdsOf(store.Read([&](Transaction& tx) { return UnmarkedSince(tx, ended_by, limit); }));
  };
  EXPECT_EQ(unanswered(kNow - minutes(1), 10), (std::vector<std::int64_t>{}));
  EXPECT_EQ(unanswered(kNow + hours(2), 10), (std::vector<std::int64_t>{103, 102, 101}));
  EXPECT_EQ(unanswered(kNow + hours(2), 2), (std::vector<std::int64_t>{103, 102}));
  EXPECT_EQ(unmarked(kNow + hours(10), 10), (std::vector<std::int64_t>{}));
  EXPECT_EQ(unmarked(kNow + hours(12), 10), (std::vector<std::int64_t>{203, 202}));
  EXPECT_EQ(unmarked(kNow + hours(12), 1), (std::vector<std::int64_t>{203}));
}

TEST(Appointments, BookedTimesAreTheSpecialistsWhoeverTheyAreForASessionOnce) {
  Store store;
  store.Write([](Transaction& tx) {
    core::Appointment of_studio = SampleAppointment(1, kNow);
    of_studio.provider = kStudio;
    of_studio.service = std::nullopt;
    core::Appointment completed = SampleAppointment(2, kNow + hours(2));
    completed.status = core::AppointmentStatus::kCompleted;
    core::Appointment cancelled = SampleAppointment(3, kNow + hours(4));
    cancelled.status = core::AppointmentStatus::kCancelled;
    core::Appointment of_dan = SampleAppointment(4, kNow);
    of_dan.specialist = kDan;
    of_dan.provider = kDan;
    of_dan.service = std::nullopt;
    for (const auto& one :
         {of_studio, completed, cancelled, of_dan, GroupAppointment(5, kNow + hours(6)),
          GroupAppointment(6, kNow + hours(6)), SampleAppointment(7, kNow + hours(8))}) {
      InsertAppointment(tx, one);
    }
  });
  const auto booked =
      store.Read([](Transaction& tx) { return BookedTimes(tx, kCarla, {kNow, kNow + hours(8)}); });
  std::vector<core::Instant> starts;
  for (const core::Interval& one : booked) starts.push_back(one.start);
  EXPECT_EQ(starts, (std::vector{kNow, kNow + hours(2), kNow + hours(6)}));
}

TEST(Appointments, TheNewestRemindersOfAPairAreFound) {
  Store store;
  const auto newest = [&](int nth) {
    return store.Read([&](Transaction& tx) {
      return NthNewestReminder(tx, kCarla, kAda, {kNow - hours(24), kNow}, nth);
    });
  };
  store.Write([](Transaction& tx) {
    for (int i = 1; i <= 3; ++i) InsertAppointment(tx, SampleAppointment(i, kNow + hours(i)));
    SetReminded(tx, {1}, kNow - hours(1));
    SetReminded(tx, {2}, kNow);
    SetReminded(tx, {3}, kNow - hours(24));  // A day ago is over.
  });
  EXPECT_EQ(newest(1), kNow);
  EXPECT_EQ(newest(2), kNow - hours(1));
  EXPECT_EQ(newest(3), std::nullopt);
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindAppointment(tx, {1}); })->reminded,
            kNow - hours(1));
}

TEST(Appointments, OnlyWhatHasNotEndedIsAnOpenAppointment) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertLink(tx, kCarla, kAda, kNow);
    InsertLink(tx, kCarla, kBen, kNow);
    InsertAppointment(tx, SampleAppointment(200, kNow));
  });
  const auto open = [&](core::Instant now) {
    return store.Read([&](Transaction& tx) { return HasOpenAppointment(tx, kCarla, kAda, now); });
  };
  EXPECT_TRUE(open(kNow - hours(100)));
  EXPECT_TRUE(open(kNow + seconds(3599)));
  EXPECT_FALSE(open(kNow + seconds(3600)));
  EXPECT_FALSE(
      store.Read([](Transaction& tx) { return HasOpenAppointment(tx, kCarla, kBen, kNow); }));
  store.Write([](Transaction& tx) {
    tx.Execute("UPDATE appointments SET status = 'REJECTED' WHERE id = 200");
  });
  EXPECT_FALSE(open(kNow));
}

}  // namespace
}  // namespace kalends::storage

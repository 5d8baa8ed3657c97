#include "core/booking/changes.h"

#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/calendars.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using S = AppointmentStatus;

constexpr AccountId kAda{1}, kBen{2};
constexpr ProviderId kStudio{11}, kCarla{12}, kDan{13};
constexpr ServiceId kCut{21}, kYoga{22};
const Instant kNow = Utc("2026-06-01 00:00");

Instant At(const std::string& clock) { return Utc("2026-06-02 " + clock); }

// Ada's with Carla of the studio, 10:00 to 11:00, with ten minutes before and twenty behind.
Appointment Sample(S status) {
  Appointment appointment;
  appointment.id = {100};
  appointment.provider = kStudio;
  appointment.specialist = kCarla;
  appointment.customer = kAda;
  appointment.service = kCut;
  appointment.interval = {At("10:00"), At("11:00")};
  appointment.hold = {At("09:50"), At("11:20")};
  appointment.status = status;
  return appointment;
}

// Carla's, with that appointment in it and another from 14:00 to 15:00.
Calendar Carlas() {
  Calendar calendar = CalendarIn("UTC", EveryDay({Hours("08:00", "18:00")}));
  UpdateHold(calendar, Sample(S::kPending), kNow);
  Appointment other = Sample(S::kAccepted);
  other.id = {101};
  other.interval = other.hold = {At("14:00"), At("15:00")};
  UpdateHold(calendar, other, kNow);
  return calendar;
}

TEST(SideOf, IsTheCustomersOrTheProvidersOrNone) {
  const Caller nobody{{}, {Scope::kAdapter}, {}};
  const Caller tool{{}, {Scope::kToolRead}, {}};
  const auto of = [](AccountId account) { return Caller{{}, {Scope::kToolRead}, account}; };
  const struct {
    const char* name;
    Caller caller;
    std::optional<ProviderId> own;
    std::optional<Actor> side;
  } kCases[] = {
      {"the customer", of(kAda), {}, Actor::kCustomer},
      {"the customer, who is a provider", of(kAda), kDan, Actor::kCustomer},
      {"the organization", of(kBen), kStudio, Actor::kProvider},
      {"who keeps it", of(kBen), kCarla, Actor::kProvider},
      {"a colleague", of(kBen), kDan, std::nullopt},
      {"another customer", of(kBen), {}, std::nullopt},
      {"a tool for nobody", tool, {}, Actor::kTool},
      {"an adapter for nobody", nobody, {}, std::nullopt},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(SideOf(c.caller, Sample(S::kPending), [&] { return c.own; }), c.side) << c.name;
  }
}

std::vector<Action> Actions(const Appointment& appointment, Actor actor, Instant now) {
  Transition facts;
  facts.from = appointment.status;
  facts.actor = actor;
  facts.interval = appointment.interval;
  facts.now = now;
  return ActionsOf(appointment, facts);
}

TEST(ActionsOf, AreWhatTheSideMayDoNow) {
  using A = Action;
  Appointment proposed = Sample(S::kPending);
  proposed.proposals = {At("12:00")};
  Appointment moving = proposed;
  moving.status = S::kAccepted;
  const Instant after = At("12:00");
  const struct {
    const char* name;
    Appointment appointment;
    Actor actor;
    Instant now;
    std::vector<Action> actions;
  } kCases[] = {
      {"a request, to the provider",
       Sample(S::kPending),
       Actor::kProvider,
       kNow,
       {A::kAccept, A::kReject, A::kProposeTimes, A::kReschedule, A::kSetPlace, A::kCancel}},
      {"a request, to a tool",
       Sample(S::kPending),
       Actor::kTool,
       kNow,
       {A::kAccept, A::kReject, A::kProposeTimes, A::kReschedule, A::kSetPlace, A::kCancel}},
      {"a request that nobody answered in time",
       Sample(S::kPending),
       Actor::kProvider,
       after,
       {A::kReject, A::kCancel}},
      {"a request, to the customer", Sample(S::kPending), Actor::kCustomer, kNow, {A::kCancel}},
      {"a proposal, to the customer",
       proposed,
       Actor::kCustomer,
       kNow,
       {A::kChooseProposedTime, A::kCancel}},
      {"another time for what is agreed, to the customer",
       moving,
       Actor::kCustomer,
       kNow,
       {A::kChooseProposedTime, A::kDeclineProposedTime, A::kCancel}},
      {"the same once it has begun", moving, Actor::kCustomer, after, {}},
      {"agreed, to the provider",
       Sample(S::kAccepted),
       Actor::kProvider,
       kNow,
       {A::kReschedule, A::kSetPlace, A::kRemind, A::kCancel}},
      {"agreed and begun, to the provider",
       Sample(S::kAccepted),
       Actor::kProvider,
       after,
       {A::kComplete, A::kMarkMissed, A::kCancel}},
      {"agreed and begun, to the customer", Sample(S::kAccepted), Actor::kCustomer, after, {}},
      {"marked, to the provider", Sample(S::kMissed), Actor::kProvider, after, {A::kComplete}},
      {"rejected", Sample(S::kRejected), Actor::kProvider, kNow, {}},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Actions(c.appointment, c.actor, c.now), c.actions) << c.name;
  }
}

TEST(CancelUntilOf, IsTheDeadlineWhileItIsAgreedAndAhead) {
  EXPECT_EQ(CancelUntilOf(Sample(S::kAccepted), hours(2), kNow), At("08:00"));
  EXPECT_EQ(CancelUntilOf(Sample(S::kAccepted), hours(2), At("09:00")), At("08:00"));
  EXPECT_EQ(CancelUntilOf(Sample(S::kAccepted), hours(2), At("10:00")), std::nullopt);
  EXPECT_EQ(CancelUntilOf(Sample(S::kPending), hours(2), kNow), std::nullopt);
}

TEST(CheckNote, AndCheckReasonKeepTheirLengthAndHaveLines) {
  EXPECT_TRUE(CheckNote("").ok());
  EXPECT_TRUE(CheckNote("a\n" + std::string(kRequestNoteCharsMax - 2, 'a')).ok());
  EXPECT_FALSE(CheckNote(std::string(kRequestNoteCharsMax + 1, 'a')).ok());
  EXPECT_TRUE(CheckReason("a\n" + std::string(kReasonCharsMax - 2, 'a')).ok());
  EXPECT_FALSE(CheckReason(std::string(kReasonCharsMax + 1, 'a')).ok());
}

TEST(CheckMayAsk, ACustomerAsksToCancelAndForNothingElse) {
  for (const S to : {S::kAccepted, S::kRejected, S::kCompleted, S::kMissed}) {
    EXPECT_EQ(ReasonOf(CheckMayAsk(to, Actor::kCustomer)), Reason::kProviderOnly);
    EXPECT_TRUE(CheckMayAsk(to, Actor::kProvider).ok());
    EXPECT_TRUE(CheckMayAsk(to, Actor::kTool).ok());
  }
  EXPECT_TRUE(CheckMayAsk(S::kCancelled, Actor::kCustomer).ok());
}

TEST(CheckServiceNamed, IsOneAndTheSame) {
  Appointment without = Sample(S::kPending);
  without.service.reset();
  const struct {
    const char* name;
    Appointment appointment;
    std::optional<ServiceId> service;
    const char* refusal;
  } kCases[] = {
      {"by the request", Sample(S::kPending), {}, ""},
      {"by both", Sample(S::kPending), kCut, ""},
      {"by both, but another", Sample(S::kPending), kYoga, "INVALID_FIELD"},
      {"by who accepts", without, kYoga, ""},
      {"by nobody", without, {}, "SERVICE_REQUIRED"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ReasonName(CheckServiceNamed(c.appointment, c.service)), c.refusal) << c.name;
  }
}

TEST(RulesOf, TakeTheRoomThatTheAppointmentTakes) {
  Appointment appointment = Sample(S::kPending);
  appointment.capacity = 3;
  const BookingRules rules = RulesOf(appointment);
  EXPECT_EQ(rules.duration, hours(1));
  EXPECT_EQ(rules.buffer_before, Minutes(10));
  EXPECT_EQ(rules.buffer_after, Minutes(20));
  EXPECT_EQ(rules.capacity, 3);
  EXPECT_EQ(HoldOf(rules, At("10:00")), appointment.hold);
}

TEST(RoomFor, IsWhereOthersAreNot) {
  const Appointment moved = Sample(S::kPending);
  const auto room = [&](const char* clock) {
    return RoomFor(Carlas(), moved, RulesOf(moved), At(clock));
  };
  EXPECT_EQ(room("10:00")->interval, moved.interval) << "its own time is not in the way";
  EXPECT_EQ(room("10:30")->hold, (Interval{At("10:20"), At("11:50")}));
  EXPECT_EQ(ReasonOf(room("13:00").status()), Reason::kSlotTaken) << "by its buffer";
  EXPECT_TRUE(room("12:40").ok());
  EXPECT_TRUE(room("03:00").ok()) << "at night, by hand";
}

TEST(CheckMayPropose, GoesForARequestThatIsAhead) {
  EXPECT_TRUE(CheckMayPropose(Sample(S::kPending), At("09:59")).ok());
  EXPECT_EQ(ReasonOf(CheckMayPropose(Sample(S::kPending), At("10:00"))), Reason::kAlreadyStarted);
  EXPECT_EQ(ReasonOf(CheckMayPropose(Sample(S::kAccepted), kNow)), Reason::kWrongStatus);
}

TEST(CheckProposals, AreAFewThatCanBeTaken) {
  const struct {
    const char* name;
    std::vector<Instant> starts;
    const char* refusal;
  } kCases[] = {
      {"one", {At("12:00")}, ""},
      {"the most", {At("12:00"), At("08:00"), At("16:00")}, ""},
      {"none", {}, "INVALID_FIELD"},
      {"too many", {At("12:00"), At("08:00"), At("16:00"), At("17:00")}, "INVALID_FIELD"},
      {"one twice", {At("12:00"), At("12:00")}, "INVALID_FIELD"},
      {"the one requested", {At("12:00"), Sample(S::kPending).interval.start}, "INVALID_FIELD"},
      {"now", {kNow}, "ALREADY_PASSED"},
      {"in a second", {kNow + seconds(1)}, ""},
      {"the last there is", {kNow + kHorizonMax}, ""},
      {"beyond that", {kNow + kHorizonMax + seconds(1)}, "INVALID_FIELD"},
      {"where somebody is", {At("12:00"), At("14:30")}, "SLOT_TAKEN"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ReasonName(CheckProposals(Carlas(), Sample(S::kPending), c.starts, kNow)), c.refusal)
        << c.name;
  }
}

TEST(CheckMayMove, IsForWhatIsOpenAndAhead) {
  for (const S status : kAppointmentStatuses) {
    const Appointment one = Sample(status);
    const char* const refusal = HoldsTime(status) ? "" : "WRONG_STATUS";
    EXPECT_EQ(ReasonName(CheckMayMove(one, kNow)), refusal) << NameOf(status);
    if (!HoldsTime(status)) continue;
    EXPECT_EQ(ReasonName(CheckMayMove(one, At("09:59"))), "");
    EXPECT_EQ(ReasonName(CheckMayMove(one, At("10:00"))), "ALREADY_STARTED");
  }
}

TEST(CheckNewStart, IsAnotherAheadAndWithinThreeYears) {
  const Appointment one = Sample(S::kAccepted);
  EXPECT_EQ(ReasonName(CheckNewStart(one, At("10:00"), kNow)), "INVALID_FIELD");
  EXPECT_EQ(ReasonName(CheckNewStart(one, At("10:05"), kNow)), "");
  EXPECT_EQ(ReasonName(CheckNewStart(one, kNow, kNow)), "ALREADY_PASSED");
  EXPECT_EQ(ReasonName(CheckNewStart(one, kNow + kHorizonMax, kNow)), "");
  EXPECT_EQ(ReasonName(CheckNewStart(one, kNow + kHorizonMax + seconds{1}, kNow)), "INVALID_FIELD");
}

TEST(CheckMaySetPlace, IsForWhatIsOpenUntilItsEnd) {
  for (const S status : kAppointmentStatuses) {
    EXPECT_EQ(ReasonName(CheckMaySetPlace(Sample(status), At("10:30"))),
              HoldsTime(status) ? "" : "WRONG_STATUS")
        << NameOf(status);
  }
  EXPECT_EQ(ReasonName(CheckMaySetPlace(Sample(S::kAccepted), At("11:00"))), "ALREADY_PASSED");
}

TEST(CheckMayRemind, IsForWhatIsAgreedAndAhead) {
  for (const S status : kAppointmentStatuses) {
    EXPECT_EQ(ReasonName(CheckMayRemind(Sample(status), kNow)),
              status == S::kAccepted ? "" : "WRONG_STATUS")
        << NameOf(status);
  }
  EXPECT_EQ(ReasonName(CheckMayRemind(Sample(S::kAccepted), At("10:00"))), "ALREADY_STARTED");
}

TEST(CheckMayChoose, TakesWhatWasProposedInTime) {
  Appointment proposed = Sample(S::kPending);
  proposed.proposals = {At("12:00"), At("16:00")};
  Appointment accepted = proposed;
  accepted.status = S::kAccepted;
  Appointment rejected = proposed;
  rejected.status = S::kRejected;
  const struct {
    const char* name;
    Appointment appointment;
    Actor actor;
    const char* start;
    Instant now;
    const char* refusal;
  } kCases[] = {
      {"one of them", proposed, Actor::kCustomer, "16:00", kNow, ""},
      {"by the provider", proposed, Actor::kProvider, "16:00", kNow, "CUSTOMER_ONLY"},
      {"by a tool", proposed, Actor::kTool, "16:00", kNow, "CUSTOMER_ONLY"},
      {"of what is agreed, by the provider", accepted, Actor::kProvider, "16:00", kNow,
       "CUSTOMER_ONLY"},
      {"of what is agreed and only moves", accepted, Actor::kCustomer, "16:00", kNow, ""},
      {"where it is agreed as it was", Sample(S::kAccepted), Actor::kCustomer, "16:00", kNow,
       "WRONG_STATUS"},
      {"of what is agreed and has begun", accepted, Actor::kCustomer, "16:00", At("10:00"),
       "ALREADY_STARTED"},
      {"of what is over", rejected, Actor::kCustomer, "16:00", kNow, "WRONG_STATUS"},
      {"another time", proposed, Actor::kCustomer, "15:00", kNow, "PROPOSAL_UNKNOWN"},
      {"where none was", Sample(S::kPending), Actor::kCustomer, "16:00", kNow, "PROPOSAL_UNKNOWN"},
      {"too late", proposed, Actor::kCustomer, "12:00", At("12:00"), "ALREADY_PASSED"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ReasonName(CheckMayChoose(c.appointment, c.actor, At(c.start), c.now)), c.refusal)
        << c.name;
  }
}

TEST(UpdateHold, KeepsWhatHoldsTimeInOrderAndForgetsWhatIsPast) {
  const auto holds = [](const Calendar& calendar) {
    std::vector<std::int64_t> ids;
    for (const Hold& hold : calendar.holds) ids.push_back(hold.appointment.value);
    return ids;
  };
  Calendar calendar = Carlas();
  EXPECT_THAT(holds(calendar), ElementsAre(100, 101));
  Appointment moved = Sample(S::kAccepted);
  moved.interval = moved.hold = {At("16:00"), At("17:00")};
  UpdateHold(calendar, moved, kNow);
  EXPECT_THAT(holds(calendar), ElementsAre(101, 100));
  UpdateHold(calendar, moved, At("15:00"));
  EXPECT_THAT(holds(calendar), ElementsAre(101, 100)) << "it ends just then";
  UpdateHold(calendar, moved, At("15:01"));
  EXPECT_THAT(holds(calendar), ElementsAre(100));
  UpdateHold(calendar, Sample(S::kCancelled), kNow);
  EXPECT_THAT(holds(calendar), IsEmpty());
}

TEST(FirstMarked, IsTheFirstMarkOfAll) {
  const auto change = [](S to, const char* clock) {
    return StatusChange{std::nullopt, to, At(clock), Actor::kProvider, {}, ""};
  };
  EXPECT_EQ(FirstMarked({}), std::nullopt);
  const std::vector<StatusChange> none = {change(S::kPending, "01:00"),
                                          change(S::kAccepted, "02:00")};
  EXPECT_EQ(FirstMarked(none), std::nullopt);
  const std::vector<StatusChange> twice = {
      change(S::kAccepted, "02:00"), change(S::kMissed, "12:00"), change(S::kCompleted, "13:00")};
  EXPECT_EQ(FirstMarked(twice), At("12:00"));
}

}  // namespace
}  // namespace kalends::core

#include "core/booking/appointment.h"

#include <set>
#include <string>
#include <tuple>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "gtest/gtest.h"
#include "tests/support/times.h"

namespace kalends::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Actor kActors[] = {Actor::kCustomer, Actor::kProvider, Actor::kSystem};
const Interval kAppointment = UtcInterval("2026-06-01 10:00", "2026-06-01 11:00");
const Instant kBefore = Utc("2026-06-01 09:00");
const Instant kAfter = Utc("2026-06-01 12:00");

Transition Make(AppointmentStatus from, AppointmentStatus to, Actor actor, Instant now) {
  Transition transition;
  transition.from = from;
  transition.to = to;
  transition.actor = actor;
  transition.interval = kAppointment;
  transition.now = now;
  return transition;
}

std::string Refusal(const Transition& transition) {
  return ReasonName(CheckTransition(transition));
}

TEST(Status, NamesGoThereAndBack) {
  std::set<std::string_view> names;
  for (const AppointmentStatus status : kAppointmentStatuses) {
    EXPECT_EQ(ParseAppointmentStatus(NameOf(status)), status);
    EXPECT_TRUE(names.insert(NameOf(status)).second);
  }
  for (const Actor actor : kActors) EXPECT_EQ(ParseActor(NameOf(actor)), actor);
  EXPECT_EQ(NameOf(AppointmentStatus::kPending), "PENDING");
  EXPECT_EQ(NameOf(Actor::kSystem), "SYSTEM");
  for (const char* name : {"", "pending", "UNKNOWN", "PENDING "}) {
    EXPECT_EQ(ParseAppointmentStatus(name), std::nullopt);
    EXPECT_EQ(ParseActor(name), std::nullopt);
  }
}

TEST(Status, PendingAndAcceptedHoldTime) {
  for (const AppointmentStatus status : kAppointmentStatuses) {
    EXPECT_EQ(HoldsTime(status),
              status == AppointmentStatus::kPending || status == AppointmentStatus::kAccepted);
  }
}

TEST(CheckTransition, AllowsWhatTheTableSaysAndNothingElse) {
  using S = AppointmentStatus;
  using A = Actor;
  const std::set<std::tuple<S, S, A>> kAllowed = {
      {S::kPending, S::kAccepted, A::kProvider},   {S::kPending, S::kAccepted, A::kCustomer},
      {S::kPending, S::kRejected, A::kProvider},   {S::kPending, S::kRejected, A::kSystem},
      {S::kPending, S::kCancelled, A::kProvider},  {S::kPending, S::kCancelled, A::kCustomer},
      {S::kAccepted, S::kCompleted, A::kProvider}, {S::kAccepted, S::kCompleted, A::kSystem},
      {S::kAccepted, S::kMissed, A::kProvider},    {S::kAccepted, S::kCancelled, A::kProvider},
      {S::kAccepted, S::kCancelled, A::kCustomer}, {S::kCompleted, S::kMissed, A::kProvider},
      {S::kMissed, S::kCompleted, A::kProvider},
  };
  for (const S from : kAppointmentStatuses) {
    for (const S to : kAppointmentStatuses) {
      for (const A actor : kActors) {
        SCOPED_TRACE(testing::Message()
                     << NameOf(from) << " -> " << NameOf(to) << " by " << NameOf(actor));
        const bool is_mark = to == S::kCompleted || to == S::kMissed;
        const auto transition = Make(from, to, actor, is_mark ? kAfter : kBefore);
        const bool allowed = kAllowed.contains({from, to, actor});
        EXPECT_EQ(Refusal(transition), allowed ? "" : "WRONG_STATUS");
      }
    }
  }
}

TEST(CheckTransition, DependsOnTheStartOfTheAppointment) {
  using S = AppointmentStatus;
  using A = Actor;
  const Instant start = kAppointment.start;
  const Instant just_before = start - seconds{1};
  const struct {
    const char* name;
    Transition transition;
    std::string_view reason;
  } kCases[] = {
      {"accept just before", Make(S::kPending, S::kAccepted, A::kProvider, just_before), ""},
      {"accept at the start", Make(S::kPending, S::kAccepted, A::kProvider, start),
       "ALREADY_STARTED"},
      {"pick a proposal at its start", Make(S::kPending, S::kAccepted, A::kCustomer, start),
       "ALREADY_STARTED"},
      {"reject an unanswered one", Make(S::kPending, S::kRejected, A::kSystem, start), ""},
      {"withdraw just before", Make(S::kPending, S::kCancelled, A::kCustomer, just_before), ""},
      {"withdraw at the start", Make(S::kPending, S::kCancelled, A::kCustomer, start),
       "ALREADY_STARTED"},
      {"customer cancels at the start", Make(S::kAccepted, S::kCancelled, A::kCustomer, start),
       "ALREADY_STARTED"},
      {"provider cancels afterwards", Make(S::kAccepted, S::kCancelled, A::kProvider, kAfter), ""},
      {"complete just before", Make(S::kAccepted, S::kCompleted, A::kProvider, just_before),
       "NOT_STARTED"},
      {"complete at the start", Make(S::kAccepted, S::kCompleted, A::kProvider, start), ""},
      {"missed just before", Make(S::kAccepted, S::kMissed, A::kProvider, just_before),
       "NOT_STARTED"},
      {"missed at the start", Make(S::kAccepted, S::kMissed, A::kProvider, start), ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Refusal(c.transition), c.reason);
  }
}

TEST(CheckTransition, TheDeadlineBindsTheCustomerOnly) {
  auto cancel =
      Make(AppointmentStatus::kAccepted, AppointmentStatus::kCancelled, Actor::kCustomer, kBefore);
  cancel.cancellation_deadline = hours{24};
  const Instant deadline = kAppointment.start - hours{24};
  EXPECT_EQ(CancelUntil(kAppointment, hours{24}), deadline);
  cancel.now = deadline;
  EXPECT_EQ(Refusal(cancel), "");
  cancel.now = deadline + seconds{1};
  EXPECT_EQ(Refusal(cancel), "TOO_LATE_TO_CANCEL");
  cancel.now = kAppointment.start;
  EXPECT_EQ(Refusal(cancel), "ALREADY_STARTED");
  cancel.now = deadline + seconds{1};
  cancel.actor = Actor::kProvider;
  EXPECT_EQ(Refusal(cancel), "");
  cancel.actor = Actor::kCustomer;
  cancel.from = AppointmentStatus::kPending;
  EXPECT_EQ(Refusal(cancel), "");
}

TEST(CheckTransition, CorrectionsEndThirtyDaysAfterTheFirstMark) {
  for (const auto& [from, to] :
       {std::pair(AppointmentStatus::kCompleted, AppointmentStatus::kMissed),
        std::pair(AppointmentStatus::kMissed, AppointmentStatus::kCompleted)}) {
    auto correct = Make(from, to, Actor::kProvider, kAfter);
    correct.last_changed = kAfter;
    correct.now = kAfter + days{30};
    EXPECT_EQ(Refusal(correct), "");
    correct.now = kAfter + days{30} + seconds{1};
    EXPECT_EQ(Refusal(correct), "TOO_LATE_TO_CORRECT");
  }
}

TEST(EndsWithAccount, IsWhatHasNotTakenPlace) {
  using S = AppointmentStatus;
  const Instant start = kAppointment.start;
  const struct {
    const char* name;
    AppointmentStatus status;
    Instant now;
    bool ends;
  } kCases[] = {
      {"a request", S::kPending, kBefore, true},
      {"a request that time has not rejected yet", S::kPending, kAfter, true},
      {"accepted, just before", S::kAccepted, start - seconds{1}, true},
      {"accepted, at its start", S::kAccepted, start, false},
      {"accepted, not marked", S::kAccepted, kAfter, false},
      {"completed", S::kCompleted, kBefore, false},
      {"cancelled", S::kCancelled, kBefore, false},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(EndsWithAccount(c.status, kAppointment, c.now), c.ends) << c.name;
  }
}

}  // namespace
}  // namespace kalends::core

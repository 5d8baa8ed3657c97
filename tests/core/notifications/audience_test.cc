#include "core/notifications/audience.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

TEST(AudienceOf, IsTheOtherSideAndOfWhatTheSystemTakesAwayBoth) {
  using S = AppointmentStatus;
  constexpr Audience kCustomer{.customer = true};
  constexpr Audience kProvider{.provider = true};
  constexpr Audience kAllBut{.customer = true, .colleagues = true};
  constexpr Audience kBoth{.customer = true, .provider = true};
  const struct {
    const char* name;
    Actor actor;
    AppointmentStatus to;
    Audience audience;
  } kCases[] = {
      {"the provider accepts", Actor::kProvider, S::kAccepted, kCustomer},
      {"the provider rejects", Actor::kProvider, S::kRejected, kCustomer},
      {"the provider cancels", Actor::kProvider, S::kCancelled, kAllBut},
      {"the provider marks as missed", Actor::kProvider, S::kMissed, kCustomer},
      {"the customer cancels", Actor::kCustomer, S::kCancelled, kProvider},
      {"the customer takes a proposed time", Actor::kCustomer, S::kAccepted, kProvider},
      {"a tool accepts", Actor::kTool, S::kAccepted, kBoth},
      {"a tool cancels", Actor::kTool, S::kCancelled, kBoth},
      {"nobody answered", Actor::kSystem, S::kRejected, kBoth},
      {"an account was deleted", Actor::kSystem, S::kCancelled, kBoth},
      {"nobody marked it", Actor::kSystem, S::kCompleted, kCustomer},
  };
  for (const auto& c : kCases) EXPECT_EQ(AudienceOf(c.actor, c.to), c.audience) << c.name;
}

TEST(ProvidersOf, AreTheOrganizationAndWhoKeepsIt) {
  Appointment appointment;
  appointment.provider = appointment.specialist = {1};
  EXPECT_EQ(ProvidersOf(appointment), (std::vector<ProviderId>{{1}}));
  appointment.specialist = {2};
  EXPECT_EQ(ProvidersOf(appointment), (std::vector<ProviderId>{{1}, {2}}));
}

TEST(AudienceOf, OfAMessageIsTheOtherSide) {
  EXPECT_EQ(AudienceOf(Side::kCustomer).recipient, Side::kProvider);
  EXPECT_EQ(AudienceOf(Side::kCustomer).actor, Actor::kCustomer);
  EXPECT_EQ(AudienceOf(Side::kProvider).recipient, Side::kCustomer);
  EXPECT_EQ(AudienceOf(Side::kProvider).actor, Actor::kProvider);
}

TEST(AudienceOf, OfATicketIsTheTeamOrTheCustomer) {
  EXPECT_EQ(AudienceOf(TicketAuthor::kCustomer),
            (TicketAudience{.desks = true, .actor = Actor::kCustomer}));
  EXPECT_EQ(AudienceOf(TicketAuthor::kTeam),
            (TicketAudience{.customer = true, .actor = Actor::kSystem}));
}

TEST(KindOf, HasAKindForEveryStatusThatIsReached) {
  using S = AppointmentStatus;
  using K = NotificationKind;
  const struct {
    AppointmentStatus to;
    NotificationKind kind;
  } kCases[] = {{S::kAccepted, K::kAccepted},
                {S::kRejected, K::kRejected},
                {S::kCompleted, K::kCompleted},
                {S::kMissed, K::kMissed},
                {S::kCancelled, K::kCancelled}};
  for (const auto& c : kCases) EXPECT_EQ(KindOf(c.to), c.kind) << NameOf(c.to);
}

}  // namespace
}  // namespace kalends::core

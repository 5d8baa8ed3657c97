#include "core/booking/offer.h"

#include "core/base/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kalends::core {
namespace {

constexpr ProviderId kStudio{1}, kCarla{2}, kDan{3}, kStranger{4};
constexpr ServiceId kCut{11};
const std::vector<ProviderId> kStaff = {kCarla, kDan};

Provider Of(ProviderId id, ProviderKind kind) {
  Provider provider;
  provider.id = id;
  provider.kind = kind;
  provider.default_duration = Minutes(45);
  return provider;
}

Service Cut(std::vector<ProviderId> specialists) {
  Service service;
  service.id = kCut;
  service.name = "Cut";
  service.place = "Here";
  service.price = {4000, "EUR"};
  service.rules.duration = Minutes(30);
  service.specialists = std::move(specialists);
  return service;
}

TEST(MakeOffer, AsksWhoeverOffersTheServiceOrTheOneWhoIsNamed) {
  const Provider studio = Of(kStudio, ProviderKind::kOrganization);
  const Provider carla = Of(kCarla, ProviderKind::kSpecialist);
  const Service of_all = Cut({});
  const Service of_dan = Cut({kDan});
  const Service of_one_who_left = Cut({kStranger});
  const struct {
    const char* name;
    const Provider& provider;
    const Service* service;
    std::optional<ProviderId> asked;
    std::vector<ProviderId> specialists;
    const char* refusal;
  } kCases[] = {
      {"a specialist", carla, nullptr, {}, {kCarla}, ""},
      {"a specialist, by name", carla, &of_all, kCarla, {kCarla}, ""},
      {"a specialist and another one", carla, &of_all, kDan, {}, "SPECIALIST_NOT_OFFERING"},
      {"anybody, for anything", studio, nullptr, {}, kStaff, ""},
      {"anybody, for a service of all", studio, &of_all, {}, kStaff, ""},
      {"anybody, for a service of one", studio, &of_dan, {}, {kDan}, ""},
      {"anybody, where who offered it left", studio, &of_one_who_left, {}, {}, ""},
      {"somebody of the staff", studio, &of_all, kDan, {kDan}, ""},
      {"somebody who does not offer it", studio, &of_dan, kCarla, {}, "SPECIALIST_NOT_OFFERING"},
      {"somebody from elsewhere", studio, nullptr, kStranger, {}, "SPECIALIST_NOT_OFFERING"},
      {"the organization itself", studio, nullptr, kStudio, {}, "SPECIALIST_NOT_OFFERING"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const auto service = c.service != nullptr ? std::optional(kCut) : std::nullopt;
    const auto offer = MakeOffer(c.provider, c.service, kStaff, {c.provider.id, service, c.asked});
    EXPECT_EQ(ReasonName(offer.status()), c.refusal);
    if (offer.ok()) {
      EXPECT_EQ(offer->specialists, c.specialists);
    }
  }
}

TEST(MakeOffer, GoesByTheServiceOrTheLengthOfTheProvider) {
  const Provider carla = Of(kCarla, ProviderKind::kSpecialist);
  const auto without = MakeOffer(carla, nullptr, {}, {kCarla, {}, {}});
  ASSERT_TRUE(without.ok());
  EXPECT_EQ(without->wanted.rules.duration, Minutes(45));
  EXPECT_FALSE(without->service || without->wanted.service);
  const Service cut = Cut({});
  const auto with = MakeOffer(carla, &cut, {}, {kCarla, kCut, {}});
  ASSERT_TRUE(with.ok());
  EXPECT_EQ(with->wanted.rules, cut.rules);
  EXPECT_EQ(with->wanted.service, kCut);
}

TEST(MakeOffer, NeedsAServiceThatIsThereAndIsStillOffered) {
  const Provider carla = Of(kCarla, ProviderKind::kSpecialist);
  EXPECT_EQ(ReasonOf(MakeOffer(carla, nullptr, {}, {kCarla, kCut, {}}).status()),
            Reason::kNotFound);
  Service cut = Cut({});
  cut.archived = true;
  // Said first, whoever was asked for.
  EXPECT_EQ(ReasonOf(MakeOffer(carla, &cut, {}, {kCarla, kCut, kDan}).status()),
            Reason::kServiceArchived);
}

TEST(LengthRank, PrefersTheLengthThatIsWantedThenTheShorter) {
  Wanted wanted;
  wanted.rules.duration = Minutes(60);
  const auto rank = [&](int minutes) {
    return LengthRank(wanted, {Instant(), Instant() + Minutes(minutes)});
  };
  EXPECT_LT(rank(60), rank(30));
  EXPECT_LT(rank(30), rank(90));
}

TEST(ApplyOffer, TakesOverTheServiceAndLeavesAnAppointmentWithoutOneAsItIs) {
  Appointment appointment;
  appointment.place = "there";
  ApplyOffer(appointment, Offer());
  EXPECT_EQ(appointment.place, "there");
  Offer offer;
  offer.service = Cut({});
  ApplyOffer(appointment, offer);
  EXPECT_EQ(appointment.service, kCut);
  EXPECT_EQ(appointment.service_name, "Cut");
  EXPECT_EQ(appointment.price, (Money{4000, "EUR"}));
  EXPECT_EQ(appointment.place, "Here");
}

}  // namespace
}  // namespace kalends::core

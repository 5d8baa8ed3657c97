#include "core/feeds/entries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kalends::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

const Instant kStart = std::chrono::sys_days(std::chrono::year(2027) / 1 / 11) + hours(9);

// Of Carla's (10) Berlin practice.
FeedPart PartOf(std::int64_t id, const std::string& participant) {
  FeedPart part;
  part.appointment.id = {id};
  part.appointment.provider = part.appointment.specialist = {10};
  part.appointment.customer = {id};
  part.appointment.service = ServiceId{20};
  part.appointment.interval = {kStart, kStart + hours(1)};
  part.appointment.agreed = AgreedTime{{}, "Europe/Berlin", hours(1), "", {}};
  part.appointment.status = AppointmentStatus::kAccepted;
  part.appointment.place = "Hauptstr. 5";
  part.appointment.version = 2;
  part.changed = kStart - days(9);
  part.service = "Yoga";
  part.participant = participant;
  part.provider_name = "Carla";
  return part;
}

FeedPart SeatOf(std::int64_t id, const std::string& participant) {
  FeedPart part = PartOf(id, participant);
  part.appointment.capacity = 8;
  return part;
}

TEST(FeedEntries, AnAppointmentIsKnownByItsId) {
  const auto entries = EntriesOf({PartOf(100, "Ada")}, FeedRole::kProvider);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].uid, AppointmentId{100}.ToString());
  EXPECT_EQ(entries[0].revision, 2);
  EXPECT_EQ(entries[0].time_zone, "Europe/Berlin");
  EXPECT_THAT(entries[0].participants, ElementsAre("Ada"));
  EXPECT_EQ(entries[0].capacity, 1);
}

TEST(FeedEntries, WhatWasOverBeforeThereWereAgreedTimesIsToldInUtc) {
  FeedPart part = PartOf(100, "Ada");
  part.appointment.agreed.reset();
  EXPECT_EQ(EntriesOf({part}, FeedRole::kProvider)[0].time_zone, "UTC");
}

TEST(FeedEntries, ASessionIsOneEntryToItsProvider) {
  FeedPart off = SeatOf(101, "Bob");
  off.appointment.status = AppointmentStatus::kCancelled;
  off.appointment.version = 3;
  off.changed = kStart - days(1);
  FeedPart asks = SeatOf(102, "Cem");
  asks.appointment.status = AppointmentStatus::kPending;
  const auto entries = EntriesOf({SeatOf(100, "Ada"), off, asks}, FeedRole::kProvider);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_THAT(entries[0].participants, ElementsAre("Ada", "Cem"));
  EXPECT_EQ(entries[0].capacity, 8);
  EXPECT_EQ(entries[0].status, AppointmentStatus::kAccepted);
  EXPECT_EQ(entries[0].revision, 7) << "rises with each change of each of them";
  EXPECT_EQ(entries[0].changed, off.changed);
}

TEST(FeedEntries, ASessionKeepsItsIdWhoeverComesAndGoes) {
  FeedPart off = SeatOf(100, "Ada");
  off.appointment.status = AppointmentStatus::kCancelled;
  const auto before = EntriesOf({SeatOf(100, "Ada")}, FeedRole::kProvider);
  const auto after = EntriesOf({off, SeatOf(101, "Bob")}, FeedRole::kProvider);
  const auto none = EntriesOf({off}, FeedRole::kProvider);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(before[0].uid, after[0].uid);
  EXPECT_EQ(before[0].uid, none[0].uid);
  EXPECT_EQ(after[0].status, AppointmentStatus::kAccepted);
  EXPECT_THAT(after[0].participants, ElementsAre("Bob"));
  EXPECT_EQ(none[0].status, AppointmentStatus::kCancelled);
  EXPECT_THAT(none[0].participants, IsEmpty());
}

TEST(FeedEntries, SessionsOfOtherTimesServicesAndSpecialistsAreOthers) {
  FeedPart later = SeatOf(101, "Bob");
  later.appointment.interval = {kStart + hours(1), kStart + hours(2)};
  FeedPart other = SeatOf(102, "Cem");
  other.appointment.service = ServiceId{21};
  FeedPart elsewhere = SeatOf(103, "Dan");
  elsewhere.appointment.specialist = {11};
  EXPECT_EQ(EntriesOf({SeatOf(100, "Ada"), later, other, elsewhere}, FeedRole::kProvider).size(),
            4U);
}

TEST(FeedEntries, ACustomerSeesItsOwnSeatAndNobodyElses) {
  const auto entries = EntriesOf({SeatOf(100, "Carla")}, FeedRole::kCustomer);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].uid, AppointmentId{100}.ToString());
  EXPECT_EQ(entries[0].capacity, 1);
  EXPECT_THAT(entries[0].participants, ElementsAre("Carla"));
}

TEST(FeedEntries, StandInTheOrderOfTheirTimes) {
  FeedPart early = PartOf(200, "Bob");
  early.appointment.interval = {kStart - hours(2), kStart - hours(1)};
  const auto entries = EntriesOf({PartOf(100, "Ada"), early}, FeedRole::kProvider);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_THAT(entries[0].participants, ElementsAre("Bob"));
}

TEST(FeedZones, TellEachClockOverTheTimeOfItsEntries) {
  FeedPart dublin = PartOf(101, "Bob");
  dublin.appointment.agreed->zone = "Europe/Dublin";
  FeedPart bare = PartOf(102, "Cem");
  bare.appointment.agreed->zone = "UTC+05:45";
  const auto zones = ZonesOf(EntriesOf({PartOf(100, "Ada"), dublin, bare}, FeedRole::kProvider));
  ASSERT_EQ(zones.size(), 2U);
  EXPECT_EQ(zones[0].name, "Europe/Berlin");
  EXPECT_EQ(zones[1].name, "Europe/Dublin");
  EXPECT_EQ(zones[0].spans, TimeZone::Find("Europe/Berlin")
                                ->OffsetsOver({kStart - days(366), kStart + hours(1) + days(366)}));
  ASSERT_GE(zones[0].spans.size(), 4U);
  EXPECT_LE(zones[0].spans.front().interval.start, kStart - days(366));
}

TEST(FeedZones, OfNothingAreNone) { EXPECT_THAT(ZonesOf({}), IsEmpty()); }

}  // namespace
}  // namespace kalends::core

#include "adapters/telegram/deliveries.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

using Next = Deliveries::Next;
using State = Deliveries::State;

TEST(Deliveries, ATextIsFollowedByItsFilesAndOnlyTheLastIsTheEnd) {
  Deliveries deliveries;
  EXPECT_EQ(deliveries.Begin("n").state, State::kToDeliver);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk), Next::kPart);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk), Next::kPart);
  EXPECT_EQ(deliveries.Begin("n").state, State::kOnItsWay);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk), Next::kAcknowledge);
  EXPECT_EQ(deliveries.Begin("n").state, State::kDelivered);
}

TEST(Deliveries, EachOutcomeOfTextAndFileHasItsConsequence) {
  const struct {
    Outcome outcome;
    Next text;
    Next file;
  } kCases[] = {
      {Outcome::kOk, Next::kPart, Next::kAcknowledge},
      // Ours to mend; but a file that Telegram does not have any more never comes.
      {Outcome::kBug, Next::kReturnLong, Next::kAcknowledge},
      {Outcome::kRetry, Next::kReturn, Next::kReturn},
      {Outcome::kGone, Next::kUnreachable, Next::kUnreachable},
      {Outcome::kMigrated, Next::kReturnLong, Next::kReturnLong},
      {Outcome::kConflict, Next::kReturnLong, Next::kReturnLong},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(static_cast<int>(c.outcome));
    Deliveries deliveries;
    deliveries.Begin("text");
    EXPECT_EQ(deliveries.EndPart("text", 2, c.outcome), c.text);
    deliveries.Begin("file");
    ASSERT_EQ(deliveries.EndPart("file", 2, Outcome::kOk), Next::kPart);
    EXPECT_EQ(deliveries.EndPart("file", 2, c.outcome), c.file);
  }
}

TEST(Deliveries, WhatWasGivenBackGoesOnWhereItStopped) {
  Deliveries deliveries;
  deliveries.Begin("n");
  deliveries.EndPart("n", 3, Outcome::kOk);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kRetry), Next::kReturn);
  const Deliveries::Begun again = deliveries.Begin("n");
  EXPECT_EQ(again.state, State::kToDeliver);
  EXPECT_EQ(again.part, 1U);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk), Next::kPart);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk), Next::kAcknowledge);
}

TEST(Deliveries, WhoIsBackGetsAllOfItFromTheStart) {
  Deliveries deliveries;
  deliveries.Begin("n");
  deliveries.EndPart("n", 2, Outcome::kOk);
  EXPECT_EQ(deliveries.EndPart("n", 2, Outcome::kGone), Next::kUnreachable);
  EXPECT_EQ(deliveries.Begin("n").state, State::kToDeliver);
  EXPECT_EQ(deliveries.Begin("n").part, 0U);
}

TEST(Deliveries, OnlyTheLastOnesAreRememberedButNoneIsForgottenOnItsWay) {
  Deliveries deliveries;
  deliveries.Begin("long");
  deliveries.EndPart("long", 2, Outcome::kRetry);
  deliveries.Begin("long");
  for (std::size_t i = 0; i <= kDeliveriesKept; ++i) {
    const std::string name = std::to_string(i);
    deliveries.Begin(name);
    deliveries.EndPart(name, 1, Outcome::kOk);
  }
  EXPECT_EQ(deliveries.Begin("0").state, State::kToDeliver);
  EXPECT_EQ(deliveries.Begin("1").state, State::kDelivered);
  EXPECT_EQ(deliveries.Begin("long").state, State::kOnItsWay);
}

}  // namespace
}  // namespace kalends::telegram

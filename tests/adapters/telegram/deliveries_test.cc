#include "adapters/telegram/deliveries.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

using State = Deliveries::State;

TEST(Deliveries, ATextIsFollowedByItsFilesAndOnlyTheLastIsTheEnd) {
  Deliveries deliveries;
  EXPECT_EQ(deliveries.Begin("n").state, State::kToDeliver);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk).part, 1U);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk).part, 2U);
  EXPECT_EQ(deliveries.Begin("n").state, State::kOnItsWay);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk).action, Deliveries::Action::kAcknowledge);
  EXPECT_EQ(deliveries.Begin("n").state, State::kDelivered);
}

TEST(Deliveries, EachOutcomeOfTextAndFileHasItsConsequence) {
  const struct {
    Outcome outcome;
    Deliveries::Action text;
    Deliveries::Action file;
  } kCases[] = {
      {Outcome::kOk, Deliveries::Action::kSend, Deliveries::Action::kAcknowledge},
      // A text is told in another form; a file that Telegram does not have any more never comes.
      {Outcome::kBug, Deliveries::Action::kSend, Deliveries::Action::kAcknowledge},
      {Outcome::kRetry, Deliveries::Action::kReturn, Deliveries::Action::kReturn},
      {Outcome::kGone, Deliveries::Action::kUnreachable, Deliveries::Action::kUnreachable},
      {Outcome::kMigrated, Deliveries::Action::kReturnLong, Deliveries::Action::kReturnLong},
      {Outcome::kConflict, Deliveries::Action::kReturnLong, Deliveries::Action::kReturnLong},
      // Of a wrong token, nobody's news may be lost.
      {Outcome::kNotServed, Deliveries::Action::kReturnLong, Deliveries::Action::kReturnLong},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(static_cast<int>(c.outcome));
    Deliveries deliveries;
    deliveries.Begin("text");
    EXPECT_EQ(deliveries.EndPart("text", 2, c.outcome).action, c.text);
    deliveries.Begin("file");
    ASSERT_EQ(deliveries.EndPart("file", 2, Outcome::kOk).action, Deliveries::Action::kSend);
    EXPECT_EQ(deliveries.EndPart("file", 2, c.outcome).action, c.file);
  }
}

TEST(Deliveries, ARefusedTextIsToldInSimplerFormsAndThenSetAside) {
  Deliveries deliveries;
  EXPECT_EQ(deliveries.Begin("n").form, Form::kWhole);
  for (const Form form : {Form::kPlain, Form::kShort, Form::kShortAlone}) {
    const Deliveries::Next next = deliveries.EndPart("n", 2, Outcome::kBug);
    EXPECT_EQ(next.action, Deliveries::Action::kSend);
    EXPECT_EQ(next.part, 0U);
    EXPECT_EQ(next.form, form);
  }
  EXPECT_EQ(deliveries.EndPart("n", 2, Outcome::kBug).action, Deliveries::Action::kSetAside);
  // Should the core not have heard of it.
  EXPECT_EQ(deliveries.Begin("n").state, State::kToDeliver);
  EXPECT_EQ(deliveries.Begin("m").form, Form::kWhole);
}

TEST(Deliveries, AfterASimplerFormTheFilesFollow) {
  Deliveries deliveries;
  deliveries.Begin("n");
  deliveries.EndPart("n", 3, Outcome::kBug);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk).part, 1U);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kBug).part, 2U);  // That file is left out.
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk).action, Deliveries::Action::kAcknowledge);
}

TEST(Deliveries, WhatWasGivenBackGoesOnWhereItStopped) {
  Deliveries deliveries;
  deliveries.Begin("n");
  deliveries.EndPart("n", 3, Outcome::kOk);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kRetry).action, Deliveries::Action::kReturn);
  const Deliveries::Begun again = deliveries.Begin("n");
  EXPECT_EQ(again.state, State::kToDeliver);
  EXPECT_EQ(again.part, 1U);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk).action, Deliveries::Action::kSend);
  EXPECT_EQ(deliveries.EndPart("n", 3, Outcome::kOk).action, Deliveries::Action::kAcknowledge);
  deliveries.Begin("refused");
  deliveries.EndPart("refused", 1, Outcome::kBug);
  deliveries.EndPart("refused", 1, Outcome::kRetry);
  EXPECT_EQ(deliveries.Begin("refused").form, Form::kPlain);
}

TEST(Deliveries, WhoIsBackGetsAllOfItFromTheStart) {
  Deliveries deliveries;
  deliveries.Begin("n");
  deliveries.EndPart("n", 2, Outcome::kOk);
  EXPECT_EQ(deliveries.EndPart("n", 2, Outcome::kGone).action, Deliveries::Action::kUnreachable);
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

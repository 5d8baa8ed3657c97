#include "adapters/telegram/status.h"

#include <gtest/gtest.h>

#include "kalends/v1/errors.pb.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

grpc::Status Refusal(grpc::StatusCode code, const std::string& reason,
                     const std::vector<std::int64_t>& alternatives_s = {}) {
  v1::RpcStatus details;
  v1::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain("kalends");
  auto& any = *details.add_details();
  any.set_type_url("type.googleapis.com/google.rpc.ErrorInfo");
  any.set_value(info.SerializeAsString());
  if (!alternatives_s.empty()) {
    v1::SlotAlternatives alternatives;
    for (const std::int64_t start : alternatives_s) {
      alternatives.add_start_times()->set_seconds(start);
    }
    details.add_details()->PackFrom(alternatives);
  }
  return {code, "a sentence", details.SerializeAsString()};
}

TEST(FromGrpc, KeepsTheReasonAndTheAlternatives) {
  const absl::Status status =
      FromGrpc(Refusal(grpc::StatusCode::FAILED_PRECONDITION, "SLOT_TAKEN", {600, 1200}));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), v1::REASON_SLOT_TAKEN);
  EXPECT_EQ(ReasonName(status), "SLOT_TAKEN");
  EXPECT_TRUE(IsSlotRefusal(status));
  ASSERT_EQ(AlternativesOf(status).size(), 2U);
  EXPECT_EQ(AlternativesOf(status)[1], Minute(std::chrono::minutes(20)));
}

grpc::Status LimitRefusal(const std::string& limit, const std::string& max) {
  v1::ErrorInfo info;
  info.set_reason("LIMIT_REACHED");
  (*info.mutable_metadata())["limit"] = limit;
  (*info.mutable_metadata())["max"] = max;
  v1::RpcStatus details;
  auto& any = *details.add_details();
  any.set_type_url("type.googleapis.com/google.rpc.ErrorInfo");
  any.set_value(info.SerializeAsString());
  return {grpc::StatusCode::RESOURCE_EXHAUSTED, "a sentence", details.SerializeAsString()};
}

TEST(ErrorText, NamesTheLimit) {
  const Reader german = ReaderIn("de", "Europe/Berlin");
  EXPECT_EQ(
      ErrorText(german, FromGrpc(LimitRefusal("open_requests", "20"))),
      "Mehr als 20 offene Anfragen bei einem Anbieter gehen nicht. Warten Sie eine Antwort ab, "
      "oder stornieren Sie eine.");
  EXPECT_EQ(
      ErrorText(german, FromGrpc(LimitRefusal("document_bytes", "524288000"))),
      "Zusammen dürfen die Dateien hier höchstens 500 MB groß sein. Löschen Sie zuerst einige.");
  const std::string general = german.t().Html("error.limit_reached");
  EXPECT_EQ(ErrorText(german, FromGrpc(LimitRefusal("something_newer", "3"))), general);
  EXPECT_EQ(
      ErrorText(german, FromGrpc(Refusal(grpc::StatusCode::RESOURCE_EXHAUSTED, "LIMIT_REACHED"))),
      general);
}

TEST(FromGrpc, ACoreThatCannotBeReachedHasNoReason) {
  const absl::Status status = FromGrpc({grpc::StatusCode::UNAVAILABLE, "connection refused"});
  EXPECT_EQ(ReasonOf(status), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(ReasonName(status), "");
  EXPECT_FALSE(IsSlotRefusal(status));
  EXPECT_TRUE(AlternativesOf(status).empty());
}

TEST(FromGrpc, GarbageInTheDetailsIsNoReason) {
  const absl::Status status = FromGrpc({grpc::StatusCode::ABORTED, "x", "\xff\x01garbage"});
  EXPECT_EQ(ReasonName(status), "");
}

TEST(ErrorText, EveryReasonOfACustomersPathHasItsOwnSentence) {
  std::set<std::string> sentences;
  for (const char* reason : {"INVITATION_UNKNOWN",  "INVITATION_EXPIRED", "INVITATION_REVOKED",
                             "INVITATION_USED_UP",  "OWN_INVITATION",     "PROVIDER_KIND_FIXED",
                             "ALREADY_PROVIDER",    "TIME_ZONE_UNKNOWN",  "TIME_ZONE_MISSING",
                             "SERVICE_ARCHIVED",    "SERVICE_REQUIRED",   "SPECIALIST_NOT_OFFERING",
                             "OUTSIDE_OPEN_HOURS",  "OFF_GRID",           "NOTICE_TOO_SHORT",
                             "BEYOND_HORIZON",      "DAILY_CAP_REACHED",  "SLOT_TAKEN",
                             "WRONG_STATUS",        "NOT_STARTED",        "ALREADY_STARTED",
                             "TOO_LATE_TO_CORRECT", "TOO_LATE_TO_CANCEL", "PROPOSAL_UNKNOWN",
                             "ALREADY_PASSED",      "STALE_ETAG",         "LIMIT_REACHED",
                             "NOT_FOUND",           "INVALID_FIELD"}) {
    const absl::Status status = FromGrpc(Refusal(grpc::StatusCode::FAILED_PRECONDITION, reason));
    for (const char* language : {"de", "en"}) {
      const std::string text = ErrorText(ReaderIn(language, ""), status);
      EXPECT_TRUE(sentences.insert(text).second) << reason << ": " << text;
    }
  }
}

TEST(FromGrpc, KnowsEveryReasonOfTheContractByItsName) {
  const auto* reasons = v1::Reason_descriptor();
  for (int i = 0; i < reasons->value_count(); ++i) {
    const auto& value = *reasons->value(i);
    const std::string name = value.name().substr(std::string("REASON_").size());
    const absl::Status status = FromGrpc(Refusal(grpc::StatusCode::FAILED_PRECONDITION, name));
    EXPECT_EQ(ReasonOf(status), value.number()) << name;
    EXPECT_FALSE(IsLost(status)) << name;
  }
}

TEST(ErrorText, ARefusalOfOurOwnSaysItsText) {
  const absl::Status status = telegram::Refusal("error.term_file_type");
  EXPECT_EQ(ReasonOf(status), v1::REASON_UNSPECIFIED);
  EXPECT_FALSE(IsLost(status));
  const Reader reader = ReaderIn("en", "");
  EXPECT_EQ(ErrorText(reader, status), reader.t().Html("error.term_file_type"));
}

TEST(ErrorText, WhatTheBotNeverCausesIsAFaultOnOurSide) {
  const Reader reader = ReaderIn("en", "");
  const std::string fault = reader.t().Html("error.internal");
  for (const char* reason : {"MISSING_KEY", "SCOPE_MISSING", "LEASE_LOST", "INTERNAL"}) {
    const absl::Status status = FromGrpc(Refusal(grpc::StatusCode::FAILED_PRECONDITION, reason));
    EXPECT_EQ(ErrorText(reader, status), fault) << reason;
  }
}

TEST(IsLost, TellsWhatMaySucceedLaterFromRefusals) {
  EXPECT_FALSE(IsLost(absl::OkStatus()));
  EXPECT_TRUE(IsLost(FromGrpc({grpc::StatusCode::DEADLINE_EXCEEDED, ""})));
  EXPECT_TRUE(IsLost(FromGrpc({grpc::StatusCode::UNAVAILABLE, ""})));
  EXPECT_TRUE(IsLost(FromGrpc(Refusal(grpc::StatusCode::UNAVAILABLE, "BUSY"))));
  EXPECT_FALSE(IsLost(FromGrpc(Refusal(grpc::StatusCode::FAILED_PRECONDITION, "SLOT_TAKEN"))));
  EXPECT_FALSE(IsLost(FromGrpc(Refusal(grpc::StatusCode::INTERNAL, "INTERNAL"))));
}

TEST(ErrorText, AnUnknownReasonIsOurFaultAndAnOutageIsSaidToBeOne) {
  const Reader reader = ReaderIn("en", "");
  const auto internal =
      ErrorText(reader, FromGrpc(Refusal(grpc::StatusCode::INTERNAL, "SOMETHING_NEW")));
  EXPECT_NE(internal.find("our side"), std::string::npos);
  for (const auto code : {grpc::StatusCode::UNAVAILABLE, grpc::StatusCode::DEADLINE_EXCEEDED}) {
    const auto outage = ErrorText(reader, FromGrpc({code, ""}));
    EXPECT_NE(outage.find("try again in a moment"), std::string::npos);
  }
}

}  // namespace
}  // namespace kalends::telegram

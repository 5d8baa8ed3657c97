// What the core refuses with, against the contract, and how the details are told.
#include "core/server/status.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/access/access.h"
#include "core/app/booking.h"
#include "core/app/consents.h"
#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/missing.h"
#include "kalends/v1/errors.pb.h"
#include "tests/support/test_server.h"

namespace kalends::server {
namespace {

constexpr std::string_view kPrefix = "REASON_";

// The types of the details of `status`, in their order.
std::vector<std::string> TypesOf(const grpc::Status& status) {
  v1::RpcStatus rpc;
  EXPECT_TRUE(rpc.ParseFromString(status.error_details()));
  std::vector<std::string> types;
  for (const auto& any : rpc.details()) {
    types.push_back(any.type_url().substr(any.type_url().rfind('/') + 1));
  }
  return types;
}

std::map<std::string, std::string> FactsOf(const grpc::Status& status) {
  v1::RpcStatus rpc;
  v1::ErrorInfo info;
  EXPECT_TRUE(rpc.ParseFromString(status.error_details()));
  EXPECT_TRUE(info.ParseFromString(rpc.details(0).value()));
  EXPECT_EQ(info.domain(), "kalends");
  return {info.metadata().begin(), info.metadata().end()};
}

using Types = std::vector<std::string>;
constexpr char kInfo[] = "google.rpc.ErrorInfo";

TEST(Reasons, OfTheCoreAreThoseOfTheContract) {
  std::set<std::string> contract;
  const auto* descriptor = v1::Reason_descriptor();
  for (int i = 0; i < descriptor->value_count(); ++i) {
    const std::string& name = descriptor->value(i)->name();
    ASSERT_TRUE(name.starts_with(kPrefix)) << name;
    if (descriptor->value(i)->number() != 0) contract.insert(name.substr(kPrefix.size()));
  }
  std::set<std::string> core;
  for (int i = 0; i < core::kReasonCount; ++i) {
    core.emplace(core::NameOf(static_cast<core::Reason>(i)));
  }
  EXPECT_EQ(core, contract);
}

TEST(ToGrpc, TellsEveryReasonByItsNameAndCode) {
  for (int i = 0; i < core::kReasonCount; ++i) {
    const absl::Status refusal = core::Error(static_cast<core::Reason>(i));
    const grpc::Status told = ToGrpc(refusal);
    EXPECT_EQ(test::ReasonOf(told), core::ReasonName(refusal));
    EXPECT_EQ(static_cast<int>(told.error_code()), refusal.raw_code());
    EXPECT_EQ(told.error_message(), refusal.message());
    EXPECT_EQ(TypesOf(told), Types{kInfo});
    EXPECT_TRUE(FactsOf(told).empty());
  }
}

TEST(ToGrpc, TellsAFieldThatIsNotValid) {
  const grpc::Status told = ToGrpc(core::InvalidField("service.duration", "must be whole minutes"));
  EXPECT_EQ(TypesOf(told), (Types{kInfo, "google.rpc.BadRequest"}));
  EXPECT_EQ(test::FieldOf(told), "service.duration");
  EXPECT_TRUE(FactsOf(told).empty());
}

TEST(ToGrpc, TellsWhatIsMissingOnlyWhereItIsToBeTold) {
  const absl::Status missing = core::NotFound("providers/*", core::ProviderId{7});
  EXPECT_EQ(TypesOf(ToGrpc(missing)), Types{kInfo});
  EXPECT_EQ(ToGrpc(missing).error_message(), core::Error(core::Reason::kNotFound).message());
  core::Caller caller{{}, {core::Scope::kAdapter}, {}};
  EXPECT_EQ(TypesOf(ToGrpc(core::ForCaller(missing, caller))), Types{kInfo});
  caller.scopes = {core::Scope::kToolRead};
  const grpc::Status told = ToGrpc(core::ForCaller(missing, caller));
  const std::string name = "providers/" + core::ProviderId{7}.ToString();
  EXPECT_EQ(TypesOf(told), (Types{kInfo, "google.rpc.ResourceInfo"}));
  EXPECT_EQ(test::MissingOf(told), name);
  EXPECT_EQ(told.error_message(), "There is no " + name + ".");
  caller.account = core::AccountId{8};
  EXPECT_EQ(TypesOf(ToGrpc(core::ForCaller(missing, caller))), Types{kInfo});
}

TEST(ToGrpc, SaysOfAFaultOnOurSideThatItMayBeRepeated) {
  EXPECT_NE(ToGrpc(core::Error(core::Reason::kInternal)).error_message().find("request_id"),
            std::string::npos);
}

TEST(ToGrpc, TellsHowLongToWait) {
  const grpc::Status told = ToGrpc(core::WithDetail(core::Error(core::Reason::kRateLimited),
                                                    core::RetryInfo{std::chrono::seconds(90)}));
  EXPECT_EQ(TypesOf(told), (Types{kInfo, "google.rpc.RetryInfo"}));
  EXPECT_EQ(test::RetryDelayOf(told), std::chrono::seconds(90));
  EXPECT_EQ(FactsOf(told), (std::map<std::string, std::string>{{"retry_after_s", "90"}}));
}

TEST(ToGrpc, TellsTheStartsToOfferAlsoWhereThereAreNone) {
  const absl::Status refusal = core::Error(core::Reason::kSlotTaken);
  const Types types{kInfo, "kalends.v1.SlotAlternatives"};
  const grpc::Status none = ToGrpc(core::WithDetail(refusal, app::SlotAlternatives{}));
  EXPECT_EQ(TypesOf(none), types);
  EXPECT_TRUE(test::AlternativesOf(none).empty());
  const core::Instant start = core::FromUnixSeconds(1'774'747'800);
  const grpc::Status told = ToGrpc(
      core::WithDetail(refusal, app::SlotAlternatives{{start, start + std::chrono::hours(1)}}));
  EXPECT_EQ(TypesOf(told), types);
  EXPECT_EQ(test::AlternativesOf(told), (std::vector<std::int64_t>{1'774'747'800, 1'774'751'400}));
}

TEST(ToGrpc, TellsTheDocumentsToSignByTheirNames) {
  app::MissingConsents missing;
  const core::ConsentVersionRef version{core::ProviderId(), core::ConsentDocumentId(), 7};
  missing.documents.push_back({version, "Data protection\n& more"});
  const grpc::Status told =
      ToGrpc(core::WithDetail(core::Error(core::Reason::kConsentMissing), missing));
  EXPECT_EQ(TypesOf(told), (Types{kInfo, "kalends.v1.MissingConsents"}));
  const auto documents = test::MissingConsentsOf(told);
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_EQ(documents[0].display_name(), "Data protection\n& more");
  EXPECT_EQ(documents[0].version(), documents[0].name() + "/versions/7");
}

TEST(ToGrpc, PassesFactsOnAsTheyAre) {
  const grpc::Status told = ToGrpc(
      core::WithMetadata(core::Error(core::Reason::kDownloadExpired), "language_code", "de"));
  EXPECT_EQ(FactsOf(told), (std::map<std::string, std::string>{{"language_code", "de"}}));
}

TEST(ToGrpc, AForeignErrorIsAFaultOnOurSide) {
  const grpc::Status told = ToGrpc(absl::UnknownError("disk on fire"));
  EXPECT_EQ(test::ReasonOf(told), "INTERNAL");
  EXPECT_EQ(told.error_message().find("disk"), std::string::npos);
}

TEST(ToGrpc, WhoHasLeftNeedsNoReason) {
  EXPECT_EQ(ToGrpc(absl::CancelledError()).error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
}

}  // namespace
}  // namespace kalends::server

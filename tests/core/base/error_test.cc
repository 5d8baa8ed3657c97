#include "core/base/error.h"

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "core/base/detail.h"
#include "core/base/status_macros.h"
#include "gtest/gtest.h"

namespace kalends::core {
namespace {

TEST(Error, EveryReasonIsReadBackFromItsStatus) {
  for (int i = 0; i < kReasonCount; ++i) {
    const auto reason = static_cast<Reason>(i);
    const absl::Status status = Error(reason);
    EXPECT_FALSE(status.ok()) << i;
    EXPECT_FALSE(status.message().empty()) << i;
    EXPECT_EQ(ReasonOf(status), reason) << i;
    EXPECT_EQ(ReasonName(status), NameOf(reason)) << i;
  }
}

TEST(Error, NamesAreUniqueAndInCapitals) {
  std::set<std::string> names;
  for (int i = 0; i < kReasonCount; ++i) {
    const std::string name(NameOf(static_cast<Reason>(i)));
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_EQ(name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), std::string::npos) << name;
    EXPECT_FALSE(name.empty());
  }
}

TEST(Error, TheReasonDecidesTheCode) {
  EXPECT_EQ(Error(Reason::kSlotTaken).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Error(Reason::kStaleEtag).code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Error(Reason::kNotFound).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Error(Reason::kLimitReached).code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Error(Reason::kBusy).code(), absl::StatusCode::kUnavailable);
}

TEST(Error, OnlyWhatIsBusyOrGaveWayMayBeRetriedUnchanged) {
  for (int i = 0; i < kReasonCount; ++i) {
    const auto reason = static_cast<Reason>(i);
    const bool passes = reason == Reason::kBusy || reason == Reason::kGaveWay;
    EXPECT_EQ(Error(reason).code() == absl::StatusCode::kUnavailable, passes) << i;
  }
}

TEST(Error, ASentenceOfItsOwnKeepsTheReason) {
  const absl::Status status = Error(Reason::kLimitReached, "At most 200 services.");
  EXPECT_EQ(status.message(), "At most 200 services.");
  EXPECT_EQ(ReasonOf(status), Reason::kLimitReached);
}

TEST(Error, ALimitSaysWhatThereIsTooMuchOf) {
  const absl::Status status = LimitReached("services", 200, "There are too many services.");
  EXPECT_EQ(ReasonOf(status), Reason::kLimitReached);
  EXPECT_EQ(status.message(), "There are too many services.");
  const std::map<std::string, std::string> facts{{"limit", "services"}, {"max", "200"}};
  EXPECT_EQ(MetadataOf(status), facts);
}

TEST(Error, InvalidFieldNamesTheFieldAndTheRule) {
  const absl::Status status = InvalidField("service.duration", "must be 5 to 1440 minutes");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "service.duration must be 5 to 1440 minutes.");
  EXPECT_EQ(ReasonOf(status), Reason::kInvalidField);
  const auto violation = DetailOf<FieldViolation>(status);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->field, "service.duration");
  EXPECT_EQ(violation->description, "must be 5 to 1440 minutes");
  EXPECT_TRUE(MetadataOf(status).empty());
}

TEST(Error, MetadataIsKeptBesideTheReason) {
  const absl::Status status = WithMetadata(Error(Reason::kDownloadExpired), "language_code", "de");
  EXPECT_EQ(ReasonOf(status), Reason::kDownloadExpired);
  EXPECT_EQ(MetadataOf(status).at("language_code"), "de");
}

TEST(Error, AForeignStatusHasNoReason) {
  EXPECT_EQ(ReasonOf(absl::InternalError("disk on fire")), std::nullopt);
  EXPECT_EQ(ReasonName(absl::InternalError("disk on fire")), "");
  EXPECT_EQ(ReasonOf(absl::OkStatus()), std::nullopt);
  EXPECT_TRUE(MetadataOf(absl::OkStatus()).empty());
}

absl::StatusOr<int> Half(int value) {
  if (value % 2 != 0) return Error(Reason::kInvalidField);
  return value / 2;
}

absl::StatusOr<int> Quarter(int value) {
  ASSIGN_OR_RETURN(const int half, Half(value));
  ASSIGN_OR_RETURN(const int quarter, Half(half));
  return quarter;
}

absl::Status CheckEven(int value) {
  RETURN_IF_ERROR(Half(value).status());
  return absl::OkStatus();
}

TEST(StatusMacros, PassErrorsUpUnchanged) {
  EXPECT_EQ(Quarter(8).value(), 2);
  EXPECT_EQ(ReasonOf(Quarter(6).status()), Reason::kInvalidField);
  EXPECT_TRUE(CheckEven(2).ok());
  EXPECT_EQ(ReasonOf(CheckEven(3)), Reason::kInvalidField);
}

}  // namespace
}  // namespace kalends::core

#include "adapters/telegram/status.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>

#include "absl/strings/numbers.h"
#include "adapters/shared/core_standing.h"
#include "adapters/shared/error_details.h"

namespace kalends::telegram {
namespace {

constexpr char kReasonUrl[] = "kalends/reason";
constexpr char kTroubleUrl[] = "kalends/trouble";
constexpr char kOwnTextUrl[] = "kalends/own_text";
constexpr char kAlternativesUrl[] = "kalends/alternatives";
constexpr char kMissingUrl[] = "kalends/missing_consents";
constexpr char kRetryUrl[] = "kalends/retry";
constexpr char kColorUrl[] = "kalends/fitting_color";
constexpr char kLimitUrl[] = "kalends/limit";
constexpr char kLimitMaxUrl[] = "kalends/limit_max";

std::string_view TypeOf(const google::protobuf::Any& any) {
  const std::string_view url = any.type_url();
  return url.substr(url.rfind('/') + 1);
}

std::string PayloadOf(const absl::Status& status, const char* url) {
  const auto payload = status.GetPayload(url);
  return payload ? std::string(*payload) : std::string();
}

void KeepFact(const v1::ErrorInfo& info, const char* name, const char* url, absl::Status& status) {
  const auto fact = info.metadata().find(name);
  if (fact != info.metadata().end()) status.SetPayload(url, absl::Cord(fact->second));
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  if (TroubleOf(status) != CoreTrouble::kNone) result.SetPayload(kTroubleUrl, absl::Cord());
  v1::RpcStatus details;
  if (!details.ParseFromString(status.error_details())) return result;
  for (const google::protobuf::Any& any : details.details()) {
    if (TypeOf(any) == "google.rpc.ErrorInfo") {
      v1::ErrorInfo info;
      if (info.ParseFromString(any.value())) {
        result.SetPayload(kReasonUrl, absl::Cord(info.reason()));
        KeepFact(info, "fitting_color", kColorUrl, result);
        KeepFact(info, "limit", kLimitUrl, result);
        KeepFact(info, "max", kLimitMaxUrl, result);
      }
    } else if (TypeOf(any) == "kalends.v1.SlotAlternatives") {
      result.SetPayload(kAlternativesUrl, absl::Cord(any.value()));
    } else if (TypeOf(any) == "kalends.v1.MissingConsents") {
      result.SetPayload(kMissingUrl, absl::Cord(any.value()));
    } else if (TypeOf(any) == "google.rpc.RetryInfo") {
      result.SetPayload(kRetryUrl, absl::Cord(any.value()));
    }
  }
  return result;
}

absl::Status Refusal(std::string_view text) {
  absl::Status status = absl::FailedPreconditionError(std::string(text));
  status.SetPayload(kOwnTextUrl, absl::Cord(std::string(text)));
  return status;
}

std::string OwnTextOf(const absl::Status& status) { return PayloadOf(status, kOwnTextUrl); }

v1::Reason ReasonOf(const absl::Status& status) {
  return ReasonNamed(PayloadOf(status, kReasonUrl));
}

std::string ReasonName(const absl::Status& status) {
  std::string own = OwnTextOf(status);
  return own.empty() ? PayloadOf(status, kReasonUrl) : own;
}

bool IsLost(const absl::Status& status) {
  return absl::IsUnavailable(status) || (!status.ok() && ReasonName(status).empty());
}

bool IsCoreTrouble(const absl::Status& status) {
  return status.GetPayload(kTroubleUrl).has_value();
}

void WarnOf(std::string_view what, const absl::Status& status) {
  if (IsCoreTrouble(status)) return;
  spdlog::warn("{}: {} {}", what, absl::StatusCodeToString(status.code()), ReasonName(status));
}

std::vector<Minute> AlternativesOf(const absl::Status& status) {
  std::vector<Minute> starts;
  const auto payload = status.GetPayload(kAlternativesUrl);
  v1::SlotAlternatives alternatives;
  if (!payload || !alternatives.ParseFromString(std::string(*payload))) return starts;
  for (const auto& start : alternatives.start_times()) {
    starts.push_back(Minute(std::chrono::minutes(start.seconds() / 60)));
  }
  return starts;
}

std::vector<MissingTerm> MissingTermsOf(const absl::Status& status) {
  std::vector<MissingTerm> terms;
  const auto payload = status.GetPayload(kMissingUrl);
  v1::MissingConsents missing;
  if (!payload || !missing.ParseFromString(std::string(*payload))) return terms;
  for (const auto& document : missing.documents()) {
    terms.push_back({document.version(), document.display_name()});
  }
  return terms;
}

std::chrono::seconds RetryDelayOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kRetryUrl);
  v1::RetryInfo info;
  if (!payload || !info.ParseFromString(std::string(*payload))) return std::chrono::seconds(0);
  return std::chrono::seconds(info.retry_delay().seconds());
}

ReachedLimit LimitOf(const absl::Status& status) {
  ReachedLimit limit{PayloadOf(status, kLimitUrl), 0};
  if (!absl::SimpleAtoi(PayloadOf(status, kLimitMaxUrl), &limit.max)) return {};
  return limit;
}

std::string FittingColorOf(const absl::Status& status) { return PayloadOf(status, kColorUrl); }

bool IsSlotRefusal(const absl::Status& status) {
  constexpr v1::Reason kRefusals[] = {v1::REASON_NOTICE_TOO_SHORT,   v1::REASON_BEYOND_HORIZON,
                                      v1::REASON_OUTSIDE_OPEN_HOURS, v1::REASON_OFF_GRID,
                                      v1::REASON_SLOT_TAKEN,         v1::REASON_DAILY_CAP_REACHED};
  return std::find(std::begin(kRefusals), std::end(kRefusals), ReasonOf(status)) !=
         std::end(kRefusals);
}

}  // namespace kalends::telegram

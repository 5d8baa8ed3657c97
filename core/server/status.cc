#include "core/server/status.h"

#include <spdlog/spdlog.h>

#include <string>

#include "core/app/booking.h"
#include "core/app/consents.h"
#include "core/base/error.h"
#include "core/server/consents.h"
#include "core/server/encode.h"
#include "kalends/v1/errors.pb.h"

namespace kalends::server {
namespace {

constexpr char kDomain[] = "kalends";

void AddDetail(v1::RpcStatus& status, const std::string& type,
               const google::protobuf::Message& detail) {
  google::protobuf::Any* any = status.add_details();
  any->set_type_url("type.googleapis.com/" + type);
  detail.SerializeToString(any->mutable_value());
}

v1::RpcStatus WithDetails(const absl::Status& status) {
  v1::RpcStatus rpc;
  rpc.set_code(static_cast<int>(status.code()));
  rpc.set_message(std::string(status.message()));
  v1::ErrorInfo info;
  info.set_reason(core::ReasonName(status));
  info.set_domain(kDomain);
  const auto metadata = core::MetadataOf(status);
  for (const auto& [key, value] : metadata) {
    // These go into details of their own.
    if (key == "field" || key == "description" || key == "alternatives" ||
        key == "missing_consents") {
      continue;
    }
    (*info.mutable_metadata())[key] = value;
  }
  AddDetail(rpc, "google.rpc.ErrorInfo", info);
  if (core::ReasonOf(status) == core::Reason::kInvalidField) {
    v1::BadRequest bad;
    v1::BadRequest::FieldViolation* violation = bad.add_field_violations();
    violation->set_field(metadata.at("field"));
    violation->set_description(metadata.at("description"));
    AddDetail(rpc, "google.rpc.BadRequest", bad);
  }
  if (const auto delay = metadata.find("retry_after_s"); delay != metadata.end()) {
    v1::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(std::stoll(delay->second));
    AddDetail(rpc, "google.rpc.RetryInfo", retry);
  }
  if (metadata.contains("alternatives")) {
    v1::SlotAlternatives alternatives;
    for (const core::Instant start : app::AlternativesOf(status)) {
      *alternatives.add_start_times() = EncodeInstant(start);
    }
    AddDetail(rpc, "kalends.v1.SlotAlternatives", alternatives);
  }
  if (metadata.contains("missing_consents")) {
    v1::MissingConsents missing;
    for (const app::MissingConsent& consent : app::MissingConsentsOf(status)) {
      v1::MissingConsents::Document* document = missing.add_documents();
      document->set_name(ConsentDocumentName(consent.version.provider, consent.version.document));
      document->set_version(ConsentVersionName(consent.version));
      document->set_display_name(consent.display_name);
    }
    AddDetail(rpc, "kalends.v1.MissingConsents", missing);
  }
  return rpc;
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  if (absl::IsCancelled(status)) return grpc::Status::CANCELLED;
  if (!core::ReasonOf(status)) {
    spdlog::error("an error without a reason: {}", std::string(status.message()));
    return ToGrpc(core::Error(core::Reason::kInternal));
  }
  const v1::RpcStatus rpc = WithDetails(status);
  return grpc::Status(static_cast<grpc::StatusCode>(rpc.code()), rpc.message(),
                      rpc.SerializeAsString());
}

}  // namespace kalends::server

#include "core/server/status.h"

#include <spdlog/spdlog.h>

#include <string>

#include "core/app/booking.h"
#include "core/app/consents.h"
#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/missing.h"
#include "core/server/consents.h"
#include "core/server/encode.h"
#include "kalends/v1/errors.pb.h"

namespace kalends::server {
namespace {

constexpr char kDomain[] = "kalends";

v1::BadRequest DetailOf(const core::FieldViolation& violation) {
  v1::BadRequest encoded;
  v1::BadRequest::FieldViolation* field = encoded.add_field_violations();
  field->set_field(violation.field);
  field->set_description(violation.description);
  return encoded;
}

v1::RetryInfo DetailOf(const core::RetryInfo& info) {
  v1::RetryInfo encoded;
  encoded.mutable_retry_delay()->set_seconds(info.retry_delay.count());
  return encoded;
}

v1::ResourceInfo DetailOf(const core::Missing& missing) {
  v1::ResourceInfo encoded;
  encoded.set_resource_type(missing.type);
  encoded.set_resource_name(missing.name);
  encoded.set_description("There is no " + missing.name + ".");
  return encoded;
}

v1::SlotAlternatives DetailOf(const app::SlotAlternatives& alternatives) {
  v1::SlotAlternatives encoded;
  for (const core::Instant start : alternatives.starts) {
    *encoded.add_start_times() = EncodeInstant(start);
  }
  return encoded;
}

v1::MissingConsents DetailOf(const app::MissingConsents& missing) {
  v1::MissingConsents encoded;
  for (const app::MissingConsents::Document& one : missing.documents) {
    Encode(one, encoded.add_documents());
  }
  return encoded;
}

v1::ErrorInfo InfoOf(const absl::Status& status) {
  v1::ErrorInfo info;
  info.set_reason(core::ReasonName(status));
  info.set_domain(kDomain);
  for (const auto& [key, value] : core::MetadataOf(status)) (*info.mutable_metadata())[key] = value;
  // Also as a fact: some clients read no details.
  if (const auto retry = core::DetailOf<core::RetryInfo>(status)) {
    (*info.mutable_metadata())["retry_after_s"] = std::to_string(retry->retry_delay.count());
  }
  return info;
}

void AddDetail(v1::RpcStatus& rpc, const std::string& type,
               const google::protobuf::Message& detail) {
  google::protobuf::Any* any = rpc.add_details();
  any->set_type_url("type.googleapis.com/" + type);
  detail.SerializeToString(any->mutable_value());
}

// The detail of `status` if it is a `Detail`.
template <typename Detail>
void AddDetailOf(const absl::Status& status, v1::RpcStatus& rpc, const std::string& type) {
  if (const auto detail = core::DetailOf<Detail>(status)) AddDetail(rpc, type, DetailOf(*detail));
}

v1::RpcStatus WithDetails(const absl::Status& status) {
  v1::RpcStatus rpc;
  rpc.set_code(static_cast<int>(status.code()));
  rpc.set_message(std::string(status.message()));
  AddDetail(rpc, "google.rpc.ErrorInfo", InfoOf(status));
  AddDetailOf<core::FieldViolation>(status, rpc, "google.rpc.BadRequest");
  AddDetailOf<core::RetryInfo>(status, rpc, "google.rpc.RetryInfo");
  const auto missing = core::DetailOf<core::Missing>(status);
  if (missing && missing->told) AddDetail(rpc, "google.rpc.ResourceInfo", DetailOf(*missing));
  AddDetailOf<app::SlotAlternatives>(status, rpc, "kalends.v1.SlotAlternatives");
  AddDetailOf<app::MissingConsents>(status, rpc, "kalends.v1.MissingConsents");
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

#include "adapters/shared/error_details.h"

namespace kalends {

std::optional<std::string> DetailNamed(const grpc::Status& status, std::string_view name) {
  v1::RpcStatus details;
  if (!details.ParseFromString(status.error_details())) return std::nullopt;
  for (const google::protobuf::Any& any : details.details()) {
    const std::string_view url = any.type_url();
    if (url.substr(url.rfind('.') + 1) == name) return any.value();
  }
  return std::nullopt;
}

std::string ReasonName(const grpc::Status& status) {
  const auto info = DetailOf<v1::ErrorInfo>(status);
  return info ? info->reason() : "";
}

v1::Reason ReasonNamed(std::string_view name) {
  v1::Reason reason = v1::REASON_UNSPECIFIED;
  v1::Reason_Parse("REASON_" + std::string(name), &reason);
  return reason;
}

v1::Reason ReasonOf(const grpc::Status& status) { return ReasonNamed(ReasonName(status)); }

}  // namespace kalends

// What the core says beside an error's code and sentence.
#pragma once

#include <grpcpp/support/status.h>

#include <optional>
#include <string>
#include <string_view>

#include "kalends/v1/errors.pb.h"

namespace kalends {

// The bytes of the detail whose type's last name is `name`, such as "ErrorInfo"; nullopt: none
// came.
std::optional<std::string> DetailNamed(const grpc::Status& status, std::string_view name);

// A detail of errors.proto, such as v1::ErrorInfo; nullopt: none came.
template <typename Detail>
std::optional<Detail> DetailOf(const grpc::Status& status) {
  const auto bytes = DetailNamed(status, Detail::descriptor()->name());
  Detail detail;
  if (!bytes || !detail.ParseFromString(*bytes)) return std::nullopt;
  return detail;
}

// "SLOT_TAKEN"; empty when the core sent none (it could not be reached).
std::string ReasonName(const grpc::Status& status);
// REASON_SLOT_TAKEN of "SLOT_TAKEN". REASON_UNSPECIFIED: no name, or one newer than this program.
v1::Reason ReasonNamed(std::string_view name);
v1::Reason ReasonOf(const grpc::Status& status);

}  // namespace kalends

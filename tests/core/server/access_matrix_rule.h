// What the contract says of a method's callers, for tests that hold the core to it.
#pragma once

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <vector>

#include "kalends/v1/access.pb.h"

namespace kalends::test {

inline constexpr char kContractPackage[] = "kalends.v1.";
inline constexpr v1::Scope kAllScopes[] = {v1::SCOPE_ADAPTER,   v1::SCOPE_WEB,
                                           v1::SCOPE_TOOL_READ, v1::SCOPE_TOOL_WRITE,
                                           v1::SCOPE_ADMIN,     v1::SCOPE_BUSY};

inline const v1::Callers& CallersOf(const google::protobuf::MethodDescriptor& method) {
  return method.options().GetExtension(v1::callers);
}

// What access.proto says of scopes.
inline bool Allows(const google::protobuf::MethodDescriptor& method,
                   const std::vector<v1::Scope>& scopes) {
  const auto has = [&](v1::Scope scope) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
  };
  if (has(v1::SCOPE_ADMIN)) return true;
  for (const int one : CallersOf(method).scopes()) {
    if (has(static_cast<v1::Scope>(one))) return true;
    if (one == v1::SCOPE_TOOL_READ && has(v1::SCOPE_TOOL_WRITE)) return true;
  }
  return false;
}

// Methods that leave everything as it is say so by the scope that they are content with.
inline bool Reads(const google::protobuf::MethodDescriptor& method) {
  return Allows(method, {v1::SCOPE_TOOL_READ}) || Allows(method, {v1::SCOPE_WEB});
}

}  // namespace kalends::test

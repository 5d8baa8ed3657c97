// Which field a rule refuses.
#pragma once

#include <string>

#include "core/base/detail.h"

namespace kalends::test {

// Empty: none, as `status` is OK or says something else.
inline std::string FieldOf(const absl::Status& status) {
  const auto violation = core::DetailOf<core::FieldViolation>(status);
  return violation ? violation->field : "";
}

}  // namespace kalends::test

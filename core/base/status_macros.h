// The two macros that Debian 12's abseil lacks.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define KALENDS_CONCAT_INNER(a, b) a##b
#define KALENDS_CONCAT(a, b) KALENDS_CONCAT_INNER(a, b)

// Returns from the function with the status of `expression` unless it is OK.
#define RETURN_IF_ERROR(expression)                                         \
  do {                                                                      \
    if (absl::Status status_ = (expression); !status_.ok()) return status_; \
  } while (false)

// Assigns the value of a StatusOr to `target`, or returns its status.
// NOLINTBEGIN(bugprone-macro-parentheses): a target may be a declaration, which takes none.
#define ASSIGN_OR_RETURN(target, expression) \
  KALENDS_ASSIGN_OR_RETURN(KALENDS_CONCAT(status_or_, __LINE__), target, expression)
#define KALENDS_ASSIGN_OR_RETURN(temporary, target, expression) \
  auto temporary = (expression);                                \
  if (!temporary.ok()) return temporary.status();               \
  target = *std::move(temporary)
// NOLINTEND(bugprone-macro-parentheses)

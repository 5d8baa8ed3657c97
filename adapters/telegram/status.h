// The core's errors on this side: an absl::Status that carries the reason and what came with it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/telegram/action_fields.h"
#include "grpcpp/support/status.h"
#include "kalends/v1/errors.pb.h"

namespace kalends::telegram {

// Keeps the code, whether it is a trouble with the core, ErrorInfo.reason, and what the functions
// below read out of the details.
absl::Status FromGrpc(const grpc::Status& status);

// A refusal of ours, before or instead of one of the core's; `text` is what is said about it, such
// as "error.term_file_type".
absl::Status Refusal(std::string_view text);
// That text; empty: the refusal is not ours.
std::string OwnTextOf(const absl::Status& status);
// REASON_UNSPECIFIED: the core sent none (it could not be reached), one newer than this program, or
// the refusal is ours.
v1::Reason ReasonOf(const absl::Status& status);
// Of a refusal: "SLOT_TAKEN", or our text; empty when the core could not be reached.
std::string ReasonName(const absl::Status& status);
// Whether the same again may succeed: the core could not be reached, or had no time.
bool IsLost(const absl::Status& status);
// Warns that `what` came of `status`, unless that is a trouble with the core of which CoreStanding
// has told.
void WarnOf(std::string_view what, const absl::Status& status);
// Whether it is such a trouble.
bool IsCoreTrouble(const absl::Status& status);
// What the core offers in place of a start it refused; ascending.
std::vector<Minute> AlternativesOf(const absl::Status& status);
// What is to be signed before a request succeeds.
struct MissingTerm {
  std::string version;  // Resource name.
  std::string display_name;
};
std::vector<MissingTerm> MissingTermsOf(const absl::Status& status);
// How long to wait before the same again; 0: the core did not say.
std::chrono::seconds RetryDelayOf(const absl::Status& status);
// Of LIMIT_REACHED: what there are too many of, such as "services", and how many there may be.
// Empty: the core did not say.
struct ReachedLimit {
  std::string what;
  std::int64_t max = 0;
};
ReachedLimit LimitOf(const absl::Status& status);
// Of CONTRAST_TOO_LOW: the nearest colour that could be read; empty: the core did not say.
std::string FittingColorOf(const absl::Status& status);
// Whether `status` refuses a start time, so that another one helps.
bool IsSlotRefusal(const absl::Status& status);

}  // namespace kalends::telegram

// Returns the status of `expression` unless it is OK.
#define KALENDS_RETURN_IF_ERROR(expression)                                 \
  do {                                                                      \
    if (absl::Status kalends_status = (expression); !kalends_status.ok()) { \
      return kalends_status;                                                \
    }                                                                       \
  } while (false)

#define KALENDS_CONCAT_(a, b) a##b
#define KALENDS_CONCAT(a, b) KALENDS_CONCAT_(a, b)

// Declares `variable` with the value of the StatusOr `expression`, or returns its status.
#define KALENDS_ASSIGN_OR_RETURN(variable, expression) \
  KALENDS_ASSIGN_OR_RETURN_(KALENDS_CONCAT(kalends_or_, __LINE__), variable, expression)
#define KALENDS_ASSIGN_OR_RETURN_(holder, variable, expression) \
  auto holder = (expression);                                   \
  if (!holder.ok()) return holder.status();                     \
  variable = *std::move(holder)

#include "tools/kalends/exit_code.h"

namespace kalends::cli {

std::string_view ExitCodesText() {
  return "Ends with\n"
         "  0  done\n"
         "  1  it failed: a file cannot be read or written, or the core has a fault\n"
         "  2  the command line is wrong (verify, backup, restore: damage was found; see there)\n"
         "  3  there is none of that name\n"
         "  4  the API key is not in force, or may not do this\n"
         "  5  refused as things stand now, such as an answer to a closed ticket\n"
         "  6  the core cannot be reached, or did not answer in time\n"
         "  8  doctor: nothing worse than warnings\n"
         "  9  doctor: something is broken";
}

int ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kExitOk;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return kExitUsage;
    case absl::StatusCode::kNotFound:
      return kExitNotFound;
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return kExitForbidden;
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kResourceExhausted:
      return kExitRefused;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return kExitUnavailable;
    default:
      return kExitFailed;
  }
}

}  // namespace kalends::cli

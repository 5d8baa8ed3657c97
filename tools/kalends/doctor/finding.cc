#include "tools/kalends/doctor/finding.h"

#include <algorithm>

#include "tools/kalends/exit_code.h"

namespace kalends::cli {

std::string_view NameOf(Severity severity) {
  switch (severity) {
    case Severity::kOk:
      return "ok";
    case Severity::kWarning:
      return "warning";
    case Severity::kBroken:
      break;
  }
  return "broken";
}

int ExitCodeFor(const Findings& findings) {
  Severity worst = Severity::kOk;
  for (const Finding& finding : findings) worst = std::max(worst, finding.severity);
  if (worst == Severity::kBroken) return kExitBroken;
  return worst == Severity::kWarning ? kExitWarnings : kExitOk;
}

}  // namespace kalends::cli

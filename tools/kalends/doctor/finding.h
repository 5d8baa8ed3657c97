// What `kalends doctor` finds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalends::cli {

enum class Severity {
  kOk,       // As it is to be; also what one only wants to know.
  kWarning,  // Works, and may not for long, or not as it is meant.
  kBroken,   // Does not work.
};

struct Finding {
  Severity severity = Severity::kOk;
  std::string what;    // A sentence without a full stop. No secrets.
  std::string advice;  // What to do; empty where nothing is to be done.
};
using Findings = std::vector<Finding>;

inline Finding Ok(std::string what) { return {Severity::kOk, std::move(what), ""}; }
inline Finding Warning(std::string what, std::string advice) {
  return {Severity::kWarning, std::move(what), std::move(advice)};
}
inline Finding Broken(std::string what, std::string advice) {
  return {Severity::kBroken, std::move(what), std::move(advice)};
}

std::string_view NameOf(Severity severity);

// kExitOk, kExitWarnings or kExitBroken, by the worst of them.
int ExitCodeFor(const Findings& findings);

}  // namespace kalends::cli

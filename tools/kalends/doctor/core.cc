#include <fmt/format.h>

#include "kalends/v1/admin_service.pb.h"
#include "tools/kalends/doctor/doctor.h"

namespace kalends::cli {
namespace {

constexpr const char* kVerifyAdvice = "run kalends verify: it names each place and says what to do";

Finding FindingOfDatabase(const v1::ServerStats& stats) {
  switch (stats.database_check()) {
    case v1::ServerStats::DATABASE_CHECK_DAMAGED:
      return Broken(fmt::format("the database is damaged: {} faults", stats.database_faults()),
                    kVerifyAdvice);
    case v1::ServerStats::DATABASE_CHECK_FAILED:
      return Warning("the check of the database could not be ended", "see the log of kalendsd");
    case v1::ServerStats::DATABASE_CHECK_RUNNING:
      return Ok("the check of the database goes on");
    default:
      return Ok("the pages of the database fit together");
  }
}

Findings FindingsOfStats(const v1::ServerStats& stats) {
  Findings findings = {Ok("the core answers"), FindingOfDatabase(stats)};
  if (stats.unreadable_values() > 0) {
    findings.push_back(
        Broken(fmt::format("{} values cannot be read", stats.unreadable_values()), kVerifyAdvice));
  }
  if (stats.notifications_set_aside() > 0) {
    findings.push_back(
        Warning(fmt::format("{} notifications were set aside", stats.notifications_set_aside()),
                "the log of kalendsd names each: those people were not told"));
  }
  if (stats.clock_jumps() > 0) {
    findings.push_back(Warning(
        fmt::format("the clock jumped {} times since the core started", stats.clock_jumps()),
        "see what sets the clock, and let NTP alone do it"));
  }
  if (stats.zone_rules_old()) {
    findings.push_back(Warning("the zone rules of the core are more than a year old",
                               "update the package tzdata where it runs"));
  }
  return findings;
}

}  // namespace

Findings CheckCore(const Patient& patient) {
  const auto core = patient.context.Core();
  if (!core.ok()) {
    return {Warning("the core was not asked: " + std::string(core.status().message()),
                    "give a key that may read: kalends key create --scope tool:read")};
  }
  const auto stats = (*core)->Call<v1::ServerStats>(v1::GetServerStatsRequest());
  if (stats.ok()) return FindingsOfStats(*stats);
  const std::string why(stats.status().message());
  if (absl::IsPermissionDenied(stats.status())) {
    return {Warning("the core answers, and tells this key nothing of itself: " + why,
                    "take a key of scope admin")};
  }
  if (absl::IsUnauthenticated(stats.status())) {
    return {Broken(why, "take a key that is in force: kalends key list")};
  }
  return {Broken(why, "start kalendsd, or say where it is: --core HOST:PORT")};
}

}  // namespace kalends::cli

#include "tools/kalends/stats.h"

#include <fmt/format.h>

#include "kalends/v1/admin_service.pb.h"
#include "tools/kalends/listing.h"

namespace kalends::cli {

namespace {

std::string CheckText(const v1::ServerStats& stats) {
  switch (stats.database_check()) {
    case v1::ServerStats::DATABASE_CHECK_RUNNING:
      return "goes on";
    case v1::ServerStats::DATABASE_CHECK_SOUND:
      return "sound";
    case v1::ServerStats::DATABASE_CHECK_DAMAGED:
      return fmt::format("DAMAGED ({} faults; `kalends verify` tells more)",
                         stats.database_faults());
    case v1::ServerStats::DATABASE_CHECK_FAILED:
      return "could not be ended; see the log of the core";
    default:
      return "unknown";
  }
}

void PrintCounters(const v1::ServerStats& stats, const core::TimeZone& zone) {
  const double mebibyte = 1 << 20;
  fmt::print("running since       {}\n", TimeIn(zone, stats.start_time()));
  fmt::print("memory              {:.1f} MiB\n",
             static_cast<double>(stats.resident_bytes()) / mebibyte);
  fmt::print("CPU time            {:.2f} s\n", static_cast<double>(stats.cpu_time_us()) / 1e6);
  fmt::print("commits             {}\n", stats.commits());
  fmt::print("writes in them      {}\n", stats.committed_writes());
  fmt::print("calendars in memory {} ({:.1f} MiB)\n", stats.calendars_cached(),
             static_cast<double>(stats.calendar_bytes()) / mebibyte);
  fmt::print("notifications due   {}\n", stats.notifications_due());
  fmt::print("set aside           {}\n", stats.notifications_set_aside());
  fmt::print("unreadable values   {}\n", stats.unreadable_values());
  fmt::print("database check      {}\n", CheckText(stats));
  fmt::print("clock jumps         {}\n", stats.clock_jumps());
  fmt::print("zone rules          {}, {} of {} zones known\n",
             stats.zone_rules_version().empty() ? "unknown" : stats.zone_rules_version(),
             stats.zones_known(), stats.zones_listed());
  if (stats.zone_rules_old()) {
    fmt::print(
        "warning: the zone rules are more than a year old, and some clocks have changed since; "
        "update the package tzdata, for which nothing need be stopped\n");
  }
}

}  // namespace

Work PrintStats(CLI::App&, Arguments&) {
  return [](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const core::TimeZone zone, context.Zone());
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    ASSIGN_OR_RETURN(const auto stats, core->Call<v1::ServerStats>(v1::GetServerStatsRequest()));
    if (context.said().json) {
      fmt::print("{}\n", JsonLine(stats));
    } else {
      PrintCounters(stats, zone);
    }
    return 0;
  };
}

}  // namespace kalends::cli

#include "tools/kalends/audit.h"

#include <map>
#include <memory>
#include <string>

#include "kalends/v1/admin_service.pb.h"
#include "tools/kalends/listing.h"

namespace kalends::cli {
namespace {

// What keys are for, by their names.
using Labels = std::map<std::string, std::string>;

absl::StatusOr<Labels> LabelsOfKeys(const Connection& core) {
  Labels labels;
  RETURN_IF_ERROR(EachPage<v1::ListApiKeysResponse>(core, v1::ListApiKeysRequest(), "", 0,
                                                    [&](const v1::ListApiKeysResponse& page) {
                                                      for (const v1::ApiKey& key : page.api_keys())
                                                        labels[key.name()] = key.display_name();
                                                    }));
  return labels;
}

}  // namespace

Work PrintAudit(CLI::App& command, Arguments&) {
  auto limit = std::make_shared<Limit>(0);
  AddLimit(command, *limit);
  return [limit](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const core::TimeZone zone, context.Zone());
    Labels labels;
    if (!context.said().json) {
      ASSIGN_OR_RETURN(const Connection* const core, context.Core());
      ASSIGN_OR_RETURN(labels, LabelsOfKeys(*core));
    }
    return PrintList<v1::ListAuditLinesResponse>(
        context, v1::ListAuditLinesRequest(), "", *limit,
        {"TIME", "KEY", "LABEL", "METHOD", "RESOURCE", "FOR"},
        [](const auto& answer) -> const auto& { return answer.audit_lines(); },
        [&](const v1::AuditLine& line) {
          return std::vector<std::string>{TimeIn(zone, line.create_time()),
                                          line.api_key(),
                                          labels[line.api_key()],
                                          line.method(),
                                          line.resource(),
                                          line.account()};
        });
  };
}

}  // namespace kalends::cli

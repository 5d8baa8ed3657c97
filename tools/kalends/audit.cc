#include "tools/kalends/audit.h"

#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "kalends/v1/admin_service.pb.h"

namespace kalends::cli {
namespace {

using google::protobuf::util::TimeUtil;

constexpr int kPageSize = 200;

// What keys are for, by their names.
using Labels = std::map<std::string, std::string>;

absl::StatusOr<Labels> LabelsOfKeys(const Connection& core) {
  Labels labels;
  v1::ListApiKeysRequest request;
  request.set_page_size(kPageSize);
  do {
    const auto answer = core.Call<v1::ListApiKeysResponse>(request);
    if (!answer.ok()) return answer.status();
    for (const v1::ApiKey& key : answer->api_keys()) labels[key.name()] = key.display_name();
    request.set_page_token(answer->next_page_token());
  } while (!request.page_token().empty());
  return labels;
}

void PrintText(const v1::AuditLine& line, const Labels& labels) {
  const auto label = labels.find(line.api_key());
  fmt::print("{}  {}  {:20}  {}{}{}\n", TimeUtil::ToString(line.create_time()), line.api_key(),
             label == labels.end() ? "" : label->second, line.method(),
             line.resource().empty() ? "" : "  " + line.resource(),
             line.account().empty() ? "" : "  for " + line.account());
}

void PrintJson(const v1::AuditLine& line) {
  const nlohmann::ordered_json value = {
      {"name", line.name()},         {"create_time", TimeUtil::ToString(line.create_time())},
      {"api_key", line.api_key()},   {"method", line.method()},
      {"resource", line.resource()}, {"account", line.account()}};
  fmt::print("{}\n", value.dump());
}

}  // namespace

absl::Status PrintAudit(const Arguments& arguments, const Connection& core) {
  Labels labels;
  if (!arguments.json) {
    auto known = LabelsOfKeys(core);
    if (!known.ok()) return known.status();
    labels = *std::move(known);
  }
  v1::ListAuditLinesRequest request;
  request.set_page_size(kPageSize);
  do {
    const auto answer = core.Call<v1::ListAuditLinesResponse>(request);
    if (!answer.ok()) return answer.status();
    for (const v1::AuditLine& line : answer->audit_lines()) {
      if (arguments.json) {
        PrintJson(line);
      } else {
        PrintText(line, labels);
      }
    }
    request.set_page_token(answer->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

}  // namespace kalends::cli

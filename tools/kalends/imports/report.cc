#include "tools/kalends/imports/report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace kalends::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr RecordKind kKinds[] = {RecordKind::kProvider, RecordKind::kService, RecordKind::kCustomer,
                                 RecordKind::kAppointment};

std::string_view NameOf(RecordOutcome outcome) {
  switch (outcome) {
    case RecordOutcome::kCreated:
      return "created";
    case RecordOutcome::kExists:
      return "exists";
    case RecordOutcome::kRefused:
      break;
  }
  return "refused";
}

// Bytes that are no UTF-8 would end the program.
std::string Line(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string_view NameOf(RecordKind kind) {
  switch (kind) {
    case RecordKind::kProvider:
      return "provider";
    case RecordKind::kService:
      return "service";
    case RecordKind::kCustomer:
      return "customer";
    case RecordKind::kAppointment:
      break;
  }
  return "appointment";
}

void ImportReport::Tell(RecordKind kind, const std::string& id, RecordOutcome outcome,
                        const std::string& name) {
  ++counts_[static_cast<std::size_t>(kind)][static_cast<std::size_t>(outcome)];
  if (json_) {
    text_ +=
        Line({{"type", NameOf(kind)}, {"id", id}, {"outcome", NameOf(outcome)}, {"name", name}});
  } else if (dry_run_ && outcome == RecordOutcome::kCreated) {
    text_ += fmt::format("would bring in {} {}\n", NameOf(kind), id);
  }
}

void ImportReport::Remarked(std::string_view what, const Remark& remark) {
  const Where& where = remark.where;
  if (json_) {
    text_ += Line({{"type", what},
                   {"file", where.file},
                   {"line", where.line},
                   {"column", where.column},
                   {"why", remark.why}});
    return;
  }
  text_ += fmt::format("{} {}{}{}: {}\n", what, where.file,
                       where.line > 0 ? fmt::format(":{}", where.line) : "",
                       where.column.empty() ? "" : fmt::format(", {}", where.column), remark.why);
}

void ImportReport::Refuse(RecordKind kind, const Where& where, const std::string& id,
                          const std::string& why) {
  Tell(kind, id, RecordOutcome::kRefused, "");
  ++refused_;
  Remarked("refused", {where, why});
}

void ImportReport::End(const Records& records) {
  for (const Remark& remark : records.refused) {
    ++refused_;
    Remarked("refused", remark);
  }
  for (const Remark& remark : records.noted) Remarked("noted", remark);
  Json summary = {{"type", "summary"}, {"dry_run", dry_run_}, {"unread", records.refused.size()}};
  for (const RecordKind kind : kKinds) {
    const auto& counts = counts_[static_cast<std::size_t>(kind)];
    summary[fmt::format("{}s", NameOf(kind))] = {
        {"created", counts[0]}, {"exists", counts[1]}, {"refused", counts[2]}};
    if (json_) continue;
    text_ += fmt::format("{}s: {} {}, {} there already, {} refused\n", NameOf(kind), counts[0],
                         dry_run_ ? "would be brought in" : "brought in", counts[1], counts[2]);
  }
  if (json_) {
    text_ += Line(summary);
  } else if (!records.refused.empty()) {
    text_ += fmt::format("lines that could not be read: {}\n", records.refused.size());
  }
}

}  // namespace kalends::cli

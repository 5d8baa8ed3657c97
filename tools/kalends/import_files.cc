#include "tools/kalends/import_files.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/base/status_macros.h"
#include "tools/kalends/imports/plain_text.h"
#include "tools/kalends/imports/plan.h"
#include "tools/kalends/imports/reading.h"
#include "tools/kalends/imports/sources.h"

namespace kalends::cli {
namespace {

using ReadSource = absl::Status (*)(const SourceFile& file, const SourceOptions& options,
                                    Records& records);

absl::Status ReadSourceFile(const std::string& path, const std::string& encoding, ReadSource read,
                            const SourceOptions& options, Records& records) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return absl::NotFoundError(fmt::format("{} cannot be read.", path));
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error || size > kImportFileBytesMax) {
    return absl::ResourceExhaustedError(
        fmt::format("{} is no file of at most {} bytes.", path, kImportFileBytesMax));
  }
  std::string bytes(std::istreambuf_iterator<char>(stream), {});
  const auto text = ToUtf8(std::move(bytes), encoding);
  absl::Status status =
      text.ok() ? read({std::filesystem::path(path).filename().string(), *text}, options, records)
                : text.status();
  if (status.ok()) return status;
  return absl::Status(status.code(), fmt::format("{}: {}", path, std::string(status.message())));
}

absl::StatusOr<SourceOptions> OptionsOf(const ImportArguments& import) {
  SourceOptions options;
  if (!IsSourceName(import.source)) {
    return absl::InvalidArgumentError(
        "--source must be 1 to 30 lower-case letters, digits and dashes.");
  }
  options.provider = import.provider;
  options.time_zone = import.time_zone;
  options.currency = import.currency;
  options.table_prefix = import.table_prefix;
  if (import.date_format == "day-first") options.order = DateOrder::kDayFirst;
  if (import.date_format == "month-first") options.order = DateOrder::kMonthFirst;
  if (!import.separator.empty()) {
    options.separator = import.separator == "tab" ? '\t' : import.separator.front();
  }
  if (!import.time_zone.empty()) RETURN_IF_ERROR(ZoneOf(import.time_zone).status());
  return options;
}

}  // namespace

absl::StatusOr<Records> ReadSources(const ImportArguments& import) {
  ASSIGN_OR_RETURN(const SourceOptions options, OptionsOf(import));
  const bool is_calendar = import.appointments.ends_with(".ics");
  const struct {
    const std::string& path;
    ReadSource read;
  } kSources[] = {{import.providers, ReadProviders},
                  {import.services, ReadServices},
                  {import.customers, ReadCustomers},
                  {import.appointments, is_calendar ? ReadCalendar : ReadAppointments},
                  {import.easy_appointments, ReadEasyAppointments},
                  {import.cal_com, ReadCalCom}};
  Records records;
  bool is_any = false;
  for (const auto& source : kSources) {
    if (source.path.empty()) continue;
    is_any = true;
    RETURN_IF_ERROR(ReadSourceFile(source.path, import.encoding, source.read, options, records));
  }
  if (!is_any) return absl::InvalidArgumentError("Say what to import; see kalends import --help.");
  return records;
}

}  // namespace kalends::cli

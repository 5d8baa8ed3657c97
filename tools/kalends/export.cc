#include "tools/kalends/export.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/status_macros.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/link_service.pb.h"
#include "kalends/v1/note_service.pb.h"
#include "kalends/v1/provider_service.pb.h"
#include "tools/kalends/connection.h"
#include "tools/kalends/imports/calendar_lines.h"
#include "tools/kalends/imports/moment.h"
#include "tools/kalends/imports/table.h"
#include "tools/kalends/progress.h"

namespace kalends::cli {
namespace {

constexpr int kExportPageSize = 200;
constexpr std::string_view kUnreadable = "\uFFFD";

absl::Status ExportFileError(const std::string& path) {
  return absl::UnknownError(fmt::format("{}: {}.", path, std::strerror(errno)));
}

// A new file that only its owner may read.
class NewFile {
 public:
  explicit NewFile(std::string path)
      : path_(std::move(path)),
        file_(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (file_ >= 0) close(file_);
  }

  absl::Status Write(std::string_view bytes) {
    if (file_ < 0) return ExportFileError(path_);
    while (!bytes.empty()) {
      const ssize_t written = write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return ExportFileError(path_);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return absl::OkStatus();
  }
  absl::Status End() {
    return file_ < 0 || fsync(file_) != 0 ? ExportFileError(path_) : absl::OkStatus();
  }

 private:
  std::string path_;
  int file_;
};

// One kind of record: a CSV file, and its lines of JSON.
class Sheet {
 public:
  Sheet(const std::string& directory, std::string kind, std::vector<std::string> columns,
        NewFile& lines)
      : kind_(std::move(kind)),
        columns_(std::move(columns)),
        file_(fmt::format("{}/{}s.csv", directory, kind_)),
        lines_(lines) {}

  absl::Status Begin() { return WriteRow(columns_); }
  absl::Status Add(const std::vector<std::string>& cells) {
    RETURN_IF_ERROR(WriteRow(cells));
    nlohmann::ordered_json value = {{"kind", kind_}};
    for (std::size_t i = 0; i < columns_.size(); ++i) value[columns_[i]] = cells[i];
    return lines_.Write(
        value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
  }
  absl::Status End() { return file_.End(); }

 private:
  absl::Status WriteRow(const std::vector<std::string>& cells) {
    std::string line;
    AppendCsvLine(line, cells);
    return file_.Write(line);
  }

  std::string kind_;
  std::vector<std::string> columns_;
  NewFile file_;
  NewFile& lines_;
};

std::string AmountOf(const v1::Money& money) {
  return WriteAmount(money.minor_units(), DecimalsOf(money.currency_code()));
}

std::string MinutesOf(const google::protobuf::Duration& length) {
  return std::to_string(length.seconds() / 60);
}

std::string ExportedStatus(v1::Appointment::Status status) {
  std::string name = v1::Appointment::Status_Name(status);
  name.erase(0, std::string_view("STATUS_").size());
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

class Export {
 public:
  Export(const Connection& core, const std::string& directory)
      : core_(core),
        lines_(directory + "/records.jsonl"),
        calendar_(directory + "/appointments.ics"),
        providers_(directory, "provider",
                   {"id", "name", "kind", "organization", "time_zone", "currency"}, lines_),
        services_(
            directory, "service",
            {"id", "provider", "name", "description", "minutes", "buffer_before", "buffer_after",
             "capacity", "price", "currency", "place", "archived", "specialists"},
            lines_),
        customers_(directory, "customer", {"id", "provider", "name", "note"}, lines_),
        appointments_(
            directory, "appointment",
            {"id", "provider", "specialist", "customer", "customer_name", "service", "start", "end",
             "time_zone", "status", "price", "currency", "place", "note", "reason", "created"},
            lines_) {}

  absl::Status Run(const std::vector<std::string>& providers) {
    for (Sheet* sheet : Sheets()) RETURN_IF_ERROR(sheet->Begin());
    RETURN_IF_ERROR(calendar_.Write(CalendarHead()));
    for (const std::string& name : providers) {
      ShowProgress(fmt::format("Exporting {}", name));
      RETURN_IF_ERROR(AddProvider(name));
      RETURN_IF_ERROR(AddServices(name));
      RETURN_IF_ERROR(AddCustomers(name));
      RETURN_IF_ERROR(AddAppointments(name));
    }
    RETURN_IF_ERROR(calendar_.Write(CalendarFoot()));
    for (Sheet* sheet : Sheets()) RETURN_IF_ERROR(sheet->End());
    RETURN_IF_ERROR(calendar_.End());
    return lines_.End();
  }

 private:
  std::vector<Sheet*> Sheets() { return {&providers_, &services_, &customers_, &appointments_}; }

  // Names stand for ids, but without the slash that would make an import take them for what is
  // there.
  static std::string IdOf(std::string_view name) {
    return std::string(name.substr(name.rfind('/') + 1));
  }

  absl::Status AddProvider(const std::string& name) {
    v1::GetProviderRequest request;
    request.set_name(name);
    ASSIGN_OR_RETURN(const auto provider, core_.Call<v1::Provider>(request));
    const bool is_house = provider.kind() == v1::PROVIDER_KIND_ORGANIZATION;
    std::string zone = provider.time_zone();
    RETURN_IF_ERROR(providers_.Add({IdOf(provider.name()), provider.display_name(),
                                    is_house ? "organization" : "specialist", "", zone,
                                    provider.currency_code()}));
    for (const auto& specialist : provider.specialists()) {
      RETURN_IF_ERROR(providers_.Add({IdOf(specialist.provider()), specialist.display_name(),
                                      "specialist", IdOf(provider.name()), specialist.time_zone(),
                                      provider.currency_code()}));
    }
    return absl::OkStatus();
  }

  absl::Status AddServices(const std::string& provider) {
    v1::ListServicesRequest request;
    request.set_parent(provider);
    request.set_page_size(kExportPageSize);
    request.set_show_archived(true);  // Appointments of before name them.
    do {
      ASSIGN_OR_RETURN(const auto page, core_.Call<v1::ListServicesResponse>(request));
      for (const v1::Service& one : page.services()) {
        std::string specialists;
        for (const std::string& name : one.specialists()) {
          specialists += (specialists.empty() ? "" : "|") + IdOf(name);
        }
        RETURN_IF_ERROR(services_.Add(
            {IdOf(one.name()), IdOf(provider), one.display_name(), one.description(),
             MinutesOf(one.duration()), MinutesOf(one.buffer_before()),
             MinutesOf(one.buffer_after()), std::to_string(std::max(one.capacity(), 1)),
             AmountOf(one.price()), one.price().currency_code(), one.place(),
             one.archived() ? "yes" : "no", specialists}));
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  }

  absl::Status AddCustomers(const std::string& provider) {
    v1::ListLinksRequest request;
    request.set_parent(provider);
    request.set_page_size(kExportPageSize);
    do {
      ASSIGN_OR_RETURN(const auto page, core_.Call<v1::ListLinksResponse>(request));
      for (const v1::Link& link : page.links()) {
        v1::GetPrivateNoteRequest note;
        note.set_name(link.name() + "/privateNote");
        ASSIGN_OR_RETURN(const auto written, core_.Call<v1::PrivateNote>(note));
        const bool is_damaged = written.unreadable_fields_size() > 0;
        RETURN_IF_ERROR(
            customers_.Add({IdOf(link.customer()), IdOf(provider), link.customer_display_name(),
                            is_damaged ? std::string(kUnreadable) : written.text()}));
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  }

  absl::Status AddAppointments(const std::string& provider) {
    v1::ListAppointmentsRequest request;
    request.set_parent(provider);
    request.set_page_size(kExportPageSize);
    do {
      ASSIGN_OR_RETURN(const auto page, core_.Call<v1::ListAppointmentsResponse>(request));
      for (const v1::Appointment& listed : page.appointments()) {
        // What is kept for an organization is the organization's.
        if (listed.provider() == provider) RETURN_IF_ERROR(AddAppointment(listed));
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  }

  absl::Status AddAppointment(const v1::Appointment& listed) {
    v1::GetAppointmentRequest request;
    request.set_name(listed.name());
    ASSIGN_OR_RETURN(const auto one, core_.Call<v1::Appointment>(request));
    const auto& damaged = one.unreadable_fields();
    const bool is_damaged = std::find(damaged.begin(), damaged.end(), "note") != damaged.end();
    const std::string reason =
        one.history().empty() ? std::string() : one.history().rbegin()->reason();
    RETURN_IF_ERROR(appointments_.Add(
        {IdOf(one.name()), IdOf(one.provider()), IdOf(one.specialist()), IdOf(one.customer()),
         one.customer_display_name(), IdOf(one.service()), WriteInstant(one.start_time().seconds()),
         WriteInstant(one.end_time().seconds()), one.provider_time_zone(),
         ExportedStatus(one.status()), AmountOf(one.price()), one.price().currency_code(),
         one.place(), is_damaged ? std::string(kUnreadable) : one.note(), reason,
         WriteInstant(one.create_time().seconds())}));
    return calendar_.Write(CalendarEntry({.uid = IdOf(one.name()),
                                          .start = one.start_time().seconds(),
                                          .end = one.end_time().seconds(),
                                          .stamp = one.create_time().seconds(),
                                          .summary = one.service_display_name(),
                                          .customer = one.customer_display_name(),
                                          .customer_id = IdOf(one.customer()),
                                          .place = one.place(),
                                          .status = ExportedStatus(one.status())}));
  }

  const Connection& core_;
  NewFile lines_;
  NewFile calendar_;
  Sheet providers_;
  Sheet services_;
  Sheet customers_;
  Sheet appointments_;
};

absl::StatusOr<int> WriteOut(Context& context, const std::vector<std::string>& providers,
                             const std::string& directory) {
  ASSIGN_OR_RETURN(const Connection* const core, context.Core());
  if (mkdir(directory.c_str(), 0700) != 0) return ExportFileError(directory);
  const absl::Status status = Export(*core, directory).Run(providers);
  EndProgress();
  RETURN_IF_ERROR(status);
  fmt::print("{}\n",
             context.said().json ? nlohmann::json{{"directory", directory}}.dump() : directory);
  return 0;
}

}  // namespace

Work ExportProviders(CLI::App& command, Arguments&) {
  auto providers = std::make_shared<std::vector<std::string>>();
  auto directory = std::make_shared<std::string>();
  command.add_option("PROVIDER", *providers, "providers/...; several may be given")->required();
  command.add_option("--to", *directory, "The directory to make, for you alone")->required();
  return [providers, directory](Context& context) {
    return WriteOut(context, *providers, *directory);
  };
}

}  // namespace kalends::cli

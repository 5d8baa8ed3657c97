#include "tools/kalends/import.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>

#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/imports/arrival.h"
#include "kalends/v1/import_service.pb.h"
#include "tools/kalends/connection.h"
#include "tools/kalends/import_files.h"
#include "tools/kalends/imports/plan.h"
#include "tools/kalends/imports/reading.h"
#include "tools/kalends/imports/report.h"
#include "tools/kalends/progress.h"

namespace kalends::cli {
namespace {

constexpr int kProgressEvery = 25;  // Records.
constexpr int kExitSomeRefused = 2;

core::Instant PresentTime() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// What would refuse every record that follows is an end of the import, which may be run again.
bool EndsImport(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kDeadlineExceeded ||
         status.code() == absl::StatusCode::kUnauthenticated ||
         status.code() == absl::StatusCode::kPermissionDenied ||
         status.code() == absl::StatusCode::kUnimplemented;
}

v1::Appointment::Status StatusMessage(core::AppointmentStatus status) {
  return static_cast<v1::Appointment::Status>(static_cast<int>(status) + 1);
}

std::int64_t SecondsOf(int minutes) { return std::int64_t{minutes} * 60; }

class Import {
 public:
  Import(const ImportArguments& arguments, const Connection& core, ImportReport& report)
      : arguments_(arguments), core_(core), report_(report) {}

  absl::Status Run(const Records& records) {
    RETURN_IF_ERROR(Each(RecordKind::kProvider, records.providers, &Import::BringProvider));
    RETURN_IF_ERROR(Each(RecordKind::kService, records.services, &Import::BringService));
    RETURN_IF_ERROR(Each(RecordKind::kCustomer, records.customers, &Import::BringCustomer));
    return Each(RecordKind::kAppointment, records.appointments, &Import::BringAppointment);
  }

 private:
  // What a record became; in a dry run it may have no name yet.
  struct Brought {
    std::string name;
    int capacity = 1;
  };
  using Known = std::map<std::string, Brought>;

  template <typename Record>
  absl::Status Each(RecordKind kind, const std::vector<Record>& records,
                    absl::Status (Import::*bring)(const Record&)) {
    const auto begun = std::chrono::steady_clock::now();
    int done = 0;
    for (const Record& record : records) {
      RETURN_IF_ERROR((this->*bring)(record));
      if (++done % kProgressEvery != 0) continue;
      const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun;
      ShowProgress(fmt::format("{} of {} {}s, {:.0f} a second", done, records.size(), NameOf(kind),
                               done / std::max(passed.count(), 0.001)));
    }
    return absl::OkStatus();
  }

  std::string IdOf(RecordKind kind, const std::string& id) const {
    return ExternalId(arguments_.source, NameOf(kind), id);
  }

  // Where it is, of an id or of a name; nullptr: it was not brought in.
  const Brought* Find(Known& known, const std::string& id, std::string_view collection) {
    const auto found = known.find(id);
    if (found != known.end()) return &found->second;
    const bool is_name = id.starts_with(collection) && id.find(' ') == std::string::npos;
    return is_name ? &known.emplace(id, Brought{id}).first->second : nullptr;
  }
  const Brought* FindProvider(const std::string& id) { return Find(providers_, id, "providers/"); }

  template <typename Record>
  absl::Status Refuse(RecordKind kind, const Record& record, const std::string& why) {
    report_.Refuse(kind, record.where, record.id, why);
    return absl::OkStatus();
  }

  // Asks the core, unless a dry run cannot as what it is about is not there yet.
  template <typename Record, typename Request>
  absl::Status Bring(RecordKind kind, const Record& record, Request& request, bool can_ask,
                     Brought& brought) {
    request.set_validate_only(arguments_.dry_run);
    request.set_request_id(NewRequestId());
    if (!can_ask) {
      report_.Tell(kind, record.id, RecordOutcome::kCreated, "");
      is_brought_ = true;
      return absl::OkStatus();
    }
    is_brought_ = false;
    const auto answer = core_.Call<v1::ImportResult>(request);
    if (!answer.ok()) {
      if (EndsImport(answer.status())) {
        return absl::Status(
            answer.status().code(),
            fmt::format("{} Run it again to go on.", std::string(answer.status().message())));
      }
      return Refuse(kind, record, std::string(answer.status().message()));
    }
    if (answer->outcome() == v1::ImportResult::OUTCOME_ERASED) {
      return Refuse(kind, record, "The account was deleted here since, and is not brought back.");
    }
    brought.name = answer->name();
    is_brought_ = true;
    report_.Tell(kind, record.id,
                 answer->outcome() == v1::ImportResult::OUTCOME_EXISTS ? RecordOutcome::kExists
                                                                       : RecordOutcome::kCreated,
                 answer->name());
    return absl::OkStatus();
  }

  absl::Status BringProvider(const ProviderRecord& record) {
    v1::ImportProviderRequest request;
    request.set_external_id(IdOf(RecordKind::kProvider, record.id));
    request.set_kind(record.is_organization ? v1::PROVIDER_KIND_ORGANIZATION
                                            : v1::PROVIDER_KIND_SPECIALIST);
    request.set_display_name(record.name);
    request.set_time_zone(record.time_zone);
    request.set_currency_code(record.currency);
    request.set_language_code(record.language);
    const auto zone = ZoneOf(record.time_zone);
    if (!zone.ok()) {
      return Refuse(RecordKind::kProvider, record, std::string(zone.status().message()));
    }
    bool can_ask = true;
    if (!record.organization.empty()) {
      const Brought* const organization = FindProvider(record.organization);
      if (organization == nullptr) {
        return Refuse(
            RecordKind::kProvider, record,
            fmt::format("Its organization {} was not brought in before it.", record.organization));
      }
      request.set_organization(organization->name);
      can_ask = !organization->name.empty();
    }
    Brought brought;
    RETURN_IF_ERROR(Bring(RecordKind::kProvider, record, request, can_ask, brought));
    if (is_brought_) providers_[record.id] = brought;
    return absl::OkStatus();
  }

  absl::Status BringService(const ServiceRecord& record) {
    const Brought* const provider = FindProvider(record.provider);
    if (provider == nullptr) return RefuseOrphan(RecordKind::kService, record);
    v1::ImportCatalogServiceRequest request;
    request.set_parent(provider->name);
    request.set_external_id(IdOf(RecordKind::kService, record.id));
    v1::Service& service = *request.mutable_service();
    service.set_display_name(record.name);
    service.set_description(record.description);
    service.mutable_duration()->set_seconds(SecondsOf(record.minutes));
    service.mutable_buffer_before()->set_seconds(SecondsOf(record.buffer_before_minutes));
    service.mutable_buffer_after()->set_seconds(SecondsOf(record.buffer_after_minutes));
    service.set_capacity(record.capacity);
    service.mutable_price()->set_minor_units(record.price.minor_units);
    service.mutable_price()->set_currency_code(record.price.currency_code);
    service.set_place(record.place);
    service.set_archived(record.is_archived);
    bool can_ask = !provider->name.empty();
    for (const std::string& id : record.specialists) {
      const Brought* const specialist = FindProvider(id);
      if (specialist == nullptr) {
        return Refuse(RecordKind::kService, record,
                      fmt::format("The specialist {} who does it was not brought in.", id));
      }
      service.add_specialists(specialist->name);
      can_ask = can_ask && !specialist->name.empty();
    }
    Brought brought;
    brought.capacity = record.capacity;
    RETURN_IF_ERROR(Bring(RecordKind::kService, record, request, can_ask, brought));
    if (is_brought_) services_[record.provider + " " + record.id] = brought;
    return absl::OkStatus();
  }

  absl::Status BringCustomer(const CustomerRecord& record) {
    const Brought* const provider = FindProvider(record.provider);
    if (provider == nullptr) return RefuseOrphan(RecordKind::kCustomer, record);
    const std::string key = record.provider + " " + record.id;
    if (customers_.contains(key)) return absl::OkStatus();  // Named by several appointments.
    v1::ImportCustomerRequest request;
    request.set_parent(provider->name);
    request.set_external_id(IdOf(RecordKind::kCustomer, record.id));
    request.set_identity(record.identity);
    request.set_display_name(record.name);
    request.set_language_code(record.language);
    request.set_time_zone(record.time_zone);
    request.set_private_note(Shortened(record.note, core::kPrivateNoteCharsMax));
    Brought brought;
    RETURN_IF_ERROR(
        Bring(RecordKind::kCustomer, record, request, !provider->name.empty(), brought));
    if (is_brought_) customers_[key] = brought;
    return absl::OkStatus();
  }

  absl::Status BringAppointment(const AppointmentRecord& record) {
    const Brought* const provider = FindProvider(record.provider);
    if (provider == nullptr) return RefuseOrphan(RecordKind::kAppointment, record);
    const Brought* const customer = Find(customers_, CustomerKey(record), "accounts/");
    if (customer == nullptr) {
      return Refuse(RecordKind::kAppointment, record,
                    fmt::format("Its customer {} was not brought in.", record.customer));
    }
    v1::ImportAppointmentRequest request = RequestFor(record);
    request.set_parent(provider->name);
    request.set_external_id(IdOf(RecordKind::kAppointment, record.id));
    request.set_customer(customer->name);
    bool can_ask = !provider->name.empty();
    int capacity = 1;
    if (!record.service.empty()) {
      const Brought* const service = Find(services_, ServiceKey(record), "providers/");
      if (service == nullptr) {
        return Refuse(RecordKind::kAppointment, record,
                      fmt::format("Its service {} was not brought in.", record.service));
      }
      request.set_service(service->name);
      capacity = service->capacity;
    }
    if (!record.specialist.empty()) {
      const Brought* const specialist = FindProvider(record.specialist);
      if (specialist == nullptr) {
        return Refuse(RecordKind::kAppointment, record,
                      fmt::format("Its specialist {} was not brought in.", record.specialist));
      }
      request.set_specialist(specialist->name);
      can_ask = can_ask && !specialist->name.empty();
    }
    if (const std::string why = WhyNot(record, capacity, can_ask); !why.empty()) {
      return Refuse(RecordKind::kAppointment, record, why);
    }
    Brought brought;
    RETURN_IF_ERROR(Bring(RecordKind::kAppointment, record, request, can_ask, brought));
    if (is_brought_) PlanHold(record, capacity);
    return absl::OkStatus();
  }

  // The core does not know of what a dry run would have brought in before.
  void PlanHold(const AppointmentRecord& record, int capacity) {
    const auto status = core::StatusOnArrival(record.status, record.interval, now_);
    if (!status.ok() || !core::HoldsTime(*status)) return;
    holds_.Take(KeeperOf(record), record.interval, record.service, capacity);
  }

  static const std::string& KeeperOf(const AppointmentRecord& record) {
    return record.specialist.empty() ? record.provider : record.specialist;
  }

  static v1::ImportAppointmentRequest RequestFor(const AppointmentRecord& record) {
    v1::ImportAppointmentRequest request;
    request.mutable_start_time()->set_seconds(core::ToUnixSeconds(record.interval.start));
    request.mutable_end_time()->set_seconds(core::ToUnixSeconds(record.interval.end));
    request.set_status(StatusMessage(record.status));
    request.mutable_price()->set_minor_units(record.price.minor_units);
    request.mutable_price()->set_currency_code(record.price.currency_code);
    request.set_place(record.place);
    request.set_customer_note(Shortened(record.note, core::kRequestNoteCharsMax));
    request.set_reason(Shortened(record.reason, core::kReasonCharsMax));
    if (record.created) {
      request.mutable_create_time()->set_seconds(core::ToUnixSeconds(*record.created));
    }
    return request;
  }

  // In a dry run: what the core would say of this one beside those before it, and of its time where
  // it cannot be asked. Empty: nothing.
  std::string WhyNot(const AppointmentRecord& record, int capacity, bool can_ask) {
    if (!arguments_.dry_run) return {};
    if (const absl::Status time = core::CheckImportedTime(record.interval); !time.ok()) {
      return can_ask ? std::string() : std::string(time.message());
    }
    const auto status = core::StatusOnArrival(record.status, record.interval, now_);
    if (!status.ok()) return can_ask ? std::string() : std::string(status.status().message());
    if (!core::HoldsTime(*status)) return {};
    if (holds_.Fits(KeeperOf(record), record.interval, record.service, capacity)) return {};
    return "Another appointment of this import holds the time. (SLOT_TAKEN)";
  }

  static std::string CustomerKey(const AppointmentRecord& record) {
    const bool is_name = record.customer.starts_with("accounts/");
    return is_name ? record.customer : record.provider + " " + record.customer;
  }
  static std::string ServiceKey(const AppointmentRecord& record) {
    const bool is_name = record.service.starts_with("providers/");
    return is_name ? record.service : record.provider + " " + record.service;
  }

  template <typename Record>
  absl::Status RefuseOrphan(RecordKind kind, const Record& record) {
    return Refuse(kind, record,
                  record.provider.empty()
                      ? "Nothing says whose it is: name a provider in it, or give --provider."
                      : fmt::format("Its provider {} was not brought in.", record.provider));
  }

  const ImportArguments& arguments_;
  const Connection& core_;
  ImportReport& report_;
  core::Instant now_ = PresentTime();
  PlannedHolds holds_;
  bool is_brought_ = false;  // The record that Bring was called for last.
  Known providers_;
  Known services_;
  Known customers_;
};

absl::StatusOr<int> BringIn(Context& context, const ImportArguments& import) {
  ASSIGN_OR_RETURN(const Records records, ReadSources(import));
  ASSIGN_OR_RETURN(const Connection* const core, context.Core());
  ImportReport report(context.said().json, import.dry_run);
  const absl::Status status = Import(import, *core, report).Run(records);
  EndProgress();
  // What was done before it ended is told, too.
  report.End(records);
  fmt::print("{}", report.text());
  RETURN_IF_ERROR(status);
  return report.refused() == 0 ? 0 : kExitSomeRefused;
}

void DeclareFiles(CLI::App& command, ImportArguments& import) {
  command.add_option("--providers", import.providers, "CSV file of specialists and organizations");
  command.add_option("--services", import.services, "CSV file of services");
  command.add_option("--customers", import.customers, "CSV file of customers");
  command.add_option("--appointments", import.appointments,
                     "CSV file of appointments, or a calendar that ends with .ics");
  command.add_option("--easyappointments", import.easy_appointments,
                     "Dump (.sql) of the database of Easy!Appointments");
  command.add_option("--table-prefix", import.table_prefix,
                     "Of its tables; found out if not given");
  command.add_option("--calcom", import.cal_com, "CSV file of bookings, downloaded from cal.com");
}

// --time-zone, which every command has for what it prints, is here what times without a zone are
// of; so it is UTC only if somebody says so.
void DeclareMeanings(CLI::App& command, ImportArguments& import) {
  command
      .add_option("--source", import.source,
                  "What the ids in the files are those of: another name for each installation")
      ->capture_default_str();
  command.add_option("--provider", import.provider,
                     "Whose everything is that names no provider: providers/..., or an id");
  command.add_option("--time-zone", import.time_zone,
                     "Of times whose zone the files do not say, such as Europe/Berlin");
  command.add_option("--currency", import.currency, "Of prices without one, such as EUR");
  command
      .add_option("--date-format", import.date_format,
                  "How 03/04/2026 is meant; without it such dates are refused")
      ->check(CLI::IsMember({"day-first", "month-first"}));
  command.add_option("--encoding", import.encoding, "Such as windows-1252; found out if not given");
  command.add_option("--separator", import.separator, "Of CSV; found out if not given")
      ->check(CLI::IsMember({",", ";", "tab"}));
  command.add_flag("--dry-run", import.dry_run, "Say what would happen, and change nothing");
}

}  // namespace

Work ImportFiles(CLI::App& command, Arguments&) {
  auto import = std::make_shared<ImportArguments>();
  DeclareFiles(command, *import);
  DeclareMeanings(command, *import);
  return [import](Context& context) { return BringIn(context, *import); };
}

}  // namespace kalends::cli

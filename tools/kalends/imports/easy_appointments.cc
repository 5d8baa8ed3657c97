// A dump of Easy!Appointments. Its tables changed over the years; what is read here is what they
// have in common, and of a column that was renamed both names. Times are those of the provider's
// wall clock.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "tools/kalends/imports/reading.h"
#include "tools/kalends/imports/sql_dump.h"

namespace kalends::cli {
namespace {

constexpr std::string_view kTables[] = {
    "users",    "roles",        "services",     "services_providers",
    "settings", "appointments", "user_settings"};
constexpr char kCompany[] = "company";

bool EndsWithTable(std::string_view name) {
  return std::any_of(std::begin(kTables), std::end(kTables),
                     [&](std::string_view table) { return name.ends_with(table); });
}

// What stands before the names of its tables.
absl::StatusOr<std::string> PrefixOf(const std::map<std::string, Table>& tables,
                                     const SourceOptions& options) {
  const auto fits = [&](const std::string& prefix) {
    return tables.contains(prefix + "users") && tables.contains(prefix + "appointments") &&
           tables.contains(prefix + "services");
  };
  if (!options.table_prefix.empty()) {
    if (fits(options.table_prefix)) return options.table_prefix;
  } else {
    for (const auto& [name, table] : tables) {
      if (!name.ends_with("users")) continue;
      const std::string prefix = name.substr(0, name.size() - std::string_view("users").size());
      if (fits(prefix)) return prefix;
    }
  }
  return absl::InvalidArgumentError(
      "This is no dump of Easy!Appointments: the tables users, services and appointments are not "
      "in "
      "it, such as ea_users.");
}

class Dump {
 public:
  Dump(const SourceFile& file, std::map<std::string, Table> tables, std::string prefix,
       const SourceOptions& options, Records& records)
      : file_(file),
        tables_(std::move(tables)),
        prefix_(std::move(prefix)),
        options_(options),
        records_(records) {}

  absl::Status Read() {
    ReadSettings();
    ReadRoles();
    ReadStaff();
    if (!options_.provider.empty() && staff_.size() > 1) {
      return absl::InvalidArgumentError(fmt::format(
          "The dump has {} providers, whose times would meet in one calendar: leave out "
          "--provider.",
          staff_.size()));
    }
    JoinCompany();
    ReadCustomers();
    ReadServices();
    ReadAppointments();
    return absl::OkStatus();
  }

 private:
  template <typename Take>
  void Each(const std::string& name, Take take) {
    const auto found = tables_.find(prefix_ + name);
    if (found == tables_.end()) return;
    RowReader reader(file_, found->second, records_);
    for (const TableRow& row : found->second.rows) take(reader, row);
  }

  void ReadSettings() {
    Each("settings", [&](RowReader& reader, const TableRow& row) {
      settings_[reader.Text(row, {"name"})] = reader.Text(row, {"value"});
    });
  }

  void ReadRoles() {
    Each("roles", [&](RowReader& reader, const TableRow& row) {
      roles_[reader.Text(row, {"id"})] = reader.Text(row, {"slug"});
    });
    // As it is installed.
    if (roles_.empty()) roles_ = {{"2", "provider"}, {"3", "customer"}};
  }

  static std::string NameOf(const RowReader& reader, const TableRow& row) {
    std::string name = reader.Text(row, {"firstname"});
    const std::string last = reader.Text(row, {"lastname"});
    if (!name.empty() && !last.empty()) name += ' ';
    name += last;
    if (name.empty()) name = reader.Text(row, {"email"});
    return Shortened(name, core::kNameCharsMax);
  }

  std::string ZoneOfUser(const RowReader& reader, const TableRow& row) const {
    std::string zone = reader.Text(row, {"timezone"});
    if (zone.empty()) zone = options_.time_zone;
    const auto setting = settings_.find("default_timezone");
    if (zone.empty() && setting != settings_.end()) zone = setting->second;
    return zone;
  }

  void ReadStaff() {
    Each("users", [&](RowReader& reader, const TableRow& row) {
      const std::string role = roles_[reader.Text(row, {"idroles"})];
      if (role == "provider") AddProvider(reader, row);
    });
  }

  void ReadCustomers() {
    Each("users", [&](RowReader& reader, const TableRow& row) {
      const std::string role = roles_[reader.Text(row, {"idroles"})];
      if (role == "customer") AddCustomer(reader, row);
      if (role == "admin" || role == "secretary") {
        reader.Note(row, {}, fmt::format("Somebody with the role {} has no part here.", role));
      }
    });
  }

  void AddProvider(RowReader& reader, const TableRow& row) {
    ProviderRecord record;
    record.where = reader.At(row, {});
    record.id = reader.Text(row, {"id"});
    record.name = NameOf(reader, row);
    record.time_zone = ZoneOfUser(reader, row);
    record.currency = options_.currency;
    record.language = reader.Text(row, {"language"});
    if (record.name.empty()) return reader.Refuse(row, {"firstname"}, "The provider has no name.");
    zones_[record.id] = record.time_zone;
    staff_.push_back(std::move(record));
  }

  // One works alone; several are the staff of the company.
  void JoinCompany() {
    if (!options_.provider.empty()) {
      provider_ = options_.provider;
    } else if (staff_.size() == 1) {
      provider_ = staff_.front().id;
    } else if (!staff_.empty()) {
      provider_ = kCompany;
      ProviderRecord company;
      company.where = {file_.name, 0, ""};
      company.id = kCompany;
      company.name = Shortened(settings_["company_name"], core::kNameCharsMax);
      if (company.name.empty()) company.name = "Easy!Appointments";
      company.is_organization = true;
      company.time_zone = staff_.front().time_zone;
      company.currency = options_.currency;
      records_.providers.push_back(std::move(company));
    }
    const bool is_staffed = provider_ == kCompany;
    for (ProviderRecord& one : staff_) {
      if (is_staffed) one.organization = kCompany;
      if (options_.provider.empty()) records_.providers.push_back(one);
    }
  }

  void AddCustomer(RowReader& reader, const TableRow& row) {
    CustomerRecord record;
    record.where = reader.At(row, {});
    record.id = reader.Text(row, {"id"});
    record.provider = provider_;
    record.name = NameOf(reader, row);
    if (record.name.empty()) return reader.Refuse(row, {"firstname"}, "The customer has no name.");
    record.language = reader.Text(row, {"language"});
    record.time_zone = reader.Text(row, {"timezone"});
    AppendLine(record.note, "E-mail", reader.Text(row, {"email"}));
    AppendLine(record.note, "Phone", reader.Text(row, {"phonenumber"}));
    AppendLine(record.note, "Mobile", reader.Text(row, {"mobilenumber"}));
    std::string address = reader.Text(row, {"address"});
    for (const std::string_view part : {"zipcode", "city", "state"}) {
      const std::string text = reader.Text(row, {part});
      if (!text.empty()) address += (address.empty() ? "" : ", ") + text;
    }
    AppendLine(record.note, "Address", address);
    AppendLine(record.note, "", reader.Text(row, {"notes"}));
    for (int i = 1; i <= 5; ++i) {
      AppendLine(record.note, "", reader.Text(row, {fmt::format("customfield{}", i)}));
    }
    records_.customers.push_back(std::move(record));
  }

  void ReadServices() {
    std::map<std::string, std::vector<std::string>> done_by;
    Each("services_providers", [&](RowReader& reader, const TableRow& row) {
      done_by[reader.Text(row, {"idservices"})].push_back(reader.Text(row, {"idusers"}));
    });
    Each("services", [&](RowReader& reader, const TableRow& row) {
      ServiceRecord record;
      record.where = reader.At(row, {});
      record.id = reader.Text(row, {"id"});
      record.provider = provider_;
      const auto name = reader.Required(row, {"name"});
      const auto minutes = reader.Number(row, {"duration"}, 5, 24 * 60, 60);
      const auto before = reader.Number(row, {"bufferbefore"}, 0, 720, 0);
      const auto after = reader.Number(row, {"bufferafter"}, 0, 720, 0);
      const auto capacity = reader.Number(row, {"attendantsnumber"}, 1, core::kCapacityMax, 1);
      const auto price = reader.Price(
          row, {"price"}, ReadCurrency(reader.Text(row, {"currency"}), options_.currency));
      if (!name || !minutes || !before || !after || !capacity || !price) return;
      record.name = Shortened(*name, core::kNameCharsMax);
      record.description = Shortened(reader.Text(row, {"description"}), core::kDescriptionCharsMax);
      record.minutes = *minutes;
      record.buffer_before_minutes = *before;
      record.buffer_after_minutes = *after;
      record.capacity = *capacity;
      record.price = *price;
      record.place = Shortened(reader.Text(row, {"location"}), core::kPlaceCharsMax);
      if (provider_ == kCompany) record.specialists = done_by[record.id];
      prices_[record.id] = record.price;
      records_.services.push_back(std::move(record));
    });
  }

  void ReadAppointments() {
    Each("appointments", [&](RowReader& reader, const TableRow& row) {
      const std::string blocks = reader.Text(row, {"isunavailability", "isunavailable"});
      if (blocks == "1") {
        return reader.Refuse(row, {"isunavailability", "isunavailable"},
                             "This closes a time, and is no appointment: enter it as an absence.");
      }
      AddAppointment(reader, row);
    });
  }

  void AddAppointment(RowReader& reader, const TableRow& row) {
    AppointmentRecord record;
    record.where = reader.At(row, {});
    record.id = reader.Text(row, {"id"});
    const auto user = reader.Required(row, {"idusersprovider"});
    const auto customer = reader.Required(row, {"iduserscustomer"});
    if (!user || !customer) return;
    const auto known = zones_.find(*user);
    const auto zone = ZoneOf(known == zones_.end() ? options_.time_zone : known->second);
    if (!zone.ok()) {
      return reader.Refuse(row, {"idusersprovider"}, std::string(zone.status().message()));
    }
    const auto start = reader.Time(row, {"startdatetime"}, *zone, options_.order);
    const auto end = reader.Time(row, {"enddatetime"}, *zone, options_.order);
    if (!start || !end) return;
    record.interval = {*start, *end};
    const std::string status = reader.Text(row, {"status"});
    // A status of their own making says nothing that is known here.
    record.status = ReadStatus(status).value_or(core::AppointmentStatus::kAccepted);
    if (!status.empty() && !ReadStatus(status)) {
      reader.Note(row, {"status"},
                  fmt::format("The status \"{}\" is not known; it counts as booked.", status));
    }
    if (!reader.Text(row, {"bookdatetime"}).empty()) {
      record.created = reader.Time(row, {"bookdatetime"}, *zone, options_.order);
      if (!record.created) return;
    }
    record.provider = provider_;
    if (provider_ == kCompany) record.specialist = *user;
    record.customer = *customer;
    record.service = reader.Text(row, {"idservices"});
    record.price = prices_[record.service];
    record.place = Shortened(reader.Text(row, {"location"}), core::kPlaceCharsMax);
    record.note = Shortened(reader.Text(row, {"notes"}), core::kRequestNoteCharsMax);
    records_.appointments.push_back(std::move(record));
  }

  const SourceFile& file_;
  std::map<std::string, Table> tables_;
  std::string prefix_;
  const SourceOptions& options_;
  Records& records_;
  std::map<std::string, std::string> settings_;
  std::map<std::string, std::string> roles_;
  std::vector<ProviderRecord> staff_;
  std::map<std::string, std::string> zones_;   // By provider.
  std::map<std::string, core::Money> prices_;  // By service.
  std::string provider_;                       // What customers book.
};

}  // namespace

absl::Status ReadEasyAppointments(const SourceFile& file, const SourceOptions& options,
                                  Records& records) {
  ASSIGN_OR_RETURN(auto tables, ReadSqlDump(file.text, EndsWithTable));
  ASSIGN_OR_RETURN(const std::string prefix, PrefixOf(tables, options));
  return Dump(file, std::move(tables), prefix, options, records).Read();
}

}  // namespace kalends::cli

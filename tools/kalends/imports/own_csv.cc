// Our own columns, each under several names.
#include <fmt/format.h>

#include "core/base/status_macros.h"
#include "tools/kalends/imports/reading.h"

namespace kalends::cli {
namespace {

const Names kId = {"id", "externalid", "uid", "nummer", "nr"};
const Names kProvider = {"provider", "providerid", "anbieter"};
const Names kSpecialist = {"specialist", "specialistid", "staff", "spezialist"};
const Names kName = {"name", "displayname", "fullname", "bezeichnung"};
const Names kFirstName = {"firstname", "vorname"};
const Names kLastName = {"lastname", "nachname", "surname"};
const Names kTimeZone = {"timezone", "zone", "zeitzone"};
const Names kCurrency = {"currency", "currencycode", "währung"};
const Names kPrice = {"price", "amount", "preis"};
const Names kPlace = {"place", "location", "ort"};
const Names kDescription = {"description", "beschreibung"};
const Names kLanguage = {"language", "languagecode", "sprache"};
const Names kEmail = {"email", "emailaddress", "mail"};
const Names kPhone = {"phone", "phonenumber", "telephone", "mobile", "telefon"};
const Names kNote = {"note", "notes", "notiz", "comment", "bemerkung"};
const Names kStart = {"start", "starttime", "startdatetime", "begin", "beginn", "von"};
const Names kEnd = {"end", "endtime", "enddatetime", "ende", "bis"};
const Names kMinutes = {"minutes", "duration", "durationmin", "dauer"};
const Names kStatus = {"status", "state"};
const Names kCustomer = {"customer", "customerid", "kunde"};
const Names kCustomerName = {"customername", "kundenname", "client", "clientname"};
const Names kService = {"service", "serviceid", "leistung"};
const Names kCreated = {"created", "createtime", "createdat", "bookdatetime"};
constexpr int kDayMinutes = 24 * 60;

std::string ProviderOf(const RowReader& reader, const TableRow& row, const SourceOptions& options) {
  std::string provider = reader.Text(row, kProvider);
  return provider.empty() ? options.provider : provider;
}

std::string NameOfPerson(const RowReader& reader, const TableRow& row) {
  std::string name = reader.Text(row, kName);
  if (!name.empty()) return name;
  const std::string first = reader.Text(row, kFirstName);
  const std::string last = reader.Text(row, kLastName);
  return first.empty() || last.empty() ? first + last : first + " " + last;
}

// A list within a cell, parted by | or blanks around it.
std::vector<std::string> Listed(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t bar = text.find('|');
    std::string_view part = text.substr(0, bar);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text = bar == std::string_view::npos ? std::string_view() : text.substr(bar + 1);
  }
  return parts;
}

void ReadProvider(RowReader& reader, const TableRow& row, const SourceOptions& options,
                  Records& records) {
  ProviderRecord record;
  record.where = reader.At(row, {});
  const auto id = reader.Required(row, kId);
  const auto name = reader.Required(row, kName);
  if (!id || !name) return;
  record.id = *id;
  record.name = *name;
  const std::string kind = FoldColumn(reader.Text(row, {"kind", "type", "art"}));
  record.is_organization = kind.starts_with("organi");
  if (!kind.empty() && !record.is_organization && !kind.starts_with("spe")) {
    return reader.Refuse(row, {"kind", "type", "art"}, "This must be specialist or organization.");
  }
  record.organization = reader.Text(row, {"organization", "organisation", "company"});
  record.time_zone = reader.Text(row, kTimeZone);
  if (record.time_zone.empty()) record.time_zone = options.time_zone;
  record.currency = ReadCurrency(reader.Text(row, kCurrency), options.currency);
  record.language = reader.Text(row, kLanguage);
  records.providers.push_back(std::move(record));
}

void ReadService(RowReader& reader, const TableRow& row, const SourceOptions& options,
                 Records& records) {
  ServiceRecord record;
  record.where = reader.At(row, {});
  const auto id = reader.Required(row, kId);
  const auto name = reader.Required(row, kName);
  const auto minutes = reader.Number(row, kMinutes, 5, kDayMinutes, 60);
  const auto before = reader.Number(row, {"bufferbefore", "bufferbeforemin"}, 0, 720, 0);
  const auto after = reader.Number(row, {"bufferafter", "bufferaftermin"}, 0, 720, 0);
  const auto capacity = reader.Number(row, {"capacity", "seats", "plätze"}, 1, 500, 1);
  const auto price =
      reader.Price(row, kPrice, ReadCurrency(reader.Text(row, kCurrency), options.currency));
  if (!id || !name || !minutes || !before || !after || !capacity || !price) return;
  record.id = *id;
  record.provider = ProviderOf(reader, row, options);
  record.name = *name;
  record.description = reader.Text(row, kDescription);
  record.minutes = *minutes;
  record.buffer_before_minutes = *before;
  record.buffer_after_minutes = *after;
  record.capacity = *capacity;
  record.price = *price;
  record.place = reader.Text(row, kPlace);
  const std::string archived = FoldColumn(reader.Text(row, {"archived", "archiviert"}));
  record.is_archived =
      archived == "yes" || archived == "true" || archived == "1" || archived == "ja";
  record.specialists = Listed(reader.Text(row, {"specialists", "staff"}));
  records.services.push_back(std::move(record));
}

void ReadCustomer(RowReader& reader, const TableRow& row, const SourceOptions& options,
                  Records& records) {
  CustomerRecord record;
  record.where = reader.At(row, {});
  record.name = NameOfPerson(reader, row);
  const std::string email = reader.Text(row, kEmail);
  if (record.name.empty()) record.name = email;
  if (record.name.empty()) return reader.Refuse(row, kName, "This must be there, and is empty.");
  record.id = reader.Text(row, kId);
  if (record.id.empty()) record.id = email.empty() ? record.name : email;
  record.provider = ProviderOf(reader, row, options);
  record.identity = reader.Text(row, {"identity"});
  const std::string telegram = reader.Text(row, {"telegram", "telegramid"});
  if (record.identity.empty() && !telegram.empty()) record.identity = "telegram:" + telegram;
  record.language = reader.Text(row, kLanguage);
  record.time_zone = reader.Text(row, kTimeZone);
  AppendLine(record.note, "E-mail", email);
  AppendLine(record.note, "Phone", reader.Text(row, kPhone));
  AppendLine(record.note, "Address", reader.Text(row, {"address", "adresse"}));
  AppendLine(record.note, "", reader.Text(row, kNote));
  records.customers.push_back(std::move(record));
}

// Whom it is with; one who is named here alone becomes a customer.
std::optional<std::string> CustomerOf(RowReader& reader, const TableRow& row,
                                      const std::string& provider, Records& records) {
  std::string id = reader.Text(row, kCustomer);
  if (!id.empty()) return id;
  const std::string email = reader.Text(row, kEmail);
  std::string name = reader.Text(row, kCustomerName);
  if (name.empty()) name = email;
  if (name.empty()) {
    reader.Refuse(row, kCustomer, "Nothing says whose appointment it is.");
    return std::nullopt;
  }
  CustomerRecord record;
  record.where = reader.At(row, kCustomerName);
  record.id = email.empty() ? name : email;
  record.provider = provider;
  record.name = name;
  AppendLine(record.note, "E-mail", email);
  AppendLine(record.note, "Phone", reader.Text(row, kPhone));
  id = record.id;
  records.customers.push_back(std::move(record));
  return id;
}

void ReadAppointment(RowReader& reader, const TableRow& row, const SourceOptions& options,
                     Records& records) {
  AppointmentRecord record;
  record.where = reader.At(row, {});
  const std::string zone_name = reader.Text(row, kTimeZone);
  const auto zone = ZoneOf(zone_name.empty() ? options.time_zone : zone_name);
  if (!zone.ok()) return reader.Refuse(row, kTimeZone, std::string(zone.status().message()));
  const auto start = reader.Time(row, kStart, *zone, options.order);
  if (!start) return;
  record.interval.start = *start;
  if (!reader.columns().Has(kEnd) || reader.Text(row, kEnd).empty()) {
    const auto minutes = reader.Number(row, kMinutes, 1, kDayMinutes, 0);
    if (!minutes) return;
    if (*minutes == 0) return reader.Refuse(row, kEnd, "There is neither an end nor a length.");
    record.interval.end = *start + core::Minutes(*minutes);
  } else {
    const auto end = reader.Time(row, kEnd, *zone, options.order);
    if (!end) return;
    record.interval.end = *end;
  }
  const std::string status = reader.Text(row, kStatus);
  if (!status.empty()) {
    const auto read = ReadStatus(status);
    if (!read) {
      return reader.Refuse(row, kStatus, fmt::format("The status \"{}\" is not known.", status));
    }
    record.status = *read;
  }
  const auto price =
      reader.Price(row, kPrice, ReadCurrency(reader.Text(row, kCurrency), options.currency));
  if (!price) return;
  record.price = *price;
  if (!reader.Text(row, kCreated).empty()) {
    record.created = reader.Time(row, kCreated, *zone, options.order);
    if (!record.created) return;
  }
  record.provider = ProviderOf(reader, row, options);
  record.specialist = reader.Text(row, kSpecialist);
  record.service = reader.Text(row, kService);
  record.place = reader.Text(row, kPlace);
  record.note = reader.Text(row, kNote);
  record.reason = reader.Text(row, {"reason", "cancelreason", "grund"});
  const auto customer = CustomerOf(reader, row, record.provider, records);
  if (!customer) return;
  record.customer = *customer;
  record.id = reader.Text(row, kId);
  if (record.id.empty()) {
    record.id = fmt::format("{}/{}/{}", record.customer, core::ToUnixSeconds(record.interval.start),
                            record.specialist);
  }
  records.appointments.push_back(std::move(record));
}

using ReadRow = void (*)(RowReader& reader, const TableRow& row, const SourceOptions& options,
                         Records& records);

absl::Status ReadRows(const SourceFile& file, const SourceOptions& options, Records& records,
                      ReadRow read) {
  ASSIGN_OR_RETURN(const Table table, ReadCsv(file.text, options.separator));
  RowReader reader(file, table, records);
  for (const TableRow& row : table.rows) {
    if (row.cells.size() > table.columns.size()) {
      reader.Refuse(row, {},
                    fmt::format("The line has {} cells, and the header {}: a separator or a quote "
                                "is amiss.",
                                row.cells.size(), table.columns.size()));
      continue;
    }
    read(reader, row, options, records);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadProviders(const SourceFile& file, const SourceOptions& options, Records& records) {
  return ReadRows(file, options, records, ReadProvider);
}
absl::Status ReadServices(const SourceFile& file, const SourceOptions& options, Records& records) {
  return ReadRows(file, options, records, ReadService);
}
absl::Status ReadCustomers(const SourceFile& file, const SourceOptions& options, Records& records) {
  return ReadRows(file, options, records, ReadCustomer);
}
absl::Status ReadAppointments(const SourceFile& file, const SourceOptions& options,
                              Records& records) {
  return ReadRows(file, options, records, ReadAppointment);
}

}  // namespace kalends::cli

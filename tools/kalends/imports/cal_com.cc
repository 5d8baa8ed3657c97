// What cal.com's insights download: a line a booking, with its attendees in columns.
#include <fmt/format.h>

#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "tools/kalends/imports/reading.h"

namespace kalends::cli {
namespace {

const Names kUid = {"uid", "bookinguid", "id"};
const Names kAttendee = {"attendee1", "attendee", "attendees"};
const Names kHost = {"userusername", "username", "useremail"};
const Names kEventType = {"eventtypeid", "eventtype"};
const Names kStart = {"starttime", "start"};
const Names kEnd = {"endtime", "end"};
constexpr int kAttendeesMax = 50;

struct Person {
  std::string name;
  std::string email;
};

// "Ada Lovelace (ada@example.com)".
Person PersonOf(const std::string& text) {
  const std::size_t open = text.rfind(" (");
  if (open == std::string::npos || !text.ends_with(')')) return {text, ""};
  return {text.substr(0, open), text.substr(open + 2, text.size() - open - 3)};
}

// The event's name out of "30min between Marie and Ada".
std::string ServiceNameOf(const std::string& title) {
  return title.substr(0, title.find(" between "));
}

class CalCom {
 public:
  CalCom(const SourceFile& file, const Table& table, const SourceOptions& options, Records& records)
      : options_(options), records_(records), reader_(file, table, records) {}

  void Read(const TableRow& row) {
    AppointmentRecord record;
    record.where = reader_.At(row, {});
    const auto uid = reader_.Required(row, kUid);
    const auto start = reader_.Time(row, kStart, core::TimeZone::Utc(), options_.order);
    const auto end = reader_.Time(row, kEnd, core::TimeZone::Utc(), options_.order);
    const auto attendee = reader_.Required(row, kAttendee);
    if (!uid || !start || !end || !attendee) return;
    record.id = *uid;
    record.interval = {*start, *end};
    if (!SetStatus(row, *attendee, record)) return;
    if (!reader_.Text(row, {"createdat"}).empty()) {
      record.created = reader_.Time(row, {"createdat"}, core::TimeZone::Utc(), options_.order);
    }
    record.provider = HostOf(row);
    record.service = ServiceOf(row, record.provider);
    record.customer = CustomerOf(row, PersonOf(*attendee), record.provider);
    for (int i = 2; i <= kAttendeesMax; ++i) {
      const std::string column = fmt::format("attendee{}", i);
      AppendLine(record.note, "With", reader_.Text(row, {column}));
    }
    records_.appointments.push_back(std::move(record));
  }

 private:
  bool SetStatus(const TableRow& row, const std::string& attendee, AppointmentRecord& record) {
    const std::string status = FoldColumn(reader_.Text(row, {"timestatus", "status"}));
    // It says whether the end has passed, not what became of it.
    if (status == "uncompleted" || status == "completed" || status.empty()) {
      record.status = core::AppointmentStatus::kAccepted;
    } else if (status == "rescheduled") {
      record.status = core::AppointmentStatus::kCancelled;
      record.reason = "rescheduled";
    } else if (const auto read = ReadStatus(status)) {
      record.status = *read;
    } else {
      reader_.Refuse(row, {"timestatus", "status"},
                     fmt::format("The status \"{}\" is not known.", status));
      return false;
    }
    const bool missed = reader_.Text(row, {"noshowguests"}).find(attendee) != std::string::npos;
    if (missed && status == "completed") record.status = core::AppointmentStatus::kMissed;
    return true;
  }

  std::string HostOf(const TableRow& row) {
    if (!options_.provider.empty()) return options_.provider;
    std::string host = reader_.Text(row, kHost);
    if (hosts_.emplace(host, 0).second) {
      ProviderRecord record;
      record.where = reader_.At(row, kHost);
      record.id = record.name = host;
      record.time_zone = options_.time_zone;
      record.currency = options_.currency;
      records_.providers.push_back(std::move(record));
    }
    return host;
  }

  std::string ServiceOf(const TableRow& row, const std::string& provider) {
    const std::string type = reader_.Text(row, kEventType);
    if (type.empty()) return {};
    const auto minutes = reader_.Number(row, {"eventlength", "length"}, 5, 24 * 60, 60);
    if (!minutes) return {};
    std::string id = fmt::format("{}-{}", type, *minutes);
    if (services_.emplace(id, provider).second) {
      ServiceRecord record;
      record.where = reader_.At(row, kEventType);
      record.id = id;
      record.provider = provider;
      record.name = Shortened(ServiceNameOf(reader_.Text(row, {"title"})), core::kNameCharsMax);
      if (record.name.empty()) record.name = fmt::format("{} min", *minutes);
      record.minutes = *minutes;
      records_.services.push_back(std::move(record));
    }
    return id;
  }

  std::string CustomerOf(const TableRow& row, const Person& person, const std::string& provider) {
    std::string id = person.email.empty() ? person.name : person.email;
    if (customers_.emplace(provider + "/" + id, 0).second) {
      CustomerRecord record;
      record.where = reader_.At(row, kAttendee);
      record.id = id;
      record.provider = provider;
      record.name = person.name.empty() ? id : person.name;
      AppendLine(record.note, "E-mail", person.email);
      AppendLine(record.note, "Phone", reader_.Text(row, {"attendeephone1", "attendeephone"}));
      records_.customers.push_back(std::move(record));
    }
    return id;
  }

  const SourceOptions& options_;
  Records& records_;
  RowReader reader_;
  std::map<std::string, int> hosts_;
  std::map<std::string, std::string> services_;
  std::map<std::string, int> customers_;
};

}  // namespace

absl::Status ReadCalCom(const SourceFile& file, const SourceOptions& options, Records& records) {
  ASSIGN_OR_RETURN(const Table table, ReadCsv(file.text, options.separator));
  const Columns columns(table.columns);
  if (!columns.Has(kStart) || !columns.Has(kAttendee)) {
    return absl::InvalidArgumentError(
        "This is no download of bookings from cal.com: there is no column startTime, or "
        "attendee1.");
  }
  CalCom reader(file, table, options, records);
  for (const TableRow& row : table.rows) reader.Read(row);
  return absl::OkStatus();
}

}  // namespace kalends::cli

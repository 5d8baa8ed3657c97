// Files of other programs -> records. Pure: the bytes, what was said on the command line, and no
// clock. Nothing that is there is dropped in silence: it becomes a record or a remark.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "tools/kalends/imports/moment.h"
#include "tools/kalends/imports/record.h"

namespace kalends::cli {

// What the files themselves do not say.
struct SourceOptions {
  std::string provider =
      {};  // Whose everything is that names no provider: "providers/..." or an id.
  std::string time_zone = {};  // Of wall times; empty: what the file says, where it does.
  std::string currency = {};   // Of amounts without one.
  DateOrder order = DateOrder::kUnsaid;
  char separator = 0;             // Of CSV; 0: found out.
  std::string table_prefix = {};  // Of Easy!Appointments; empty: found out.
};

struct SourceFile {
  std::string name;       // For remarks.
  std::string_view text;  // UTF-8.
};

// Each adds to `records`. An error is one of the whole file, a sentence.
// Our own columns: see core/OPERATING.md.
absl::Status ReadProviders(const SourceFile& file, const SourceOptions& options, Records& records);
absl::Status ReadServices(const SourceFile& file, const SourceOptions& options, Records& records);
absl::Status ReadCustomers(const SourceFile& file, const SourceOptions& options, Records& records);
absl::Status ReadAppointments(const SourceFile& file, const SourceOptions& options,
                              Records& records);
// A calendar (iCalendar): each entry with an attendee, or a summary, as an appointment.
absl::Status ReadCalendar(const SourceFile& file, const SourceOptions& options, Records& records);
// A dump of the tables of Easy!Appointments 1.0 to 1.5. One provider becomes a specialist; several
// become the staff of an organization called as the company is.
absl::Status ReadEasyAppointments(const SourceFile& file, const SourceOptions& options,
                                  Records& records);
// The CSV file of bookings that cal.com's insights download.
absl::Status ReadCalCom(const SourceFile& file, const SourceOptions& options, Records& records);

}  // namespace kalends::cli

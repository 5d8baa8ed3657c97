// What an import brings in, whatever it was read from, and what it refuses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/booking/appointment.h"

namespace kalends::cli {

// A place in a file. `line` counts from 1; 0: all of the file.
struct Where {
  std::string file;
  int line = 0;
  std::string column;  // Empty: the whole record.
};

// Something that is not brought in, or not as it stands there. `why` is a sentence.
struct Remark {
  Where where;
  std::string why;
};

// Ids are those of the source. A provider may also be a name here, "providers/...".
struct ProviderRecord {
  Where where;
  std::string id;
  std::string name;
  bool is_organization = false;
  std::string organization;  // Whose staff it is; empty: of none.
  std::string time_zone;
  std::string currency;
  std::string language;
};

struct ServiceRecord {
  Where where;
  std::string id;
  std::string provider;
  std::string name;
  std::string description;
  int minutes = 60;
  int buffer_before_minutes = 0;
  int buffer_after_minutes = 0;
  int capacity = 1;
  core::Money price;
  std::string place;
  bool is_archived = false;
  std::vector<std::string> specialists;  // Of an organization; none: all.
};

struct CustomerRecord {
  Where where;
  std::string id;
  std::string provider;
  std::string name;
  std::string identity;  // "telegram:4711"; empty: not known.
  std::string language;
  std::string time_zone;
  std::string note;  // For the provider: how to reach them, say.
};

struct AppointmentRecord {
  Where where;
  std::string id;
  std::string provider;
  std::string specialist;  // Of an organization.
  std::string customer;
  std::string service;  // Empty: none.
  core::Interval interval;
  core::AppointmentStatus status = core::AppointmentStatus::kAccepted;
  core::Money price;
  std::string place;
  std::string note;
  std::string reason;
  std::optional<core::Instant> created;
};

struct Records {
  std::vector<ProviderRecord> providers;
  std::vector<ServiceRecord> services;
  std::vector<CustomerRecord> customers;
  std::vector<AppointmentRecord> appointments;
  std::vector<Remark> refused;  // Not brought in.
  std::vector<Remark> noted;    // Brought in, but a person should look at it.
};

}  // namespace kalends::cli

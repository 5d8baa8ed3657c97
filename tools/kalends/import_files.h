// The files that kalends import was given.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "tools/kalends/imports/record.h"

namespace kalends::cli {

// What the command line says; files that are not named are empty.
struct ImportArguments {
  std::string providers;
  std::string services;
  std::string customers;
  std::string appointments;  // .csv, or .ics.
  std::string easy_appointments;
  std::string cal_com;
  std::string source = "file";  // Which program, or which installation of it.
  std::string provider;         // Whose everything is that names none.
  std::string time_zone;
  std::string currency;
  std::string date_format;
  std::string encoding;
  std::string separator;
  std::string table_prefix;
  bool dry_run = false;
};

// All that is in them. An error is one of a whole file, or of the command line: a sentence.
absl::StatusOr<Records> ReadSources(const ImportArguments& import);

}  // namespace kalends::cli

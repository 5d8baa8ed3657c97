// What the command line says.
#pragma once

#include <string>
#include <vector>

#include "adapters/shared/core_tls.h"

namespace kalends::cli {

// import; files that are not named are empty.
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

struct Arguments {
  std::string core = "127.0.0.1:50051";  // HOST:PORT of the core.
  CoreTlsFiles core_tls;
  std::string admin_key_file;  // Holds the API key to call with.
  // key create
  std::vector<std::string> scopes;
  std::string label;
  std::string out;      // File for the secret; empty: standard output.
  std::string expires;  // "90d", "12h", "2027-01-31T00:00:00Z"; empty: never.
  int calls_per_second = 0;
  int streams = 0;
  // key revoke
  std::string key;
  // demo seed
  std::string specialist_identity = "telegram:1001";
  std::string name = "Marie Weber";
  std::string language = "de";
  bool company = false;  // Customers with a filled week, and an organization.
  // verify
  std::string data_dir = "./var/data";
  std::string database;  // Empty: kalends.db in `data_dir`.
  // backup, restore, verify
  std::string backups;      // The directory of backups.
  std::string backup_file;  // Instead of it: one backup as one file.
  std::string backup_name;  // Empty: the newest.
  int keep = 0;             // How many backups stay; 0: all.
  bool with_master_key = false;
  std::vector<std::string> recipients;  // Whom `backup_file` is encrypted to; empty: it is not.
  std::string identity_file;            // Of the key that opens it.
  std::string master_key_file;
  bool accept_damage = false;
  ImportArguments import;
  // export
  std::vector<std::string> exported;  // providers/...
  std::string export_directory;
  // audit, verify, demo seed, backup, restore, import
  bool json = false;
};

}  // namespace kalends::cli

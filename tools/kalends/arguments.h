// What the command line says.
#pragma once

#include <string>
#include <vector>

#include "adapters/shared/core_tls.h"

namespace kalends::cli {

struct Arguments {
  std::string core = "127.0.0.1:50051";  // HOST:PORT of the core.
  CoreTlsFiles core_tls;
  std::string admin_key_file;     // Holds the API key to call with.
  std::string time_zone = "UTC";  // In which times are printed.
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
  bool json = false;
};

}  // namespace kalends::cli

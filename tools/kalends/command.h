// What a subcommand is: a row of the table in commands.cc, and a file of its own.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "core/timezone/time_zone.h"
#include "tools/kalends/arguments.h"
#include "tools/kalends/connection.h"

namespace kalends::cli {

// What commands work with.
class Context {
 public:
  Context(const Arguments& said, const CLI::App& app) : said_(said), app_(app) {}

  const Arguments& said() const { return said_; }
  // All of the command line, as it describes itself.
  const CLI::App& app() const { return app_; }
  // Reads the key and the files for TLS at the first call.
  absl::StatusOr<const Connection*> Core();
  // That of --time-zone. INVALID_ARGUMENT: there is none of that name.
  absl::StatusOr<core::TimeZone> Zone() const;

 private:
  const Arguments& said_;
  const CLI::App& app_;
  std::optional<Connection> core_;
};

// Returns what the program ends with (exit_code.h).
using Work = std::function<absl::StatusOr<int>(Context& context)>;

// What 2 is: a wrong command line, or something about the data (damage, refused records), where a
// wrong command line is 1, as all else is.
enum class Codes { kUsual, kOfData };

struct CommandRow {
  const char* group;  // Empty: it stands by itself.
  const char* name;
  const char* help;
  // Adds the command's own arguments; what it returns runs after they are read. `said` lives as
  // long.
  Work (*declare)(CLI::App& command, Arguments& said);
  Codes codes = Codes::kUsual;
};

struct GroupRow {
  const char* name;
  const char* help;
};

std::span<const CommandRow> Commands();
std::span<const GroupRow> Groups();

// Adds the rows, each with --json, and puts what is to be done into `chosen` when one is read.
// Returns those whose codes are of data.
std::vector<const CLI::App*> AddCommands(CLI::App& app, Arguments& said, Work& chosen);

}  // namespace kalends::cli

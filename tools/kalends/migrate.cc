#include "tools/kalends/migrate.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/status_macros.h"
#include "storage/sqlite/migrate.h"
#include "storage/sqlite/open.h"
#include "storage/sqlite/sqlite_database.h"
#include "tools/kalends/data_directory.h"
#include "tools/kalends/table.h"

namespace kalends::cli {
namespace {

// How many it has; more than this program knows are a newer one's.
absl::StatusOr<int> AppliedIn(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return absl::NotFoundError(fmt::format(
        "There is no database {}: kalendsd makes one at its first start.", path.string()));
  }
  try {
    SQLite::Database database = storage::OpenToVerify({.name = path.string(), .in_memory = false});
    if (database.execAndGet("PRAGMA application_id").getInt() != storage::kApplicationId) {
      return absl::FailedPreconditionError(
          fmt::format("{} is no database of Kalends.", path.string()));
    }
    return database.execAndGet("PRAGMA user_version").getInt();
  } catch (const SQLite::Exception& failure) {
    return absl::UnknownError(fmt::format("{} cannot be read: {}; kalends verify tells more.",
                                          path.string(), failure.what()));
  }
}

// The first sentence of the comment that a migration begins with; empty: it has none.
std::string SubjectOf(std::string_view sql) {
  constexpr std::string_view kComment = "-- ";
  std::string subject;
  while (sql.starts_with(kComment)) {
    const std::string_view line = sql.substr(0, sql.find('\n'));
    subject += (subject.empty() ? "" : " ") + std::string(line.substr(kComment.size()));
    sql.remove_prefix(std::min(line.size() + 1, sql.size()));
  }
  const std::size_t end = subject.find(". ");
  return end == std::string::npos ? subject : subject.substr(0, end + 1);
}

void PrintMigrations(int applied, bool json) {
  const auto& known = storage::Migrations();
  PrintedTable table({"MIGRATION", "STATE", "WHAT"});
  for (std::size_t i = 0; i < known.size(); ++i) {
    const char* const state = static_cast<int>(i) < applied ? "applied" : "pending";
    if (json) {
      const nlohmann::ordered_json line = {
          {"migration", i + 1}, {"state", state}, {"what", SubjectOf(known[i])}};
      fmt::print("{}\n", line.dump());
    } else {
      table.Add({fmt::format("{:04}", i + 1), state, SubjectOf(known[i])});
    }
  }
  fmt::print("{}", table.Take());
}

absl::Status CheckNotNewer(int applied) {
  const int known = static_cast<int>(storage::Migrations().size());
  if (applied <= known) return absl::OkStatus();
  return absl::FailedPreconditionError(
      fmt::format("The database has {} migrations, this version knows {}: take a newer kalends.",
                  applied, known));
}

absl::Status ApplyMigrations(const Arguments& said) {
  const std::filesystem::path database = DatabaseOf(said);
  // A directory may hold only the key of a database that lies elsewhere, and the other way round:
  // both are locked, as kalendsd locks them. They are let go after the database is closed.
  ASSIGN_OR_RETURN(const storage::File directory,
                   LockAgainstCores(std::filesystem::path(said.data_dir) / "lock"));
  ASSIGN_OR_RETURN(const storage::File file, LockAgainstCores(database));
  const auto opened = storage::OpenSqlite({.path = database.string()});
  return opened.status();
}

absl::StatusOr<int> WorkOnMigrations(const Arguments& said, bool apply) {
  spdlog::set_level(spdlog::level::off);  // What goes wrong is said by the status.
  ASSIGN_OR_RETURN(int applied, AppliedIn(DatabaseOf(said)));
  RETURN_IF_ERROR(CheckNotNewer(applied));
  const int pending = static_cast<int>(storage::Migrations().size()) - applied;
  if (apply && pending > 0) {
    RETURN_IF_ERROR(ApplyMigrations(said));
    ASSIGN_OR_RETURN(applied, AppliedIn(DatabaseOf(said)));
  }
  PrintMigrations(applied, said.json);
  if (apply) {
    fmt::print(stderr, "{} applied now.\n", pending);
  } else if (pending > 0) {
    fmt::print(stderr,
               "{} pending. There is no way back from them but a backup: kalends backup --to "
               "DIRECTORY --data-dir {}; then stop kalendsd, and kalends migrate --apply (or start "
               "the new kalendsd, which applies them too).\n",
               pending, said.data_dir);
  }
  return 0;
}

}  // namespace

Work RunMigrate(CLI::App& command, Arguments& said) {
  AddDataDirectory(command, said);
  auto apply = std::make_shared<bool>(false);
  command.add_flag("--apply", *apply,
                   "Run the pending ones; refused while a core runs. Back up before: there is no "
                   "other way back");
  return [apply](Context& context) { return WorkOnMigrations(context.said(), *apply); };
}

}  // namespace kalends::cli

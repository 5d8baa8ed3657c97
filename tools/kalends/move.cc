#include "tools/kalends/move.h"

#include <fmt/format.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/status_macros.h"
#include "storage/move.h"
#include "storage/postgres/move_side.h"
#include "storage/sqlite/move_side.h"
#include "tools/kalends/data_directory.h"
#include "tools/kalends/exit_code.h"
#include "tools/kalends/progress.h"

namespace kalends::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kPostgres[] = {"postgres://", "postgresql://"};
constexpr std::chrono::milliseconds kPause{200};

struct Places {
  std::string from;
  std::string to;
};

// One of the two, with what keeps cores off it; that is let go after the database is closed.
struct OpenedSide {
  storage::File lock;
  std::unique_ptr<storage::MoveSide> side;
};

bool IsPostgres(std::string_view place) {
  return std::any_of(std::begin(kPostgres), std::end(kPostgres),
                     [&](std::string_view scheme) { return place.starts_with(scheme); });
}

// The file of SQLite's; nothing: PostgreSQL's.
absl::StatusOr<std::string> FileOf(const std::string& place, const char* option) {
  if (IsPostgres(place)) return std::string();
  if (place.starts_with(kSqlite) && place.size() > kSqlite.size() && place[kSqlite.size()] != ':') {
    return place.substr(kSqlite.size());
  }
  // The text may hold a password.
  return absl::InvalidArgumentError(
      fmt::format("{} must be sqlite:PATH or postgres://HOST/DATABASE.", option));
}

absl::StatusOr<OpenedSide> OpenFrom(const std::string& place) {
  OpenedSide opened;
  ASSIGN_OR_RETURN(const std::string file, FileOf(place, "--from"));
  if (file.empty()) {
    ASSIGN_OR_RETURN(opened.side, storage::MoveFromPostgres(place));
    return opened;
  }
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    return absl::NotFoundError(fmt::format("There is no database {}.", file));
  }
  ASSIGN_OR_RETURN(opened.lock, LockAgainstCores(file));
  ASSIGN_OR_RETURN(opened.side, storage::MoveFromSqlite(file));
  return opened;
}

absl::StatusOr<OpenedSide> OpenTo(const std::string& place) {
  OpenedSide opened;
  ASSIGN_OR_RETURN(const std::string file, FileOf(place, "--to"));
  if (file.empty()) {
    ASSIGN_OR_RETURN(opened.side, storage::MoveToPostgres(place));
    return opened;
  }
  ASSIGN_OR_RETURN(opened.lock, LockAgainstCores(file));
  ASSIGN_OR_RETURN(opened.side, storage::MoveToSqlite(file));
  return opened;
}

// What is done, how fast, and how long it takes yet, some times a second.
class Watch {
 public:
  void Show(const storage::MoveProgress& now) {
    const Clock::time_point time = Clock::now();
    if (now.is_comparing != is_comparing_) {
      is_comparing_ = now.is_comparing;
      began_ = time;
    }
    if (time - shown_ < kPause && now.rows < now.rows_total) return;
    shown_ = time;
    const double seconds = std::max(std::chrono::duration<double>(time - began_).count(), 1e-3);
    const double rate = static_cast<double>(now.rows) / seconds;
    const auto left = static_cast<std::int64_t>(
        static_cast<double>(std::max<std::int64_t>(now.rows_total - now.rows, 0)) /
        std::max(rate, 1.0));
    ShowProgress(fmt::format("{} {}: {} of {} rows, {:.0f} rows/s, {}:{:02} left",
                             is_comparing_ ? "Comparing" : "Copying", now.table, now.rows,
                             now.rows_total, rate, left / 60, left % 60));
  }

 private:
  bool is_comparing_ = false;
  Clock::time_point began_ = Clock::now();
  Clock::time_point shown_;
};

absl::StatusOr<int> Move(const Arguments& said, const Places& places) {
  if (sodium_init() < 0) return absl::InternalError("libsodium cannot be initialized");
  spdlog::set_level(spdlog::level::off);  // What goes wrong is said by the status.
  ASSIGN_OR_RETURN(OpenedSide from, OpenFrom(places.from));
  ASSIGN_OR_RETURN(OpenedSide to, OpenTo(places.to));
  Watch watch;
  const auto report = storage::MoveRows(*from.side, *to.side,
                                        [&](const storage::MoveProgress& now) { watch.Show(now); });
  EndProgress();
  RETURN_IF_ERROR(report.status());
  if (said.json) {
    const nlohmann::ordered_json line = {{"tables", report->tables}, {"rows", report->rows}};
    fmt::print("{}\n", line.dump());
    return kExitOk;
  }
  fmt::print(
      "Moved {} rows of {} tables, and read them back: they are the same.\n"
      "Files of documents and master keys stay in the data directory: start kalendsd on that one, "
      "with --storage of the new database.\n"
      "The old database is as it was. No core must work on it any more: put it away.\n",
      report->rows, report->tables);
  return kExitOk;
}

}  // namespace

Work MoveDatabase(CLI::App& command, Arguments& said) {
  static_cast<void>(said);
  auto places = std::make_shared<Places>();
  command
      .add_option("--from", places->from,
                  "The database as it is: sqlite:PATH or postgres://HOST/DATABASE (a password is "
                  "better in ~/.pgpass)")
      ->required();
  command.add_option("--to", places->to, "An empty one, or a file that is not there yet: likewise")
      ->required();
  return [places](Context& context) { return Move(context.said(), *places); };
}

}  // namespace kalends::cli

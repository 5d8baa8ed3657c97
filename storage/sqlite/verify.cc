#include "storage/sqlite/verify.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/escaping.h"
#include "core/base/id.h"
#include "core/base/status_macros.h"
#include "storage/blobs/blob_store.h"
#include "storage/documents.h"
#include "storage/sealed_columns.h"
#include "storage/sealing.h"
#include "storage/sqlite/check.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/migrate.h"
#include "storage/sqlite/open.h"
#include "storage/sqlite/verify_rows.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

struct StoredFile {
  std::string id;
  std::int64_t size_bytes = 0;
  std::string wrapped_key;
};

class Verification {
 public:
  Verification(const VerifyOptions& options, SQLite::Database database)
      : options_(options), connection_(std::move(database)), blobs_(BlobStore::At(options.blobs)) {}

  VerifyReport Run() {
    Pages();
    Rows();
    Overlaps();
    if (options_.keys) {
      AllSeals();
      OtherKeys();
    } else {
      Found("master_key", "", "there is no master key: seals and files were not looked at");
    }
    Files();
    return std::move(report_);
  }

 private:
  void Step(const std::string& step) const {
    if (options_.progress) options_.progress(step);
  }

  void Found(std::string kind, std::string place, std::string what) {
    ++report_.found;
    if (report_.findings.size() == kFindingsMax) return;
    report_.findings.push_back({std::move(kind), std::move(place), std::move(what)});
  }

  // Runs what reads a part of the database. A torn page ends that part, and no other.
  void Part(const std::string& place, const std::function<void()>& read) {
    try {
      connection_.Execute("BEGIN");
      read();
    } catch (const std::exception& thrown) {
      Found("page", place, thrown.what());
    }
    connection_.Rollback();
  }

  void Pages() {
    Step("Checking pages and indexes");
    for (std::string& fault : CheckWhole(connection_.database())) {
      if (IsOfOneRow(fault)) {
        faults_of_rows_.push_back(std::move(fault));
      } else {
        Found("page", "", std::move(fault));
      }
    }
  }

  // What SQLite says of rows names none of them: so each table is looked through.
  void Rows() {
    const std::int64_t before = report_.found;
    const auto found = [&](BadRow bad) {
      Found(std::move(bad.kind), std::move(bad.place), std::move(bad.what));
    };
    for (const std::string& table : TablesOf(connection_.database())) {
      if (table.starts_with("sqlite_")) continue;
      Step("Reading " + table);
      Part(table, [&] { EachBadRow(connection_, table, found); });
      Part(table, [&] { EachDanglingRow(connection_, table, found); });
    }
    if (report_.found > before) return;
    for (std::string& fault : faults_of_rows_) Found("row", "", std::move(fault));
  }

  // Members of one session share their time. What members have alike is not asked: some of before
  // 0009 are unlike.
  void Overlaps() {
    if (!HasTable("appointments")) return;
    Step("Looking for overlaps");
    Part("appointments", [&] {
      connection_.Query(
          "SELECT one.id, other.id FROM appointments AS one JOIN appointments AS other"
          " ON other.specialist_id = one.specialist_id AND other.status IN ('PENDING', 'ACCEPTED')"
          " AND other.hold_start_s >= one.hold_start_s AND other.hold_start_s < one.hold_end_s"
          " AND (other.hold_start_s > one.hold_start_s OR other.id > one.id)"
          " WHERE one.status IN ('PENDING', 'ACCEPTED')"
          " AND (one.capacity = 1 OR other.capacity = 1"
          "      OR one.provider_id <> other.provider_id OR one.service_id IS NULL"
          "      OR one.service_id IS NOT other.service_id OR one.start_s <> other.start_s)",
          {}, [&](const Row& row) {
            Found("overlap", "appointments/" + core::EncodeId(row.Int(0)),
                  "holds time that appointments/" + core::EncodeId(row.Int(1)) + " holds, too");
          });
    });
  }

  void AllSeals() {
    std::vector<std::string> later;  // Columns that a migration to come makes.
    Part("plain_texts", [&] {
      report_.unsealed = PlainColumns(connection_);
      const auto version = connection_.database().execAndGet("PRAGMA user_version").getInt();
      if (static_cast<std::size_t>(version) >= Migrations().size()) return;
      for (const SealedColumn& column : SealedColumns()) {
        if (!IsThere(column)) later.push_back(NameOf(column));
      }
    });
    if (HasTable("master_keys")) {
      Part("master_keys", [&] { known_keys_ = KnownMasterKeys(connection_); });
    }
    const auto holds = [](const std::vector<std::string>& names, const std::string& name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    std::erase_if(report_.unsealed, [&](const auto& name) { return holds(later, name); });
    for (const SealedColumn& column : SealedColumns()) {
      const std::string name = NameOf(column);
      if (!holds(report_.unsealed, name) && !holds(later, name)) Seals(column);
    }
  }

  bool IsThere(const SealedColumn& column) {
    bool there = false;
    connection_.Query("SELECT 1 FROM pragma_table_info($1) WHERE name = $2",
                      {column.table, column.column}, [&](const Row&) { there = true; });
    return there;
  }

  void Seals(const SealedColumn& column) {
    const std::string name = NameOf(column);
    Step("Opening " + name);
    Part(name, [&] {
      EachSealed(connection_, column, [&](std::string_view sealed, const std::string& row) {
        ++report_.sealed_values;
        const auto opened = column.as == SealedColumn::As::kKey
                                ? options_.keys->UnwrapKey(sealed, row)
                                : options_.keys->OpenText(sealed, row);
        if (opened.ok()) return;
        const std::string key(MasterKeys::KeyIdOf(sealed));
        if (IsAnothers(key)) {
          ++of_other_keys_[key];
        } else {
          Found("seal", ShownPlace(column, row), std::string(opened.status().message()));
        }
      });
    });
  }

  // Whether the database was sealed with a key that is not among those that were given.
  bool IsAnothers(const std::string& key) const {
    const auto holds = [&](const std::vector<std::string>& keys) {
      return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    return holds(known_keys_) && !holds(options_.keys->Ids());
  }

  // One finding a key, not one for all that it sealed.
  void OtherKeys() {
    for (const auto& [key, count] : of_other_keys_) {
      const std::string id = absl::BytesToHexString(key);
      Found(
          "master_key", "",
          count == report_.sealed_values
              ? fmt::format("the master key does not fit: all of the {} sealed values were sealed "
                            "with another (key {})",
                            count, id)
              : fmt::format("a master key is missing: {} of {} sealed values were sealed with it "
                            "(key {})",
                            count, report_.sealed_values, id));
    }
  }

  bool HasTable(std::string_view name) {
    const std::vector<std::string> tables = TablesOf(connection_.database());
    return std::find(tables.begin(), tables.end(), name) != tables.end();
  }

  // Whoever lost the database and starts without it has an empty one.
  bool HoldsNothing() {
    bool holds = false;
    Part("accounts", [&] {
      holds = HasTable("accounts") && HasRow(connection_, "SELECT 1 FROM accounts LIMIT 1", {});
    });
    return !holds;
  }

  // In a transaction of its own, so that it is the present.
  bool IsKnown(const std::string& id) {
    bool known = false;
    Part("blobs", [&] {
      connection_.Query("SELECT 1 FROM blobs WHERE id = $1", {std::string_view(id)},
                        [&](const Row&) { known = true; });
    });
    return known;
  }

  std::optional<std::vector<StoredFile>> KnownFiles() {
    std::vector<StoredFile> files;
    bool whole = false;
    if (!HasTable("blobs")) return files;
    Part("blobs", [&] {
      connection_.Query("SELECT id, size_bytes, wrapped_key FROM blobs", {}, [&](const Row& row) {
        files.push_back({row.Text(0), row.Int(1), row.Text(2)});
      });
      whole = true;
    });
    return whole ? std::optional(std::move(files)) : std::nullopt;
  }

  void Files() {
    Step("Listing files");
    const auto present = blobs_.Finished();
    // A list that breaks off would make orphans of all others.
    const auto known = KnownFiles();
    if (!known) return;
    std::set<std::string> unknown;
    if (present.ok() && !options_.shared_blobs) unknown.insert(present->begin(), present->end());
    if (!present.ok() && !known->empty()) {
      Found("file_missing", "", std::string(present.status().message()));
    }
    if (!unknown.empty() && known->empty() && HoldsNothing()) {
      Found("lost", "",
            fmt::format("the database is empty, and the {} files beside it are of another",
                        unknown.size()));
      return;
    }
    for (const StoredFile& file : *known) {
      unknown.erase(file.id);
      if (options_.keys) CheckFile(file);
    }
    // By now the row of what was being uploaded is there, or its file is gone.
    for (const std::string& id : unknown) {
      std::error_code error;
      if (IsKnown(id) || !std::filesystem::exists(options_.blobs / id, error)) continue;
      Found("file_orphan", "blobs/" + id, "no row knows the file");
    }
  }

  void CheckFile(const StoredFile& file) {
    const std::string place = "blobs/" + file.id;
    Step(fmt::format("Reading file {}", ++report_.files));
    const auto key = options_.keys->UnwrapKey(file.wrapped_key, "blobs.wrapped_key/" + file.id);
    if (!key.ok()) return;  // Seals() has found it, or its master key came after the snapshot.
    auto reader = blobs_.Open(file.id, *key, file.size_bytes, {0, file.size_bytes});
    if (!reader.ok()) {
      if (!IsKnown(file.id)) return;  // It was deleted.
      const bool missing = absl::IsNotFound(reader.status());
      Found(missing ? "file_missing" : "file_damaged", place,
            missing ? "the file is not there" : std::string(reader.status().message()));
      return;
    }
    while (true) {
      const auto chunk = reader->Read();
      if (!chunk.ok()) Found("file_damaged", place, std::string(chunk.status().message()));
      if (!chunk.ok() || chunk->empty()) return;
    }
  }

  const VerifyOptions& options_;
  Connection connection_;
  const BlobStore blobs_;
  VerifyReport report_;
  std::vector<std::string> faults_of_rows_;  // As SQLite says them.
  std::vector<std::string> known_keys_;
  std::map<std::string, std::int64_t> of_other_keys_;  // Sealed values, by key.
};

constexpr struct {
  std::string_view kind;
  std::string_view advice;
} kAdvice[] = {
    {"page",
     "Stop kalendsd and restore a backup. To save what can still be read, start it with "
     "--accept-damage."},
    {"lost",
     "Restore kalends.db from a backup; the files and the master key stay as they are. Do not let "
     "kalendsd work on the empty one."},
    {"row", "It is left out of lists, and nothing is written over it. Take it from a backup."},
    {"text",
     "Where it is a name or a description, set it anew; any other row is left out of lists until "
     "it is taken from a backup."},
    {"code",
     "It is left out of lists, and nothing is written over it. Take it from a backup; make a new "
     "key in place of an API key."},
    {"zone", "Install the packages tzdata and tzdata-legacy, or set another time zone."},
    {"foreign_key", "What refers to nothing cannot be shown. Take the other row from a backup."},
    {"overlap", "Move or cancel one of the two."},
    {"seal", "It is shown as unreadable. Write it anew, or take the row from a backup."},
    {"file_missing", "Copy the file back from a backup, as kalendsd runs."},
    {"file_damaged", "Copy the file back from a backup, as kalendsd runs."},
    {"file_orphan", "Nothing need be done: the next start of kalendsd removes it."},
    {"master_key",
     "Give the keys that kalendsd is given: master.key in the data directory or, where it has them "
     "from its environment, KALENDS_MASTER_KEY in that of this program, too."},
};

}  // namespace

std::string_view AdviceFor(std::string_view kind) {
  const auto* const found = std::find_if(std::begin(kAdvice), std::end(kAdvice),
                                         [&](const auto& one) { return one.kind == kind; });
  return found == std::end(kAdvice) ? std::string_view() : found->advice;
}

absl::StatusOr<VerifyReport> Verify(const VerifyOptions& options) {
  std::error_code error;
  if (!std::filesystem::exists(options.database, error)) {
    return absl::NotFoundError(fmt::format("there is no database {}", options.database));
  }
  try {
    SQLite::Database database = OpenToVerify({options.database, false});
    return Verification(options, std::move(database)).Run();
  } catch (const SQLite::Exception& failure) {
    const int code = failure.getErrorCode();
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) {
      VerifyReport report;
      report.found = 1;
      report.findings.push_back({"page", "", failure.what()});
      return report;
    }
    return absl::UnavailableError(
        fmt::format("cannot read {}: {}", options.database, failure.what()));
  }
}

}  // namespace kalends::storage

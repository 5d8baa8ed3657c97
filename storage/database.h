// The one seam to a database engine. A driver implements Database and Transaction; the typed query
// functions beside this file hold the SQL, written once in what SQLite and PostgreSQL share: `$1`
// placeholders, RETURNING, ON CONFLICT.
//
// Writes queue for one connection that group-commits: requests that wait together share a
// transaction, each in a savepoint of its own, and each is answered after the commit is on disk.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"

namespace kalends::storage {

class LeaveOut;
class MasterKeys;

// Bytes, as against text. Not owned.
struct Blob {
  std::string_view bytes;
};

// An argument of a statement. Text and bytes are not owned and must outlive the call.
using Value = std::variant<std::nullptr_t, std::int64_t, std::string_view, Blob>;

// One row of a result; valid inside the callback only. Columns count from 0. What a column holds
// and cannot hold (another type, a text that is not UTF-8) is damage: storage/unreadable.h.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool IsNull(int column) const = 0;
  virtual std::int64_t Int(int column) const = 0;
  virtual std::string Text(int column) const = 0;   // Also of bytes.
  virtual std::string Bytes(int column) const = 0;  // Of a text too, whatever it holds.
  // Whether Text would give it.
  virtual bool IsSound(int column) const = 0;
  // Names the value in the log, by table, column and primary key, and counts it; once, however
  // often it is read.
  virtual void NoteDamage(int column, std::string_view why) const = 0;
  // The same, and the row cannot be read: throws UnreadableRow.
  [[noreturn]] void Refuse(int column, std::string_view why) const;
  // What opens the sealed texts in it.
  virtual const MasterKeys& keys() const = 0;

  std::optional<std::int64_t> OptionalInt(int column) const {
    return IsNull(column) ? std::nullopt : std::optional(Int(column));
  }
};

// A transaction in progress; valid inside the body only. A failing statement throws what the driver
// turns into a status at the end of Read and Write: a violated constraint is a bug (the rule
// refuses first) and becomes INTERNAL, busy and locked become UNAVAILABLE (BUSY), a row that cannot
// be read UNREADABLE.
class Transaction {
 public:
  virtual ~Transaction() = default;
  // Runs a statement; returns how many rows it changed.
  virtual std::int64_t Execute(std::string_view sql, std::span<const Value> values) = 0;
  // Runs a query and calls `each` for every row. `each` may run further statements.
  virtual void Query(std::string_view sql, std::span<const Value> values,
                     const std::function<void(const Row&)>& each) = 0;

  // What seals and opens texts (storage/sealed.h): the database's. Throws where it has none.
  const MasterKeys& keys() const;
  bool has_keys() const { return keys_ != nullptr; }
  // They must outlive it.
  void UseKeys(const MasterKeys* keys) { keys_ = keys; }

  std::int64_t Execute(std::string_view sql, std::initializer_list<Value> values = {}) {
    return Execute(sql, std::span<const Value>(values.begin(), values.size()));
  }
  void Query(std::string_view sql, std::initializer_list<Value> values,
             const std::function<void(const Row&)>& each) {
    Query(sql, std::span<const Value>(values.begin(), values.size()), each);
  }

 private:
  friend class LeaveOut;
  friend class WholeOnly;

  const MasterKeys* keys_ = nullptr;
  LeaveOut* leave_out_ = nullptr;  // The list that is being read; null: whatever is read is needed.
};

using Body = std::function<absl::Status(Transaction&)>;

// A write that is answered later. `body` may run twice, the first time without a trace; if it
// returns an error, its changes are rolled back and the others of its group stay whole. `done` is
// called once, on the writer's thread, with the status of the body, or of the commit if that
// failed.
struct WriteJob {
  Body body;
  std::function<void(absl::Status)> done;
  // It deletes, or is what reading leaves behind, and so runs also where the disk is full: with
  // room that is kept for that.
  bool may_use_reserve = false;
};

struct WriteStats {
  std::int64_t commits = 0;  // Each is one flush of the device.
  std::int64_t writes = 0;   // Bodies committed in them.
};

// How the check that begins when a database is opened went.
struct CheckResult {
  enum class State { kRunning, kSound, kDamaged, kFailed };
  State state = State::kSound;
  std::vector<std::string> faults;  // As the engine says them: tables, pages, rows.
};

// Thread-safe. Destroying it waits for the writes that were submitted.
class Database {
 public:
  virtual ~Database() = default;

  // Runs `body` on a snapshot, on the caller's thread and a connection of a pool. Not re-entrant.
  virtual absl::Status Read(const Body& body) = 0;
  // Queues a write. Jobs run in the order they were submitted.
  virtual void Submit(WriteJob job) = 0;
  // Called on the writer's thread after each group was committed (true) or lost (false), before any
  // `done` of it. Set once, before the first write.
  virtual void SetGroupListener(std::function<void(bool committed)> listener) = 0;
  // What seals and opens texts in all transactions. Set once, before the first of them that meets
  // such a text.
  virtual void SetKeys(std::shared_ptr<const MasterKeys> keys) = 0;
  virtual WriteStats Stats() const = 0;
  virtual CheckResult Check() const = 0;
  // Call it after a commit that erased what somebody wrote: the log of changes, where it still
  // stands, is emptied as soon as no reader is in the way, within some seconds. Returns at once.
  virtual void EmptyLog() = 0;
  // Writes the file anew, so that it holds nothing but what can be read: pages keep shreds of what
  // was moved about in them. Takes as long as the file is big, and twice as much room beside it.
  // Readers go on, also the check in the background; a write in progress ends in BUSY.
  // STORAGE_FULL: nothing was changed, and the log may be as long as the room was until EmptyLog.
  virtual absl::Status Rewrite() = 0;

  // Submits and waits. Never call it on the writer's thread.
  absl::Status Write(Body body);
};

}  // namespace kalends::storage

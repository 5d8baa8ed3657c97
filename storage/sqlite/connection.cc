#include "storage/sqlite/connection.h"

#include <sqlite3.h>

#include <cerrno>
#include <stdexcept>

#include "core/base/text.h"
#include "storage/blobs/master_keys.h"
#include "storage/sqlite/value_name.h"

namespace kalends::storage {
namespace {

// Reached only if somebody makes statements up at run time; then all start anew.
constexpr std::size_t kStatementsMax = 1000;

// What the system said when writing to this file failed last.
int LastErrorOf(sqlite3_file* file) {
  int error = 0;
  if (file != nullptr && file->pMethods != nullptr) {
    file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error);
  }
  return error;
}

// SQLite knows a full disk, but neither a quota nor a limit on the size of files: to it, these are
// errors of writing as any other.
bool LacksRoom(const SQLite::Exception& failure, sqlite3* database) {
  const int code = failure.getExtendedErrorCode();
  if (code != SQLITE_IOERR_WRITE && code != SQLITE_IOERR_FSYNC) return false;
  for (const int which : {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER}) {
    sqlite3_file* file = nullptr;
    sqlite3_file_control(database, "main", which, static_cast<void*>(&file));
    const int error = LastErrorOf(file);
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) return true;
  }
  return false;
}

class CurrentRow final : public Row {
 public:
  CurrentRow(Connection& connection, const SQLite::Statement& statement,
             std::span<const Value> values)
      : connection_(connection), statement_(statement), values_(values) {}

  bool IsNull(int column) const override { return statement_.isColumnNull(column); }

  std::int64_t Int(int column) const override {
    const SQLite::Column value = statement_.getColumn(column);
    if (!value.isInteger()) Refuse(column, "it is no number");
    return value.getInt64();
  }

  std::string Text(int column) const override {
    const SQLite::Column value = statement_.getColumn(column);
    if (!IsSound(value)) Refuse(column, "it is no text in UTF-8");
    return value.getString();
  }

  std::string Bytes(int column) const override { return statement_.getColumn(column).getString(); }

  bool IsSound(int column) const override { return IsSound(statement_.getColumn(column)); }

  void NoteDamage(int column, std::string_view why) const override {
    if (!connection_.has_keys()) return;
    const std::string name = NameOfValue(connection_.database(), statement_, values_, column);
    keys().damage().Note(name, why);
  }

  const MasterKeys& keys() const override { return connection_.keys(); }

 private:
  static bool IsSound(const SQLite::Column& value) {
    if (!value.isText()) return value.isBlob();
    return core::IsUtf8({value.getText(), static_cast<std::size_t>(value.getBytes())});
  }

  Connection& connection_;
  const SQLite::Statement& statement_;
  const std::span<const Value> values_;
};

}  // namespace

// A prepared statement. SQLite takes `$1` for a name, so the numbers are looked up once.
struct Connection::Statement {
  Statement(const SQLite::Database& database, std::string_view sql)
      : prepared(database, std::string(sql)) {
    for (int number = 1; number <= prepared.getBindParameterCount(); ++number) {
      indexes.push_back(prepared.getIndex(("$" + std::to_string(number)).c_str()));
      if (indexes.back() == 0) throw std::runtime_error("parameters are $1, $2 and so on");
    }
    texts.resize(indexes.size());
  }

  void Bind(std::span<const Value> values) {
    if (values.size() != indexes.size()) throw std::runtime_error("a parameter is missing");
    for (std::size_t i = 0; i < values.size(); ++i) {
      const int index = indexes[i];
      if (const auto* number = std::get_if<std::int64_t>(&values[i])) {
        prepared.bind(index, *number);
      } else if (const auto* text = std::get_if<std::string_view>(&values[i])) {
        texts[i].assign(*text);
        prepared.bindNoCopy(index, texts[i]);
      } else if (const auto* blob = std::get_if<Blob>(&values[i])) {
        // A null pointer would bind NULL in place of no bytes.
        const char* bytes = blob->bytes.empty() ? "" : blob->bytes.data();
        prepared.bindNoCopy(index, bytes, static_cast<int>(blob->bytes.size()));
      } else {
        prepared.bind(index);
      }
    }
  }

  SQLite::Statement prepared;
  std::vector<int> indexes;        // Of $1, $2 and so on.
  std::vector<std::string> texts;  // What is bound; keeps its memory between uses.
  bool in_use = false;
};

// A statement while it runs; whatever way that ends, it is reset.
class Connection::Use {
 public:
  Use(Connection& connection, std::string_view sql, std::span<const Value> values)
      : statement_(&Find(connection, sql)) {
    statement_->Bind(values);
    statement_->in_use = true;
  }
  ~Use() {
    statement_->prepared.tryReset();
    statement_->in_use = false;
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

  SQLite::Statement& operator*() { return statement_->prepared; }
  SQLite::Statement* operator->() { return &statement_->prepared; }

 private:
  Statement& Find(Connection& connection, std::string_view sql) {
    auto& statements = connection.statements_;
    const Key key{sql.data(), sql.size()};
    auto found = statements.find(key);
    if (found == statements.end()) {
      if (statements.size() >= kStatementsMax) {
        std::erase_if(statements, [](const auto& entry) { return !entry.second->in_use; });
      }
      found = statements.emplace(key, std::make_unique<Statement>(connection.database_, sql)).first;
    } else if (found->second->in_use || found->second->prepared.getQuery() != sql) {
      // It is running further up the stack, or the same memory holds another text by now.
      own_ = std::make_unique<Statement>(connection.database_, sql);
      return *own_;
    }
    return *found->second;
  }

  std::unique_ptr<Statement> own_;
  Statement* statement_;
};

Connection::Connection(SQLite::Database database) : database_(std::move(database)) {}
Connection::~Connection() = default;

std::int64_t Connection::Execute(std::string_view sql, std::span<const Value> values) {
  Use statement(*this, sql, values);
  while (Step(*statement)) {
  }
  return statement->getChanges();
}

void Connection::Query(std::string_view sql, std::span<const Value> values,
                       const std::function<void(const Row&)>& each) {
  Use statement(*this, sql, values);
  const CurrentRow row(*this, *statement, values);
  while (Step(*statement)) each(row);
}

bool Connection::Step(SQLite::Statement& statement) {
  try {
    return statement.executeStep();
  } catch (const SQLite::Exception& failure) {
    if (!LacksRoom(failure, database_.getHandle())) throw;
    throw SQLite::Exception(failure.what(), SQLITE_FULL);
  }
}

bool Connection::InTransaction() const {
  return sqlite3_get_autocommit(database_.getHandle()) == 0;
}

void Connection::Rollback() {
  if (InTransaction()) Execute("ROLLBACK");
}

}  // namespace kalends::storage

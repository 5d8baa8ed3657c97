#include "tests/support/test_database.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "storage/postgres/connection.h"
#include "storage/postgres/postgres_database.h"
#include "storage/sqlite/sqlite_database.h"

namespace kalends::test {
namespace {

using storage::PostgresConnection;

std::string Server() {
  const char* server = std::getenv("KALENDS_TEST_POSTGRES");
  return server == nullptr ? "" : server;
}

std::string AddressOf(const std::string& name) {
  return fmt::format("{} dbname={}", Server(), name);
}

void OnServer(const std::string& sql) { PostgresConnection(AddressOf("postgres")).Run(sql); }

// What all tests of a process copy: a database that has just been made.
class Template {
 public:
  Template() : name_(fmt::format("kalends_test_{}", getpid())) {
    OnServer(fmt::format("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name_));
    auto made = storage::OpenPostgres(AddressOf(name_));
    if (!made.ok()) {
      std::cerr << made.status() << "\n";
      std::abort();
    }
  }
  ~Template() { OnServer(fmt::format("DROP DATABASE {} WITH (FORCE)", name_)); }
  Template(const Template&) = delete;
  Template& operator=(const Template&) = delete;

  std::string Copy() { return MakeFrom(name_); }
  std::string Empty() { return MakeFrom("template0"); }

 private:
  std::string MakeFrom(const std::string& model) {
    std::string name = fmt::format("{}_{}", name_, ++copies_);
    OnServer(fmt::format("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'", name, model));
    return name;
  }

  std::string name_;
  std::atomic<int> copies_ = 0;
};

Template& TheTemplate() {
  static Template made;
  return made;
}

}  // namespace

bool OnPostgres() { return !Server().empty(); }

TestDatabase::TestDatabase(std::string path) : path_(std::move(path)) {}

TestDatabase::TestDatabase(TestDatabase&& other) noexcept
    : path_(std::move(other.path_)), name_(std::exchange(other.name_, "")) {}

TestDatabase::~TestDatabase() {
  if (!name_.empty()) OnServer(fmt::format("DROP DATABASE {} WITH (FORCE)", name_));
}

absl::Status TestDatabase::Write(const storage::Body& body,
                                 const std::shared_ptr<const storage::MasterKeys>& keys) {
  if (!OnPostgres()) {
    auto opened = storage::OpenSqlite({.path = path_});
    if (!opened.ok()) return opened.status();
    (*opened)->SetKeys(keys);
    return (*opened)->Write(body);
  }
  // The core's own lock keeps a second writer out, but not a hand.
  PostgresConnection connection(Address());
  connection.UseKeys(keys.get());
  connection.Run("BEGIN");
  const absl::Status status = body(connection);
  connection.Run(status.ok() ? "COMMIT" : "ROLLBACK");
  return status;
}

std::string TestDatabase::Address() {
  if (name_.empty()) name_ = TheTemplate().Empty();
  return AddressOf(name_);
}

absl::StatusOr<std::unique_ptr<storage::Database>> TestDatabase::Open() {
  if (!OnPostgres()) return storage::OpenSqlite({.path = path_});
  if (path_ == ":memory:" && !name_.empty()) {
    OnServer(fmt::format("DROP DATABASE {} WITH (FORCE)", std::exchange(name_, "")));
  }
  if (name_.empty()) name_ = TheTemplate().Copy();
  return storage::OpenPostgres(AddressOf(name_));
}

}  // namespace kalends::test

// A connection to PostgreSQL with its prepared statements, over libpq. Used by one thread at a
// time.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/status.h"
#include "storage/database.h"

namespace kalends::storage {

// What the server, or the way to it, said. `sqlstate` is five characters, or empty where the
// connection broke (PostgreSQL's manual, appendix A).
class PostgresFailure final : public std::runtime_error {
 public:
  PostgresFailure(const std::string& what, std::string sqlstate)
      : std::runtime_error(what), sqlstate_(std::move(sqlstate)) {}
  const std::string& sqlstate() const { return sqlstate_; }

 private:
  std::string sqlstate_;
};

// What a transaction that failed answers. Logs what nobody expects.
absl::Status StatusOfPostgres(const std::exception& thrown);

class PostgresConnection final : public Transaction {
 public:
  // `address`: a URI or key words, as libpq takes them. Connects; throws PostgresFailure.
  explicit PostgresConnection(const std::string& address);
  ~PostgresConnection() override;

  // Both throw PostgresFailure.
  std::int64_t Execute(std::string_view sql, std::span<const Value> values) override;
  void Query(std::string_view sql, std::span<const Value> values,
             const std::function<void(const Row&)>& each) override;
  using Transaction::Execute;
  using Transaction::Query;

  // Several statements at once, without parameters: what a migration is.
  void Run(const std::string& sql);
  // A COPY ... FROM STDIN, and all that it is to read.
  void CopyIn(const std::string& sql, std::string_view bytes);
  bool InTransaction() const;
  // Whether it can be used, as far as it knows.
  bool IsAlive() const { return PQstatus(connection_.get()) == CONNECTION_OK; }
  // Ends the transaction, if there still is one.
  void Rollback();
  // "services.display_name", or what the result calls it if it is of no table.
  std::string NameOfColumn(const PGresult& result, int column);

 private:
  struct Closer {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct Clearer {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Result = std::unique_ptr<PGresult, Clearer>;

  Result Perform(std::string_view sql, std::span<const Value> values);
  const std::string& Prepared(std::string_view sql, std::span<const Oid> types);
  // Throws what failed.
  Result Checked(PGresult* result) const;
  [[noreturn]] void Fail(const PGresult* result) const;

  std::unique_ptr<PGconn, Closer> connection_;
  // By the text and the types of its parameters: one that is NULL has none.
  std::unordered_map<std::string, std::string> statements_;
};

}  // namespace kalends::storage

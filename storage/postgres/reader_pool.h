// Connections for reading, made when they are needed.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "storage/postgres/connection.h"

namespace kalends::storage {

// Thread-safe.
class PostgresReaders {
 public:
  // A connection in a transaction of its own, which sees one moment and changes nothing. Given back
  // at the end.
  class Lease {
   public:
    Lease(PostgresReaders& pool, std::unique_ptr<PostgresConnection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease() { pool_.GiveBack(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    PostgresConnection& operator*() { return *connection_; }
    PostgresConnection* operator->() { return connection_.get(); }

   private:
    PostgresReaders& pool_;
    std::unique_ptr<PostgresConnection> connection_;
  };

  explicit PostgresReaders(std::string address) : address_(std::move(address)) {}

  // Waits while all are taken. Throws PostgresFailure.
  Lease Take();

 private:
  std::unique_ptr<PostgresConnection> TakeIdle();
  std::unique_ptr<PostgresConnection> Begun(std::unique_ptr<PostgresConnection> idle);
  void GiveBack(std::unique_ptr<PostgresConnection> connection);

  const std::string address_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
  int open_ = 0;
};

}  // namespace kalends::storage

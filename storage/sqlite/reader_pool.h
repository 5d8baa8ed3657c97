// Connections for reading, made when they are needed.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/sqlite/connection.h"
#include "storage/sqlite/open.h"

namespace kalends::storage {

// Thread-safe.
class ReaderPool {
 public:
  // A connection of the pool, given back at the end.
  class Lease {
   public:
    Lease(ReaderPool& pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease() { pool_.GiveBack(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }

   private:
    ReaderPool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  explicit ReaderPool(Location location) : location_(std::move(location)) {}

  // Waits while all are taken. Throws SQLite::Exception.
  Lease Take();

 private:
  void GiveBack(std::unique_ptr<Connection> connection);

  const Location location_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Connection>> idle_;  // The last one used is the warmest.
  int open_ = 0;
};

}  // namespace kalends::storage

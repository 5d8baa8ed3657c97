// A connection with its prepared statements. Used by one thread at a time.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/database.h"

namespace kalends::storage {

class Connection final : public Transaction {
 public:
  explicit Connection(SQLite::Database database);
  ~Connection() override;

  // Both throw SQLite::Exception; a quota, or a limit on the size of files, is a full disk to it.
  std::int64_t Execute(std::string_view sql, std::span<const Value> values) override;
  void Query(std::string_view sql, std::span<const Value> values,
             const std::function<void(const Row&)>& each) override;
  using Transaction::Execute;
  using Transaction::Query;

  SQLite::Database& database() { return database_; }
  bool InTransaction() const;
  // Ends the transaction, if there still is one: some failures end it by themselves.
  void Rollback();

 private:
  struct Statement;
  class Use;
  // The texts are literals, so the address all but decides; no hashing of whole statements.
  struct Key {
    const char* text;
    std::size_t size;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      return std::hash<const void*>()(key.text) ^ key.size;
    }
  };

  bool Step(SQLite::Statement& statement);

  SQLite::Database database_;
  std::unordered_map<Key, std::unique_ptr<Statement>, KeyHash> statements_;
};

}  // namespace kalends::storage

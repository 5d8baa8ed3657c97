#include "storage/postgres/reader_pool.h"

namespace kalends::storage {
namespace {

// Of the hundred that a server has by default, with room for other cores.
constexpr int kReadersMax = 16;
constexpr std::string_view kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

}  // namespace

PostgresReaders::Lease PostgresReaders::Take() {
  std::unique_ptr<PostgresConnection> idle = TakeIdle();
  try {
    return {*this, Begun(std::move(idle))};
  } catch (...) {
    GiveBack(nullptr);
    throw;
  }
}

// A connection, or the right to make one.
std::unique_ptr<PostgresConnection> PostgresReaders::TakeIdle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !idle_.empty() || open_ < kReadersMax; });
  if (idle_.empty()) {
    ++open_;
    return nullptr;
  }
  std::unique_ptr<PostgresConnection> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

// One that broke while nobody used it is replaced.
std::unique_ptr<PostgresConnection> PostgresReaders::Begun(
    std::unique_ptr<PostgresConnection> idle) {
  if (idle != nullptr) {
    try {
      idle->Execute(kBegin);
      return idle;
    } catch (const PostgresFailure&) {
      if (idle->IsAlive()) throw;
    }
  }
  auto fresh = std::make_unique<PostgresConnection>(address_);
  fresh->Execute(kBegin);
  return fresh;
}

void PostgresReaders::GiveBack(std::unique_ptr<PostgresConnection> connection) {
  {
    const std::lock_guard lock(mutex_);
    // One that could not leave its transaction would show an old snapshot for ever.
    if (connection == nullptr || !connection->IsAlive() || connection->InTransaction()) {
      --open_;
    } else {
      idle_.push_back(std::move(connection));
    }
  }
  changed_.notify_one();
}

}  // namespace kalends::storage

#include "storage/sqlite/reader_pool.h"

namespace kalends::storage {
namespace {

constexpr int kReadersMax = 16;

}  // namespace

ReaderPool::Lease ReaderPool::Take() {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !idle_.empty() || open_ < kReadersMax; });
    if (!idle_.empty()) {
      std::unique_ptr<Connection> connection = std::move(idle_.back());
      idle_.pop_back();
      return {*this, std::move(connection)};
    }
    ++open_;
  }
  try {
    return {*this, std::make_unique<Connection>(OpenReader(location_))};
  } catch (...) {
    GiveBack(nullptr);
    throw;
  }
}

void ReaderPool::GiveBack(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    // One that could not leave its transaction would show an old snapshot for ever.
    if (connection == nullptr || connection->InTransaction()) {
      --open_;
    } else {
      idle_.push_back(std::move(connection));
    }
  }
  changed_.notify_one();
}

}  // namespace kalends::storage

// Rows that cannot be read, because a disk changed them: what is asked for by name is refused
// (UNREADABLE), and of a list it is left out, so that it stops nothing of what is behind it. Who
// lists says so (LeaveOut); all else needs every row that it reads, and fails: rules must not go by
// half of what they are to know. Nothing is written over what cannot be read, for nobody has read
// it.
#pragma once

#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "storage/database.h"

namespace kalends::storage {

// What Row::Refuse throws; the log has named the row by then.
class UnreadableRow : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// While it lives, what `tx` reads is a list: rows of it that cannot be read are left out and
// counted.
class LeaveOut {
 public:
  explicit LeaveOut(Transaction& tx) : tx_(tx), outer_(std::exchange(tx.leave_out_, this)) {}
  // A list around it has left out what this one has.
  ~LeaveOut() {
    tx_.leave_out_ = outer_;
    if (outer_ != nullptr) outer_->count_ += count_;
  }
  LeaveOut(const LeaveOut&) = delete;
  LeaveOut& operator=(const LeaveOut&) = delete;

  // The one of `tx`; null: there is none.
  static LeaveOut* Of(Transaction& tx) { return tx.leave_out_; }

  void Count() { ++count_; }
  int count() const { return count_; }

 private:
  Transaction& tx_;
  LeaveOut* const outer_;
  int count_ = 0;
};

// While it lives, what `tx` reads belongs to one row of a list, which is whole or left out.
class WholeOnly {
 public:
  explicit WholeOnly(Transaction& tx) : tx_(tx), outer_(std::exchange(tx.leave_out_, nullptr)) {}
  ~WholeOnly() { tx_.leave_out_ = outer_; }
  WholeOnly(const WholeOnly&) = delete;
  WholeOnly& operator=(const WholeOnly&) = delete;

 private:
  Transaction& tx_;
  LeaveOut* const outer_;
};

// What `make` makes of one row of a list; nullopt: it could not be read, and is left out. Where
// nothing is left out, it throws as `make` does.
template <typename Make>
auto IfReadable(Transaction& tx, Make make) -> std::optional<decltype(make())> {
  LeaveOut* const list = LeaveOut::Of(tx);
  if (list == nullptr) return make();
  try {
    const WholeOnly whole(tx);
    return make();
  } catch (const UnreadableRow&) {
    list->Count();
    return std::nullopt;
  }
}

// Adds to each of `items` what `add` reads of other tables; those that cannot get it are left out
// of a list.
template <typename Item, typename Add>
void AddOrLeaveOut(Transaction& tx, std::vector<Item>& items, Add add) {
  std::vector<Item> whole;
  whole.reserve(items.size());
  for (Item& item : items) {
    const auto added = IfReadable(tx, [&] {
      add(item);
      return true;
    });
    if (added) whole.push_back(std::move(item));
  }
  items = std::move(whole);
}

// The first `limit` rows that can be read. `load(n)` gives the first n of a list, without what it
// leaves out of them, and so fewer than n need not be the end of it.
template <typename Load>
auto FirstReadable(Transaction& tx, int limit, Load load) -> decltype(load(limit)) {
  for (int asked = limit;;) {
    const LeaveOut left_out(tx);
    auto rows = load(asked);
    const int found = static_cast<int>(rows.size());
    if (found > limit) rows.erase(rows.begin() + limit, rows.end());
    if (found >= limit || found + left_out.count() < asked) return rows;
    asked += left_out.count();
  }
}

}  // namespace kalends::storage

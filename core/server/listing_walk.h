// Goes over all rows of a list, a page at a time, each on whatever snapshot it is asked on.
#pragma once

#include <deque>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/listing.h"

namespace kalends::server {

inline constexpr int kWalkPage = 50;

template <typename SomeRow, typename Cursor, typename SomeMessage>
class ListingWalk {
 public:
  using Row = SomeRow;
  using Message = SomeMessage;

  explicit ListingWalk(Listing<Row, Cursor, Message> listing) : listing_(std::move(listing)) {}

  // nullopt: that was all.
  absl::StatusOr<std::optional<Row>> Next(const app::ReadContext& cx) {
    if (rows_.empty() && !ended_) {
      ASSIGN_OR_RETURN(auto rows, LoadReadable(cx, listing_, place_, kWalkPage));
      ended_ = rows.size() < static_cast<std::size_t>(kWalkPage);
      rows_.assign(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
      if (!rows_.empty()) place_ = listing_.place(rows_.back());
    }
    if (rows_.empty()) return std::nullopt;
    Row row = std::move(rows_.front());
    rows_.pop_front();
    return row;
  }

  void Encode(const app::ReadContext& cx, const Row& row, Message* message) const {
    listing_.encode(cx, row, message);
  }

 private:
  const Listing<Row, Cursor, Message> listing_;
  std::optional<Cursor> place_;
  std::deque<Row> rows_;
  bool ended_ = false;
};

// Of each row of a list, the rows of the list that `inner` makes of it. What is gone by then has
// none.
template <typename Outer, typename MakeInner>
class NestedWalk {
  using Inner =
      decltype(ListingWalk(std::declval<MakeInner>()(std::declval<const typename Outer::Row&>())));

 public:
  struct Row {
    typename Outer::Row outer;
    typename Inner::Row inner;
  };
  using Message = typename Inner::Message;

  NestedWalk(Outer outer, MakeInner make_inner)
      : outer_(std::move(outer)), make_inner_(std::move(make_inner)) {}

  // nullopt: that was all.
  absl::StatusOr<std::optional<Row>> Next(const app::ReadContext& cx) {
    while (true) {
      if (!inner_) {
        ASSIGN_OR_RETURN(row_, outer_.Next(cx));
        if (!row_) return std::nullopt;
        inner_.emplace(make_inner_(*row_));
      }
      auto next = NextInner(cx);
      if (core::ReasonOf(next.status()) == core::Reason::kNotFound) {
        inner_.reset();
        continue;
      }
      RETURN_IF_ERROR(next.status());
      if (*next) return Row{*row_, **std::move(next)};
      inner_.reset();
    }
  }

  void Encode(const app::ReadContext& cx, const Row& row, Message* message) const {
    inner_->Encode(cx, row.inner, message);
  }

 private:
  // A list that cannot be read at all is left out of the others.
  absl::StatusOr<std::optional<typename Inner::Row>> NextInner(const app::ReadContext& cx) {
    try {
      return inner_->Next(cx);
    } catch (const storage::UnreadableRow&) {
      storage::LeaveOut* const list = storage::LeaveOut::Of(cx.tx);
      if (list == nullptr) throw;
      list->Count();
      return std::optional<typename Inner::Row>();
    }
  }

  Outer outer_;
  const MakeInner make_inner_;
  std::optional<typename Outer::Row> row_;
  std::optional<Inner> inner_;
};

}  // namespace kalends::server

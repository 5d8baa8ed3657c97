// Rows of a list that are made of several rows.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/error.h"
#include "storage/unreadable.h"

namespace kalends::app {

template <typename Made>
struct ViewMade {
  using Type = Made;
};
template <typename View>
struct ViewMade<absl::StatusOr<View>> {
  using Type = View;
};

// Each of `items` as `make` makes it of what else there is to read, in order. What cannot be read,
// or refers to nothing (INTERNAL), is left out where a list is (storage::LeaveOut). `make` takes
// the item by reference and returns a view or a StatusOr of one; the first other error is the
// answer.
template <typename Item, typename Make>
auto EachReadable(storage::Transaction& tx, std::vector<Item> items, Make make) {
  using View = typename ViewMade<std::invoke_result_t<Make, Item&>>::Type;
  using Views = absl::StatusOr<std::vector<View>>;
  std::vector<View> views;
  for (Item& item : items) {
    std::optional<absl::StatusOr<View>> view =
        storage::IfReadable(tx, [&]() -> absl::StatusOr<View> { return make(item); });
    if (!view) continue;
    if (!view->ok()) {
      storage::LeaveOut* const list = storage::LeaveOut::Of(tx);
      if (list == nullptr || core::ReasonOf(view->status()) != core::Reason::kInternal) {
        return Views(view->status());
      }
      list->Count();
      continue;
    }
    views.push_back(**std::move(view));
  }
  return Views(std::move(views));
}

}  // namespace kalends::app

#include "core/app/sealed.h"

namespace kalends::app {

Opened OpenSealed(const ReadContext& cx, std::string_view sealed, std::string_view row) {
  if (sealed.empty()) return {};
  absl::StatusOr<std::string> text = cx.master_keys.OpenText(sealed, row);
  if (!text.ok()) return {{}, true};
  return {*std::move(text), false};
}

}  // namespace kalends::app

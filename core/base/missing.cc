#include "core/base/missing.h"

#include <cassert>
#include <utility>

#include "core/base/detail.h"
#include "core/base/error.h"

namespace kalends::core {

absl::Status NotFoundNamed(Missing missing) {
  absl::Status status = missing.told ? Error(Reason::kNotFound, "There is no " + missing.name + ".")
                                     : Error(Reason::kNotFound);
  return WithDetail(std::move(status), std::move(missing));
}

std::string FillStars(std::string_view type, std::span<const std::string> ids) {
  std::string name;
  for (const char c : type) {
    if (c != '*') {
      name += c;
      continue;
    }
    assert(!ids.empty());
    name += ids.front();
    ids = ids.subspan(1);
  }
  assert(ids.empty());
  return name;
}

}  // namespace kalends::core

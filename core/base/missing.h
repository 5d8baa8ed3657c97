// NOT_FOUND, with what there is none of. Who may not see a thing is answered as if it were not
// there; so this is kept from all but those who see everything (ForCaller in core/access/access.h).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/status/status.h"
#include "core/base/id.h"

namespace kalends::core {

// The detail of such a NOT_FOUND.
struct Missing {
  std::string type;   // "providers/*/services/*".
  std::string name;   // The same with ids in place of the stars.
  bool told = false;  // Whether the caller learns it.
};

// `name` is in the sentence, too, once it is told.
absl::Status NotFoundNamed(Missing missing);
// `type` with `ids` in place of its stars.
std::string FillStars(std::string_view type, std::span<const std::string> ids);

template <typename Tag>
std::string NamePart(const Id<Tag>& id) {
  return id.ToString();
}
inline std::string NamePart(std::string part) { return part; }

// A type of the contract with so many stars; another number of them does not compile.
template <std::size_t Stars>
class TypeWith {
 public:
  consteval TypeWith(std::string_view text) : text_(text) {  // NOLINT(google-explicit-constructor)
    std::size_t stars = 0;
    for (const char c : text) stars += c == '*' ? 1 : 0;
    if (stars != Stars) throw "there is not an id for each star";
  }
  consteval TypeWith(const char* text)  // NOLINT(google-explicit-constructor)
      : TypeWith(std::string_view(text)) {}
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// NOT_FOUND of a resource of the contract, such as
// NotFound("providers/*/services/*", provider, service).
template <typename... Ids>
absl::Status NotFound(std::type_identity_t<TypeWith<sizeof...(Ids)>> type, const Ids&... ids) {
  const std::string parts[] = {NamePart(ids)...};
  return NotFoundNamed({std::string(type.text()), FillStars(type.text(), parts)});
}

}  // namespace kalends::core

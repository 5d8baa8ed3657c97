// JSON to text, without surprises from what strangers send.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace kalends::sim {

// Compact JSON; bytes that are not UTF-8 become U+FFFD.
inline std::string Dump(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// The text in `object[name]`; "" if there is none, or something else than a text.
inline std::string TextIn(const nlohmann::json& object, const std::string& name) {
  if (!object.is_object()) return "";
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace kalends::sim

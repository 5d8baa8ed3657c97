// JSON from text and to text, without surprises from what strangers send.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace kalends::sim {

// How deep `text` may be nested. Copying and printing take stack for each level.
inline constexpr int kJsonDepthMax = 64;

// `text` as JSON; is_discarded() when it is none, or is nested deeper than kJsonDepthMax. The one
// place where the simulator parses.
inline nlohmann::json ReadJson(std::string_view text) {
  using nlohmann::json;
  bool too_deep = false;
  const auto within = [&](int outer, json::parse_event_t event, json&) {
    using Event = json::parse_event_t;
    const bool begins = event == Event::object_start || event == Event::array_start;
    too_deep = too_deep || (begins && outer >= kJsonDepthMax);
    return !too_deep;
  };
  json parsed = json::parse(text, within, false);
  return too_deep ? json(json::value_t::discarded) : parsed;
}

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

// Reads JSON that comes from outside: what nobody can read in it costs one value, not the whole.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "nlohmann/json.hpp"

namespace kalends::telegram {

inline constexpr int kJsonDepthMax = 64;                // Telegram's updates are 10 deep.
inline constexpr std::size_t kJsonNumberBytesMax = 64;  // No number is longer.

// `bytes` as JSON; is_discarded() when they are none. In texts, what is no text (broken UTF-8, half
// a surrogate pair, an unknown escape, a bare control character) becomes U+FFFD. A number
// that no double holds, and what is nested deeper than kJsonDepthMax, becomes null, so that the
// value may be copied, compared and printed on any stack. Of equal keys the last counts. Never
// throws.
nlohmann::json ReadJson(std::string_view bytes);

// `value` as text to be sent or kept. Never throws, whatever bytes its texts have.
std::string WriteJson(const nlohmann::json& value);

// What `object` has under `key`; nothing (0, "") when it is no object or that is of another type.
std::int64_t NumberAt(const nlohmann::json& object, const char* key);
std::string TextAt(const nlohmann::json& object, const char* key);

}  // namespace kalends::telegram

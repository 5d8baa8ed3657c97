// What tells an update from every other one, in whatever life of whatever bot.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "nlohmann/json.hpp"

namespace kalends::telegram {

// Telegram's number alone does not: it begins anew, at random and perhaps lower, after a quiet
// week, with a simulator that is started again, and with another bot on the same data. The same
// update has the same key whenever it comes again, whatever process takes it in.
struct UpdateKey {
  std::int64_t id = 0;  // Telegram's update_id.
  std::int64_t bot = 0;
  std::uint64_t origin = 0;  // A fingerprint of who sent what, and when.

  friend auto operator<=>(const UpdateKey&, const UpdateKey&) = default;
};

// Of an update that came to `bot`; of 0 where it has no id.
UpdateKey KeyOf(const nlohmann::json& update, std::int64_t bot);

// "1000000001:812:9f3a5c0012ab34cd".
std::string TextOf(const UpdateKey& key);
// nullopt: TextOf has not written it.
std::optional<UpdateKey> ReadUpdateKey(std::string_view text);

// The `request_id` of the `number`th change that the update makes: "tg:", the text and the number.
std::string RequestIdOf(const UpdateKey& key, int number);
// `bits` low bits that differ wherever keys do, as good as always.
std::uint64_t FingerprintOf(const UpdateKey& key, int bits);

}  // namespace kalends::telegram

// What a deep link to the bot carries behind `start=`, beside an invitation's code: written by
// pages, read by the bot.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kalends {

// Minutes since 1970 in a few letters and digits, and back; nullopt: that is none. From 1970 to
// 2100.
std::string EncodeStartMinute(std::int64_t minutes);
std::optional<std::int64_t> DecodeStartMinute(std::string_view text);

// "<code>-<service>", or "<code>-<service>-<start>" of a slot: at most 44 of Telegram's 64
// characters. `service` is the last part of a service's name.
std::string BookingPayload(std::string_view code, std::string_view service,
                           std::optional<std::int64_t> start_minutes = std::nullopt);

}  // namespace kalends

// A provider's services (the part of SPEC 3.3 that a start needs).
#pragma once

#include <optional>

#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/screens/booking.h"
#include "kalends/v1/catalog_service.pb.h"

namespace kalends::telegram {

inline constexpr int kServicesPerPage = 8;

Screen ServicesScreen(const Reader& reader, const Page<v1::Service>& services);
Screen ServiceScreen(const Reader& reader, const v1::Service& service);
Screen AskArchiveServiceScreen(const Reader& reader, const v1::Service& service, Nonce nonce);

// The three questions for a new service.
Screen AskServiceNameScreen(const Reader& reader);
Screen AskDurationScreen(const Reader& reader, const std::string& name);
Screen AskPriceScreen(const Reader& reader, const std::string& name, int minutes, Nonce nonce);

// What people type. nullopt: not understood.
// "50", "50 min", "1:30", "1 h 30", "2h"; in minutes, more than 0.
std::optional<int> ParseDuration(std::string_view text);
struct Price {
  std::string currency;
  std::int64_t minor_units = 0;
  friend bool operator==(const Price&, const Price&) = default;
};
// "80", "80,50", "80.50 EUR", "CHF 120", "€ 80"; without a currency: EUR.
std::optional<Price> ParsePrice(std::string_view text);

}  // namespace kalends::telegram

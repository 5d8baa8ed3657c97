// A provider's services: the list, and how one is made and archived (SPEC 3.3). Their fields:
// service_fields.h.
#pragma once

#include <optional>

#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/screens/booking.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

inline constexpr int kServicesPerPage = 8;

// An amount in the currency's smallest unit.
struct Price {
  std::string currency;
  std::int64_t minor_units = 0;
  friend bool operator==(const Price&, const Price&) = default;
};

// Of those that are offered; `archived`: how many are not; `houses`: whose staff the reader is.
Screen ServicesScreen(const Reader& reader, const Page<v1::Service>& services, int archived,
                      const std::vector<v1::Provider::Organization>& houses = {});
Screen AskArchiveServiceScreen(const Reader& reader, const v1::Service& service, Nonce nonce);

std::string ServiceTitle(const Reader& reader, const v1::Service& service);  // HTML.
// "Ort: Lindenstr. 12", by the key of the field's name; a dash where there is nothing. HTML.
std::string FieldLine(const Reader& reader, const char* field, const std::string& value);

// The three questions for a new service.
Screen AskServiceNameScreen(const Reader& reader);
Screen AskDurationScreen(const Reader& reader, const std::string& name);
// `likely`: the currency of an amount without one.
Screen AskPriceScreen(const Reader& reader, const std::string& name, int minutes,
                      std::string_view likely, Nonce nonce);
// The price as it was understood, before it is kept.
Screen ReviewPriceScreen(const Reader& reader, const std::string& name, int minutes,
                         const Price& price, Nonce nonce);

// What people type. nullopt: not understood.
// "50", "50 min", "1:30", "1 h 30", "2h"; in minutes, more than 0.
std::optional<int> ParseDuration(std::string_view text);
// "8", "8 Plätze", "bis zu 12 Personen", "einer"; nullopt: not understood. It may be out of range.
std::optional<int> ParseSeats(std::string_view text);
// "80", "80,50", "80.50 EUR", "CHF 120", "1.200 €", "1 500 грн", "£1,000", with the currency as
// CurrencyCalled (currencies.h) knows it, or `likely` where none is typed. Thousands may be grouped
// in any language's way; three digits behind the only point or comma are such a group, unless the
// currency has as many behind the point.
std::optional<Price> ParsePrice(std::string_view text, std::string_view likely);

}  // namespace kalends::telegram

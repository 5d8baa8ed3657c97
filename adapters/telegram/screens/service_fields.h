// The fields of a provider's service: the card that shows them all, and the question for each.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "adapters/telegram/actions/service_fields.h"
#include "adapters/telegram/screens/catalog.h"

namespace kalends::telegram {

struct ServiceCardView {
  v1::Service service;
  v1::ProviderKind kind = v1::PROVIDER_KIND_SPECIALIST;
  Nonce nonce;
  std::string heading = {};  // HTML; may be empty.
  bool alone = false;        // No other is offered: there is no order to change.
};
Screen ServiceCardScreen(const Reader& reader, const ServiceCardView& view);
// Some numbers of it, each with its own question.
Screen ServiceGroupScreen(const Reader& reader, const v1::Service& service, ServiceGroup group);

// A field that is a number: of minutes, or of seats.
struct NumberField {
  const char* path;  // In an update mask.
  int min;
  int max;
  std::chrono::minutes bare;  // What a number without a unit counts; 0: seats.
  std::optional<ServiceGroup> group = std::nullopt;
};
// nullopt: the field is a text, a link or a price.
std::optional<NumberField> NumberFieldOf(ServiceField field);
void SetNumber(v1::Service& service, ServiceField field, int value);
// What somebody typed, as the field counts; nullopt: not understood. It may be out of range.
std::optional<int> ParseNumber(ServiceField field, std::string_view text);

// What shall it be? With what it is, and for a number the usual ones to tap. `likely`: the currency
// of an amount without one; of a price only.
Screen AskServiceFieldScreen(const Reader& reader, const v1::Service& service, ServiceField field,
                             std::string_view likely, Nonce nonce);
// Why what was typed cannot be, and what can. HTML.
std::string DoesNotFitText(const Reader& reader, ServiceField field, std::string_view likely);

// "2 Tage", "24 Std.", "50 Min."
std::string PeriodText(const Texts& texts, std::chrono::minutes length);
// "50 Min", "1h", "1,5 Std.", "2 Tage vorher", "eine Woche", "keine"; a number alone counts `bare`.
// nullopt: not understood.
std::optional<std::chrono::minutes> ParsePeriod(std::string_view text, std::chrono::minutes bare);

}  // namespace kalends::telegram

// Payment links: an https URL of a payment service, with placeholders for what is to be paid.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/base/id.h"
#include "core/base/money.h"

namespace kalends::core {

// How many digits of an amount are behind the point: 2 for EUR, 0 for JPY, 3 for KWD.
int CurrencyDigits(std::string_view currency_code);
// "80.00" for 8000 cents, "8000" for as many yen, "-0.05": as payment services read it. Never with
// a separator of thousands.
std::string FormatAmount(const Money& amount);

// A template as it is checked and kept: as NormalUrl (core/base/web_address.h) has it, what is not
// ASCII behind the host percent-encoded.
std::string NormalPaymentLink(std::string_view link);

// Checks a template, `field` being its path in the request: an https URL of at most kUrlBytesMax
// bytes of what RFC 3986 allows, with a host, without a user or password, and with braces only
// around `{appointment}`, `{amount}` and `{currency}`, none of them in the host. Empty is no
// template, and allowed. INVALID_FIELD.
absl::Status CheckPaymentLink(std::string_view field, std::string_view link);

// Fills in a template that was checked: the appointment's id, the amount as FormatAmount writes it,
// and the currency's code; each percent-encoded where RFC 3986 wants it.
std::string FillPaymentLink(std::string_view link, AppointmentId appointment, const Money& amount);

}  // namespace kalends::core

#include "core/payments/payment_link.h"

#include <algorithm>
#include <cassert>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/web_address.h"

namespace kalends::core {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::string_view kPlaceholders[] = {"{appointment}", "{amount}", "{currency}"};

// ISO 4217 (2024) gives all others two digits.
constexpr std::string_view kNoDigits[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                          "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                          "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::string_view kThreeDigits[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::string_view kFourDigits[] = {"CLF", "UYW"};

template <std::size_t kSize>
bool Holds(const std::string_view (&codes)[kSize], std::string_view code) {
  return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool IsUnreserved(char c) {
  return IsAlphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
bool IsHexDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool IsReserved(char c) {
  return std::string_view(":/?#[]@!$&'()*+,;=").find(c) != std::string_view::npos;
}

std::string PercentEncode(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kDigits[byte >> 4];
    encoded += kDigits[byte & 15];
  }
  return encoded;
}

// The placeholder that `text` begins with; empty: none.
std::string_view PlaceholderAt(std::string_view text) {
  for (const std::string_view placeholder : kPlaceholders) {
    if (text.starts_with(placeholder)) return placeholder;
  }
  return {};
}

// A name or an IPv4 address, and a port.
bool IsHost(std::string_view host) {
  if (const std::size_t colon = host.find(':'); colon != std::string_view::npos) {
    const std::string_view port = host.substr(colon + 1);
    const bool digits =
        std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (port.empty() || port.size() > 5 || !digits) return false;
    host = host.substr(0, colon);
  }
  const bool valid = std::all_of(host.begin(), host.end(),
                                 [](char c) { return IsAlphanumeric(c) || c == '-' || c == '.'; });
  return valid && !host.empty() && IsAlphanumeric(host.front()) && IsAlphanumeric(host.back());
}

// Whether all behind the host may stand in a URL, placeholders apart.
bool IsRest(std::string_view rest) {
  while (!rest.empty()) {
    if (const std::string_view placeholder = PlaceholderAt(rest); !placeholder.empty()) {
      rest.remove_prefix(placeholder.size());
      continue;
    }
    if (rest[0] == '%') {
      if (rest.size() < 3 || !IsHexDigit(rest[1]) || !IsHexDigit(rest[2])) return false;
    } else if (!IsUnreserved(rest[0]) && !IsReserved(rest[0])) {
      return false;
    }
    rest.remove_prefix(1);
  }
  return true;
}

}  // namespace

int CurrencyDigits(std::string_view currency_code) {
  if (Holds(kNoDigits, currency_code)) return 0;
  if (Holds(kThreeDigits, currency_code)) return 3;
  if (Holds(kFourDigits, currency_code)) return 4;
  return 2;
}

std::string FormatAmount(const Money& amount) {
  const auto digits = static_cast<std::size_t>(CurrencyDigits(amount.currency_code));
  const bool negative = amount.minor_units < 0;
  // Negated as unsigned: the lowest number has no positive counterpart.
  const auto units = static_cast<std::uint64_t>(amount.minor_units);
  std::string text = std::to_string(negative ? 0 - units : units);
  if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
  if (digits > 0) text.insert(text.size() - digits, 1, '.');
  if (negative) text.insert(0, 1, '-');
  return text;
}

std::string NormalPaymentLink(std::string_view link) {
  const std::string url = NormalUrl(link);
  const std::size_t scheme = url.starts_with(kScheme) ? kScheme.size() : 0;
  const std::size_t host_end = std::min(url.find_first_of("/?#", scheme), url.size());
  std::string normal = url.substr(0, host_end);
  for (const char c : std::string_view(url).substr(host_end)) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    normal += ascii ? std::string(1, c) : PercentEncode({&c, 1});
  }
  return normal;
}

absl::Status CheckPaymentLink(std::string_view field, std::string_view link) {
  if (link.empty()) return absl::OkStatus();
  if (!link.starts_with(kScheme) || link.size() > kUrlBytesMax) {
    return InvalidField(field, "must be an https URL of at most 2000 bytes");
  }
  const std::string_view behind = link.substr(kScheme.size());
  const std::size_t end = std::min(behind.find_first_of("/?#"), behind.size());
  if (!IsHost(behind.substr(0, end))) {
    return InvalidField(field,
                        "must have a plain host name behind https://, such as pay.example.com");
  }
  if (!IsRest(behind.substr(end))) {
    return InvalidField(field,
                        "must hold only the characters of a URL, and in braces only {appointment},"
                        " {amount} and {currency}");
  }
  return absl::OkStatus();
}

std::string FillPaymentLink(std::string_view link, AppointmentId appointment, const Money& amount) {
  assert(CheckPaymentLink("link", link).ok());
  const std::string values[] = {appointment.ToString(), FormatAmount(amount), amount.currency_code};
  std::string filled;
  while (!link.empty()) {
    const std::string_view placeholder = PlaceholderAt(link);
    if (placeholder.empty()) {
      filled += link[0];
      link.remove_prefix(1);
      continue;
    }
    const auto index = static_cast<std::size_t>(
        std::find(std::begin(kPlaceholders), std::end(kPlaceholders), placeholder) -
        std::begin(kPlaceholders));
    filled += PercentEncode(values[index]);
    link.remove_prefix(placeholder.size());
  }
  return filled;
}

}  // namespace kalends::core

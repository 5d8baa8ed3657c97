#include "tools/kalends/imports/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace kalends::cli {
namespace {

using enum core::AppointmentStatus;

struct StatusRow {
  std::string_view part;  // Of the folded text; the first that is in it counts.
  core::AppointmentStatus status;
};
constexpr StatusRow kStatuses[] = {
    {"unconfirmed", kPending},     {"noshow", kMissed},          {"missed", kMissed},
    {"verpasst", kMissed},         {"nichterschienen", kMissed}, {"cancel", kCancelled},
    {"storniert", kCancelled},     {"abgesagt", kCancelled},     {"reject", kRejected},
    {"declin", kRejected},         {"abgelehnt", kRejected},     {"complet", kCompleted},
    {"abgeschlossen", kCompleted}, {"done", kCompleted},         {"pending", kPending},
    {"draft", kPending},           {"tentative", kPending},      {"ausstehend", kPending},
    {"accept", kAccepted},         {"confirm", kAccepted},       {"booked", kAccepted},
    {"rescheduled", kAccepted},    {"akzeptiert", kAccepted},    {"bestätigt", kAccepted},
    {"gebucht", kAccepted},
};

struct SymbolRow {
  std::string_view symbol;
  std::string_view code;
};
constexpr SymbolRow kSymbols[] = {{"€", "EUR"}, {"$", "USD"},  {"£", "GBP"},  {"₴", "UAH"},
                                  {"₽", "RUB"}, {"zł", "PLN"}, {"Kč", "CZK"}, {"₹", "INR"}};

}  // namespace

std::optional<std::string> RowReader::Required(const TableRow& row, Names names) {
  std::string text = Text(row, names);
  if (!text.empty()) return text;
  Refuse(row, names, "This must be there, and is empty.");
  return std::nullopt;
}

std::optional<int> RowReader::Number(const TableRow& row, Names names, int min, int max,
                                     int otherwise) {
  const std::string_view text = columns_.Cell(row, names);
  if (text.empty()) return otherwise;
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool fits =
      error == std::errc() && end == text.data() + text.size() && number >= min && number <= max;
  if (fits) return number;
  Refuse(row, names, fmt::format("\"{}\" is no whole number from {} to {}.", text, min, max));
  return std::nullopt;
}

std::optional<core::Instant> RowReader::Time(const TableRow& row, Names names,
                                             const core::TimeZone& zone, DateOrder order) {
  const auto text = Required(row, names);
  if (!text) return std::nullopt;
  const auto moment = ReadMoment(*text, zone, order);
  if (!moment.ok()) {
    Refuse(row, names, std::string(moment.status().message()));
    return std::nullopt;
  }
  if (moment->happens_twice) {
    Note(row, names,
         fmt::format("The clock in {} showed {} twice; the first of the two is taken.", zone.name(),
                     *text));
  }
  return moment->instant;
}

std::optional<core::Money> RowReader::Price(const TableRow& row, Names names,
                                            const std::string& currency) {
  const std::string_view text = columns_.Cell(row, names);
  if (text.empty()) return core::Money{};
  const auto minor = ReadAmount(text, DecimalsOf(currency));
  if (!minor) {
    Refuse(row, names, fmt::format("\"{}\" is no amount, such as 12.50.", text));
    return std::nullopt;
  }
  if (*minor == 0) return core::Money{};
  if (currency.empty()) {
    Refuse(row, names, "Nothing says the currency: give --currency, such as EUR.");
    return std::nullopt;
  }
  return core::Money{*minor, currency};
}

std::optional<core::AppointmentStatus> ReadStatus(std::string_view text) {
  const std::string folded = FoldColumn(text);
  for (const StatusRow& row : kStatuses) {
    if (folded.find(row.part) != std::string::npos) return row.status;
  }
  return std::nullopt;
}

std::string ReadCurrency(std::string_view text, const std::string& otherwise) {
  for (const SymbolRow& row : kSymbols) {
    if (text == row.symbol) return std::string(row.code);
  }
  std::string code;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') {
      code += static_cast<char>(c - 'a' + 'A');
    } else if (c >= 'A' && c <= 'Z') {
      code += c;
    }
  }
  return code.size() == 3 && text.size() == 3 ? code : otherwise;
}

absl::StatusOr<core::TimeZone> ZoneOf(const std::string& name) {
  if (name.empty()) {
    return absl::InvalidArgumentError(
        "Nothing says in which time zone the times are: give --time-zone, such as Europe/Berlin.");
  }
  const auto zone = core::TimeZone::Find(name);
  if (!zone) return absl::InvalidArgumentError(fmt::format("The time zone {} is not known.", name));
  return *zone;
}

void AppendLine(std::string& text, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  if (!text.empty()) text += '\n';
  if (!label.empty()) text += fmt::format("{}: ", label);
  text += value;
}

std::string Shortened(std::string_view text, std::size_t max) {
  std::size_t chars = 0;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (begins && ++chars > max) break;
  }
  return std::string(text.substr(0, end));
}

}  // namespace kalends::cli

#include "adapters/telegram/screens/common.h"

#include <chrono>

#include "absl/time/civil_time.h"
#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

std::string Clock(std::string_view zone, const When& when) {
  const LocalTime start = ToLocal(zone, when.start);
  return when.end > when.start ? Formats::Span(start, ToLocal(zone, when.end))
                               : Formats::Time(start);
}

std::string DateAndClock(const Reader& reader, std::string_view zone, const When& when,
                         LinePlace place) {
  const date::year_month_day day = ToLocal(zone, when.start).day();
  return reader.t().formats().Date(day, place) + ", " + Clock(zone, when);
}

}  // namespace

date::year_month_day DayOf(const v1::Date& date) {
  return date::year(date.year()) / date::month(static_cast<unsigned>(date.month())) /
         date::day(static_cast<unsigned>(date.day()));
}

v1::Date ToProto(date::year_month_day day) {
  v1::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(static_cast<int>(static_cast<unsigned>(day.month())));
  date.set_day(static_cast<int>(static_cast<unsigned>(day.day())));
  return date;
}

std::string ProviderLabel(v1::ProviderKind kind, std::string_view name) {
  if (name == kDeletedName) return std::string(name);
  std::string label = kind == v1::PROVIDER_KIND_ORGANIZATION ? "🏫 " : "👤 ";
  label += SafeText(name);
  return label;
}

std::string_view StatusIcon(v1::Appointment::Status status) {
  switch (status) {
    case v1::Appointment::STATUS_PENDING:
      return "🟡";
    case v1::Appointment::STATUS_ACCEPTED:
      return "🟢";
    case v1::Appointment::STATUS_REJECTED:
      return "🔴";
    case v1::Appointment::STATUS_COMPLETED:
      return "✅";
    case v1::Appointment::STATUS_CANCELLED:
      return "❌";
    case v1::Appointment::STATUS_MISSED:
      return "⭕";
    default:
      return "▫️";
  }
}

std::string StatusLabel(const Reader& reader, v1::Appointment::Status status) {
  const char* key = "status.unknown";
  switch (status) {
    case v1::Appointment::STATUS_PENDING:
      key = "status.pending";
      break;
    case v1::Appointment::STATUS_ACCEPTED:
      key = "status.accepted";
      break;
    case v1::Appointment::STATUS_REJECTED:
      key = "status.rejected";
      break;
    case v1::Appointment::STATUS_COMPLETED:
      key = "status.completed";
      break;
    case v1::Appointment::STATUS_CANCELLED:
      key = "status.cancelled";
      break;
    case v1::Appointment::STATUS_MISSED:
      key = "status.missed";
      break;
    default:
      break;
  }
  return std::string(StatusIcon(status)) + " " + reader.t().Plain(key);
}

std::string PriceText(const Reader& reader, const v1::Money* price) {
  if (price == nullptr || price->currency_code().empty()) return reader.t().Plain("price.free");
  return reader.t().formats().Money(price->currency_code(), price->minor_units());
}

std::string_view ZoneFor(const Reader& reader, std::string_view provider_zone) {
  return reader.zone.empty() ? provider_zone : std::string_view(reader.zone);
}

std::string ZoneAndOffset(const Reader& reader, std::string_view zone) {
  std::string name = reader.t().formats().Zone(zone);
  if (BareOffset(zone)) return name;
  const auto offset = std::chrono::floor<std::chrono::minutes>(ToLocal(zone, reader.now).offset);
  return name + " (" + OffsetText(offset) + ")";
}

// Without the offset, which may change between the times that it stands with.
std::string ZoneLine(const Reader& reader, std::string_view zone) {
  if (!reader.zone.empty()) return "";
  return "\n" + reader.t().Html("when.zone", {{"zone", reader.t().formats().Zone(zone)}});
}

std::string NoteLine(const Reader& reader, const v1::Appointment& appointment) {
  if (IsUnreadable(appointment, "note")) return "\n" + reader.t().Html("unreadable.note");
  if (appointment.note().empty()) return "";
  return "\n" + reader.t().Html("info.note", {{"note", appointment.note()}});
}

std::string WhenText(const Reader& reader, const When& when) {
  const std::string_view zone = ZoneFor(reader, when.provider_zone);
  std::string text = "<b>" + EscapeHtml(DateAndClock(reader, zone, when, LinePlace::kAtStart)) +
                     "</b>" + ZoneLine(reader, zone);
  if (when.other_zone.empty()) return text;
  const LocalTime own = ToLocal(zone, when.start);
  const LocalTime other = ToLocal(when.other_zone, when.start);
  if (own.offset == other.offset) return text;
  const std::string there = own.day() == other.day()
                                ? Clock(when.other_zone, when)
                                : DateAndClock(reader, when.other_zone, when, LinePlace::kInside);
  return text + "\n" +
         reader.t().Html("when.other", {{"name", when.other_name},
                                        {"time", there},
                                        {"zone", reader.t().formats().Zone(when.other_zone)}});
}

std::string ShortClock(std::string_view zone, std::string_view other_zone, Instant start) {
  const LocalTime own = ToLocal(zone, start);
  std::string text = Formats::Time(own);
  if (other_zone.empty()) return text;
  const LocalTime other = ToLocal(other_zone, start);
  if (other.offset != own.offset) text.append(" (").append(Formats::Time(other)).append(")");
  return text;
}

std::string ShortWhen(const Reader& reader, Instant start, std::string_view provider_zone) {
  return ShortWhen(reader, ZoneFor(reader, provider_zone), provider_zone, start);
}

std::string ShortWhen(const Reader& reader, std::string_view zone, std::string_view other_zone,
                      Instant start) {
  const date::year_month_day day = ToLocal(zone, start).day();
  return reader.t().formats().ShortDate(day, LinePlace::kAtStart) + ", " +
         ShortClock(zone, other_zone, start);
}

std::string WhenText(const Reader& reader, const v1::Appointment& appointment, Side side) {
  const bool to_customer = side == Side::kCustomer;
  const std::string& provider = appointment.specialist_display_name().empty()
                                    ? appointment.provider_display_name()
                                    : appointment.specialist_display_name();
  return WhenText(reader,
                  {.start = InstantOf(appointment.start_time()),
                   .end = InstantOf(appointment.end_time()),
                   .provider_zone = appointment.provider_time_zone(),
                   .other_zone = to_customer ? appointment.provider_time_zone()
                                             : appointment.customer_time_zone(),
                   .other_name = to_customer ? provider : appointment.customer_display_name()});
}

std::string AgreedText(const Reader& reader, const v1::Appointment& appointment) {
  absl::CivilSecond written;
  if (!absl::ParseCivilTime(appointment.agreed_time().local_time(), &written)) return {};
  // Counted as if it were UTC, as both do.
  const std::chrono::seconds since_epoch(written - absl::CivilSecond());
  const LocalTime agreed{.time = date::local_seconds(since_epoch)};
  return reader.t().formats().ShortDate(agreed.day()) + ", " + Formats::Time(agreed);
}

std::string AgreedCity(const Reader& reader, const v1::Appointment& appointment) {
  return reader.t().formats().Zone(appointment.agreed_time().time_zone());
}

std::string NameOnButton(const Reader& reader, const std::string& name) {
  return name == kDeletedName ? reader.t().Plain("deleted.account") : name;
}

Button BackButton(const Reader& reader, const Action& action) {
  return {reader.t().Plain("button.back"), action};
}

Button HomeButton(const Reader& reader) {
  return {reader.t().Plain("button.home"), Action(ShowHome{})};
}

Row BackAndHome(const Reader& reader, const Action& back) {
  return {BackButton(reader, back), HomeButton(reader)};
}

}  // namespace kalends::telegram

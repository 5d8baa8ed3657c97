// The screen with everything there is to know of an appointment. Declared in appointments.h.
#include <string_view>
#include <utility>

#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

std::string ActorText(const Reader& reader, const v1::Appointment& appointment,
                      v1::Appointment::Actor actor) {
  switch (actor) {
    case v1::Appointment::ACTOR_CUSTOMER:
      return appointment.customer_display_name();
    case v1::Appointment::ACTOR_PROVIDER:
      return appointment.provider_display_name();
    case v1::Appointment::ACTOR_TOOL:
      return reader.t().Plain("appointments.history_tool");
    default:
      return reader.t().Plain("appointments.history_system");
  }
}

// What a line of the history tells of. People only move what stays in its status; what new zone
// rules did there is said by the reason.
std::string ChangeLabel(const Reader& reader, const v1::Appointment::StatusChange& change) {
  const bool moved =
      change.from() == change.to() && change.actor() != v1::Appointment::ACTOR_SYSTEM;
  return moved ? reader.t().Plain("appointments.history_moved") : StatusLabel(reader, change.to());
}

std::string HistoryText(const Reader& reader, const v1::Appointment& appointment) {
  const Texts& t = reader.t();
  std::string text = t.Html("info.history");
  for (const auto& change : appointment.history()) {
    const LocalTime local =
        ToLocal(ZoneFor(reader, appointment.provider_time_zone()), InstantOf(change.time()));
    text += "\n" + t.Html("appointments.history_line",
                          {{"time", t.formats().Stamp(local)},
                           {"status", ChangeLabel(reader, change)},
                           {"who", ActorText(reader, appointment, change.actor())}});
    if (const std::string reason = ReasonText(reader, change.reason()); !reason.empty()) {
      text += " · " + reason;
    }
  }
  return text;
}

// An amount; of no currency it can only be nothing.
std::string AmountText(const Reader& reader, const v1::Money& money) {
  if (money.currency_code().empty()) return std::to_string(money.minor_units());
  return reader.t().formats().Money(money.currency_code(), money.minor_units());
}

// What the core says of new zone rules.
constexpr std::pair<std::string_view, const char*> kZoneRulesReasons[] = {
    {"zone_rules_moved", "appointments.reason_zone_kept"},
    {"zone_rules_stands", "appointments.reason_zone_kept"},
    {"zone_rules_taken", "appointments.reason_zone_taken"},
    {"zone_rules_skipped", "appointments.reason_zone_skipped"},
    {"zone_rules_passed", "appointments.reason_zone_passed"}};

}  // namespace

bool IsToBeAgreedAnew(const v1::Appointment& appointment) {
  const bool is_open = appointment.status() == v1::Appointment::STATUS_PENDING ||
                       appointment.status() == v1::Appointment::STATUS_ACCEPTED;
  return is_open && appointment.agreed_time().needs_new_agreement();
}

std::string AgreeAnewText(const Reader& reader, const v1::Appointment& appointment) {
  if (!IsToBeAgreedAnew(appointment)) return {};
  return "\n" +
         reader.t().Html("appointments.agree_anew", {{"agreed", AgreedText(reader, appointment)},
                                                     {"city", AgreedCity(reader, appointment)}});
}

std::string MoneyText(const Reader& reader, const v1::Appointment& appointment) {
  const Texts& t = reader.t();
  // Without a service there is no price yet, and nothing is owed of it.
  const bool open = appointment.service().empty() && !appointment.has_price() &&
                    appointment.paid().minor_units() == 0;
  if (open) return t.Html("info.price_open");
  const v1::Money* price = appointment.has_price() ? &appointment.price() : nullptr;
  return t.Html("info.price", {{"price", PriceText(reader, price)}}) + "\n" +
         t.Html("info.paid", {{"money", AmountText(reader, appointment.paid())}}) + "\n" +
         (appointment.covered().minor_units() > 0 ? t.Html("info.covered") + "\n" : "") +
         t.Html("info.outstanding", {{"money", AmountText(reader, appointment.outstanding())}});
}

std::string PaidForNothingText(const Reader& reader, const v1::Appointment& appointment) {
  if (appointment.paid().minor_units() == 0) return {};
  const Texts& t = reader.t();
  return t.Html("info.paid", {{"money", AmountText(reader, appointment.paid())}}) + "\n" +
         t.Html("info.outstanding", {{"money", AmountText(reader, appointment.outstanding())}});
}

std::string ReasonText(const Reader& reader, const std::string& reason) {
  const Texts& t = reader.t();
  if (reason.empty()) return {};
  if (reason == "unanswered") return t.Html("appointments.reason_unanswered");
  if (reason == "account_deleted") return t.Html("appointments.reason_account_deleted");
  if (reason == "unmarked") return t.Html("appointments.reason_unmarked");
  if (reason == kNoneFits) return t.Html("appointments.reason_none_fits");
  for (const auto& [name, key] : kZoneRulesReasons) {
    if (reason == name) return t.Html(key);
  }
  return t.Html("appointments.reason_text", {{"reason", reason}});
}

std::string HouseLine(const Reader& reader, const v1::Appointment& appointment) {
  if (appointment.provider_kind() != v1::PROVIDER_KIND_ORGANIZATION) return {};
  const std::string house =
      ProviderLabel(appointment.provider_kind(), appointment.provider_display_name());
  return "\n" + reader.t().Html("info.provider", {{"provider", house}});
}

std::string SpecialistLine(const Reader& reader, const v1::Appointment& appointment) {
  if (appointment.provider_kind() != v1::PROVIDER_KIND_ORGANIZATION) return {};
  return "\n" +
         reader.t().Html("info.specialist", {{"name", appointment.specialist_display_name()}});
}

Screen MeetingInfoScreen(const Reader& reader, const v1::Appointment& appointment, Side side) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  // Its status stands beside the title, and how long it is beside what it is.
  std::string text =
      t.Html("info.title") + " · " + StatusLabel(reader, appointment.status()) + "\n";
  text +=
      t.Html("info.provider", {{"provider", ProviderLabel(appointment.provider_kind(),
                                                          appointment.provider_display_name())}});
  text += SpecialistLine(reader, appointment);
  if (side == Side::kProvider) {
    text += "\n" + t.Html("info.customer", {{"name", appointment.customer_display_name()}});
  }
  text += "\n" + (appointment.service_display_name().empty()
                      ? t.Html("info.service_open")
                      : t.Html("info.service", {{"service", appointment.service_display_name()}}));
  const auto length = InstantOf(appointment.end_time()) - InstantOf(appointment.start_time());
  text +=
      " · " + t.Html("info.duration",
                     {{"duration", t.Duration(std::chrono::floor<std::chrono::minutes>(length))}});
  if (!appointment.service_description().empty()) {
    text += "\n" + DescriptionText(appointment.service_description());
  }
  text += "\n" + MoneyText(reader, appointment);
  if (!appointment.place().empty()) {
    text += "\n" + t.Html("info.place", {{"place", appointment.place()}});
  }
  text += NoteLine(reader, appointment);
  text += "\n" + WhenText(reader, appointment, side) + AgreeAnewText(reader, appointment);
  if (appointment.history_size() > 0) text += "\n\n" + HistoryText(reader, appointment);
  Screen screen{.text = text, .rows = {}, .shows = ShownOf(appointment)};
  AppendVideoRow(reader, appointment, screen.rows);
  if (!appointment.payment_link().empty()) {
    screen.rows.push_back(
        {{t.Plain("info.pay"), Url{appointment.payment_link()}, Style::kPrimary}});
  }
  screen.rows.push_back({{t.Plain("info.calendar_file"), Action(SendCalendarFile{id})}});
  if (side == Side::kCustomer && appointment.shares_link()) {
    // Also where the figures are wrong.
    screen.rows.back().push_back(
        {t.Plain("links.chat"), Action(OpenChat{ProviderId::Of(appointment.provider())})});
    screen.text += "\n\n" + t.Html("info.wrong_figures");
  }
  screen.rows.push_back({BackButton(reader, ShowAppointment{id}), HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram

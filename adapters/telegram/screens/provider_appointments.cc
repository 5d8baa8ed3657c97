// What a provider's card of an appointment says and offers beyond the customer's, and where it
// takes place. Declared in appointments.h.
#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/telegram/actions/appointment_notes.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/moves.h"
#include "adapters/telegram/actions/payments.h"
#include "adapters/telegram/actions/proposals.h"
#include "adapters/telegram/actions/requests.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kPlaceOnCardCharsMax = 120;
constexpr std::size_t kWaysPerRow = 3;

// Of what is agreed or over: what is still due of its price, in a few words. Plain.
std::string DueText(const Reader& reader, const v1::Appointment& appointment) {
  const Texts& t = reader.t();
  std::string price = PriceText(reader, &appointment.price());
  const v1::Money& due = appointment.outstanding();
  if (appointment.price().minor_units() == 0) return price;
  const auto with = [&](const char* key, std::int64_t minor_units) {
    return t.Plain(
        key, {{"price", price},
              {"money", t.formats().Money(appointment.price().currency_code(), minor_units)}});
  };
  if (due.minor_units() == appointment.price().minor_units())
    return with("appointments.money_open", 0);
  if (due.minor_units() > 0) return with("appointments.money_due", due.minor_units());
  if (due.minor_units() < 0) return with("appointments.money_over", -due.minor_units());
  return with(appointment.covered().minor_units() > 0 ? "appointments.money_package"
                                                      : "appointments.money_paid",
              0);
}

bool IsOwed(const v1::Appointment& appointment) {
  return appointment.status() == v1::Appointment::STATUS_ACCEPTED ||
         appointment.status() == v1::Appointment::STATUS_COMPLETED ||
         appointment.status() == v1::Appointment::STATUS_MISSED;
}

bool IsLinkChar(char c) {
  return c > ' ' && c < '\x7f' && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
}

bool IsHostChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-';
}

// A link of https, and nothing else: Telegram refuses a message with a button that it cannot read.
bool IsLink(std::string_view text) {
  constexpr std::string_view kScheme = "https://";
  if (!text.starts_with(kScheme) || !std::all_of(text.begin(), text.end(), IsLinkChar)) {
    return false;
  }
  text.remove_prefix(kScheme.size());
  const std::string_view host = text.substr(0, text.find_first_of("/?#"));
  const std::size_t dot = host.rfind('.');
  const bool named = dot != std::string_view::npos && dot > 0 && host.size() - dot > 2;
  return named && std::all_of(host.begin(), host.end(), IsHostChar);
}

// What is decided now: a request, or what became of an appointment.
void AppendDecisions(const Reader& reader, const v1::Appointment& appointment, Nonce nonce,
                     std::vector<Row>& rows) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  std::vector<Button> buttons;
  const auto offer = [&](v1::Appointment::Action allowed, const char* key, const Action& action,
                         Style style) {
    if (Allows(appointment, allowed)) buttons.push_back({t.Plain(key), action, style});
  };
  const bool corrects = appointment.status() != v1::Appointment::STATUS_ACCEPTED;
  offer(v1::Appointment::ACTION_ACCEPT, "appointments.accept", Accept{id, nonce}, Style::kSuccess);
  offer(v1::Appointment::ACTION_REJECT, "appointments.reject", AskReject{id}, Style::kDanger);
  offer(v1::Appointment::ACTION_PROPOSE_TIMES, "appointments.propose",
        ProposeMonth{id, std::nullopt, {}}, Style::kNone);
  offer(v1::Appointment::ACTION_COMPLETE, "appointments.complete", Complete{id, nonce},
        corrects ? Style::kNone : Style::kSuccess);
  offer(v1::Appointment::ACTION_MARK_MISSED, "appointments.missed", MarkMissed{id, nonce},
        Style::kNone);
  AppendGrid(rows, std::move(buttons), 2);
}

}  // namespace

std::string ServiceAndMoney(const Reader& reader, const v1::Appointment& appointment) {
  const Texts& t = reader.t();
  std::string line = t.Html("info.service", {{"service", appointment.service_display_name()}});
  if (!appointment.has_price()) return line;
  return line + " · " +
         EscapeHtml(IsOwed(appointment) ? DueText(reader, appointment)
                                        : PriceText(reader, &appointment.price()));
}

std::string PlaceLine(const Reader& reader, const v1::Appointment& appointment) {
  if (appointment.place().empty()) return {};
  return "\n" + reader.t().Html("info.place",
                                {{"place", Shorten(appointment.place(), kPlaceOnCardCharsMax)}});
}

void AppendVideoRow(const Reader& reader, const v1::Appointment& appointment,
                    std::vector<Row>& rows) {
  if (!IsLink(appointment.place())) return;
  rows.push_back({{reader.t().Plain("appointments.open_video"), Url{appointment.place()}}});
}

void AppendProviderButtons(const Reader& reader, const v1::Appointment& appointment, Nonce nonce,
                           std::vector<Row>& rows) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  const bool agreed = appointment.status() == v1::Appointment::STATUS_ACCEPTED;
  AppendDecisions(reader, appointment, nonce, rows);
  Row ways;
  // Of a request, other times are proposed.
  if (agreed && Allows(appointment, v1::Appointment::ACTION_RESCHEDULE)) {
    ways.push_back({t.Plain("appointments.move"), Action(MoveMonth{id, std::nullopt})});
  }
  if (appointment.shares_link()) {
    ways.push_back(
        {t.Plain("links.chat"), Action(ShowChat{ProviderId::Of(appointment.provider()),
                                                AccountId::Of(appointment.customer()), 0})});
  }
  if (agreed && Allows(appointment, v1::Appointment::ACTION_REMIND)) {
    ways.push_back({t.Plain("appointments.remind"), Action(RemindNow{id, nonce})});
  }
  std::optional<Button> session;
  if (IsOwed(appointment) && appointment.session_capacity() > 1) {
    session = Button{t.Plain("appointments.session"), Action(ShowSessionOf{id})};
  }
  // Where there is room beside others.
  if (session && ways.size() < kWaysPerRow) ways.push_back(*std::exchange(session, std::nullopt));
  Row keeps;
  // Of what came to nothing, what was paid is paid back.
  if (IsOwed(appointment) || appointment.paid().minor_units() != 0) {
    keeps.push_back({t.Plain("payments.one"), Action(RecordPayment{id, {}, {}})});
  }
  keeps.push_back({t.Plain("appointments.note"), Action(ShowAppointmentNote{id})});
  if (agreed && Allows(appointment, v1::Appointment::ACTION_SET_PLACE)) {
    keeps.push_back({t.Plain("appointments.place"), Action(AskPlace{id})});
  }
  if (!session && ways.size() + keeps.size() <= kWaysPerRow) {
    ways.insert(ways.end(), keeps.begin(), keeps.end());
    keeps.clear();
  }
  if (!ways.empty()) rows.push_back(std::move(ways));
  if (session) rows.push_back({*session});
  if (!keeps.empty()) rows.push_back(std::move(keeps));
  Row last = {{t.Plain("appointments.info"), Action(ShowMeetingInfo{id})}};
  // Who may reject need not cancel.
  if (Allows(appointment, v1::Appointment::ACTION_CANCEL) &&
      !Allows(appointment, v1::Appointment::ACTION_REJECT)) {
    last.push_back({t.Plain("appointments.cancel"), Action(AskCancel{id}), Style::kDanger});
  }
  rows.push_back(std::move(last));
}

Screen SessionOfScreen(const Reader& reader, const v1::Appointment& appointment,
                       const Page<v1::Appointment>& participants, int count) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  Screen screen{.text = t.Html("appointments.session_of",
                               {{"count", std::to_string(count)},
                                {"service", appointment.service_display_name()},
                                {"when", ShortWhen(reader, InstantOf(appointment.start_time()),
                                                   appointment.provider_time_zone())},
                                {"seats", std::to_string(appointment.session_capacity())}}),
                .rows = {},
                .shows = ShownOf(appointment)};
  for (const v1::Appointment& one : participants.items) {
    screen.rows.push_back({{NameLabel(std::string(StatusIcon(one.status())) + " ",
                                      NameOnButton(reader, one.customer_display_name()), ""),
                            Action(ShowAppointment{AppointmentId::Of(one.name())})}});
  }
  AppendPager(screen.rows, participants.number, participants.has_next,
              [&](int page) { return ShowSessionOf{id, page}; });
  screen.rows.push_back({BackButton(reader, ShowAppointment{id})});
  return screen;
}

}  // namespace kalends::telegram

#include "adapters/telegram/screens/requests.h"

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/actions/customers.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/actions/proposals.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/links.h"

namespace kalends::telegram {
namespace {

std::string VisitText(const Reader& reader, int visit) {
  return visit == 1 ? reader.t().Html("requests.first_visit")
                    : reader.t().Html("requests.visit", {{"number", std::to_string(visit)}});
}

std::string TermsText(const Reader& reader, Terms terms) {
  if (terms == Terms::kSigned) return reader.t().Html("requests.terms_signed");
  return terms == Terms::kPending ? reader.t().Html("requests.terms_pending") : "";
}

std::string AroundText(const Reader& reader, const Around& around, std::string_view zone) {
  const Texts& t = reader.t();
  if (!around.busy_until && !around.busy_from) return t.Html("requests.free_around");
  const auto clock = [&](Instant at) { return Formats::Time(ToLocal(zone, at)); };
  const std::string before =
      around.busy_until ? t.Html("requests.busy_until", {{"time", clock(*around.busy_until)}})
                        : t.Html("requests.free_before");
  const std::string after = around.busy_from
                                ? t.Html("requests.busy_from", {{"time", clock(*around.busy_from)}})
                                : t.Html("requests.free_after");
  return before + ", " + after;
}

// "Beratung · 80,00 €", or that the customer was not sure which service.
std::string WhatText(const Reader& reader, const v1::Appointment& appointment) {
  if (appointment.service().empty()) return reader.t().Html("requests.service_open");
  const v1::Money* const price = appointment.has_price() ? &appointment.price() : nullptr;
  return reader.t().Html("requests.what", {{"service", appointment.service_display_name()},
                                           {"price", PriceText(reader, price)}});
}

std::string RequestFacts(const Reader& reader, const RequestView& view) {
  const v1::Appointment& appointment = view.appointment;
  std::string text = WhenText(reader, appointment, Side::kProvider) + "\n" +
                     WhatText(reader, appointment) + HouseLine(reader, appointment) +
                     SpecialistLine(reader, appointment) + NoteLine(reader, appointment);
  std::string last = TermsText(reader, view.terms);
  if (view.around) {
    if (!last.empty()) last += " · ";
    last += AroundText(reader, *view.around, ZoneFor(reader, appointment.provider_time_zone()));
  }
  return last.empty() ? text : text + "\n" + last;
}

std::string ProposedText(const Reader& reader, const v1::Appointment& appointment) {
  if (appointment.proposed_start_times().empty()) return {};
  std::string text =
      "\n" + reader.t().Html("requests.waits_for", {{"name", appointment.customer_display_name()}});
  const char* separator = "\n";
  for (const auto& start : appointment.proposed_start_times()) {
    text += separator + ShortWhen(reader, InstantOf(start), appointment.provider_time_zone());
    separator = " · ";
  }
  return text;
}

void AppendAnswers(const Reader& reader, const v1::Appointment& appointment, Nonce nonce,
                   std::vector<Row>& rows) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  if (Allows(appointment, v1::Appointment::ACTION_ACCEPT)) {
    rows.push_back({{t.Plain("appointments.accept"), Action(Accept{id, nonce}), Style::kSuccess}});
  }
  Row others;
  if (Allows(appointment, v1::Appointment::ACTION_PROPOSE_TIMES)) {
    others.push_back({t.Plain("requests.other_time"), Action(ProposeMonth{id, std::nullopt, {}})});
  }
  if (Allows(appointment, v1::Appointment::ACTION_REJECT)) {
    others.push_back({t.Plain("appointments.reject"), Action(AskReject{id}), Style::kDanger});
  }
  if (!others.empty()) rows.push_back(std::move(others));
}

}  // namespace

std::optional<Around> AroundOf(const v1::Appointment& appointment,
                               const v1::ListBusyTimesResponse& times) {
  const Instant start = InstantOf(appointment.start_time());
  const Instant end = InstantOf(appointment.end_time());
  Around around;
  for (const auto& span : times.busy()) {
    const Instant from = InstantOf(span.start_time());
    const Instant until = InstantOf(span.end_time());
    if (from < end && until > start) return std::nullopt;
    if (until <= start) around.busy_until = until;
    if (from >= end && !around.busy_from) around.busy_from = from;
  }
  return around;
}

Screen RequestScreen(const Reader& reader, const RequestView& view) {
  const Texts& t = reader.t();
  const v1::Appointment& appointment = view.appointment;
  std::string title = t.Html("requests.card", {{"number", std::to_string(view.number + 1)},
                                               {"count", std::to_string(view.count)},
                                               {"name", appointment.customer_display_name()}});
  if (appointment.visit_number() > 0) {
    title += " (" + VisitText(reader, appointment.visit_number()) + ")";
  }
  Screen screen{
      .text = title + "\n" + RequestFacts(reader, view) + ProposedText(reader, appointment),
      .rows = {},
      .shows = ShownOf(appointment)};
  AppendAnswers(reader, appointment, view.nonce, screen.rows);
  Row last;
  if (view.own_customer) {
    last.push_back({SafeText(NameOnButton(reader, appointment.customer_display_name())),
                    Action(ShowCustomer{AccountId::Of(appointment.customer())})});
  }
  if (view.count > 1) {
    last.push_back({t.Plain("requests.skip"), Action(ShowRequests{view.number + 1})});
  }
  if (!last.empty()) screen.rows.push_back(std::move(last));
  return screen;
}

Screen NoRequestsScreen(const Reader& reader) {
  const Texts& t = reader.t();
  return {.text = t.Html("requests.none"),
          .rows = {{{t.Plain("menu.invitations"), Action(ShowInvitations{}), Style::kPrimary},
                    {t.Plain("menu.calendar"), Action(ShowDay{})}},
                   {HomeButton(reader)}}};
}

Screen AskRejectScreen(const Reader& reader, const v1::Appointment& appointment, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  return {.text = Headline(reader, appointment, Side::kProvider) + "\n\n" +
                  t.Html("requests.reject_ask"),
          .rows = {{{t.Plain("requests.reject_keep"), Action(ShowAppointment{id})}},
                   {{t.Plain("requests.reject_without_reason"), Action(Reject{id, nonce}),
                     Style::kDanger}}},
          .shows = ShownOf(appointment)};
}

Screen RejectReasonScreen(const Reader& reader, const v1::Appointment& appointment,
                          const std::string& reason, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  return {.text = Headline(reader, appointment, Side::kProvider) + "\n\n" +
                  t.Html("requests.reject_reason", {{"reason", reason}}),
          .rows = {{{t.Plain("requests.reject_keep"), Action(ShowAppointment{id})}},
                   {{t.Plain("appointments.reject"), Action(RejectForShownReason{id, nonce}),
                     Style::kDanger}}},
          .shows = ShownOf(appointment)};
}

Screen AcceptAsScreen(const Reader& reader, const v1::Appointment& appointment,
                      const std::vector<v1::Service>& services, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  Screen screen{.text = Headline(reader, appointment, Side::kProvider) + "\n\n" +
                        t.Html(services.empty() ? "requests.accept_no_services"
                                                : "requests.accept_which_service"),
                .rows = {},
                .shows = ShownOf(appointment)};
  for (const v1::Service& service : services) {
    screen.rows.push_back({{ServiceLabel(reader, service),
                            Action(AcceptAs{id, ServiceId::Of(service.name()), nonce})}});
  }
  screen.rows.push_back({BackButton(reader, ShowAppointment{id})});
  return screen;
}

}  // namespace kalends::telegram

#include "adapters/telegram/screens/requests.h"

#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"

namespace kalends::telegram {

Screen AskRejectScreen(const Reader& reader, const v1::Appointment& appointment, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  return {.text = Headline(reader, appointment, Side::kProvider) + "\n\n" +
                  t.Html("requests.reject_ask"),
          .rows = {{{t.Plain("requests.reject_without_reason"), Action(Reject{id, nonce}),
                     Style::kDanger}},
                   {{t.Plain("requests.reject_keep"), Action(ShowAppointment{id})}}},
          .shows = ShownOf(appointment)};
}

Screen RejectReasonScreen(const Reader& reader, const v1::Appointment& appointment,
                          const std::string& reason, Nonce nonce) {
  const Texts& t = reader.t();
  const AppointmentId id = AppointmentId::Of(appointment.name());
  return {.text = Headline(reader, appointment, Side::kProvider) + "\n\n" +
                  t.Html("requests.reject_reason", {{"reason", reason}}),
          .rows = {{{t.Plain("appointments.reject"), Action(RejectForShownReason{id, nonce}),
                     Style::kDanger}},
                   {{t.Plain("requests.reject_keep"), Action(ShowAppointment{id})}}},
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

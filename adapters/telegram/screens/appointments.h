// Appointments as both sides see them (SPEC 2.4, 2.5 and 3.1).
#pragma once

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

inline constexpr int kAppointmentsPerPage = 6;

// A list, and where its pager and its back button lead. `has_calendar`: the reader is a provider,
// whose appointments with customers stand elsewhere.
enum class AppointmentList { kUpcoming, kPast, kAgenda };
Screen AppointmentsScreen(const Reader& reader, const Page<v1::Appointment>& appointments,
                          AppointmentList list, bool has_calendar = false);

// The other side's name, as the reader of `side` sees it.
std::string OtherName(const v1::Appointment& appointment, Side side);

// Whether the reader may do `action` now, as the core says.
bool Allows(const v1::Appointment& appointment, v1::Appointment::Action action);
// Whether it was ever more than a request, as its history says.
bool WasAgreed(const v1::Appointment& appointment);

// In short, with a button for everything the reader may do with it.
Screen AppointmentScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                         Nonce nonce);
// The same below a heading of its own, such as the news in a notification. HTML.
Screen AppointmentScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                         Nonce nonce, const std::string& heading);
// The same as a message of its own, which is no part of a menu: without a way back.
Screen AppointmentMessage(const Reader& reader, const v1::Appointment& appointment, Side side,
                          Nonce nonce, const std::string& heading);
// What it costs, what was paid and what is outstanding, also where that is nothing. HTML.
std::string MoneyText(const Reader& reader, const v1::Appointment& appointment);
// Of what came to nothing: what was paid for it all the same, and so is to be settled. Empty:
// nothing was. HTML.
std::string PaidForNothingText(const Reader& reader, const v1::Appointment& appointment);
// "Leistung: Massage · 80,00 €, offen 30,00 €": what it is and costs, as its provider is told in
// one line. HTML.
std::string ServiceAndMoney(const Reader& reader, const v1::Appointment& appointment);
// Where it takes place, of a long text the beginning; empty: nobody said. HTML.
std::string PlaceLine(const Reader& reader, const v1::Appointment& appointment);
// A button that opens the place where that is a link alone; otherwise nothing.
void AppendVideoRow(const Reader& reader, const v1::Appointment& appointment,
                    std::vector<Row>& rows);
// What its provider may do with it: what is to be decided first, what ends it last.
void AppendProviderButtons(const Reader& reader, const v1::Appointment& appointment, Nonce nonce,
                           std::vector<Row>& rows);
// Who takes part in the session of `appointment`, `count` of them in all.
Screen SessionOfScreen(const Reader& reader, const v1::Appointment& appointment,
                       const Page<v1::Appointment>& participants, int count);
// Everything there is to know.
Screen MeetingInfoScreen(const Reader& reader, const v1::Appointment& appointment, Side side);

Screen AskCancelScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                       Nonce nonce);
// The typed reason once more, before anything happens.
Screen CancelReasonScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                          const std::string& reason, Nonce nonce);

// Why a request was taken back whose proposed times were all declined: a new one took its place
// (`replaced_by`). Histories from before the contract had that say this word.
inline constexpr std::string_view kNoneFits = "none_of_the_proposed_times";

// "Rejected because: …"; empty without a reason. HTML.
std::string ReasonText(const Reader& reader, const std::string& reason);

// Whether new zone rules moved it, while it is open, off what was agreed on.
bool IsToBeAgreedAnew(const v1::Appointment& appointment);
// A line for one that new zone rules moved off what was agreed on. Empty for others. HTML.
std::string AgreeAnewText(const Reader& reader, const v1::Appointment& appointment);

// What Screen::shows is for every screen about `appointment`.
ShownAppointment ShownOf(const v1::Appointment& appointment);

// "With: 🏫 Salon", for a specialist, who may work for several besides customers of their own;
// empty where it is no organization's. HTML.
std::string HouseLine(const Reader& reader, const v1::Appointment& appointment);
// "Specialist: Mori", below what else is said of an organization's appointment; empty for others.
// HTML.
std::string SpecialistLine(const Reader& reader, const v1::Appointment& appointment);
// `lead` and whom it is with, of an organization's also its specialist: "09:00 · 🏫 Salon · Mori".
std::string ListLabel(const Reader& reader, const std::string& lead,
                      const v1::Appointment& appointment, Side side);

// Whom it is with, when, what for and how it stands: the head of every screen about one. HTML.
std::string Headline(const Reader& reader, const v1::Appointment& appointment, Side side);

}  // namespace kalends::telegram

// Appointments as both sides see them (SPEC 2.4, 2.5 and 3.1).
#pragma once

#include "adapters/telegram/screens/common.h"
#include "kalends/v1/catalog_service.pb.h"

namespace kalends::telegram {

inline constexpr int kAppointmentsPerPage = 6;

// A list, and where its pager and its back button lead.
enum class AppointmentList { kUpcoming, kPast, kRequests, kAgenda };
Screen AppointmentsScreen(const Reader& reader, const Page<v1::Appointment>& appointments,
                          AppointmentList list);
// A provider's day.
Screen DayScreen(const Reader& reader, date::year_month_day day, std::string_view zone,
                 const Page<v1::Appointment>& appointments);

// In short, with a button for everything the reader may do with it.
Screen AppointmentScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                         Nonce nonce);
// The same below a heading of its own, such as the news in a notification. HTML.
Screen AppointmentScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                         Nonce nonce, const std::string& heading);
// One of the proposed starts, to be taken. `heading`: HTML; may be empty.
Screen ProposedTimeScreen(const Reader& reader, const v1::Appointment& appointment, Minute start,
                          const std::string& heading, Nonce nonce);
// Everything there is to know.
Screen MeetingInfoScreen(const Reader& reader, const v1::Appointment& appointment, Side side);

Screen AskCancelScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                       Nonce nonce);
Screen AskRejectScreen(const Reader& reader, const v1::Appointment& appointment, Nonce nonce);
// The typed reason once more, before anything happens.
Screen CancelReasonScreen(const Reader& reader, const v1::Appointment& appointment, Side side,
                          const std::string& reason, Nonce nonce);
Screen RejectReasonScreen(const Reader& reader, const v1::Appointment& appointment,
                          const std::string& reason, Nonce nonce);
// For a request without a service: the provider names it when accepting.
Screen AcceptAsScreen(const Reader& reader, const v1::Appointment& appointment,
                      const std::vector<v1::Service>& services, Nonce nonce);

// "Rejected because: …"; empty without a reason. HTML.
std::string ReasonText(const Reader& reader, const std::string& reason);

}  // namespace kalends::telegram

// A provider's customers (SPEC 3.8): the list, and what there is of one.
#pragma once

#include <optional>
#include <string>

#include "adapters/telegram/actions/customers.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/consent_service.pb.h"
#include "kalends/v1/link_service.pb.h"

namespace kalends::telegram {

inline constexpr int kCustomersPerPage = 8;
inline constexpr int kCustomerAppointmentsPerPage = 6;

// What a list of customers leads to.
struct CustomerPurpose {
  CustomerFor purpose = CustomerFor::kCard;
  PackageId package = {};                        // kSale: which,
  std::string name = {};                         // and what it is called.
  std::optional<date::year_month_day> day = {};  // kBooking: where it is known.
};
Action LeadsTo(const CustomerPurpose& purpose, const AccountId& customer);

struct CustomersView {
  CustomerPurpose purpose;
  Page<v1::Link> customers;
  int total = 0;
  std::string searched;  // What was typed; empty: all are listed.
};
Screen CustomersScreen(const Reader& reader, const CustomersView& view);

struct CustomerView {
  v1::Link link;  // With its summary.
  int unread = 0;
  std::string note = {};     // Empty: none.
  std::string heading = {};  // HTML; may be empty.
};
Screen CustomerScreen(const Reader& reader, const CustomerView& view);
Screen AskBlockScreen(const Reader& reader, const v1::Link& link, Nonce nonce);
Screen CustomerAppointmentsScreen(const Reader& reader, const v1::Link& link,
                                  CustomerAppointments which, const Page<v1::Appointment>& page);
Screen CustomerTermsScreen(const Reader& reader, const v1::Link& link,
                           const Page<v1::Consent>& consents);
// The note, and the question for another one.
Screen CustomerNoteScreen(const Reader& reader, const v1::Link& link, const std::string& note,
                          Nonce nonce);
// "80,00 €, 20,00 CHF": of what is outstanding, what is due; `sign` -1: what was paid too much.
// Empty: nothing.
std::string OutstandingText(const Reader& reader, const v1::LinkSummary& summary, int sign);

}  // namespace kalends::telegram

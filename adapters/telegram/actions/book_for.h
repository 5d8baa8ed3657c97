// Booking for a customer, by the provider (SPEC 3.9).
#pragma once

#include <optional>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

// What a provider has chosen so far, of its own.
struct BookedFor {
  AccountId customer;
  ServiceId service;
  ProviderId specialist;  // Empty: the provider itself, or any of the organization.
};
// Whether the start may be any that nothing else holds, and whether a package of the customer's
// pays.
enum class BookingWay { kOffered, kAnyTime, kOfferedPaid, kAnyTimePaid, kMaxValue = kAnyTimePaid };

// clang-format off
// Begins, with what is known: the customer and the day may be, or not.
struct BookForCustomer {
  AccountId customer;  // Empty: to be chosen.
  std::optional<date::year_month_day> day;
  int page = 0;  // Of the services.
  KALENDS_ACTION("bf", customer, day, page)
};
struct ChooseServiceFor {
  AccountId customer;
  ServiceId service;
  std::optional<date::year_month_day> day;
  KALENDS_ACTION("bv", customer, service, day)
};
struct ShowMonthFor {
  BookedFor booked;
  std::optional<date::year_month> month;  // None: the first one with a free date.
  KALENDS_ACTION("bm", booked.customer, booked.service, booked.specialist, month)
};
struct ShowDayFor {
  BookedFor booked;
  date::year_month_day day;
  int page = 0;
  KALENDS_ACTION("bd", booked.customer, booked.service, booked.specialist, day, page)
};
// What would be booked, before it is.
struct ReviewBooking {
  BookedFor booked;
  Minute start;
  BookingWay way = BookingWay::kOfferedPaid;
  KALENDS_ACTION("br", booked.customer, booked.service, booked.specialist, start, way)
};
// Where a package pays, the one that the same screen shows, which is in the session.
struct ConfirmBooking {
  BookedFor booked;
  Minute start;
  BookingWay way = BookingWay::kOffered;
  Nonce nonce;
  KALENDS_ACTION("bc", booked.customer, booked.service, booked.specialist, start, way, nonce)
};
// clang-format on

using BookForActions = Actions<BookForCustomer, ChooseServiceFor, ShowMonthFor, ShowDayFor,
                               ReviewBooking, ConfirmBooking>;

}  // namespace kalends::telegram

// A provider's customers (SPEC 3.8).
#pragma once

#include <optional>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

// Which of a customer's appointments.
enum class CustomerAppointments { kUpcoming, kPast, kMaxValue = kPast };

// clang-format off
struct ShowCustomers { int page = 0; KALENDS_ACTION("fg", page) };
struct ShowCustomer { AccountId customer; KALENDS_ACTION("uc", customer) };
struct ShowCustomerAppointments {
  AccountId customer;
  CustomerAppointments which = CustomerAppointments::kUpcoming;
  int page = 0;
  KALENDS_ACTION("ua", customer, which, page)
};
struct ShowCustomerTerms { AccountId customer; KALENDS_ACTION("ut", customer) };
struct ShowCustomerNote { AccountId customer; KALENDS_ACTION("un", customer) };
struct RemoveCustomerNote { AccountId customer; Nonce nonce; KALENDS_ACTION("ud", customer, nonce) };
struct AskBlockCustomer { AccountId customer; KALENDS_ACTION("ub", customer) };
struct BlockCustomer { AccountId customer; Nonce nonce; KALENDS_ACTION("ux", customer, nonce) };
struct UnblockCustomer { AccountId customer; Nonce nonce; KALENDS_ACTION("uf", customer, nonce) };
// Who is meant, for what is done next: booked on `day`, if that is known, or sold `package`.
struct ChooseCustomerToBook {
  std::optional<date::year_month_day> day;
  int page = 0;
  KALENDS_ACTION("uv", day, page)
};
struct ChooseCustomerToSell {
  PackageId package;
  int page = 0;
  KALENDS_ACTION("uw", package, page)
};
// clang-format on

using CustomersActions =
    Actions<ShowCustomers, ShowCustomer, ShowCustomerAppointments, ShowCustomerTerms,
            ShowCustomerNote, RemoveCustomerNote, AskBlockCustomer, BlockCustomer, UnblockCustomer,
            ChooseCustomerToBook, ChooseCustomerToSell>;

}  // namespace kalends::telegram

// What was paid, as the provider records it (SPEC 3.2, 4.7): for an appointment, or for a package
// that `customer` was sold.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

enum class PaidBy { kCash, kCard, kTransfer, kOther, kMaxValue = kOther };

// clang-format off
// Asks how it is paid; the amount is what is outstanding. RecordPayment{appointment} for appointments.
struct RecordPayment {
  AppointmentId appointment;
  AccountId customer;
  SoldPackageId package;
  KALENDS_ACTION("mp", appointment, customer, package)
};
// The same of paying back what was paid too much, or else all.
struct RecordRefund {
  AppointmentId appointment;
  AccountId customer;
  SoldPackageId package;
  KALENDS_ACTION("mr", appointment, customer, package)
};
struct AskAmount {
  AppointmentId appointment;
  AccountId customer;
  SoldPackageId package;
  MoneyMoves moves = MoneyMoves::kIn;
  KALENDS_ACTION("ma", appointment, customer, package, moves)
};
// Of the amount that the same screen shows, which is in the session.
struct KeepPayment {
  AppointmentId appointment;
  AccountId customer;
  SoldPackageId package;
  MoneyMoves moves = MoneyMoves::kIn;
  PaidBy by = PaidBy::kCash;
  Nonce nonce;
  KALENDS_ACTION("mk", appointment, customer, package, moves, by, nonce)
};
// Corrects the last line by its opposite.
struct UndoPayment {
  AppointmentId appointment;
  AccountId customer;
  SoldPackageId package;
  PaymentId payment;
  KALENDS_ACTION("mu", appointment, customer, package, payment)
};
struct ShowPayments {
  AppointmentId appointment;
  AccountId customer;
  SoldPackageId package;
  KALENDS_ACTION("ml", appointment, customer, package)
};
// All that is to be paid or was, by one customer.
struct ShowCustomerPayments {
  AccountId customer;
  int page = 0;
  KALENDS_ACTION("mc", customer, page)
};
// clang-format on

using PaymentsActions = Actions<RecordPayment, RecordRefund, AskAmount, KeepPayment, UndoPayment,
                                ShowPayments, ShowCustomerPayments>;

}  // namespace kalends::telegram

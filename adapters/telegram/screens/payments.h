// What was paid (SPEC 3.2, 4.7): recording, paying back, and what there is of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/telegram/actions/payments.h"
#include "adapters/telegram/screens/catalog.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/link_service.pb.h"
#include "kalends/v1/package_service.pb.h"
#include "kalends/v1/payment_service.pb.h"

namespace kalends::telegram {

inline constexpr int kPaidThingsPerPage = 6;
inline constexpr int kPaymentsShown = 8;  // The last ones.

// Notes of payments that are words of ours, told in the reader's language.
inline constexpr std::string_view kCorrection = "correction";
std::string_view NoteOf(PaidBy by);

// What is paid for: an appointment, or a package that was sold.
struct PaidThing {
  AppointmentId appointment;
  AccountId customer;
  SoldPackageId package;
  std::string customer_name;
  std::string name;  // Of the service or of the package; may be empty.
  std::optional<Instant> start;
  v1::Money price;
  v1::Money paid;
  v1::Money outstanding;
  v1::Money covered;
};
PaidThing ThingOf(const v1::Appointment& appointment);
PaidThing ThingOf(const v1::SoldPackage& package);
// What to pay, or to pay back, without being told; nothing: 0.
std::int64_t LikelyAmount(const PaidThing& thing, MoneyMoves moves);

struct PaymentView {
  PaidThing thing;
  MoneyMoves moves = MoneyMoves::kIn;
  Price amount;  // 0: to be typed.
  Nonce nonce;
  std::string heading = {};  // HTML; may be empty.
};
// How, and with how much.
Screen RecordPaymentScreen(const Reader& reader, const PaymentView& view);
Screen AskAmountScreen(const Reader& reader, const PaymentView& view);
// After it was recorded; `payment`: what could be taken back, if any.
Screen PaymentKeptScreen(const Reader& reader, const PaidThing& thing, const v1::Payment& payment,
                         bool undone);
Screen PaymentsScreen(const Reader& reader, const PaidThing& thing,
                      const std::vector<v1::Payment>& payments);
Screen CustomerPaymentsScreen(const Reader& reader, const v1::Link& link,
                              const Page<PaidThing>& things);

}  // namespace kalends::telegram

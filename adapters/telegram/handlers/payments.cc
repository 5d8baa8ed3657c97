// What was paid: recording, paying back, taking back a mistake (SPEC 3.2, 4.7).
#include "adapters/telegram/screens/payments.h"

#include <algorithm>
#include <utility>

#include "adapters/telegram/handlers/catalog.h"
#include "adapters/telegram/handlers/customers.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/kept_price.h"
#include "kalends/v1/package_service.pb.h"
#include "kalends/v1/payment_service.pb.h"

namespace kalends::telegram {
namespace {

// The fields that say what is paid for, as every action here has them.
template <typename SomeAction>
absl::StatusOr<PaidThing> ReadThing(Turn& turn, const SomeAction& action) {
  if (!action.appointment.empty()) {
    KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
    return ThingOf(appointment);
  }
  v1::GetSoldPackageRequest request;
  request.set_name(SoldNameOf(OwnProvider(turn), action.customer, action.package));
  KALENDS_ASSIGN_OR_RETURN(const auto package, turn.Call<v1::SoldPackage>(request));
  return ThingOf(package);
}

std::string PaidNameOf(const Turn& turn, const PaidThing& thing) {
  if (!thing.appointment.empty()) return NameOf(thing.appointment);
  return SoldNameOf(OwnProvider(turn), thing.customer, thing.package);
}

// Without a price, what is typed is in the provider's usual currency.
absl::StatusOr<std::string> PaidCurrency(Turn& turn, const PaidThing& thing) {
  for (const v1::Money* money : {&thing.price, &thing.paid}) {
    if (!money->currency_code().empty()) return money->currency_code();
  }
  return LikelyCurrencyOf(turn);
}

void AskAmountOf(Turn& turn, const PaidThing& thing, MoneyMoves moves) {
  turn.session().dialogue =
      TypesAmount{thing.appointment.text, thing.customer.text, thing.package.text, moves};
}

// `amount` is what the buttons keep; 0: it is to be typed.
absl::Status ShowPayment(Turn& turn, PaidThing thing, MoneyMoves moves, Price amount,
                         const std::string& heading) {
  AskAmountOf(turn, thing, moves);
  const bool known = amount.minor_units > 0;
  if (known) turn.KeepShown(PriceToKeep(amount));
  const PaymentView view{.thing = std::move(thing),
                         .moves = moves,
                         .amount = std::move(amount),
                         .nonce = turn.nonce(),
                         .heading = heading};
  turn.Show(known ? RecordPaymentScreen(turn.reader(), view)
                  : AskAmountScreen(turn.reader(), view));
  return absl::OkStatus();
}

template <typename SomeAction>
absl::Status AskHow(Turn& turn, const SomeAction& action, MoneyMoves moves) {
  KALENDS_ASSIGN_OR_RETURN(auto thing, ReadThing(turn, action));
  KALENDS_ASSIGN_OR_RETURN(auto currency, PaidCurrency(turn, thing));
  Price amount{std::move(currency), LikelyAmount(thing, moves)};
  return ShowPayment(turn, std::move(thing), moves, std::move(amount), "");
}

absl::StatusOr<v1::Payment> RecordIn(Turn& turn, const PaidThing& thing, v1::Payment::Kind kind,
                                     const v1::Money& amount, std::string_view note,
                                     const std::string& request_id) {
  v1::CreatePaymentRequest request;
  request.set_parent(PaidNameOf(turn, thing));
  request.mutable_payment()->set_kind(kind);
  *request.mutable_payment()->mutable_amount() = amount;
  request.mutable_payment()->set_note(std::string(note));
  request.set_request_id(request_id);
  return turn.Call<v1::Payment>(request);
}

absl::StatusOr<std::vector<v1::Payment>> ReadPayments(Turn& turn, const PaidThing& thing) {
  v1::ListPaymentsRequest request;
  request.set_parent(PaidNameOf(turn, thing));
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListPaymentsResponse>(request));
  return std::vector<v1::Payment>(answer.payments().begin(), answer.payments().end());
}

template <typename SomeAction>
absl::Status ShowBooks(Turn& turn, const SomeAction& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto thing, ReadThing(turn, action));
  KALENDS_ASSIGN_OR_RETURN(const auto payments, ReadPayments(turn, thing));
  turn.Show(PaymentsScreen(turn.reader(), thing, payments));
  return absl::OkStatus();
}

// What is to be paid, or was: first what is open, the oldest first.
bool HasMoney(const PaidThing& thing) {
  return thing.outstanding.minor_units() != 0 || thing.paid.minor_units() != 0;
}

absl::Status AddAppointments(Turn& turn, const v1::Link& link, std::vector<PaidThing>& things) {
  v1::ListAppointmentsRequest request;
  request.set_parent("providers/me");
  request.set_customer(link.customer());
  request.set_page_size(kListPageSize);
  do {
    KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListAppointmentsResponse>(request));
    for (const v1::Appointment& appointment : answer.appointments()) {
      if (appointment.status() == v1::Appointment::STATUS_PENDING) continue;
      things.push_back(ThingOf(appointment));
    }
    request.set_page_token(answer.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status AddPackages(Turn& turn, const v1::Link& link, std::vector<PaidThing>& things) {
  v1::ListSoldPackagesRequest request;
  request.set_parent(link.name());
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListSoldPackagesResponse>(request));
  for (const v1::SoldPackage& package : answer.sold_packages()) things.push_back(ThingOf(package));
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const RecordPayment& action) {
  return AskHow(turn, action, MoneyMoves::kIn);
}

absl::Status Handle(Turn& turn, const RecordRefund& action) {
  return AskHow(turn, action, MoneyMoves::kBack);
}

absl::Status Handle(Turn& turn, const AskAmount& action) {
  KALENDS_ASSIGN_OR_RETURN(auto thing, ReadThing(turn, action));
  return ShowPayment(turn, std::move(thing), action.moves, {}, "");
}

absl::Status Handle(Turn& turn, const TypesAmount& dialogue, const std::string& text) {
  const AskAmount asked{
      {dialogue.appointment}, {dialogue.customer}, {dialogue.package}, dialogue.moves};
  KALENDS_ASSIGN_OR_RETURN(auto thing, ReadThing(turn, asked));
  KALENDS_ASSIGN_OR_RETURN(const std::string currency, PaidCurrency(turn, thing));
  auto amount = ParsePrice(text, currency);
  const bool understood = amount && amount->minor_units > 0;
  // The core takes the currency of the price alone.
  const bool fits =
      understood && (thing.price.currency_code().empty() || amount->currency == currency);
  if (fits) return ShowPayment(turn, std::move(thing), dialogue.moves, *std::move(amount), "");
  return ShowPayment(
      turn, std::move(thing), dialogue.moves, {},
      turn.texts().Html(understood ? "payments.other_currency" : "payments.bad_amount"));
}

absl::Status Handle(Turn& turn, const KeepPayment& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto thing, ReadThing(turn, action));
  const std::string* kept = turn.ShownWith(action.nonce);
  if (kept == nullptr) return AskHow(turn, action, action.moves);
  const Price price = KeptPrice(*kept);
  v1::Money amount;
  amount.set_currency_code(price.currency);
  amount.set_minor_units(price.minor_units);
  const bool in = action.moves == MoneyMoves::kIn;
  KALENDS_ASSIGN_OR_RETURN(
      const auto payment,
      RecordIn(turn, thing, in ? v1::Payment::KIND_PAYMENT : v1::Payment::KIND_REFUND, amount,
               NoteOf(action.by), turn.RequestIdOf(action, action.nonce)));
  KALENDS_ASSIGN_OR_RETURN(const auto now, ReadThing(turn, action));
  turn.Show(PaymentKeptScreen(turn.reader(), now, payment, false));
  return absl::OkStatus();
}

// Only the last line, and once: what was corrected stays in the books, and so does the correction.
absl::Status Handle(Turn& turn, const UndoPayment& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto thing, ReadThing(turn, action));
  KALENDS_ASSIGN_OR_RETURN(const auto payments, ReadPayments(turn, thing));
  const bool is_last = !payments.empty() && PaymentId::Of(payments.back().name()) == action.payment;
  if (!is_last || payments.back().note() == kCorrection) return ShowBooks(turn, action);
  const v1::Payment& mistake = payments.back();
  const bool back = mistake.kind() == v1::Payment::KIND_REFUND;
  KALENDS_ASSIGN_OR_RETURN(
      const auto correction,
      RecordIn(turn, thing, back ? v1::Payment::KIND_PAYMENT : v1::Payment::KIND_REFUND,
               mistake.amount(), kCorrection, "undo-" + action.payment.text));
  KALENDS_ASSIGN_OR_RETURN(const auto now, ReadThing(turn, action));
  turn.Show(PaymentKeptScreen(turn.reader(), now, correction, true));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowPayments& action) { return ShowBooks(turn, action); }

absl::Status Handle(Turn& turn, const ShowCustomerPayments& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto link, GetCustomer(turn, action.customer));
  std::vector<PaidThing> things;
  KALENDS_RETURN_IF_ERROR(AddPackages(turn, link, things));
  KALENDS_RETURN_IF_ERROR(AddAppointments(turn, link, things));
  std::erase_if(things, [](const PaidThing& thing) { return !HasMoney(thing); });
  std::stable_partition(things.begin(), things.end(), [](const PaidThing& thing) {
    return thing.outstanding.minor_units() != 0;
  });
  turn.Show(CustomerPaymentsScreen(turn.reader(), link,
                                   PageOf(std::move(things), action.page, kPaidThingsPerPage)));
  return absl::OkStatus();
}

Handlers PaymentsHandlers() { return HandlersOf<TypesAmount>(PaymentsActions{}); }

}  // namespace kalends::telegram

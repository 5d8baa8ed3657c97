#include "core/app/payments.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/server/booking.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/packages.h"
#include "core/server/payments.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/services.h"

namespace kalends::server {
namespace {

absl::StatusOr<app::PaymentInput> DecodePayment(const v1::CreatePaymentRequest& request) {
  const v1::Payment& payment = request.payment();
  app::PaymentInput input;
  if (payment.kind() == v1::Payment::KIND_REFUND) {
    input.kind = core::PaymentKind::kRefund;
  } else if (payment.kind() != v1::Payment::KIND_PAYMENT) {
    return core::InvalidField("payment.kind", "must be PAYMENT or REFUND");
  }
  input.amount = {payment.amount().minor_units(), payment.amount().currency_code()};
  input.note = core::CleanLine(payment.note());
  if (payment.has_receive_time()) {
    ASSIGN_OR_RETURN(input.received,
                     DecodeInstant("payment.receive_time", &payment.receive_time()));
  }
  return input;
}

bool IsOfPackage(const std::string& parent) {
  return MatchName(kSoldPackagePattern, parent).has_value();
}

absl::StatusOr<PaymentListing> ListPayments(const app::ReadContext& cx,
                                            const v1::ListPaymentsRequest& request) {
  if (IsOfPackage(request.parent())) {
    ASSIGN_OR_RETURN(const auto package, DecodeSoldPackageRef(cx, "parent", request.parent()));
    return PaymentsOf(package);
  }
  ASSIGN_OR_RETURN(const app::AppointmentRef ref, DecodeAppointmentRef(request.parent(), "parent"));
  return PaymentsOf(ref);
}

absl::Status CreatePayment(app::WriteContext& cx, const v1::CreatePaymentRequest& request,
                           v1::Payment* response) {
  ASSIGN_OR_RETURN(app::PaymentInput input, DecodePayment(request));
  if (IsOfPackage(request.parent())) {
    ASSIGN_OR_RETURN(const auto ref, DecodeSoldPackageRef(cx.AsRead(), "parent", request.parent()));
    ASSIGN_OR_RETURN(const auto payment, app::CreatePackagePayment(cx, ref, input));
    Encode(payment, SoldPackageName(ref), response);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(input.ref, DecodeAppointmentRef(request.parent(), "parent"));
  ASSIGN_OR_RETURN(const auto payment, app::CreatePayment(cx, input));
  Encode(payment, AppointmentName(payment.provider, payment.appointment), response);
  return absl::OkStatus();
}

ExportPages PaymentsFor(storage::Whose whose) {
  return Pages(
      Nested(AppointmentsWithHistoryOf(std::move(whose)), [](const app::AppointmentView& view) {
        return PaymentsOf({view.appointment.provider, view.appointment.id});
      }));
}

}  // namespace

void Encode(const core::Payment& payment, const std::string& parent, v1::Payment* message) {
  message->set_name(parent + "/payments/" + payment.id.ToString());
  message->set_kind(payment.kind == core::PaymentKind::kPayment ? v1::Payment::KIND_PAYMENT
                                                                : v1::Payment::KIND_REFUND);
  EncodeMoney(payment.amount, message->mutable_amount());
  message->set_note(payment.note);
  *message->mutable_receive_time() = EncodeInstant(payment.received);
  *message->mutable_create_time() = EncodeInstant(payment.created);
}

PaymentListing PaymentsOf(app::AppointmentRef ref) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListPayments(cx, ref, after, static_cast<std::size_t>(limit));
          },
          [](const core::Payment& payment) { return payment.id; },
          [](const app::ReadContext&, const core::Payment& payment, v1::Payment* message) {
            Encode(payment, AppointmentName(payment.provider, payment.appointment), message);
          }};
}

PaymentListing PaymentsOf(app::SoldPackageRef ref) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListPackagePayments(cx, ref, after, static_cast<std::size_t>(limit));
          },
          [](const core::Payment& payment) { return payment.id; },
          [=](const app::ReadContext&, const core::Payment& payment, v1::Payment* message) {
            Encode(payment, SoldPackageName(ref), message);
          }};
}

extern constinit const SubjectExport kPaymentsExport{
    .of_customer = [](core::AccountId customer) -> std::vector<ExportSection> {
      return {{"customer/payments.json",
               "What was paid for them.",
               {"payments"},
               PaymentsFor(storage::AsCustomer{customer})}};
    },
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/payments.json",
               "What was paid for them.",
               {"payments"},
               PaymentsFor(storage::AsProvider{provider.id})}};
    }};

Served MakePaymentService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.PaymentService")
      .Write(CreatePayment)
      .List(ListPayments)
      .Build();
}

}  // namespace kalends::server

#include "core/app/payments.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode_talk.h"
#include "core/server/link_server.h"

namespace kalends::server {
namespace {

absl::StatusOr<app::PaymentInput> DecodePayment(const v1::CreatePaymentRequest& request) {
  const v1::Payment& payment = request.payment();
  app::PaymentInput input;
  ASSIGN_OR_RETURN(input.ref, DecodeAppointmentRef(request.parent(), "parent"));
  if (payment.kind() == v1::Payment::KIND_REFUND) {
    input.kind = core::PaymentKind::kRefund;
  } else if (payment.kind() != v1::Payment::KIND_PAYMENT) {
    return core::InvalidField("payment.kind", "must be PAYMENT or REFUND");
  }
  input.amount = {payment.amount().minor_units(), payment.amount().currency_code()};
  input.note = payment.note();
  if (payment.has_receive_time()) {
    ASSIGN_OR_RETURN(input.received,
                     DecodeInstant("payment.receive_time", &payment.receive_time()));
  }
  return input;
}

absl::Status List(const app::ReadContext& cx, const v1::ListPaymentsRequest& request,
                  v1::ListPaymentsResponse* response) {
  ASSIGN_OR_RETURN(const app::AppointmentRef ref, DecodeAppointmentRef(request.parent(), "parent"));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListPayments " + ref.id.ToString();
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 1));
  std::optional<core::PaymentId> after;
  if (place) {
    after = core::PaymentId::Parse((*place)[0]);
    if (!after) return core::Error(core::Reason::kInvalidPageToken);
  }
  const auto size = static_cast<std::size_t>(limit);
  ASSIGN_OR_RETURN(const auto payments, app::ListPayments(cx, ref, after, size + 1));
  for (std::size_t i = 0; i < payments.size() && i < size; ++i) {
    Encode(payments[i], response->add_payments());
  }
  if (payments.size() > size) {
    response->set_next_page_token(EncodePageToken(list, {payments[size - 1].id.ToString()}));
  }
  return absl::OkStatus();
}

}  // namespace

Calls::Reactor* PaymentServer::CreatePayment(Calls::Context* context,
                                             const v1::CreatePaymentRequest* request,
                                             v1::Payment* response) {
  return calls_.Write(context, "kalends.v1.PaymentService.CreatePayment", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto input, DecodePayment(*request));
                        ASSIGN_OR_RETURN(const auto payment, app::CreatePayment(cx, input));
                        Encode(payment, response);
                        return absl::OkStatus();
                      });
}

Calls::Reactor* PaymentServer::ListPayments(Calls::Context* context,
                                            const v1::ListPaymentsRequest* request,
                                            v1::ListPaymentsResponse* response) {
  return calls_.Read(context, "kalends.v1.PaymentService.ListPayments",
                     [&](const app::ReadContext& cx) { return List(cx, *request, response); });
}

}  // namespace kalends::server

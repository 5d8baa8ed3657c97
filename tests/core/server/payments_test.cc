// Payments over the wire: the books, what is outstanding, and the payment link.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Payments = v1::PaymentService::Stub;
using Bookings = v1::BookingService::Stub;

class PaymentTest : public testing::Test {
 protected:
  v1::CreatePaymentRequest Line(v1::Payment::Kind kind, std::int64_t minor) const {
    v1::CreatePaymentRequest request;
    request.set_parent(name_);
    request.mutable_payment()->set_kind(kind);
    request.mutable_payment()->mutable_amount()->set_minor_units(minor);
    request.mutable_payment()->mutable_amount()->set_currency_code("EUR");
    request.mutable_payment()->set_note("cash");
    return request;
  }
  v1::Appointment Get(const Client& client) const {
    v1::GetAppointmentRequest request;
    request.set_name(name_);
    return client.Must(&Bookings::GetAppointment, request);
  }
  v1::ListPaymentsResponse List(const Client& client) const {
    v1::ListPaymentsRequest request;
    request.set_parent(name_);
    return client.Must(&Payments::ListPayments, request);
  }
  void SetLink(const std::string& link) const {
    v1::UpdateServiceRequest request;
    request.mutable_service()->set_name(practice_.service);
    request.mutable_service()->set_payment_link(link);
    request.mutable_update_mask()->add_paths("payment_link");
    practice_.specialist.Must(&v1::CatalogService::Stub::UpdateService, request);
  }

  TestServer server_;
  Practice practice_{server_};
  const std::string name_ = practice_.MustRequest(At("2026-03-03T09:00:00Z")).name();
};

TEST_F(PaymentTest, APriceIsNoLargerThanAPaymentMayBe) {
  v1::UpdateServiceRequest update;
  update.mutable_service()->set_name(practice_.service);
  update.mutable_service()->mutable_price()->set_currency_code("EUR");
  update.mutable_update_mask()->add_paths("price");
  const auto set = [&](std::int64_t minor) {
    update.mutable_service()->mutable_price()->set_minor_units(minor);
    return practice_.specialist.Try(&v1::CatalogService::Stub::UpdateService, update);
  };
  EXPECT_EQ(set(1'000'000'000'000), "OK");
  EXPECT_EQ(set(1'000'000'000'001), "INVALID_FIELD");
  EXPECT_EQ(set(-1), "INVALID_FIELD");
}

TEST_F(PaymentTest, WhatIsOutstandingFollowsTheBooks) {
  practice_.Accept(name_);
  EXPECT_EQ(Get(practice_.customer).outstanding().minor_units(), 8000);
  practice_.specialist.Must(&Payments::CreatePayment, Line(v1::Payment::KIND_PAYMENT, 9000));
  practice_.specialist.Must(&Payments::CreatePayment, Line(v1::Payment::KIND_REFUND, 2500));
  for (const Client* client : {&practice_.customer, &practice_.specialist}) {
    const v1::Appointment appointment = Get(*client);
    EXPECT_EQ(appointment.price().minor_units(), 8000);
    EXPECT_EQ(appointment.paid().minor_units(), 6500);
    EXPECT_EQ(appointment.outstanding().minor_units(), 1500);
    EXPECT_EQ(appointment.outstanding().currency_code(), "EUR");
  }
}

TEST_F(PaymentTest, OnlyTheProvidersSideRecordsAndOnlyItSeesNotes) {
  practice_.Accept(name_);
  const auto line = Line(v1::Payment::KIND_PAYMENT, 100);
  EXPECT_EQ(practice_.customer.Try(&Payments::CreatePayment, line), "PROVIDER_ONLY");
  const Client stranger = practice_.NewCustomer("telegram:2002");
  EXPECT_EQ(stranger.Try(&Payments::CreatePayment, line), "NOT_FOUND");
  v1::ListPaymentsRequest list;
  list.set_parent(name_);
  EXPECT_EQ(stranger.Try(&Payments::ListPayments, list), "NOT_FOUND");
  const Client tool(server_, server_.MakeKey({v1::SCOPE_TOOL_READ}));
  EXPECT_EQ(tool.Try(&Payments::CreatePayment, line), "SCOPE_MISSING");
  practice_.specialist.Must(&Payments::CreatePayment, line);
  EXPECT_EQ(List(practice_.specialist).payments(0).note(), "cash");
  EXPECT_EQ(List(tool).payments(0).note(), "cash");
  EXPECT_EQ(List(practice_.customer).payments(0).note(), "");
}

TEST_F(PaymentTest, RefusalsNameTheirReasonAndRecordNothing) {
  const auto attempt = [&](const v1::CreatePaymentRequest& request) {
    return practice_.specialist.Try(&Payments::CreatePayment, request);
  };
  EXPECT_EQ(attempt(Line(v1::Payment::KIND_PAYMENT, 100)), "WRONG_STATUS");
  practice_.Accept(name_);
  EXPECT_EQ(attempt(Line(v1::Payment::KIND_REFUND, 1)), "REFUND_EXCEEDS_PAID");
  EXPECT_EQ(attempt(Line(v1::Payment::KIND_PAYMENT, 0)), "INVALID_FIELD");
  EXPECT_EQ(attempt(Line(v1::Payment::KIND_UNSPECIFIED, 1)), "INVALID_FIELD");
  auto dollars = Line(v1::Payment::KIND_PAYMENT, 1);
  dollars.mutable_payment()->mutable_amount()->set_currency_code("USD");
  EXPECT_EQ(attempt(dollars), "INVALID_FIELD");
  auto ahead = Line(v1::Payment::KIND_PAYMENT, 1);
  ahead.mutable_payment()->mutable_receive_time()->set_seconds(core::ToUnixSeconds(server_.now()) +
                                                               1);
  v1::Payment unused;
  EXPECT_EQ(FieldOf(practice_.specialist.Call(&Payments::CreatePayment, ahead, &unused)),
            "payment.receive_time");
  auto noted = Line(v1::Payment::KIND_PAYMENT, 1);
  noted.mutable_payment()->set_note(std::string(201, 'x'));
  EXPECT_EQ(attempt(noted), "INVALID_FIELD");
  auto unnamed = Line(v1::Payment::KIND_PAYMENT, 1);
  unnamed.set_parent("appointments/1");
  EXPECT_EQ(attempt(unnamed), "INVALID_FIELD");
  unnamed.set_parent(practice_.provider + "/appointments/0000000000001");
  EXPECT_EQ(attempt(unnamed), "NOT_FOUND");
  EXPECT_EQ(List(practice_.specialist).payments_size(), 0);
}

TEST_F(PaymentTest, ARepeatRecordsOnceAndPagesHoldEachLineOnce) {
  practice_.Accept(name_);
  auto line = Line(v1::Payment::KIND_PAYMENT, 100);
  line.set_request_id("pay-1");
  const auto first = practice_.specialist.Must(&Payments::CreatePayment, line);
  EXPECT_EQ(practice_.specialist.Must(&Payments::CreatePayment, line).name(), first.name());
  line.mutable_payment()->set_note("card");
  EXPECT_EQ(practice_.specialist.Try(&Payments::CreatePayment, line), "REQUEST_ID_REUSED");
  for (int i = 1; i < 100; ++i) {
    practice_.specialist.Must(&Payments::CreatePayment, Line(v1::Payment::KIND_PAYMENT, i));
  }
  EXPECT_EQ(practice_.specialist.Try(&Payments::CreatePayment, Line(v1::Payment::KIND_PAYMENT, 1)),
            "LIMIT_REACHED");
  v1::ListPaymentsRequest list;
  list.set_parent(name_);
  list.set_page_size(30);
  std::set<std::string> names;
  int pages = 0;
  do {
    const auto page = practice_.customer.Must(&Payments::ListPayments, list);
    for (const auto& payment : page.payments()) names.insert(payment.name());
    list.set_page_token(page.next_page_token());
    ++pages;
  } while (!list.page_token().empty());
  EXPECT_EQ(names.size(), 100U);
  EXPECT_EQ(pages, 4);
  list.set_page_token("nonsense");
  EXPECT_EQ(practice_.customer.Try(&Payments::ListPayments, list), "INVALID_PAGE_TOKEN");
}

TEST_F(PaymentTest, TheCustomerGetsThePaymentLinkWhileSomethingIsOutstanding) {
  SetLink("https://pay.example.com/{appointment}?sum={amount}&in={currency}");
  EXPECT_EQ(Get(practice_.customer).payment_link(), "");
  practice_.Accept(name_);
  practice_.specialist.Must(&Payments::CreatePayment, Line(v1::Payment::KIND_PAYMENT, 2000));
  const std::string id = name_.substr(name_.rfind('/') + 1);
  EXPECT_EQ(Get(practice_.customer).payment_link(),
            "https://pay.example.com/" + id + "?sum=60.00&in=EUR");
  EXPECT_EQ(Get(practice_.specialist).payment_link(), "");
  practice_.specialist.Must(&Payments::CreatePayment, Line(v1::Payment::KIND_PAYMENT, 6000));
  EXPECT_EQ(Get(practice_.customer).payment_link(), "");
}

TEST_F(PaymentTest, ACancelledAppointmentOwesNothing) {
  SetLink("https://pay.example.com/{amount}");
  practice_.Accept(name_);
  practice_.specialist.Must(&Payments::CreatePayment, Line(v1::Payment::KIND_PAYMENT, 2000));
  v1::CancelAppointmentRequest cancel;
  cancel.set_name(name_);
  practice_.specialist.Must(&Bookings::CancelAppointment, cancel);
  EXPECT_EQ(Get(practice_.customer).outstanding().minor_units(), -2000);
  EXPECT_EQ(Get(practice_.customer).payment_link(), "");
  practice_.specialist.Must(&Payments::CreatePayment, Line(v1::Payment::KIND_REFUND, 2000));
  EXPECT_EQ(Get(practice_.customer).outstanding().minor_units(), 0);
}

}  // namespace
}  // namespace kalends::test

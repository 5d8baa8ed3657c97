#include "storage/payments.h"

#include "storage/booking.h"
#include "storage/links.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using std::chrono::hours;

core::Payment SamplePayment(std::int64_t id, core::PaymentKind kind, std::int64_t minor) {
  core::Payment payment;
  payment.id = {id};
  payment.provider = kCarla;
  payment.appointment = {200};
  payment.kind = kind;
  payment.amount = {minor, "EUR"};
  payment.note = "cash";
  payment.received = kNow - hours(1);
  payment.created = kNow;
  payment.account = kCarlaAccount;
  return payment;
}

class Payments : public testing::Test {
 protected:
  Payments() {
    store_.Write([](Transaction& tx) {
      InsertLink(tx, kCarla, kAda, kNow);
      InsertAppointment(tx, SampleAppointment(200, kNow));
    });
  }
  bool Sql(std::string_view sql) {
    return store_.TryWrite([&](Transaction& tx) { tx.Execute(sql); }).ok();
  }
  bool Pay(const core::Payment& payment) {
    return store_.TryWrite([&](Transaction& tx) { InsertPayment(tx, payment); }).ok();
  }

  Store store_;
};

TEST_F(Payments, PaymentsComeBackAsTheyWereWritten) {
  const auto payment = SamplePayment(300, core::PaymentKind::kPayment, 1000);
  ASSERT_TRUE(Pay(payment));
  ASSERT_TRUE(Pay(SamplePayment(301, core::PaymentKind::kRefund, 400)));
  const auto found = store_.Read([](Transaction& tx) { return PaymentsOf(tx, kCarla, {200}); });
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].kind, payment.kind);
  EXPECT_EQ(found[0].amount, payment.amount);
  EXPECT_EQ(found[0].note, payment.note);
  EXPECT_EQ(found[0].received, payment.received);
  EXPECT_EQ(found[0].created, payment.created);
  EXPECT_EQ(found[0].account, payment.account);
  EXPECT_EQ(found[1].kind, core::PaymentKind::kRefund);
}

TEST_F(Payments, TheBooksRefuseWhatTheRulesRefuse) {
  EXPECT_FALSE(Pay(SamplePayment(300, core::PaymentKind::kRefund, 1)));
  EXPECT_FALSE(Pay(SamplePayment(300, core::PaymentKind::kPayment, 0)));
  core::Payment payment = SamplePayment(300, core::PaymentKind::kPayment, 1000);
  payment.amount.currency_code = "USD";
  EXPECT_FALSE(Pay(payment));
  payment = SamplePayment(300, core::PaymentKind::kPayment, 1000);
  payment.provider = kDan;
  EXPECT_FALSE(Pay(payment));
  ASSERT_TRUE(Pay(SamplePayment(300, core::PaymentKind::kPayment, 1000)));
  EXPECT_FALSE(Pay(SamplePayment(301, core::PaymentKind::kRefund, 1001)));
  EXPECT_TRUE(Pay(SamplePayment(301, core::PaymentKind::kRefund, 1000)));
  // Append-only, but for what erasing takes out.
  EXPECT_FALSE(Sql("DELETE FROM payments"));
  for (const char* change :
       {"amount_minor = 1", "kind = 'REFUND'", "currency = 'USD'", "received_s = 1",
        "created_s = 1", "note = 'card'", "account_id = 1", "appointment_id = 201", "id = 9"}) {
    EXPECT_FALSE(
        Sql(std::string("UPDATE payments SET ").append(change) + " WHERE kind = 'PAYMENT'"))
        << change;
  }
  EXPECT_FALSE(
      Sql("INSERT OR REPLACE INTO payments SELECT provider_id, appointment_id, id, kind,"
          " 1, currency, note, received_s, created_s, account_id FROM payments"));
  EXPECT_TRUE(Sql("UPDATE payments SET note = '', account_id = NULL"));
}

}  // namespace
}  // namespace kalends::storage

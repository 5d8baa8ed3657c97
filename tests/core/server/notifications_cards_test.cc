// Messages that show an appointment: who hears that they are to be drawn anew.
#include <gmock/gmock.h>

#include "core/base/limits.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Notifications = v1::NotificationService::Stub;
using Booking = v1::BookingService::Stub;

constexpr char kCustomer[] = "telegram:2001", kSpecialist[] = "telegram:1001";

class CardTest : public testing::Test {
 protected:
  CardTest() : adapter_key_(server_.MakeKey({v1::SCOPE_ADAPTER})), adapter_(server_, adapter_key_) {
    NotificationStream stream(adapter_);
    Acknowledge(adapter_, stream.Next());  // The customer joined.
    appointment_ = practice_.MustRequest(At("2026-03-03T09:00:00Z"));
    Acknowledge(adapter_, stream.Next());  // The provider hears of it.
  }

  static v1::KeepCardRequest CardOf(const v1::Appointment& appointment, const char* message) {
    v1::KeepCardRequest request;
    request.mutable_card()->set_channel("telegram");
    request.mutable_card()->set_message(message);
    request.mutable_card()->set_appointment(appointment.name());
    request.mutable_card()->set_revision(appointment.revision());
    return request;
  }
  std::string Keep(const char* identity, const v1::Appointment& appointment, const char* message) {
    return Client(server_, adapter_key_, identity)
        .Try(&Notifications::KeepCard, CardOf(appointment, message));
  }
  void Drop(const char* identity, const char* message) {
    v1::DropCardRequest request;
    request.set_channel("telegram");
    request.set_message(message);
    Client(server_, adapter_key_, identity).Must(&Notifications::DropCard, request);
  }
  v1::Appointment Cancel(const Client& by) {
    v1::CancelAppointmentRequest request;
    request.set_name(appointment_.name());
    return by.Must(&Booking::CancelAppointment, request);
  }
  // The next one, which is acknowledged.
  v1::Notification Next(NotificationStream& stream) {
    v1::Notification next = stream.Next();
    Acknowledge(adapter_, next);
    return next;
  }
  // Of all that is told until somebody is told of `end`, those that nobody reads: by identity.
  std::map<std::string, std::vector<std::string>> CardsTold(NotificationStream& stream, int told) {
    std::map<std::string, std::vector<std::string>> cards;
    for (int i = 0; i < told; ++i) {
      const v1::Notification next = Next(stream);
      if (next.kind() != v1::Notification::KIND_APPOINTMENT_CHANGED) continue;
      cards[next.identity()] = {next.cards().begin(), next.cards().end()};
    }
    return cards;
  }

  TestServer server_;
  Practice practice_{server_};
  const std::string adapter_key_;
  Client adapter_;
  v1::Appointment appointment_;
};

TEST_F(CardTest, BothSidesHearWhichMessagesToDrawAnew) {
  EXPECT_EQ(Keep(kCustomer, appointment_, "1"), "OK");
  EXPECT_EQ(Keep(kCustomer, appointment_, "2"), "OK");
  EXPECT_EQ(Keep(kSpecialist, appointment_, "1"), "OK");
  NotificationStream stream(adapter_);
  practice_.Accept(appointment_.name());
  // The customer is told, and both sides draw anew: who did it, too.
  const auto cards = CardsTold(stream, 3);
  EXPECT_THAT(cards.at(kCustomer), ElementsAre("1", "2"));
  EXPECT_THAT(cards.at(kSpecialist), ElementsAre("1"));
}

TEST_F(CardTest, TheNewsComeBeforeWhatIsDrawnAnewAndWithTheAppointmentAsItIs) {
  Keep(kCustomer, appointment_, "1");
  NotificationStream stream(adapter_);
  practice_.Accept(appointment_.name());
  EXPECT_EQ(Next(stream).kind(), v1::Notification::KIND_APPOINTMENT_ACCEPTED);
  const auto changed = Next(stream);
  EXPECT_EQ(changed.kind(), v1::Notification::KIND_APPOINTMENT_CHANGED);
  EXPECT_EQ(changed.appointment().status(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_EQ(changed.language_code(), "en");
}

TEST_F(CardTest, WhatWasDrawnAnewIsNotTold) {
  Keep(kCustomer, appointment_, "1");
  NotificationStream stream(adapter_);
  const auto accepted = practice_.Accept(appointment_.name());
  const auto news = stream.Next();
  Keep(kCustomer, accepted, "1");  // As it is now, before it is told.
  Acknowledge(adapter_, news);
  EXPECT_THAT(Next(stream).cards(), IsEmpty());
}

TEST_F(CardTest, WhoKeepsWhatHasChangedMeanwhileHearsAtOnce) {
  NotificationStream stream(adapter_);
  practice_.Accept(appointment_.name());
  Next(stream);
  EXPECT_EQ(Keep(kSpecialist, appointment_, "7"), "OK");
  const auto changed = Next(stream);
  EXPECT_EQ(changed.identity(), kSpecialist);
  EXPECT_THAT(changed.cards(), ElementsAre("7"));
}

TEST_F(CardTest, WhatIsDroppedOrShowsSomethingElseIsNotTold) {
  const auto other = practice_.MustRequest(At("2026-03-03T11:00:00Z"));
  for (const char* message : {"1", "2", "3"}) Keep(kSpecialist, appointment_, message);
  Drop(kSpecialist, "1");
  Drop(kSpecialist, "9");  // Never kept.
  EXPECT_EQ(Keep(kSpecialist, other, "2"), "OK");
  NotificationStream stream(adapter_);
  Next(stream);  // The other request.
  practice_.Accept(appointment_.name());
  EXPECT_THAT(CardsTold(stream, 2).at(kSpecialist), ElementsAre("3"));
}

TEST_F(CardTest, ProposalsAndTheirChoiceChangeItToo) {
  Keep(kSpecialist, appointment_, "1");
  NotificationStream stream(adapter_);
  v1::ProposeTimesRequest propose;
  propose.set_name(appointment_.name());
  propose.add_start_times()->set_seconds(core::ToUnixSeconds(At("2026-03-04T09:00:00Z")));
  const auto proposed = practice_.specialist.Must(&Booking::ProposeTimes, propose);
  EXPECT_THAT(CardsTold(stream, 2).at(kSpecialist), ElementsAre("1"));
  Keep(kSpecialist, proposed, "1");
  v1::ChooseProposedTimeRequest choose;
  choose.set_name(appointment_.name());
  *choose.mutable_start_time() = propose.start_times(0);
  practice_.customer.Must(&Booking::ChooseProposedTime, choose);
  EXPECT_THAT(CardsTold(stream, 2).at(kSpecialist), ElementsAre("1"));
}

TEST_F(CardTest, APaymentChangesItToo) {
  const auto accepted = practice_.Accept(appointment_.name());
  NotificationStream stream(adapter_);
  Next(stream);
  Keep(kCustomer, accepted, "1");
  v1::CreatePaymentRequest pay;
  pay.set_parent(appointment_.name());
  pay.mutable_payment()->set_kind(v1::Payment::KIND_PAYMENT);
  pay.mutable_payment()->mutable_amount()->set_currency_code("EUR");
  pay.mutable_payment()->mutable_amount()->set_minor_units(8000);
  practice_.specialist.Must(&v1::PaymentService::Stub::CreatePayment, pay);
  const auto changed = Next(stream);
  EXPECT_THAT(changed.cards(), ElementsAre("1"));
  EXPECT_EQ(changed.appointment().outstanding().minor_units(), 0);
}

TEST_F(CardTest, WhatTimeBringsAboutChangesItToo) {
  Keep(kCustomer, appointment_, "1");
  Keep(kSpecialist, appointment_, "2");
  NotificationStream stream(adapter_);
  server_.SetNow(At("2026-03-03T09:00:00Z"));  // Unanswered.
  const auto cards = CardsTold(stream, 4);
  EXPECT_THAT(cards.at(kCustomer), ElementsAre("1"));
  EXPECT_THAT(cards.at(kSpecialist), ElementsAre("2"));
}

TEST_F(CardTest, OnlyTheNewestMessagesOfAnAccountAreKept) {
  for (int i = 0; i < core::kCardsPerAppointmentMax + 3; ++i) {
    Keep(kSpecialist, appointment_, std::to_string(i).c_str());
  }
  NotificationStream stream(adapter_);
  practice_.Accept(appointment_.name());
  const auto cards = CardsTold(stream, 2).at(kSpecialist);
  ASSERT_EQ(cards.size(), static_cast<std::size_t>(core::kCardsPerAppointmentMax));
  EXPECT_EQ(cards.front(), "3");
}

TEST_F(CardTest, WhoMayNotSeeTheAppointmentKeepsNothing) {
  const Client stranger = practice_.NewCustomer("telegram:2002");
  EXPECT_EQ(Keep("telegram:2002", appointment_, "1"), "NOT_FOUND");
  v1::KeepCardRequest bad = CardOf(appointment_, "");
  EXPECT_EQ(Client(server_, adapter_key_, kCustomer).Try(&Notifications::KeepCard, bad),
            "INVALID_FIELD");
  EXPECT_EQ(adapter_.Try(&Notifications::KeepCard, CardOf(appointment_, "1")), "ACCOUNT_MISSING");
}

TEST_F(CardTest, WhoIsErasedIsToldNothingAndTheOtherSideDrawsAnew) {
  Keep(kCustomer, appointment_, "1");
  Keep(kSpecialist, appointment_, "2");
  v1::DeleteAccountRequest erase;
  erase.set_name("accounts/me");
  practice_.customer.Must(&v1::PrivacyService::Stub::DeleteAccount, erase);
  NotificationStream stream(adapter_);
  const auto news = Next(stream);
  EXPECT_EQ(news.kind(), v1::Notification::KIND_APPOINTMENT_CANCELLED);
  const auto changed = Next(stream);
  EXPECT_EQ(changed.identity(), kSpecialist);
  EXPECT_THAT(changed.cards(), ElementsAre("2"));
  EXPECT_EQ(changed.appointment().customer_display_name(), "–");
}

TEST_F(CardTest, OfWhoCannotBeReachedWaitUntilTheyAreBack) {
  Keep(kCustomer, appointment_, "1");
  NotificationStream stream(adapter_);
  practice_.Accept(appointment_.name());
  v1::ReturnNotificationRequest returned;
  returned.set_name(stream.Next().name());
  returned.set_outcome(v1::ReturnNotificationRequest::OUTCOME_UNREACHABLE);
  adapter_.Must(&Notifications::ReturnNotification, returned);
  Cancel(practice_.specialist);
  v1::EnsureAccountRequest back;
  back.set_identity(kCustomer);
  back.set_display_name("Anna");
  adapter_.Must(&v1::AccountService::Stub::EnsureAccount, back);
  const auto cards = CardsTold(stream, 4);
  EXPECT_THAT(cards.at(kCustomer), ElementsAre("1"));
}

TEST(Cards, OutliveARestartOfTheCoreUntilTheirTime) {
  const storage::TemporaryFile file;
  TestServer server(file.path());
  const std::string key = server.MakeKey({v1::SCOPE_ADAPTER});
  v1::Appointment appointment;
  {
    const Practice practice(server);
    appointment = practice.MustRequest(At("2026-03-03T09:00:00Z"));
    v1::KeepCardRequest request;
    request.mutable_card()->set_channel("telegram");
    request.mutable_card()->set_message("1");
    request.mutable_card()->set_appointment(appointment.name());
    request.mutable_card()->set_revision(appointment.revision());
    Client(server, key, kCustomer).Must(&Notifications::KeepCard, request);
  }
  server.Restart();
  const Client adapter(server, key);
  NotificationStream stream(adapter);
  v1::AcceptAppointmentRequest accept;
  accept.set_name(appointment.name());
  Client(server, key, kSpecialist).Must(&Booking::AcceptAppointment, accept);
  for (;;) {
    const auto next = stream.Next();
    Acknowledge(adapter, next);
    if (next.kind() != v1::Notification::KIND_APPOINTMENT_CHANGED) continue;
    EXPECT_THAT(next.cards(), ElementsAre("1"));
    break;
  }
}

}  // namespace
}  // namespace kalends::test

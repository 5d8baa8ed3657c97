// What a customer notes with a request, over the wire: seen by both sides, sealed, erased, told.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/export.h"
#include "tests/support/notification_stream.h"

namespace kalends::test {
namespace {

using Bookings = v1::BookingService::Stub;
using Privacy = v1::PrivacyService::Stub;

constexpr char kNote[] = "Knie links,\nseit Montag 🙂";

class RequestNoteTest : public testing::Test {
 protected:
  v1::RequestAppointmentRequest RequestWith(const std::string& note) const {
    v1::RequestAppointmentRequest request;
    request.set_parent(practice_.provider);
    request.mutable_appointment()->set_service(practice_.service);
    request.mutable_appointment()->mutable_start_time()->set_seconds(
        core::ToUnixSeconds(At("2026-03-03T09:00:00Z")));
    request.mutable_appointment()->set_note(note);
    return request;
  }
  std::string NoteFor(const Client& client, const std::string& name) const {
    v1::GetAppointmentRequest request;
    request.set_name(name);
    return client.Must(&Bookings::GetAppointment, request).note();
  }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
};

TEST_F(RequestNoteTest, IsSeenByBothSidesAndStaysWhateverBecomesOfTheAppointment) {
  const auto requested = practice_.customer.Must(&Bookings::RequestAppointment, RequestWith(kNote));
  EXPECT_EQ(requested.note(), kNote);
  EXPECT_EQ(NoteFor(practice_.specialist, requested.name()), kNote);
  practice_.Accept(requested.name());
  v1::CancelAppointmentRequest cancellation;
  cancellation.set_name(requested.name());
  EXPECT_EQ(practice_.customer.Must(&Bookings::CancelAppointment, cancellation).note(), kNote);
  EXPECT_EQ(NoteFor(practice_.specialist, requested.name()), kNote);
}

TEST_F(RequestNoteTest, ComesWithTheNotificationOfTheRequest) {
  practice_.customer.Must(&Bookings::RequestAppointment, RequestWith(kNote));
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  for (;;) {
    const auto notification = stream.Next();
    if (notification.kind() == v1::Notification::KIND_APPOINTMENT_REQUESTED) {
      EXPECT_EQ(notification.identity(), "telegram:1001");
      EXPECT_EQ(notification.appointment().note(), kNote);
      return;
    }
    Acknowledge(adapter, notification);
  }
}

TEST_F(RequestNoteTest, HasALimitAndMayBeEmpty) {
  const auto name = practice_.customer.Must(&Bookings::RequestAppointment, RequestWith("")).name();
  EXPECT_EQ(NoteFor(practice_.specialist, name), "");
  v1::CancelAppointmentRequest cancellation;
  cancellation.set_name(name);
  practice_.customer.Must(&Bookings::CancelAppointment, cancellation);
  std::string longest;
  for (int i = 0; i < 500; ++i) longest += "я";
  v1::Appointment unused;
  for (const std::string& refused : {longest + "!", std::string("a\x07")}) {
    const grpc::Status status =
        practice_.customer.Call(&Bookings::RequestAppointment, RequestWith(refused), &unused);
    EXPECT_EQ(ReasonOf(status), "INVALID_FIELD");
    EXPECT_EQ(FieldOf(status), "appointment.note");
  }
  EXPECT_EQ(practice_.customer.Must(&Bookings::RequestAppointment, RequestWith(longest)).note(),
            longest);
}

TEST_F(RequestNoteTest, ARepeatWithAnotherNoteIsAnotherRequest) {
  auto request = RequestWith(kNote);
  request.set_request_id("tap-1");
  const auto first = practice_.customer.Must(&Bookings::RequestAppointment, request);
  EXPECT_EQ(practice_.customer.Must(&Bookings::RequestAppointment, request).name(), first.name());
  request.mutable_appointment()->set_note("other");
  EXPECT_EQ(practice_.customer.Try(&Bookings::RequestAppointment, request), "REQUEST_ID_REUSED");
}

TEST_F(RequestNoteTest, NoFileOfTheDatabaseHoldsWhatWasWritten) {
  practice_.customer.Must(&Bookings::RequestAppointment, RequestWith("Kniescheibe"));
  for (const char* suffix : {"", "-wal"}) {
    std::ifstream file(file_.path() + suffix, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    EXPECT_EQ(bytes.find("Kniescheibe"), std::string::npos) << suffix;
  }
}

TEST_F(RequestNoteTest, IsInTheExportsOfBothSides) {
  practice_.customer.Must(&Bookings::RequestAppointment, RequestWith("Kniescheibe"));
  const std::pair<const Client*, const char*> kSides[] = {
      {&practice_.customer, "customer/appointments.json"},
      {&practice_.specialist, "provider/appointments.json"}};
  for (const auto& [client, path] : kSides) {
    EXPECT_NE(ExportOf(*client).files.at(path).find("Kniescheibe"), std::string::npos) << path;
  }
}

TEST_F(RequestNoteTest, GoesWithEitherSidesAccount) {
  const auto name =
      practice_.customer.Must(&Bookings::RequestAppointment, RequestWith(kNote)).name();
  const Client other = practice_.NewCustomer("telegram:2002");
  auto later = RequestWith(kNote);
  later.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(At("2026-03-03T11:00:00Z")));
  const auto kept = other.Must(&Bookings::RequestAppointment, later).name();
  v1::DeleteAccountRequest deletion;
  deletion.set_name("accounts/me");
  practice_.customer.Must(&Privacy::DeleteAccount, deletion);
  EXPECT_EQ(NoteFor(practice_.specialist, name), "");
  EXPECT_EQ(NoteFor(practice_.specialist, kept), kNote);
  practice_.specialist.Must(&Privacy::DeleteAccount, deletion);
  EXPECT_EQ(NoteFor(other, kept), "");
}

}  // namespace
}  // namespace kalends::test

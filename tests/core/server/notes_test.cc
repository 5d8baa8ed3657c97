// Private notes of a provider, over the wire: for its eyes alone, sealed, exported, erased.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/export.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using PrivateNotes = v1::NoteService::Stub;

class PrivateNoteTest : public testing::Test {
 protected:
  v1::PrivateNote Get(const std::string& name) const {
    v1::GetPrivateNoteRequest request;
    request.set_name(name);
    return practice_.specialist.Must(&PrivateNotes::GetPrivateNote, request);
  }
  static v1::UpdatePrivateNoteRequest Update(const std::string& name, const std::string& text) {
    v1::UpdatePrivateNoteRequest request;
    request.mutable_private_note()->set_name(name);
    request.mutable_private_note()->set_text(text);
    request.mutable_update_mask()->add_paths("text");
    return request;
  }
  v1::PrivateNote Write(const std::string& name, const std::string& text) const {
    return practice_.specialist.Must(&PrivateNotes::UpdatePrivateNote, Update(name, text));
  }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
  const v1::Appointment appointment_ = practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  const std::string on_appointment_ = appointment_.name() + "/privateNote";
  const std::string on_customer_ =
      practice_.provider + "/links/" +
      appointment_.customer().substr(appointment_.customer().find('/') + 1) + "/privateNote";
};

TEST_F(PrivateNoteTest, IsWhatTheProviderWroteLast) {
  for (const std::string& name : {on_appointment_, on_customer_}) {
    const v1::PrivateNote none = Get(name);
    EXPECT_EQ(none.name(), name);
    EXPECT_EQ(none.text(), "");
    EXPECT_FALSE(none.has_update_time());
    const v1::PrivateNote first = Write(name, "Knie links,\nseit Montag 🙂");
    EXPECT_EQ(first.text(), "Knie links,\nseit Montag 🙂");
    EXPECT_EQ(first.update_time().seconds(), core::ToUnixSeconds(server_.now()));
    EXPECT_EQ(Get(name).SerializeAsString(), first.SerializeAsString());
    EXPECT_EQ(Write(name, "").text(), "");
    EXPECT_EQ(Get(name).text(), "");
    // What was read before the others wrote is out of date, also where the text is the same.
    auto late = Update(name, "other");
    late.mutable_private_note()->set_etag(none.etag());
    EXPECT_EQ(practice_.specialist.Try(&PrivateNotes::UpdatePrivateNote, late), "STALE_ETAG");
  }
}

TEST_F(PrivateNoteTest, AnAppointmentIsNamedWithoutItsProviderToo) {
  Write(on_appointment_, "Knie");
  const std::string id = appointment_.name().substr(appointment_.name().rfind('/') + 1);
  const v1::PrivateNote found = Get("providers/-/appointments/" + id + "/privateNote");
  EXPECT_EQ(found.text(), "Knie");
  EXPECT_EQ(found.name(), on_appointment_);
}

TEST_F(PrivateNoteTest, IsNotThereForTheCustomerWhetherThereIsOneOrNot) {
  for (const std::string& name : {on_appointment_, on_customer_}) {
    v1::GetPrivateNoteRequest get;
    get.set_name(name);
    for (int written = 0; written < 2; ++written) {
      EXPECT_EQ(practice_.customer.Try(&PrivateNotes::GetPrivateNote, get), "NOT_FOUND");
      EXPECT_EQ(practice_.customer.Try(&PrivateNotes::UpdatePrivateNote, Update(name, "mine")),
                "NOT_FOUND");
      Write(name, "Knie");
    }
    EXPECT_EQ(Get(name).text(), "Knie");
  }
  v1::GetPrivateNoteRequest mine;
  mine.set_name(practice_.provider + "/links/me/privateNote");
  EXPECT_EQ(practice_.customer.Try(&PrivateNotes::GetPrivateNote, mine), "NOT_FOUND");
}

TEST_F(PrivateNoteTest, RefusesWhatIsTooLongAndOtherFieldsAndNames) {
  std::string longest;
  for (int i = 0; i < 2000; ++i) longest += "я";
  EXPECT_EQ(Write(on_customer_, longest).text(), longest);
  const auto attempt = [&](const v1::UpdatePrivateNoteRequest& request) {
    v1::PrivateNote unused;
    return FieldOf(practice_.specialist.Call(&PrivateNotes::UpdatePrivateNote, request, &unused));
  };
  EXPECT_EQ(attempt(Update(on_customer_, longest + "!")), "private_note.text");
  EXPECT_EQ(attempt(Update(on_customer_, "a\x07")), "private_note.text");
  EXPECT_EQ(attempt(Update(practice_.provider + "/privateNote", "a")), "private_note.name");
  auto unmasked = Update(on_customer_, "a");
  unmasked.mutable_update_mask()->clear_paths();
  EXPECT_EQ(attempt(unmasked), "update_mask");
  unmasked.mutable_update_mask()->add_paths("update_time");
  EXPECT_EQ(attempt(unmasked), "update_mask");
  EXPECT_EQ(Get(on_customer_).text(), longest);
}

TEST_F(PrivateNoteTest, NoFileOfTheDatabaseHoldsWhatWasWritten) {
  Write(on_customer_, "Kniescheibe");
  Write(on_appointment_, "Kniescheibe");
  for (const char* suffix : {"", "-wal"}) {
    std::ifstream file(file_.path() + suffix, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    EXPECT_EQ(bytes.find("Kniescheibe"), std::string::npos) << suffix;
  }
}

TEST_F(PrivateNoteTest, IsInTheProvidersExportAndInNoFileOfTheCustomers) {
  Write(on_customer_, "Kniescheibe");
  Write(on_appointment_, "Meniskus");
  const auto own = ExportOf(practice_.specialist).files;
  EXPECT_NE(own.at("provider/customer_notes.json").find("Kniescheibe"), std::string::npos);
  EXPECT_NE(own.at("provider/appointment_notes.json").find("Meniskus"), std::string::npos);
  for (const auto& [path, text] : ExportOf(practice_.customer).files) {
    EXPECT_EQ(text.find("Kniescheibe"), std::string::npos) << path;
    EXPECT_EQ(text.find("Meniskus"), std::string::npos) << path;
    EXPECT_EQ(text.find("privateNote"), std::string::npos) << path;
  }
}

TEST_F(PrivateNoteTest, GoesWithTheCustomersAccount) {
  Write(on_customer_, "Knie");
  Write(on_appointment_, "Knie");
  v1::DeleteAccountRequest deletion;
  deletion.set_name("accounts/me");
  practice_.customer.Must(&v1::PrivacyService::Stub::DeleteAccount, deletion);
  EXPECT_EQ(Get(on_appointment_).text(), "");
  v1::GetPrivateNoteRequest get;
  get.set_name(on_customer_);
  EXPECT_EQ(practice_.specialist.Try(&PrivateNotes::GetPrivateNote, get), "NOT_FOUND");
}

}  // namespace
}  // namespace kalends::test

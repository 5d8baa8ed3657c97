// Nothing private that people write stands in any file of the data directory.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "storage/blobs/master_keys.h"
#include "tests/core/server/sealed_words.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/text_columns.h"

namespace kalends::test {
namespace {

// The word that goes to each sealed column through the API. What has none here is one of the
// program's own making, told beside it.
const std::map<std::string, std::string> kWords = {
    {"accounts.display_name", "Zwetschgenbaum"},
    {"appointment_notes.text", "Dackelhund"},
    {"appointments.note", "Knieschmerz"},
    {"appointments.place", "Videolinkeins"},
    {"busy_calendars.address", "Kalenderadresse"},
    {"busy_calendars.password", "Kalenderkennwort"},
    {"busy_calendars.user_name", "Kalenderbenutzer"},
    {"closures.label", "Kuraufenthalt"},
    {"consent_versions.file_name", "Einwilligungsdatei"},
    {"documents.file_name", "Befundbericht"},
    {"feeds.sealed_token", ""},  // Of each run, as the next but one.
    {"invitations.label", "Schwiegermutter"},
    {"invitations.sealed_code", ""},
    {"link_notes.text", "Nussallergie"},
    {"message_versions.text", "Kellertreppe"},
    {"messages.content", "Dachboden"},
    {"notifications.reason", "Heiserkeit"},
    {"package_payments.note", "Paketanzahlung"},
    {"payments.note", "Barzahlungsrest"},
    {"pictures.caption", "Fensterbankkatze"},
    {"profile_translations.about", "Lebenslaufzeile"},
    {"profiles.about", "Werdegangszeile"},
    {"profiles.address", "Hinterhofadresse"},
    {"profiles.email", "postkasten@praxis.example"},
    {"profiles.map_link", "Kartenpunkteins"},
    {"profiles.phone", "5550199"},
    {"profiles.website", "seitenimnetz"},
    {"providers.reminder_text", "Handtuecher"},
    {"requests.response", "Heiserkeit"},
    {"services.payment_link", "zahlungsempfaenger"},
    {"services.place", "Videolinkeins"},
    {"sessions.data", "Sitzungsentwurf"},
    {"social_profiles.label", "Vereinsheim"},
    {"social_profiles.url", "netzprofil"},
    {"special_dates.label", "Silberhochzeit"},
    {"status_changes.reason", "Heiserkeit"},
    {"ticket_message_versions.text", "Hilferufeins"},
    {"ticket_messages.answered_by", "Wunibald"},
    {"ticket_messages.content", "Hilferufzwei"},
};

class SealedTextsTest : public testing::Test {
 protected:
  // Of the words, those that stand in a file. `made`: those of this run.
  std::vector<std::string> Found(const std::map<std::string, std::string>& made) const {
    std::vector<std::string> found;
    for (const auto& root : {std::filesystem::path(file_.path()).parent_path(), server_.blobs()}) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        for (const auto& [column, word] : kWords) {
          if (bytes.find(word.empty() ? made.at(column) : word) != std::string::npos)
            found.push_back(column);
        }
      }
    }
    return found;
  }

  void WriteAsCustomer() const {
    const Client& customer = practice_.customer;
    v1::UpdateAccountRequest account;
    account.mutable_account()->set_name("accounts/me");
    account.mutable_account()->set_display_name("Anna Zwetschgenbaum");
    account.mutable_update_mask()->add_paths("display_name");
    customer.Must(&v1::AccountService::Stub::UpdateAccount, account);
    v1::SendMessageRequest message;
    message.set_parent(LinkOfCustomer(practice_));
    message.mutable_message()->set_text("auf der Kellertreppe");
    message.set_channel_key("telegram:1");
    customer.Must(&v1::ChatService::Stub::SendMessage, message);
    v1::EditMessageRequest edit;
    edit.set_channel_key("telegram:1");
    edit.mutable_message()->set_text("auf dem Dachboden");
    customer.Must(&v1::ChatService::Stub::EditMessage, edit);
    v1::AskSupportRequest question;
    question.mutable_message()->set_text("Hilferufeins");
    question.set_channel_key("telegram:2");
    v1::AnswerTicketRequest answer;
    answer.set_name(customer.Must(&v1::SupportService::Stub::AskSupport, question).ticket().name());
    answer.mutable_message()->set_text("Man hilft gern");
    answer.set_answered_by("Teammitglied Wunibald");
    practice_.admin.Must(&v1::SupportService::Stub::AnswerTicket, answer);
    v1::EditTicketMessageRequest correction;
    correction.set_channel_key("telegram:2");
    correction.mutable_message()->set_text("Hilferufzwei");
    customer.Must(&v1::SupportService::Stub::EditTicketMessage, correction);
    v1::UploadDocumentRequest document;
    document.mutable_header()->set_parent(LinkOfCustomer(practice_));
    document.mutable_header()->set_file_name("Befundbericht.pdf");
    document.mutable_header()->set_content_type("application/pdf");
    document.mutable_header()->set_request_id(Client::NextRequestId());
    v1::Document sent;
    EXPECT_EQ(ReasonOf(Upload(customer, &v1::DocumentService::Stub::UploadDocument, document,
                              "bytes", &sent)),
              "OK");
    v1::UpdateSessionRequest draft;
    draft.mutable_session()->set_name("sessions/telegram:2001");
    draft.mutable_session()->set_data("Sitzungsentwurf");
    practice_.admin.Must(&v1::SessionService::Stub::UpdateSession, draft);
  }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
};

TEST_F(SealedTextsTest, EveryColumnThatIsToBeSealedHasItsWord) {
  std::set<std::string> columns;
  for (const auto& [column, word] : kWords) columns.insert(column);
  EXPECT_EQ(columns, storage::SealedTextColumns());
}

TEST_F(SealedTextsTest, NoneIsFoundInAnyFileNeitherNowNorAfterARestart) {
  if (OnPostgres()) GTEST_SKIP() << "it reads SQLite's file";
  WriteAsSpecialist(practice_);
  const std::map<std::string, std::string> made = {{"invitations.sealed_code", Invite(practice_)},
                                                   {"feeds.sealed_token", Subscribe(practice_)}};
  WriteNotes(practice_, BookAndCancel(practice_));
  SellPackage(practice_);
  WriteAsCustomer();
  EXPECT_THAT(Found(made), testing::IsEmpty());
  server_.Restart();
  EXPECT_THAT(Found(made), testing::IsEmpty());
  server_.Stop();
  EXPECT_THAT(Found(made), testing::IsEmpty());
  // The words went to where they are said to go: there is something sealed in each.
  SQLite::Database database(file_.path());
  for (const auto& [column, word] : kWords) {
    const std::string table = column.substr(0, column.find('.'));
    const std::string name = column.substr(table.size() + 1);
    EXPECT_GE(
        database.execAndGet("SELECT coalesce(max(length(" + name + ")), 0) FROM " + table).getInt(),
        static_cast<int>(storage::kSealOverheadBytes))
        << column;
  }
}

}  // namespace
}  // namespace kalends::test

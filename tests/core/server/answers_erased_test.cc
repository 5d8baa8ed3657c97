// First answers are kept for repeats, under whoever asked. When somebody whose words they hold is
// erased, no repeat brings a word back, and none is done a second time.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "storage/blobs/master_keys.h"
#include "tests/core/server/access_matrix_world.h"
#include "tests/core/server/sealed_words.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/any_call.h"

namespace kalends::test {
namespace {

using google::protobuf::MethodDescriptor;

const MethodDescriptor& ContractMethod(const std::string& name) {
  return *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName("kalends.v1." +
                                                                               name);
}

// A call that can be sent once more as it was.
struct SentCall {
  std::string method;
  Client client;
  std::vector<std::string> requests;

  AnyAnswer Send() const { return CallAny(client, ContractMethod(method), requests); }
};

std::vector<std::string> WordsIn(const std::string& bytes, const std::vector<std::string>& words) {
  std::vector<std::string> found;
  for (const std::string& word : words) {
    if (bytes.find(word) != std::string::npos) found.push_back(word);
  }
  return found;
}

class AnswersErased : public testing::Test {
 protected:
  void SetUp() override {
    if (OnPostgres()) GTEST_SKIP() << "it reads SQLite's file";
  }
  // Sends a request in text format; the answer.
  std::string Make(const Client& client, const std::string& method, const std::string& request) {
    sent_.push_back({method, client, Serialize(ContractMethod(method), request)});
    const AnyAnswer answer = sent_.back().Send();
    EXPECT_TRUE(answer.status.ok()) << method << ": " << answer.status.error_message();
    return answer.bytes;
  }
  template <typename Response>
  Response Made(const Client& client, const std::string& method, const std::string& request) {
    Response response;
    response.ParseFromString(Make(client, method, request));
    return response;
  }
  static void DeleteAccountOf(const Client& client) {
    v1::DeleteAccountRequest request;
    request.set_name("accounts/me");
    client.Must(&v1::PrivacyService::Stub::DeleteAccount, request);
  }
  // All that the database holds but when keys were used.
  std::string Database() const {
    SQLite::Database database(file_.path());
    std::string all;
    SQLite::Statement tables(
        database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'api_keys'");
    while (tables.executeStep()) {
      const std::string table = tables.getColumn(0).getString();
      all += table + "\n";
      for (SQLite::Statement rows(database, "SELECT * FROM " + table); rows.executeStep();) {
        for (int i = 0; i < rows.getColumnCount(); ++i) {
          all += rows.getColumn(i).getString() + "\t";
        }
      }
    }
    return all;
  }
  // The words that stand in any file, or in any answer that is kept, once opened.
  std::vector<std::string> WordsLeft(const std::vector<std::string>& words) const {
    std::string bytes;
    for (const auto& root : {std::filesystem::path(file_.path()).parent_path(), server_.blobs()}) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        bytes.append(std::istreambuf_iterator<char>(file), {});
      }
    }
    SQLite::Database database(file_.path());
    SQLite::Statement kept(database, "SELECT scope, request_id, response FROM requests");
    while (kept.executeStep()) {
      const std::string row = kept.getColumn(0).getString() + "/" + kept.getColumn(1).getString();
      const auto text = server_.master_keys()->OpenText(kept.getColumn(2).getString(),
                                                        "requests.response/" + row);
      bytes += text.value_or("");
    }
    return WordsIn(bytes, words);
  }
  // Repeats everything; what became of each.
  std::map<std::string, std::string> RepeatAll(const std::vector<std::string>& words) {
    std::map<std::string, std::string> reasons;
    const std::string before = Database();
    for (const SentCall& sent : sent_) {
      const AnyAnswer answer = sent.Send();
      reasons[sent.method] = ReasonOf(answer.status);
      EXPECT_THAT(WordsIn(answer.bytes, words), testing::IsEmpty()) << sent.method;
    }
    EXPECT_EQ(Database(), before);
    return reasons;
  }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
  const Client bot_{server_, server_.MakeKey({v1::SCOPE_ADAPTER})};
  std::vector<SentCall> sent_;
};

TEST_F(AnswersErased, OfACustomerNoRepeatBringsAWordBackAndNoneIsDoneTwice) {
  const std::vector<std::string> words = {"Zwetschgenbaum", "Knieschmerz", "Heiserkeit",
                                          "Nussallergie",   "Dackelhund",  "Barzahlungsrest",
                                          "Dachboden",      "Hilferuf",    "Sitzungsentwurf"};
  const Client& tool = practice_.admin;
  const Client& specialist = practice_.specialist;
  const std::string link = LinkOfCustomer(practice_);
  const std::string account = "accounts/" + link.substr(link.rfind('/') + 1);
  Make(tool, "AccountService.UpdateAccount",
       "account { name: '" + account +
           "' display_name: 'Anna Zwetschgenbaum' } update_mask { paths: 'display_name' }");
  v1::RequestAppointmentRequest request;
  request.set_parent(practice_.provider);
  request.mutable_appointment()->set_service(practice_.service);
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(At("2026-03-03T09:00:00Z")));
  request.mutable_appointment()->set_note("Knieschmerz");
  const std::string name =
      practice_.customer.Must(&v1::BookingService::Stub::RequestAppointment, request).name();
  const std::string euro = "kind: KIND_PAYMENT amount { currency_code: 'EUR' minor_units: 100 }";
  Make(specialist, "BookingService.AcceptAppointment", "name: '" + name + "'");
  Make(tool, "BookingService.SetAppointmentPlace", "name: '" + name + "' place: 'here'");
  Make(tool, "PaymentService.CreatePayment",
       "parent: '" + name + "' payment { note: 'Barzahlungsrest' " + euro + " }");
  Make(tool, "NoteService.UpdatePrivateNote",
       "private_note { name: '" + name +
           "/privateNote' text: 'mit Dackelhund' }"
           " update_mask { paths: 'text' }");
  Make(specialist, "NoteService.UpdatePrivateNote",
       "private_note { name: '" + link +
           "/privateNote' text: 'Nussallergie' }"
           " update_mask { paths: 'text' }");
  Make(specialist, "ChatService.SendMessage",
       "parent: '" + link + "' message { text: 'auf dem Dachboden' }");
  const std::string ticket =
      Made<v1::AskSupportResponse>(practice_.customer, "SupportService.AskSupport",
                                   "message { text: 'Hilferuf' }")
          .ticket()
          .name();
  Make(tool, "SupportService.AnswerTicket",
       "name: '" + ticket + "' message { text: 'Zum Hilferuf' }");
  Make(tool, "SupportService.CloseTicket", "name: '" + ticket + "'");
  Make(bot_, "SessionService.UpdateSession",
       "session { name: 'sessions/telegram:2001' data: 'Sitzungsentwurf' }");
  Make(specialist, "BookingService.CancelAppointment",
       "name: '" + name + "' reason: 'wegen Heiserkeit'");
  Make(specialist, "LinkService.BlockLink", "name: '" + link + "'");
  Make(tool, "LinkService.UnblockLink", "name: '" + link + "'");
  // Until then a repeat is answered as at first.
  for (const SentCall& sent : sent_) EXPECT_TRUE(sent.Send().status.ok()) << sent.method;
  EXPECT_THAT(WordsLeft(words), testing::Contains("Dackelhund"));

  DeleteAccountOf(practice_.customer);
  sent_.erase(std::remove_if(
                  sent_.begin(), sent_.end(),
                  [](const SentCall& one) { return one.method == "SessionService.UpdateSession"; }),
              sent_.end());
  for (const auto& [method, reason] : RepeatAll(words)) {
    EXPECT_EQ(reason, method == "SupportService.AskSupport" ? "ACCOUNT_UNKNOWN" : "ANSWER_ERASED")
        << method;
  }
  EXPECT_THAT(WordsLeft(words), testing::IsEmpty());
  server_.Restart();
  EXPECT_THAT(WordsLeft(words), testing::IsEmpty());
}

TEST_F(AnswersErased, OfAProviderNeither) {
  const std::vector<std::string> words = {"Praxis Weber", "Videolinkeins", "Dachboden"};
  v1::UpdateServiceRequest place;
  place.mutable_service()->set_name(practice_.service);
  place.mutable_service()->set_place("https://video.example/Videolinkeins");
  place.mutable_update_mask()->add_paths("place");
  practice_.specialist.Must(&v1::CatalogService::Stub::UpdateService, place);
  const Client other = practice_.NewCustomer("telegram:2002");
  Make(other, "InvitationService.RedeemInvitation", "code: '" + practice_.invitation_code + "'");
  Make(other, "BookingService.RequestAppointment",
       "parent: '" + practice_.provider + "' appointment { service: '" + practice_.service +
           "' start_time { seconds: " +
           std::to_string(core::ToUnixSeconds(At("2026-03-03T09:00:00Z"))) + " } }");
  EXPECT_THAT(WordsLeft(words), testing::IsSupersetOf({"Praxis Weber", "Videolinkeins"}));
  DeleteAccountOf(practice_.specialist);
  for (const auto& [method, reason] : RepeatAll(words))
    EXPECT_EQ(reason, "ANSWER_ERASED") << method;
  EXPECT_THAT(WordsLeft(words), testing::IsEmpty());
}

TEST_F(AnswersErased, WhatIsOfOthersIsAnsweredAsAtFirst) {
  const Client other = practice_.NewCustomer("telegram:2002");
  Make(other, "InvitationService.RedeemInvitation", "code: '" + practice_.invitation_code + "'");
  Make(practice_.specialist, "CatalogService.CreateService",
       "parent: '" + practice_.provider +
           "' service { display_name: 'Yoga' duration { seconds: 3600 } }");
  std::vector<std::string> answers;
  for (const SentCall& sent : sent_) answers.push_back(sent.Send().bytes);
  DeleteAccountOf(practice_.customer);
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    EXPECT_EQ(sent_[i].Send().bytes, answers[i]) << sent_[i].method;
  }
}

// Whatever the method: by everybody in the world of the access matrix but who is erased.
TEST(AnswersErasedOfAllMethods, HoldNoNameOfACustomerWhoWentAway) {
  constexpr char kName[] = "Zwetschgenbaum";
  AccessWorld world;
  const Client ada = world.CallerOf(Relation::kCustomer, world.adapter_key());
  const auto call = [](const Client& client, const std::string& method, const std::string& text) {
    return CallAny(client, ContractMethod(method), Serialize(ContractMethod(method), text));
  };
  ASSERT_TRUE(call(ada, "AccountService.UpdateAccount",
                   std::string("account { name: 'accounts/me' display_name: '") + kName +
                       "' } update_mask { paths: 'display_name' }")
                  .status.ok());
  std::vector<SentCall> sent;
  std::set<std::string> named;
  for (const Relation relation : {Relation::kTool, Relation::kProvider, Relation::kStaff}) {
    for (const AccessRow& row : AccessRows()) {
      const std::string method(row.method);
      if (method == "PrivacyService.DeleteAccount" || method == "AdminService.RevokeApiKey" ||
          method == "AccountService.UpdateAccount") {
        continue;
      }
      const std::string& key = relation == Relation::kTool ? world.tool_key() : world.adapter_key();
      sent.push_back({method, world.CallerOf(relation, key),
                      Serialize(ContractMethod(method), world.Fill(row.request, relation))});
      const AnyAnswer answer = sent.back().Send();
      if (answer.bytes.find(kName) != std::string::npos) named.insert(method);
    }
  }
  // The test itself: of these at least the answers hold the name.
  EXPECT_THAT(named,
              testing::IsSupersetOf({"BookingService.AcceptAppointment", "ChatService.MarkRead",
                                     "LinkService.BlockLink", "SupportService.CloseTicket"}));
  ASSERT_TRUE(call(ada, "PrivacyService.DeleteAccount", "name: 'accounts/me'").status.ok());
  for (const SentCall& one : sent) {
    EXPECT_EQ(one.Send().bytes.find(kName), std::string::npos) << one.method;
  }
}

}  // namespace
}  // namespace kalends::test

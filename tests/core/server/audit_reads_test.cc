// What tools and operators read of what people keep to themselves leaves a line, once an hour.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "core/server/calls.h"
#include "tests/core/server/access_matrix_world.h"
#include "tests/core/server/sealed_words.h"
#include "tests/support/any_call.h"

namespace kalends::test {
namespace {

using testing::ElementsAre;

class AuditReads : public testing::Test {
 protected:
  v1::CreateApiKeyResponse MakeKey(v1::Scope scope) {
    v1::ApiKey key;
    key.add_scopes(scope);
    return server_.MakeKey(key);
  }
  // "ChatService.ListMessages <name>", and " for <account>", of what a key read.
  std::vector<std::string> LinesOf(const std::string& key) const {
    std::vector<std::string> lines;
    v1::ListAuditLinesRequest request;
    request.set_page_size(200);
    const auto page = practice_.admin.Must(&v1::AdminService::Stub::ListAuditLines, request);
    for (const v1::AuditLine& line : page.audit_lines()) {
      if (line.api_key() != key) continue;
      lines.push_back(line.method() + " " + line.resource());
      if (!line.account().empty()) lines.back() += " for " + line.account();
    }
    return lines;
  }
  void ReadChat(const Client& client) const {
    v1::ListMessagesRequest request;
    request.set_parent(link_);
    client.Must(&v1::ChatService::Stub::ListMessages, request);
  }
  std::int64_t Commits() const {
    return practice_.admin.Must(&v1::AdminService::Stub::GetServerStats, {}).commits();
  }

  TestServer server_;
  Practice practice_{server_};
  const std::string link_ = LinkOfCustomer(practice_);
};

TEST_F(AuditReads, AToolLeavesALineOfEachChatThatItReadsAnHour) {
  const auto made = MakeKey(v1::SCOPE_TOOL_READ);
  const Client tool(server_, made.secret());
  ReadChat(tool);
  const std::string line = "ChatService.ListMessages " + link_;
  EXPECT_THAT(LinesOf(made.api_key().name()), ElementsAre(line));
  for (int i = 0; i < 10; ++i) ReadChat(tool);
  EXPECT_THAT(LinesOf(made.api_key().name()), ElementsAre(line));
  server_.Advance(std::chrono::hours(1));
  ReadChat(tool);
  EXPECT_THAT(LinesOf(made.api_key().name()), ElementsAre(line, line));
}

TEST_F(AuditReads, WhatIsReadAgainIsNoWrite) {
  const Client tool(server_, MakeKey(v1::SCOPE_TOOL_READ).secret());
  ReadChat(tool);
  const std::int64_t before = Commits();
  for (int i = 0; i < 100; ++i) ReadChat(tool);
  EXPECT_LT(Commits() - before, 10);
}

TEST_F(AuditReads, AToolThatActsForSomebodyIsNamedWithThem) {
  const auto made = MakeKey(v1::SCOPE_TOOL_READ);
  ReadChat(Client(server_, made.secret(), "telegram:2001"));
  EXPECT_THAT(LinesOf(made.api_key().name()),
              ElementsAre("ChatService.ListMessages " + link_ + " for accounts/" +
                          link_.substr(link_.rfind('/') + 1)));
}

TEST_F(AuditReads, WhatIsRefusedLeavesNone) {
  const auto made = MakeKey(v1::SCOPE_TOOL_READ);
  v1::ListMessagesRequest request;
  request.set_parent("providers/" + core::ProviderId{1}.ToString() + "/links/" +
                     core::AccountId{1}.ToString());
  EXPECT_EQ(Client(server_, made.secret()).Try(&v1::ChatService::Stub::ListMessages, request),
            "NOT_FOUND");
  EXPECT_THAT(LinesOf(made.api_key().name()), ElementsAre());
}

TEST_F(AuditReads, WhoReadsTheirOwnThroughAnAdapterLeavesNone) {
  const auto made = MakeKey(v1::SCOPE_ADAPTER);
  ReadChat(Client(server_, made.secret(), "telegram:2001"));
  ReadChat(Client(server_, made.secret(), "telegram:1001"));
  EXPECT_THAT(LinesOf(made.api_key().name()), ElementsAre());
}

// All that the contract says of, files and exports too, through the rows of the access matrix.
TEST(AuditReadsOfAllMethods, EachThatTheContractNamesLeavesALineAndNoOtherReadDoes) {
  AccessWorld world;
  const Client tool = world.CallerOf(Relation::kTool, world.tool_key());
  const Client admin(world.server(), world.server().admin_key());
  const auto lines = [&] {
    v1::ListAuditLinesRequest request;
    request.set_page_size(200);
    std::multiset<std::string> methods;
    do {
      const auto page = admin.Must(&v1::AdminService::Stub::ListAuditLines, request);
      for (const auto& line : page.audit_lines()) methods.insert(line.method());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return methods;
  };
  std::set<std::string> audited;
  for (const auto* method : MethodsOfContract()) {
    if (method->input_type()->FindFieldByName("request_id") != nullptr ||
        method->client_streaming()) {
      continue;
    }
    const server::Method says = server::Method::Of(*method);
    if (says.reading_audited) audited.insert(says.name);
    for (const AccessRow& row : AccessRows()) {
      if (row.method != says.name || !row.refusals.Of(Relation::kTool).empty()) continue;
      const std::size_t before = lines().count(says.name);
      const AnyAnswer answer =
          CallAny(tool, *method, Serialize(*method, world.Fill(row.request, Relation::kTool)));
      if (!answer.status.ok() || !says.reading_audited) continue;
      EXPECT_EQ(lines().count(says.name), before + 1) << says.name;
    }
  }
  EXPECT_THAT(audited, testing::IsSupersetOf(
                           {"ChatService.ListMessages", "DocumentService.FetchDocument",
                            "NoteService.GetPrivateNote", "PrivacyService.ExportAccount"}));
  for (const char* other : {"BookingService.GetAppointment", "AccountService.GetAccount",
                            "CatalogService.ListServices", "SupportService.ListTicketMessages"}) {
    EXPECT_EQ(lines().count(other), 0U) << other;
  }
}

}  // namespace
}  // namespace kalends::test

// What waits for a provider, as its keyboard counts it.
#include <gtest/gtest.h>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Chats = v1::ChatService::Stub;
using Providers = v1::ProviderService::Stub;

class OpenCountsTest : public testing::Test {
 protected:
  std::pair<int, int> Counts() const {
    v1::GetOpenCountsRequest request;
    request.set_name("providers/me");
    const auto counts = practice_.specialist.Must(&Providers::GetOpenCounts, request);
    return {counts.pending_appointments(), counts.unread_threads()};
  }
  // Returns the message's name.
  std::string Write(const Client& client, const std::string& link) const {
    v1::SendMessageRequest request;
    request.set_parent(link);
    request.mutable_message()->set_text("Hallo");
    return client.Must(&Chats::SendMessage, request).name();
  }
  // Of `customer`, to the specialist.
  std::string LinkOf(const Client& customer) const {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    const auto name = customer.Must(&v1::AccountService::Stub::GetAccount, request).name();
    return practice_.provider + "/links/" + name.substr(name.rfind('/') + 1);
  }

  TestServer server_;
  Practice practice_{server_};
};

TEST_F(OpenCountsTest, CountsRequestsUntilTheyAreAnswered) {
  EXPECT_EQ(Counts(), std::pair(0, 0));
  const auto first = practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  practice_.MustRequest(At("2026-03-03T11:00:00Z"));
  EXPECT_EQ(Counts(), std::pair(2, 0));
  practice_.Accept(first.name());
  EXPECT_EQ(Counts(), std::pair(1, 0));
}

TEST_F(OpenCountsTest, CountsThreadsThatTheProviderHasNotReadToTheEnd) {
  const Client other = practice_.NewCustomer("telegram:77");
  const std::string link = LinkOf(practice_.customer);
  const std::string first = Write(practice_.customer, link);
  Write(practice_.customer, link);
  Write(other, LinkOf(other));
  EXPECT_EQ(Counts(), std::pair(0, 2)) << "threads, not messages";
  v1::MarkReadRequest read;
  read.set_name(first);
  practice_.specialist.Must(&Chats::MarkRead, read);
  EXPECT_EQ(Counts(), std::pair(0, 2)) << "one is left";
  Write(practice_.specialist, link);  // Who answers has read.
  EXPECT_EQ(Counts(), std::pair(0, 1));
  Write(practice_.specialist, LinkOf(other));
  EXPECT_EQ(Counts(), std::pair(0, 0));
}

}  // namespace
}  // namespace kalends::test

// Every method of the contract, called by everybody who could: with every kind of key, and for
// every kind of account.
#include <gtest/gtest.h>

#include <optional>
#include <set>

#include "tests/core/server/access_matrix_rule.h"
#include "tests/core/server/access_matrix_world.h"

namespace kalends::test {
namespace {

using google::protobuf::MethodDescriptor;

std::string Listed(const std::vector<v1::Scope>& scopes) {
  std::string names;
  for (const v1::Scope scope : scopes) names += v1::Scope_Name(scope) + " ";
  return names;
}

TEST(AccessMatrix, EveryMethodHasARowAndEveryRowAMethod) {
  std::set<std::string> methods;
  for (const MethodDescriptor* method : MethodsOfContract()) methods.insert(method->full_name());
  std::set<std::string> rows;
  for (const AccessRow& row : AccessRows()) rows.insert(kContractPackage + std::string(row.method));
  EXPECT_EQ(rows, methods);
}

// Of who is refused for the key, or for the account that is or is not named, nothing is read; of
// who is let in, whatever comes then.
class Keys : public testing::Test {
 protected:
  void ExpectAll(const std::string& key, const std::string& reason) {
    for (const MethodDescriptor* method : MethodsOfContract()) {
      EXPECT_EQ(ReasonWith(*method, key), reason) << method->full_name();
    }
  }
  std::string ReasonWith(const MethodDescriptor& method, const std::string& key) {
    const std::string no_message = "\x0a\xff\xff\xff\x0f";  // A text without its end.
    return ReasonOf(CallAny(Client(server_, key), method, {no_message}).status);
  }

  TestServer server_;
};

TEST_F(Keys, NoMethodIsForWhoShowsNone) { ExpectAll("", "MISSING_KEY"); }

TEST_F(Keys, NoMethodIsForWhoGuesses) { ExpectAll("kal_guess", "UNKNOWN_KEY"); }

TEST_F(Keys, NoMethodIsForARevokedOne) {
  v1::ApiKey key;
  key.add_scopes(v1::SCOPE_ADMIN);
  const v1::CreateApiKeyResponse made = server_.MakeKey(key);
  server_.RevokeKey(made.api_key().name());
  ExpectAll(made.secret(), "UNKNOWN_KEY");
}

TEST_F(Keys, NoMethodIsForAnExpiredOne) {
  v1::ApiKey key;
  key.add_scopes(v1::SCOPE_ADMIN);
  key.mutable_expire_time()->set_seconds(core::ToUnixSeconds(server_.now()) + 1);
  const std::string secret = server_.MakeKey(key).secret();
  server_.Advance(std::chrono::seconds(1));
  ExpectAll(secret, "EXPIRED_KEY");
}

TEST_F(Keys, EverySetOfScopesMayCallWhatTheContractSays) {
  for (unsigned set = 1; set < 1U << std::size(kAllScopes); ++set) {
    std::vector<v1::Scope> scopes;
    for (std::size_t i = 0; i < std::size(kAllScopes); ++i) {
      if ((set >> i & 1) != 0) scopes.push_back(kAllScopes[i]);
    }
    const std::string key = server_.MakeKey(scopes);
    for (const MethodDescriptor* method : MethodsOfContract()) {
      SCOPED_TRACE(method->full_name() + " with " + Listed(scopes));
      const bool wants_account = CallersOf(*method).account_required();
      EXPECT_EQ(ReasonWith(*method, key), !Allows(*method, scopes) ? "SCOPE_MISSING"
                                          : wants_account          ? "ACCOUNT_MISSING"
                                                                   : "INVALID_FIELD");
    }
  }
}

// One service, so that they run side by side.
class Relations : public testing::TestWithParam<std::string> {
 protected:
  // The key by which `relation` calls, and its scope.
  struct Key {
    std::string secret;
    v1::Scope scope;
  };
  Key KeyOf(Relation relation, const MethodDescriptor& method) {
    if (relation == Relation::kWeb) return {world_->web_key(), v1::SCOPE_WEB};
    if (relation == Relation::kTool) return {world_->tool_key(), v1::SCOPE_TOOL_WRITE};
    if (relation == Relation::kAdapter || Allows(method, {v1::SCOPE_ADAPTER})) {
      return {world_->adapter_key(), v1::SCOPE_ADAPTER};
    }
    return {world_->server().admin_key(), v1::SCOPE_ADMIN};
  }
  static bool NamesNobody(Relation relation) { return relation <= Relation::kTool; }
  static std::string Expected(const MethodDescriptor& method, const AccessRow& row,
                              Relation relation, v1::Scope scope) {
    if (!Allows(method, {scope})) return "SCOPE_MISSING";
    if (NamesNobody(relation)) {
      if (CallersOf(method).account_required()) return "ACCOUNT_MISSING";
    } else {
      if (CallersOf(method).account_refused()) return "ACCOUNT_NOT_ALLOWED";
      if (relation == Relation::kUnknown) return "ACCOUNT_UNKNOWN";
    }
    const std::string reason(row.refusals.Of(relation));
    return reason.empty() ? "OK" : reason;
  }
  std::string ReasonOfCall(const MethodDescriptor& method, const AccessRow& row, Relation relation,
                           const std::string& key) {
    const auto requests = Serialize(method, world_->Fill(row.request, relation));
    const grpc::Status status = CallAny(world_->CallerOf(relation, key), method, requests).status;
    // What was changed is no more what the next one asks for.
    if (status.ok() && !Reads(method)) world_.emplace();
    return ReasonOf(status);
  }
  void Check(const MethodDescriptor& method, const AccessRow& row, Relation relation) {
    const Key key = KeyOf(relation, method);
    const std::string expected = Expected(method, row, relation, key.scope);
    EXPECT_EQ(ReasonOfCall(method, row, relation, key.secret), expected);
    // With an account, a call has the rights of that account, however much the key may do.
    if (NamesNobody(relation) || expected == "OK") return;
    EXPECT_EQ(ReasonOfCall(method, row, relation, world_->server().admin_key()), expected)
        << "with an admin key";
  }

  std::optional<AccessWorld> world_{std::in_place};
};

TEST_P(Relations, EachGetsWhatItsRowSays) {
  for (const AccessRow& row : AccessRows()) {
    const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
        kContractPackage + std::string(row.method));
    if (method == nullptr || method->service()->full_name() != GetParam()) continue;
    for (std::size_t i = 0; i < kRelations; ++i) {
      const auto relation = static_cast<Relation>(i);
      SCOPED_TRACE(testing::Message()
                   << row.method << " { " << row.request << " } by " << NameOf(relation));
      Check(*method, row, relation);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AccessMatrix, Relations, testing::ValuesIn(ServicesOfContract()),
                         [](const auto& info) {
                           return info.param.substr(sizeof(kContractPackage) - 1);
                         });

}  // namespace
}  // namespace kalends::test

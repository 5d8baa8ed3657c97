// The whole matrix: every method of the contract with every kind of key and every kind of account,
// each answered as the method's rule in the contract says.
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "tests/core/server/access_matrix_rule.h"
#include "tests/core/server/access_matrix_world.h"

namespace kalends::test {
namespace {

using google::protobuf::MethodDescriptor;

struct KeyKind {
  const char* name;
  const char* refused;  // What every method answers to it; empty: its scope decides.
  v1::Scope scope = v1::SCOPE_UNSPECIFIED;
};
constexpr KeyKind kKeyKinds[] = {
    {"no key", "MISSING_KEY"},
    {"a malformed key", "UNKNOWN_KEY"},
    {"a revoked key", "UNKNOWN_KEY"},
    {"adapter", "", v1::SCOPE_ADAPTER},
    {"web", "", v1::SCOPE_WEB},
    {"tool:read", "", v1::SCOPE_TOOL_READ},
    {"tool:write", "", v1::SCOPE_TOOL_WRITE},
    {"admin", "", v1::SCOPE_ADMIN},
    {"busy", "", v1::SCOPE_BUSY},
};

// Ada is whose things are asked for; who names nobody, and who is named, is seen as `relation`.
struct AccountKind {
  const char* name;
  const char* account;               // ${erased}: of somebody who was deleted.
  std::optional<Relation> relation;  // nullopt: it is nobody's.
};
constexpr AccountKind kAccountKinds[] = {
    {"no account", "", Relation::kTool},
    {"one's own", "telegram:ada", Relation::kCustomer},
    {"another's", "telegram:stranger", Relation::kStranger},
    {"one that never was, by identity", "telegram:404", std::nullopt},
    {"one that never was, by name", "accounts/0000000000001", std::nullopt},
    {"an erased one", "${erased}", std::nullopt},
    {"its own name", "accounts/me", std::nullopt},
    {"a name without an id", "accounts/", std::nullopt},
    {"a name below one", "accounts/0000000000001/x", std::nullopt},
    {"no name at all", "ada' OR 1=1 --", std::nullopt},
    {"an identity without an address", "telegram:", std::nullopt},
};

// One service, so that they run side by side.
class Cells : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { Begin(); }

  // What is changed is no more what the next one asks for.
  void Begin() {
    world_.emplace();
    TestServer& server = world_->server();
    secrets_ = {{"no key", ""}, {"a malformed key", "kal_guess"}};
    for (const KeyKind& kind : kKeyKinds) {
      if (*kind.refused == '\0') secrets_[kind.name] = server.MakeKey({kind.scope});
    }
    v1::ApiKey key;
    key.add_scopes(v1::SCOPE_ADMIN);
    const v1::CreateApiKeyResponse revoked = server.MakeKey(key);
    server.RevokeKey(revoked.api_key().name());
    secrets_["a revoked key"] = revoked.secret();
    erased_ = world_->MakeErased();
  }

  static Relation Unnamed(v1::Scope scope) {
    if (scope == v1::SCOPE_ADAPTER) return Relation::kAdapter;
    return scope == v1::SCOPE_WEB ? Relation::kWeb : Relation::kTool;
  }

  static std::string Expected(const MethodDescriptor& method, const AccessRow& row,
                              const KeyKind& key, const AccountKind& account) {
    if (*key.refused != '\0') return key.refused;
    if (!Allows(method, {key.scope})) return "SCOPE_MISSING";
    const bool named = *account.account != '\0';
    if (!named && CallersOf(method).account_required()) return "ACCOUNT_MISSING";
    if (named && (CallersOf(method).account_refused() || key.scope == v1::SCOPE_WEB)) {
      return "ACCOUNT_NOT_ALLOWED";
    }
    if (!account.relation) return "ACCOUNT_UNKNOWN";
    const std::string reason(row.refusals.Of(named ? *account.relation : Unnamed(key.scope)));
    return reason.empty() ? "OK" : reason;
  }

  void Check(const MethodDescriptor& method, const AccessRow& row, const KeyKind& key,
             const AccountKind& account) {
    const std::string expected = Expected(method, row, key, account);
    // Whom a change is allowed is what EachGetsWhatItsRowSays tries.
    if (expected == "OK" && !Reads(method)) return;
    const std::string named =
        account.account == std::string("${erased}") ? erased_ : account.account;
    const Client caller(world_->server(), secrets_[key.name], named);
    // Where nobody is named, it is Ada's things all the same.
    const auto requests = Serialize(method, world_->Fill(row.request, Relation::kCustomer));
    const std::string got = ReasonOf(CallAny(caller, method, requests).status);
    EXPECT_EQ(got, expected);
    if (got == "OK" && !Reads(method)) Begin();
  }

  std::optional<AccessWorld> world_;
  std::map<std::string, std::string> secrets_;
  std::string erased_;
};

TEST_P(Cells, AreAnsweredAsTheContractSays) {
  std::size_t rows = 0;
  for (const AccessRow& row : AccessRows()) {
    const MethodDescriptor* method =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
            kContractPackage + std::string(row.method));
    if (method == nullptr || method->service()->full_name() != GetParam()) continue;
    ++rows;
    for (const KeyKind& key : kKeyKinds) {
      for (const AccountKind& account : kAccountKinds) {
        SCOPED_TRACE(testing::Message() << row.method << " { " << row.request << " } with "
                                        << key.name << " for " << account.name);
        Check(*method, row, key, account);
      }
    }
  }
  EXPECT_GT(rows, 0U);
}

INSTANTIATE_TEST_SUITE_P(AccessMatrix, Cells, testing::ValuesIn(ServicesOfContract()),
                         [](const auto& info) {
                           return info.param.substr(sizeof(kContractPackage) - 1);
                         });

TEST(AccessMatrix, NoMethodBothWantsAnAccountAndRefusesOne) {
  for (const MethodDescriptor* method : MethodsOfContract()) {
    const v1::Callers& callers = CallersOf(*method);
    EXPECT_FALSE(callers.account_required() && callers.account_refused()) << method->full_name();
    // Keys of kalends-web act for nobody.
    bool for_web_alone = true;
    for (const int scope : callers.scopes()) for_web_alone &= scope == v1::SCOPE_WEB;
    EXPECT_FALSE(for_web_alone && !callers.account_refused()) << method->full_name();
  }
}

}  // namespace
}  // namespace kalends::test

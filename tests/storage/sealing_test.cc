// What people wrote is sealed where it is kept, and belongs to its row.
#include "storage/sealing.h"

#include <gmock/gmock.h>

#include "storage/accounts.h"
#include "storage/blobs/master_keys.h"
#include "storage/invitations.h"
#include "storage/sealed.h"
#include "storage/sessions.h"
#include "tests/storage/sample.h"
#include "tests/support/text_columns.h"

namespace kalends::storage {
namespace {

using testing::IsSupersetOf;

TEST(TextColumns, EveryOneIsSaidToBeSealedPublicOrOurs) {
  Store store;
  const auto columns = store.Read([](Transaction& tx) { return TextColumnsOf(tx); });
  std::multiset<std::string> named;
  for (const TextColumn& column : kTextColumns) {
    named.emplace(column.name);
    EXPECT_FALSE(column.why.empty()) << column.name;
  }
  for (const std::string& column : columns) {
    EXPECT_EQ(named.count(column), 1) << column << " has to stand in kTextColumns once";
  }
  for (const std::string& name : named) EXPECT_TRUE(columns.contains(name)) << name << " is none";
}

TEST(TextColumns, WhatTheQueriesSealIsSaidToBeSealed) {
  std::set<std::string> sealed;
  for (const SealedText& text : SealedTexts()) {
    sealed.insert(std::string(text.table) + "." + std::string(text.column));
  }
  EXPECT_THAT(SealedTextColumns(), IsSupersetOf(sealed));
}

std::string KeptName(Store& store, core::AccountId id) {
  return store.Read([&](Transaction& tx) {
    std::string kept;
    tx.Query("SELECT display_name FROM accounts WHERE id = $1", {id.value},
             [&](const Row& row) { kept = row.Text(0); });
    return kept;
  });
}

TEST(SealedTexts, OfTwoRowsCannotBeExchanged) {
  Store store;
  const std::string adas = KeptName(store, kAda);
  store.Write([&](Transaction& tx) {
    tx.Execute("UPDATE accounts SET display_name = $2 WHERE id = $1", {kBen.value, adas});
  });
  const auto name = [&](core::AccountId id) {
    return store.Read([&](Transaction& tx) { return FindAccount(tx, id); })->display_name;
  };
  EXPECT_EQ(name(kAda), SampleAccount(kAda).display_name);
  EXPECT_EQ(name(kBen), kUnreadableText);
}

TEST(SealedTexts, WhatIsDamagedHasAMarkInItsPlaceAndStopsNothing) {
  Store store;
  store.Write([](Transaction& tx) {
    PutSession(tx, "telegram:1", {"draft", 3, kNow});
    tx.Execute("UPDATE sessions SET data = x'00'");
    tx.Execute("UPDATE accounts SET display_name = 'no base64!' WHERE id = $1", {kAda.value});
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindAccount(tx, kAda); })->display_name,
            kUnreadableText);
  const auto session = store.Read([](Transaction& tx) { return FindSession(tx, "telegram:1"); });
  EXPECT_EQ(session->data, "");
  EXPECT_EQ(session->version, 3);
}

TEST(SealedTexts, AreNoTextWhereThereIsNone) {
  Store store;
  store.Write([](Transaction& tx) { PutSession(tx, "telegram:1", {"", 1, kNow}); });
  store.Read([](Transaction& tx) {
    EXPECT_EQ(Sealed(tx, "", Place("closures.label", std::int64_t{1})), "");
    tx.Query("SELECT data FROM sessions", {}, [](const Row& row) { EXPECT_EQ(row.Text(0), ""); });
    return 0;
  });
}

TEST(Place, NamesTheColumnAndTheKey) {
  EXPECT_EQ(Place("payments.note", core::ProviderId{7}, std::int64_t{-8}).view(),
            "payments.note/7/-8");
  EXPECT_EQ(Place("sessions.data", std::string_view("telegram:1")).view(),
            "sessions.data/telegram:1");
}

}  // namespace
}  // namespace kalends::storage

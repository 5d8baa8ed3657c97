// What people wrote is sealed where it is kept, and belongs to its row.
#include <gtest/gtest.h>

#include <set>

#include "storage/accounts.h"
#include "storage/blobs/master_keys.h"
#include "storage/invitations.h"
#include "storage/sealed.h"
#include "storage/sessions.h"
#include "tests/storage/sample.h"
#include "tests/support/text_columns.h"

namespace kalends::storage {
namespace {

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
    tx.Execute("UPDATE sessions SET data = " + test::BytesLiteral("00"));
    tx.Execute("UPDATE accounts SET display_name = 'no base64!' WHERE id = $1", {kAda.value});
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindAccount(tx, kAda); })->display_name,
            kUnreadableText);
  const auto session = store.Read([](Transaction& tx) { return FindSession(tx, "telegram:1"); });
  EXPECT_EQ(session->data, "");
  EXPECT_EQ(session->version, 3);
}

// A user may be called so.
TEST(SealedTexts, TheMarkIsATextWhereNothingIsDamaged) {
  Store store;
  const auto rename = [&] {
    store.Write([](Transaction& tx) {
      core::Account account = SampleAccount(kAda);
      account.display_name = kUnreadableText;
      UpdateAccount(tx, account);
    });
  };
  rename();
  const std::string kept = KeptName(store, kAda);
  EXPECT_GT(kept.size(), kSealOverheadBytes);
  rename();
  EXPECT_NE(KeptName(store, kAda), kept) << "it was sealed anew, as any other name";
}

TEST(SealedTexts, WhatIsDamagedStaysAsItIsUntilAnotherTextComes) {
  Store store;
  store.Write([](Transaction& tx) {
    tx.Execute("UPDATE accounts SET display_name = 'no base64!' WHERE id = $1", {kAda.value});
    UpdateAccount(tx, *FindAccount(tx, kAda));
  });
  EXPECT_EQ(KeptName(store, kAda), "no base64!");
  store.Write([](Transaction& tx) {
    core::Account account = *FindAccount(tx, kAda);
    account.display_name = "Ada";
    UpdateAccount(tx, account);
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindAccount(tx, kAda); })->display_name, "Ada");
}

TEST(SealedTexts, AreNoTextWhereThereIsNone) {
  Store store;
  store.Write([](Transaction& tx) { PutSession(tx, "telegram:1", {"", 1, kNow}); });
  store.Write([](Transaction& tx) {
    EXPECT_EQ(Sealed(tx, "", Place("closures.label", std::int64_t{1})), "");
    tx.Query("SELECT data FROM sessions", {}, [](const Row& row) { EXPECT_EQ(row.Text(0), ""); });
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

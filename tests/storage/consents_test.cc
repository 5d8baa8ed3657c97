#include "storage/consents.h"

#include "storage/documents.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

const std::string kKey(8, 'k');
constexpr core::ConsentDocumentId kTerms{50};

core::ConsentVersion Version(Transaction& tx, int number) {
  core::ConsentVersion version;
  version.number = number;
  version.sha256 = std::string(32, static_cast<char>(number));
  version.file_name = "terms.pdf";
  version.content_type = "application/pdf";
  version.size_bytes = 7;
  version.blob = std::string(31, 'f') + std::to_string(number);
  version.created = kNow;
  InsertMasterKey(tx, kKey, kNow);
  InsertBlob(tx, {kCarla, version.blob, 7, "wrapped", kKey});
  return version;
}

core::ConsentDocument Terms(Transaction& tx) {
  core::ConsentDocument document;
  document.id = kTerms;
  document.provider = kCarla;
  document.display_name = "AGB";
  document.needs_consent = true;
  document.blocks_booking = true;
  document.created = kNow;
  document.current = Version(tx, 1);
  return document;
}

core::ConsentRecord Record(std::int64_t id, core::AccountId customer, int number,
                           core::ConsentDecision decision = core::ConsentDecision::kGiven) {
  return {{id}, kCarla, customer, kTerms, number, decision, kNow, "telegram"};
}

class Consents : public testing::Test {
 protected:
  Consents() {
    store_.Write([](Transaction& tx) { InsertConsentDocument(tx, Terms(tx)); });
  }
  bool Sql(std::string_view sql) {
    return store_.TryWrite([&](Transaction& tx) { tx.Execute(sql); }).ok();
  }

  Store store_;
};

TEST_F(Consents, ADocumentComesBackWithItsPresentVersion) {
  store_.Write([](Transaction& tx) {
    auto document = *FindConsentDocument(tx, kCarla, kTerms);
    document.current = Version(tx, 2);
    ++document.version;
    InsertConsentVersion(tx, document, document.current);
    UpdateConsentDocument(tx, document);
  });
  const auto found =
      store_.Read([](Transaction& tx) { return FindConsentDocument(tx, kCarla, kTerms); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->current.number, 2);
  EXPECT_EQ(found->current.sha256, std::string(32, '\x02'));
  EXPECT_TRUE(found->blocks_booking);
  EXPECT_FALSE(store_.Read([](Transaction& tx) { return FindConsentDocument(tx, kDan, kTerms); }));
  const auto versions = store_.Read(
      [](Transaction& tx) { return ListConsentVersions(tx, kCarla, kTerms, std::nullopt, 9); });
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].number, 2);
}

TEST_F(Consents, ArchivedOnesNeitherBlockNorCount) {
  const auto counts = [&] {
    return store_.Read([](Transaction& tx) {
      return std::vector<std::size_t>{
          BlockingConsentDocuments(tx, kCarla).size(),
          static_cast<std::size_t>(ConsentUsageOf(tx, kCarla).documents),
          ListConsentDocuments(tx, kCarla, Archived::kHide, {}, 9).size(),
          ListConsentDocuments(tx, kCarla, Archived::kShow, {}, 9).size()};
    });
  };
  EXPECT_EQ(counts(), (std::vector<std::size_t>{1, 1, 1, 1}));
  store_.Write([](Transaction& tx) {
    auto document = *FindConsentDocument(tx, kCarla, kTerms);
    document.archived = true;
    UpdateConsentDocument(tx, document);
  });
  EXPECT_EQ(counts(), (std::vector<std::size_t>{0, 0, 0, 1}));
}

TEST_F(Consents, AllVersionsCountAndTheArchiveDoesToo) {
  store_.Write([](Transaction& tx) {
    auto document = *FindConsentDocument(tx, kCarla, kTerms);
    document.current = Version(tx, 2);
    document.archived = true;
    InsertConsentVersion(tx, document, document.current);
    UpdateConsentDocument(tx, document);
  });
  const auto used = store_.Read([](Transaction& tx) { return ConsentUsageOf(tx, kCarla); });
  EXPECT_EQ(used.documents, 0);
  EXPECT_EQ(used.kept, 1);
  EXPECT_EQ(used.bytes, 14);
  EXPECT_EQ(store_.Read([](Transaction& tx) { return ConsentUsageOf(tx, kDan); }).bytes, 0);
}

TEST_F(Consents, TheRecordIsAppendOnlyAndTheLatestLineHolds) {
  store_.Write([](Transaction& tx) {
    InsertConsentRecord(tx, Record(1, kAda, 1));
    InsertConsentRecord(tx, Record(2, kBen, 1));
    InsertConsentRecord(tx, Record(3, kAda, 1, core::ConsentDecision::kWithdrawn));
  });
  const auto last =
      store_.Read([](Transaction& tx) { return LastConsentRecord(tx, kCarla, kAda, kTerms); });
  ASSERT_TRUE(last);
  EXPECT_EQ(last->decision, core::ConsentDecision::kWithdrawn);
  EXPECT_EQ(last->channel, "telegram");
  const auto list = [&](const ConsentRecordFilter& filter) {
    return IdsOf(store_.Read(
        [&](Transaction& tx) { return ListConsentRecords(tx, kCarla, filter, {}, 9); }));
  };
  EXPECT_EQ(list({}), (std::vector<std::int64_t>{3, 2, 1}));
  EXPECT_EQ(list({kTerms, std::nullopt}), (std::vector<std::int64_t>{3, 2, 1}));
  EXPECT_EQ(list({std::nullopt, kAda}), (std::vector<std::int64_t>{3, 1}));
  EXPECT_EQ(list({kTerms, kBen}), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(list({core::ConsentDocumentId{51}, std::nullopt}), (std::vector<std::int64_t>{}));
  for (const std::string_view sql :
       {"UPDATE consent_records SET decision = 'GIVEN'", "UPDATE consent_records SET when_s = 0",
        "UPDATE consent_records SET customer_id = 2", "DELETE FROM consent_records",
        "DELETE FROM consent_records WHERE id = 1"}) {
    EXPECT_FALSE(Sql(sql)) << sql;
  }
}

TEST_F(Consents, ACustomersRecordsAreListedOverAllProvidersInPagesOfAnySize) {
  store_.Write([](Transaction& tx) {
    core::ConsentDocument dans;
    dans.id = {60};
    dans.provider = kDan;
    dans.display_name = "Terms";
    dans.created = kNow;
    dans.current = {1, std::string(32, 's'), "a", "text/plain", 1, std::string(32, 'd'), kNow};
    InsertBlob(tx, {kDan, dans.current.blob, 1, "wrapped", kKey});
    InsertConsentDocument(tx, dans);
    InsertConsentRecord(tx,
                        {{2}, kDan, kAda, {60}, 1, core::ConsentDecision::kGiven, kNow, "mail"});
    InsertConsentRecord(tx, Record(3, kAda, 1));
    InsertConsentRecord(tx, Record(4, kBen, 1));
    InsertConsentRecord(tx, Record(5, kAda, 1, core::ConsentDecision::kWithdrawn));
  });
  for (int limit = 1; limit <= 4; ++limit) {
    std::vector<std::int64_t> ids;
    std::optional<ConsentRecordCursor> after;
    while (true) {
      const auto page =
          store_.Read([&](Transaction& tx) { return ListConsentRecords(tx, kAda, after, limit); });
      for (const std::int64_t id : IdsOf(page)) ids.push_back(id);
      if (page.size() < static_cast<std::size_t>(limit)) break;
      after = ConsentRecordCursor{page.back().provider, page.back().id};
    }
    EXPECT_EQ(ids, (std::vector<std::int64_t>{3, 5, 2})) << limit;
  }
}

TEST_F(Consents, APublishedVersionIsNeverChanged) {
  for (const std::string_view sql :
       {"UPDATE consent_versions SET sha256 = zeroblob(32)",
        "UPDATE consent_versions SET size_bytes = 8", "UPDATE consent_versions SET number = 2",
        "DELETE FROM consent_versions", "DELETE FROM consent_documents",
        "UPDATE consent_documents SET needs_consent = 0"}) {
    EXPECT_FALSE(Sql(sql)) << sql;
  }
}

TEST_F(Consents, ARecordNamesAVersionThatIsThere) {
  EXPECT_FALSE(
      store_.TryWrite([](Transaction& tx) { InsertConsentRecord(tx, Record(1, kAda, 2)); }).ok());
}

}  // namespace
}  // namespace kalends::storage

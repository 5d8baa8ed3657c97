#include "storage/documents.h"

#include <algorithm>

#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

const std::string kKeyA(8, 'a');
const std::string kKeyB(8, 'b');

std::string BlobId(int number) {
  std::string id(32, '0');
  id.replace(28, 4, std::to_string(1000 + number));
  return id;
}

core::Document SampleDocument(std::int64_t id, const core::LinkKey& link) {
  core::Document document;
  document.id = {id};
  document.link = link;
  document.file_name = "sealed";
  document.content_type = "image/png";
  document.size_bytes = 10;
  document.blob = BlobId(static_cast<int>(id));
  document.created = kNow;
  return document;
}

void Insert(Transaction& tx, const core::Document& document) {
  InsertMasterKey(tx, kKeyA, kNow);
  InsertBlob(tx, {document.link.provider, document.blob, document.size_bytes, "wrapped", kKeyA});
  InsertDocument(tx, document);
}

TEST(Documents, AreListedNewestFirstWithinTheirLinkOnly) {
  Store store;
  store.Write([](Transaction& tx) {
    for (std::int64_t id = 1; id <= 5; ++id) Insert(tx, SampleDocument(id, {kCarla, kAda}));
    Insert(tx, SampleDocument(6, {kCarla, kBen}));
    Insert(tx, SampleDocument(7, {kDan, kAda}));
  });
  const auto list = [&](std::optional<core::DocumentId> before, int limit) {
    return IdsOf(store.Read(
        [&](Transaction& tx) { return ListDocuments(tx, {kCarla, kAda}, before, limit); }));
  };
  EXPECT_EQ(list(std::nullopt, 3), (std::vector<std::int64_t>{5, 4, 3}));
  EXPECT_EQ(list(core::DocumentId{3}, 3), (std::vector<std::int64_t>{2, 1}));
  const auto used = store.Read([](Transaction& tx) { return DocumentUsage(tx, {kCarla, kAda}); });
  EXPECT_EQ(used.documents, 5);
  EXPECT_EQ(used.bytes, 50);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindDocument(tx, {{kCarla, kBen}, {1}}); }));
}

TEST(Documents, WhatIsLeftOfDeletedOnesIsListedForEachSideInPagesOfAnySize) {
  Store store;
  store.Write([](Transaction& tx) {
    // None of these has a link: it may be gone.
    std::int64_t id = 0;
    for (const core::LinkKey link :
         {core::LinkKey{kCarla, kBen}, core::LinkKey{kDan, kAda}, core::LinkKey{kCarla, kAda}}) {
      for (int i = 0; i < 3; ++i) {
        const core::Document document = SampleDocument(++id, link);
        Insert(tx, document);
        if (i < 2) MarkDocumentDeleted(tx, {link, document.id}, kNow);
      }
    }
  });
  const auto all = [&](auto owner, int limit) {
    std::vector<std::int64_t> ids;
    std::optional<core::DocumentRef> after;
    while (true) {
      const auto page = store.Read(
          [&](Transaction& tx) { return ListDeletedDocuments(tx, owner, after, limit); });
      for (const core::Document& document : page) {
        EXPECT_EQ(document.deleted, kNow);
        EXPECT_EQ(document.content_type, "image/png");
        ids.push_back(document.id.value);
        after = core::DocumentRef{document.link, document.id};
      }
      if (page.size() < static_cast<std::size_t>(limit)) return ids;
    }
  };
  for (int limit = 1; limit <= 5; ++limit) {
    EXPECT_EQ(all(kAda, limit), (std::vector<std::int64_t>{7, 8, 4, 5}));
    EXPECT_EQ(all(kCarla, limit), (std::vector<std::int64_t>{7, 8, 1, 2}));
  }
}

TEST(Documents, ADeletedOneLeavesItsRowAndNothingElse) {
  Store store;
  const core::DocumentRef ref{{kCarla, kAda}, {1}};
  store.Write([&](Transaction& tx) { Insert(tx, SampleDocument(1, ref.link)); });
  store.Write([&](Transaction& tx) {
    MarkDocumentDeleted(tx, ref, kNow);
    DeleteBlob(tx, BlobId(1));
  });
  const auto found = store.Read([&](Transaction& tx) { return FindDocument(tx, ref); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->deleted, kNow);
  EXPECT_EQ(found->file_name, "");
  EXPECT_EQ(found->blob, "");
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindBlob(tx, BlobId(1)); }));
  EXPECT_TRUE(
      store.Read([&](Transaction& tx) { return ListDocuments(tx, ref.link, {}, 9); }).empty());
  for (const std::string& sql :
       {"UPDATE documents SET deleted_s = NULL, blob_id = 'x', file_name = " +
            test::BytesLiteral("01"),
        std::string("UPDATE documents SET size_bytes = 1"), std::string("DELETE FROM documents")}) {
    EXPECT_FALSE(store.TryWrite([&](Transaction& tx) { tx.Execute(sql); }).ok()) << sql;
  }
}

TEST(Documents, ABlobInUseCannotBeForgotten) {
  Store store;
  store.Write([](Transaction& tx) { Insert(tx, SampleDocument(1, {kCarla, kAda})); });
  EXPECT_FALSE(store.TryWrite([](Transaction& tx) { DeleteBlob(tx, BlobId(1)); }).ok());
}

TEST(Blobs, AreFoundByTheMasterKeysThatAreNotThePresentOne) {
  Store store;
  store.Write([](Transaction& tx) {
    for (int i = 1; i <= 3; ++i) Insert(tx, SampleDocument(i, {kCarla, kAda}));
    InsertMasterKey(tx, kKeyB, kNow);
    InsertMasterKey(tx, kKeyB, kNow);
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return KnownMasterKeys(tx); }),
            (std::vector{kKeyA, kKeyB}));
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountBlobsOfOtherKeys(tx, kKeyB); }), 3);
  store.Write([](Transaction& tx) {
    for (BlobRow& blob : BlobsOfOtherKeys(tx, kKeyB, std::nullopt, 2)) {
      blob.wrapped_key = "again";
      blob.master_key_id = kKeyB;
      RewrapBlob(tx, blob);
    }
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountBlobsOfOtherKeys(tx, kKeyB); }), 1);
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountBlobsOfOtherKeys(tx, kKeyA); }), 2);
}

TEST(Blobs, OfOtherKeysAreGoneThroughFromPlaceToPlace) {
  const std::string between = "aaaaaaab";
  Store store;
  store.Write([&](Transaction& tx) {
    for (int i = 1; i <= 3; ++i) Insert(tx, SampleDocument(i, {kCarla, kAda}));
    InsertMasterKey(tx, kKeyB, kNow);
    InsertMasterKey(tx, between, kNow);
    for (int i = 4; i <= 6; ++i) {
      InsertBlob(tx, {i == 4 ? kDan : kCarla, BlobId(i), 10, "wrapped", i == 6 ? between : kKeyB});
    }
  });
  std::vector<std::string> found;
  std::optional<BlobCursor> after;
  while (true) {
    const auto blobs =
        store.Read([&](Transaction& tx) { return BlobsOfOtherKeys(tx, between, after, 2); });
    if (blobs.empty()) break;
    for (const BlobRow& blob : blobs) found.push_back(blob.id);
    after = BlobCursor{blobs.back().master_key_id, blobs.back().provider, blobs.back().id};
  }
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (std::vector{BlobId(1), BlobId(2), BlobId(3), BlobId(4), BlobId(5)}));
}

TEST(BlobStores, ADatabaseHasOneForGood) {
  Store store;
  const std::string id(32, 'a');
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindBlobStoreId(tx); }));
  store.Write([&](Transaction& tx) { InsertBlobStoreId(tx, id); });
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindBlobStoreId(tx); }), id);
  EXPECT_FALSE(
      store.TryWrite([](Transaction& tx) { InsertBlobStoreId(tx, std::string(32, 'b')); }).ok());
}

TEST(DownloadLinks, ComeBackUntilTheyArePurged) {
  Store store;
  const core::DownloadLink link{std::string(32, 'h'), kAda, core::DocumentRef{{kCarla, kAda}, {1}},
                                kNow};
  store.Write([&](Transaction& tx) {
    Insert(tx, SampleDocument(1, {kCarla, kAda}));
    InsertDownloadLink(tx, link);
  });
  const auto found =
      store.Read([&](Transaction& tx) { return FindDownloadLink(tx, link.token_hash); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->requester, kAda);
  EXPECT_EQ(std::get<core::DocumentRef>(found->file).id, core::DocumentId{1});
  const auto count = [&](core::Instant now) {
    return store.Read([&](Transaction& tx) { return CountDownloadLinks(tx, kAda, now); });
  };
  EXPECT_EQ(count(kNow), 0);
  EXPECT_EQ(count(kNow - std::chrono::seconds(1)), 1);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return HasExpiredDownloadLinks(tx, kNow); }));
  store.Write([](Transaction& tx) {
    EXPECT_EQ(PurgeDownloadLinks(tx, kNow + std::chrono::seconds(1), 9), 1);
  });
  EXPECT_FALSE(store.Read([&](Transaction& tx) { return FindDownloadLink(tx, link.token_hash); }));
}

}  // namespace
}  // namespace kalends::storage

#include "storage/feeds.h"

#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

Place FeedTokenPlace(core::AccountId account, core::FeedRole role) {
  return Place("feeds.sealed_token", account, core::NameOf(role));
}

core::Feed ReadFeed(const Row& row) {
  core::Feed feed;
  feed.account = IdAt<core::AccountId>(row, 0);
  feed.role = ParsedAt(row, 1, core::ParseFeedRole);
  feed.created = InstantAt(row, 2);
  return feed;
}

}  // namespace

void PutFeed(Transaction& tx, const core::Feed& feed, std::string_view token_hash) {
  tx.Execute(
      "INSERT INTO feeds (account_id, role, token_hash, sealed_token, created_s)"
      " VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (account_id, role) DO UPDATE SET token_hash = excluded.token_hash,"
      " sealed_token = excluded.sealed_token, created_s = excluded.created_s",
      {ToValue(feed.account), core::NameOf(feed.role), Blob{token_hash},
       Sealed(tx, feed.token, FeedTokenPlace(feed.account, feed.role)), ToValue(feed.created)});
}

void DeleteFeed(Transaction& tx, core::AccountId account, core::FeedRole role) {
  tx.Execute("DELETE FROM feeds WHERE account_id = $1 AND role = $2",
             {ToValue(account), core::NameOf(role)});
}

std::optional<core::Feed> FindFeed(Transaction& tx, core::AccountId account, core::FeedRole role) {
  return RowOf(tx,
               "SELECT account_id, role, created_s, sealed_token FROM feeds"
               " WHERE account_id = $1 AND role = $2",
               {ToValue(account), core::NameOf(role)}, [](const Row& row) {
                 core::Feed feed = ReadFeed(row);
                 feed.token = OpenedAt(row, 3, FeedTokenPlace(feed.account, feed.role));
                 return feed;
               });
}

std::vector<core::Feed> FeedsOf(Transaction& tx, core::AccountId account) {
  return RowsOf(tx,
                "SELECT account_id, role, created_s FROM feeds WHERE account_id = $1 ORDER BY role",
                {ToValue(account)}, ReadFeed);
}

std::optional<core::Feed> FindFeedByHash(Transaction& tx, std::string_view token_hash) {
  return RowOf(tx, "SELECT account_id, role, created_s FROM feeds WHERE token_hash = $1",
               {Blob{token_hash}}, ReadFeed);
}

std::optional<core::Instant> LastChanged(Transaction& tx, core::AppointmentId id) {
  const auto found = RowOf(
      tx,
      "SELECT when_s FROM status_changes WHERE appointment_id = $1 ORDER BY position DESC LIMIT 1",
      {ToValue(id)}, [](const Row& row) { return InstantAt(row, 0); });
  return found;
}

namespace {

constexpr std::string_view kErasedTables[] = {"feeds"};

UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx, {"DELETE FROM feeds WHERE account_id = $1"}, {ToValue(leaver.account)});
}

}  // namespace

extern constinit const Erasure kFeedsErasure{
    .subject = "feeds", .tables = kErasedTables, .of_customer = EraseOfCustomer};

}  // namespace kalends::storage

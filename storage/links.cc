#include "storage/links.h"

#include "storage/privacy.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

core::Link ReadLink(const Row& row) {
  return {IdAt<core::ProviderId>(row, 0), IdAt<core::AccountId>(row, 1), InstantAt(row, 2),
          OptionalInstantAt(row, 3), OptionalInstantAt(row, 4)};
}

}  // namespace

void InsertLink(Transaction& tx, core::ProviderId provider, core::AccountId customer,
                core::Instant now) {
  tx.Execute("INSERT INTO links (provider_id, customer_id, created_s) VALUES ($1, $2, $3)",
             {ToValue(provider), ToValue(customer), ToValue(now)});
}

std::optional<core::Link> FindLink(Transaction& tx, core::ProviderId provider,
                                   core::AccountId customer) {
  return RowOf(tx,
               "SELECT provider_id, customer_id, created_s, removed_s, blocked_s FROM links"
               " WHERE provider_id = $1 AND customer_id = $2",
               {ToValue(provider), ToValue(customer)}, ReadLink);
}

std::vector<core::Link> LinksOf(Transaction& tx, core::AccountId customer, core::ProviderId after,
                                int limit) {
  return RowsOf(tx,
                "SELECT provider_id, customer_id, created_s, removed_s, blocked_s FROM links"
                " WHERE customer_id = $1 AND provider_id > $2 ORDER BY provider_id LIMIT $3",
                {ToValue(customer), ToValue(after), limit}, ReadLink);
}

std::vector<core::Link> LinksOf(Transaction& tx, core::ProviderId provider, core::AccountId after,
                                int limit) {
  return RowsOf(tx,
                "SELECT provider_id, customer_id, created_s, removed_s, blocked_s FROM links"
                " WHERE provider_id = $1 AND customer_id > $2 ORDER BY customer_id LIMIT $3",
                {ToValue(provider), ToValue(after), limit}, ReadLink);
}

void UpdateLink(Transaction& tx, const core::Link& link) {
  tx.Execute(
      "UPDATE links SET removed_s = $3, blocked_s = $4 WHERE provider_id = $1 AND customer_id = $2",
      {ToValue(link.provider), ToValue(link.customer), ToValue(link.removed),
       ToValue(link.blocked)});
}

bool HasLink(Transaction& tx, core::ProviderId provider, core::AccountId customer) {
  return HasRow(tx,
                "SELECT 1 FROM links WHERE provider_id = $1 AND customer_id = $2"
                " AND removed_s IS NULL",
                {ToValue(provider), ToValue(customer)});
}

namespace {

constexpr std::string_view kErasedTables[] = {"links"};

constexpr Trace kTraces[] = {
    {core::Side::kCustomer, "links",
     [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx, "SELECT count(*) FROM links WHERE customer_id = $1 AND removed_s IS NULL",
                      {ToValue(leaver.account)});
     }},
    {core::Side::kProvider, "customers", [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx, "SELECT count(*) FROM links WHERE provider_id = $1 AND removed_s IS NULL",
                      {ToValue(*leaver.provider)});
     }}};

UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx, {"DELETE FROM links WHERE customer_id = $1"}, {ToValue(leaver.account)});
}

UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx, {"DELETE FROM links WHERE provider_id = $1"}, {ToValue(*leaver.provider)});
}

}  // namespace

extern constinit const Erasure kLinksErasure{.subject = "links",
                                             .tables = kErasedTables,
                                             .traces = kTraces,
                                             .of_customer = EraseOfCustomer,
                                             .of_provider = EraseOfProvider};

}  // namespace kalends::storage

#include "core/accounts/account.h"
#include "storage/privacy.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr std::string_view kErasedTables[] = {"packages", "package_translations",
                                              "package_payments"};
constexpr KeptTable kKeptTables[] = {
    {"package_services", "What a package was of: ids, no words."},
    {"sold_packages",
     "The books of the other side; the name of what was bought is the customer's."},
    {"sold_package_services", "What a package was of: ids, no words."},
    {"package_uses", "Which appointments it paid for: ids, no words."}};

constexpr Trace kTraces[] = {
    {core::Side::kCustomer, "packages",
     [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx,
                      "SELECT count(*) FROM sold_packages WHERE customer_id = $1"
                      " AND used < visits AND (expires_s IS NULL OR expires_s > $2)",
                      {ToValue(leaver.account), ToValue(leaver.now)});
     }},
    {core::Side::kProvider, "packages", [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx,
                      "SELECT count(*) FROM sold_packages WHERE provider_id = $1"
                      " AND used < visits AND (expires_s IS NULL OR expires_s > $2)",
                      {ToValue(*leaver.provider), ToValue(leaver.now)});
     }}};

// The amounts are the provider's books; notes on them may tell of the customer.
UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx,
                    {"UPDATE package_payments SET note = '' WHERE (provider_id, sold_package_id)"
                     " IN (SELECT provider_id, id FROM sold_packages WHERE customer_id = $1)"},
                    {ToValue(leaver.account)});
}

// The names of what customers bought stay with them.
UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  tx.Execute(
      "UPDATE packages SET display_name = $2, archived = 1, version = version + 1"
      " WHERE provider_id = $1",
      {ToValue(*leaver.provider), core::kErasedName});
  return ExecuteAll(tx,
                    {"DELETE FROM package_translations WHERE provider_id = $1",
                     "UPDATE package_payments SET note = '', account_id = NULL"
                     " WHERE provider_id = $1"},
                    {ToValue(*leaver.provider)});
}

}  // namespace

extern constinit const Erasure kPackagesErasure{.subject = "packages",
                                                .tables = kErasedTables,
                                                .kept = kKeptTables,
                                                .traces = kTraces,
                                                .of_customer = EraseOfCustomer,
                                                .of_provider = EraseOfProvider};

}  // namespace kalends::storage

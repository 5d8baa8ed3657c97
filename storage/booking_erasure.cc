#include "storage/privacy.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr std::string_view kErasedTables[] = {"appointments", "status_changes"};
constexpr KeptTable kKeptTables[] = {
    {"calendars", "Appointments in the books of others refer to it; it stays, empty."}};

constexpr Trace kTraces[] = {
    {core::Side::kCustomer, "kept_appointments",
     [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(tx, "SELECT count(*) FROM appointments WHERE customer_id = $1",
                      {ToValue(leaver.account)});
     }},
    {core::Side::kProvider, "kept_appointments", [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(
           tx,
           "SELECT (SELECT count(*) FROM appointments WHERE provider_id = $1) + (SELECT count(*)"
           " FROM appointments WHERE specialist_id = $1 AND specialist_id <> provider_id)",
           {ToValue(*leaver.provider)});
     }}};

constexpr Value kNoNote = Blob{};

// What either side wrote about the customer.
UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  tx.Execute(
      "UPDATE status_changes SET reason = '',"
      " account_id = CASE WHEN account_id = $1 THEN NULL ELSE account_id END"
      " WHERE actor <> 'SYSTEM' AND appointment_id IN"
      " (SELECT id FROM appointments WHERE customer_id = $1)",
      {ToValue(leaver.account)});
  tx.Execute("UPDATE appointments SET place = '', note = $2 WHERE customer_id = $1",
             {ToValue(leaver.account), kNoNote});
  return {};
}

// What the provider wrote. Reasons that a customer gave are the customer's, and stay.
UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  tx.Execute(
      "UPDATE status_changes SET reason = '', account_id = NULL"
      " WHERE (account_id = $2 OR actor = 'TOOL') AND appointment_id IN"
      " (SELECT id FROM appointments WHERE provider_id = $1 UNION ALL SELECT id"
      "  FROM appointments WHERE specialist_id = $1 AND specialist_id <> provider_id)",
      {ToValue(*leaver.provider), ToValue(leaver.account)});
  tx.Execute("UPDATE appointments SET place = '', note = $2 WHERE provider_id = $1",
             {ToValue(*leaver.provider), kNoNote});
  tx.Execute(
      "UPDATE appointments SET place = '', note = $2"
      " WHERE specialist_id = $1 AND specialist_id <> provider_id",
      {ToValue(*leaver.provider), kNoNote});
  return {};
}

}  // namespace

extern constinit const Erasure kBookingErasure{.subject = "booking",
                                               .tables = kErasedTables,
                                               .kept = kKeptTables,
                                               .traces = kTraces,
                                               .of_customer = EraseOfCustomer,
                                               .of_provider = EraseOfProvider};

}  // namespace kalends::storage

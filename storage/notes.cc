#include "storage/notes.h"

#include "storage/privacy.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

core::PrivateNote ReadNote(const Row& row) { return {row.Text(0), InstantAt(row, 1), row.Int(2)}; }

}  // namespace

core::PrivateNote FindNote(Transaction& tx, const core::LinkKey& link) {
  return RowOf(tx,
               "SELECT text, written_s, version FROM link_notes"
               " WHERE provider_id = $1 AND customer_id = $2",
               {ToValue(link.provider), ToValue(link.customer)}, ReadNote)
      .value_or(core::PrivateNote());
}

core::PrivateNote FindNote(Transaction& tx, core::AppointmentId appointment) {
  return RowOf(tx,
               "SELECT text, written_s, version FROM appointment_notes WHERE appointment_id = $1",
               {ToValue(appointment)}, ReadNote)
      .value_or(core::PrivateNote());
}

void PutNote(Transaction& tx, const core::LinkKey& link, const core::PrivateNote& note) {
  tx.Execute(
      "INSERT INTO link_notes (provider_id, customer_id, text, written_s, version)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (provider_id, customer_id) DO UPDATE"
      " SET text = excluded.text, written_s = excluded.written_s, version = excluded.version",
      {ToValue(link.provider), ToValue(link.customer), Blob{note.text}, ToValue(note.written),
       note.version});
}

void PutNote(Transaction& tx, core::AppointmentId appointment, const core::PrivateNote& note) {
  tx.Execute(
      "INSERT INTO appointment_notes (appointment_id, text, written_s, version)"
      " VALUES ($1, $2, $3, $4) ON CONFLICT (appointment_id) DO UPDATE"
      " SET text = excluded.text, written_s = excluded.written_s, version = excluded.version",
      {ToValue(appointment), Blob{note.text}, ToValue(note.written), note.version});
}

std::vector<core::AccountId> NotedCustomers(Transaction& tx, core::ProviderId provider,
                                            core::AccountId after, int limit) {
  return RowsOf(tx,
                "SELECT customer_id FROM link_notes WHERE provider_id = $1 AND customer_id > $2"
                " AND length(text) > 0 ORDER BY customer_id LIMIT $3",
                {ToValue(provider), ToValue(after), limit},
                [](const Row& row) { return IdAt<core::AccountId>(row, 0); });
}

namespace {

constexpr std::string_view kErasedTables[] = {"link_notes", "appointment_notes"};

UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx,
                    {"DELETE FROM link_notes WHERE customer_id = $1",
                     "DELETE FROM appointment_notes WHERE appointment_id IN"
                     " (SELECT id FROM appointments WHERE customer_id = $1)"},
                    {ToValue(leaver.account)});
}

// What is noted on an appointment of an organization is the organization's, and the specialist's
// who keeps it: it goes with either, as places do.
UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx,
                    {"DELETE FROM link_notes WHERE provider_id = $1",
                     "DELETE FROM appointment_notes WHERE appointment_id IN"
                     " (SELECT id FROM appointments WHERE provider_id = $1)",
                     "DELETE FROM appointment_notes WHERE appointment_id IN"
                     " (SELECT id FROM appointments"
                     "  WHERE specialist_id = $1 AND specialist_id <> provider_id)"},
                    {ToValue(*leaver.provider)});
}

}  // namespace

extern constinit const Erasure kNotesErasure{.subject = "notes",
                                             .tables = kErasedTables,
                                             .of_customer = EraseOfCustomer,
                                             .of_provider = EraseOfProvider};

}  // namespace kalends::storage

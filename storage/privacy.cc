#include "storage/privacy.h"

#include "core/accounts/account.h"
#include "storage/profiles.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

int Count(Transaction& tx, std::string_view sql, std::initializer_list<Value> values) {
  return static_cast<int>(NumberOf(tx, sql, values));
}

std::vector<std::string> TextsOf(Transaction& tx, std::string_view sql,
                                 std::initializer_list<Value> values) {
  return RowsOf(tx, sql, values, [](const Row& row) { return row.Text(0); });
}

void EraseTickets(Transaction& tx, core::AccountId account) {
  for (const std::string_view sql : {
           "DELETE FROM notifications WHERE ticket_id IN"
           " (SELECT id FROM tickets WHERE account_id = $1)",
           "DELETE FROM ticket_bridges WHERE ticket_id IN"
           " (SELECT id FROM tickets WHERE account_id = $1)",
           "DELETE FROM ticket_messages WHERE ticket_id IN"
           " (SELECT id FROM tickets WHERE account_id = $1)",
           "DELETE FROM tickets WHERE account_id = $1",
       }) {
    tx.Execute(sql, {ToValue(account)});
  }
}

}  // namespace

CustomerTraces CountTraces(Transaction& tx, core::AccountId customer) {
  const Value id = ToValue(customer);
  CustomerTraces traces;
  traces.appointments = Count(tx, "SELECT count(*) FROM appointments WHERE customer_id = $1", {id});
  traces.links =
      Count(tx, "SELECT count(*) FROM links WHERE customer_id = $1 AND removed_s IS NULL", {id});
  traces.messages = Count(tx,
                          "SELECT count(*) FROM messages WHERE (provider_id, customer_id) IN"
                          " (SELECT provider_id, customer_id FROM threads WHERE customer_id = $1)",
                          {id});
  traces.tickets = Count(tx, "SELECT count(*) FROM tickets WHERE account_id = $1", {id});
  traces.documents = Count(tx,
                           "SELECT count(*) FROM documents WHERE deleted_s IS NULL"
                           " AND (provider_id, customer_id) IN"
                           " (SELECT provider_id, customer_id FROM links WHERE customer_id = $1)",
                           {id});
  return traces;
}

ProviderTraces CountTraces(Transaction& tx, core::ProviderId provider) {
  const Value id = ToValue(provider);
  ProviderTraces traces;
  traces.appointments =
      Count(tx, "SELECT count(*) FROM appointments WHERE provider_id = $1", {id}) +
      Count(tx,
            "SELECT count(*) FROM appointments"
            " WHERE specialist_id = $1 AND specialist_id <> provider_id",
            {id});
  traces.customers =
      Count(tx, "SELECT count(*) FROM links WHERE provider_id = $1 AND removed_s IS NULL", {id});
  traces.messages = Count(tx, "SELECT count(*) FROM messages WHERE provider_id = $1", {id});
  traces.services =
      Count(tx, "SELECT count(*) FROM services WHERE provider_id = $1 AND archived = 0", {id});
  traces.invitations = Count(
      tx, "SELECT count(*) FROM invitations WHERE provider_id = $1 AND revoked_s IS NULL", {id});
  traces.specialists = Count(tx, "SELECT count(*) FROM staff WHERE organization_id = $1", {id});
  traces.organizations = Count(tx, "SELECT count(*) FROM staff WHERE specialist_id = $1", {id});
  traces.documents = Count(
      tx, "SELECT count(*) FROM documents WHERE provider_id = $1 AND deleted_s IS NULL", {id});
  traces.consent_documents = Count(
      tx, "SELECT count(*) FROM consent_documents WHERE provider_id = $1 AND archived = 0", {id});
  return traces;
}

std::vector<std::string> EraseDocuments(Transaction& tx, core::AccountId account,
                                        core::Instant now) {
  tx.Execute("DELETE FROM download_links WHERE requester_id = $1", {ToValue(account)});
  std::vector<std::string> blobs =
      TextsOf(tx,
              "SELECT blob_id FROM documents WHERE deleted_s IS NULL"
              " AND (provider_id, customer_id) IN"
              " (SELECT provider_id, customer_id FROM links WHERE customer_id = $1)",
              {ToValue(account)});
  tx.Execute(
      "UPDATE documents SET file_name = $2, blob_id = NULL, deleted_s = $3"
      " WHERE deleted_s IS NULL AND (provider_id, customer_id) IN"
      " (SELECT provider_id, customer_id FROM links WHERE customer_id = $1)",
      {ToValue(account), Blob{""}, ToValue(now)});
  return blobs;
}

std::vector<std::string> EraseDocuments(Transaction& tx, core::ProviderId provider,
                                        core::Instant now) {
  tx.Execute("DELETE FROM download_links WHERE provider_id = $1", {ToValue(provider)});
  std::vector<std::string> blobs =
      TextsOf(tx, "SELECT blob_id FROM documents WHERE provider_id = $1 AND deleted_s IS NULL",
              {ToValue(provider)});
  const std::vector<std::string> versions = TextsOf(
      tx, "SELECT blob_id FROM consent_versions WHERE provider_id = $1 AND blob_id IS NOT NULL",
      {ToValue(provider)});
  blobs.insert(blobs.end(), versions.begin(), versions.end());
  tx.Execute(
      "UPDATE documents SET file_name = $2, blob_id = NULL, deleted_s = $3"
      " WHERE provider_id = $1 AND deleted_s IS NULL",
      {ToValue(provider), Blob{""}, ToValue(now)});
  tx.Execute(
      "UPDATE consent_versions SET file_name = $2, blob_id = NULL"
      " WHERE provider_id = $1 AND blob_id IS NOT NULL",
      {ToValue(provider), core::kErasedName});
  tx.Execute(
      "UPDATE consent_documents SET display_name = $2, archived = 1, version = version + 1"
      " WHERE provider_id = $1",
      {ToValue(provider), core::kErasedName});
  return blobs;
}

void EraseCustomer(Transaction& tx, core::AccountId customer) {
  EraseTickets(tx, customer);
  for (const std::string_view sql : {
           "UPDATE status_changes SET reason = '',"
           " account_id = CASE WHEN account_id = $1 THEN NULL ELSE account_id END"
           " WHERE actor <> 'SYSTEM' AND appointment_id IN"
           " (SELECT id FROM appointments WHERE customer_id = $1)",
           "UPDATE payments SET note = '' WHERE (provider_id, appointment_id) IN"
           " (SELECT provider_id, id FROM appointments WHERE customer_id = $1)",
           "UPDATE appointments SET place = '', note = x'' WHERE customer_id = $1",
           "DELETE FROM notifications WHERE recipient_id = $1",
           "DELETE FROM set_aside WHERE recipient_id = $1",
           "DELETE FROM notifications WHERE customer_id = $1",
           "UPDATE notifications SET reason = '' WHERE reason <> '' AND actor <> 'SYSTEM'"
           " AND appointment_id IN (SELECT id FROM appointments WHERE customer_id = $1)",
           "DELETE FROM messages WHERE (provider_id, customer_id) IN"
           " (SELECT provider_id, customer_id FROM threads WHERE customer_id = $1)",
           "DELETE FROM threads WHERE customer_id = $1",
           "DELETE FROM links WHERE customer_id = $1",
       }) {
    tx.Execute(sql, {ToValue(customer)});
  }
}

void EraseProvider(Transaction& tx, core::ProviderId provider, core::AccountId account) {
  for (const std::string_view sql : {
           "UPDATE status_changes SET reason = '', account_id = NULL"
           " WHERE account_id = $2 AND appointment_id IN"
           " (SELECT id FROM appointments WHERE provider_id = $1 UNION ALL SELECT id"
           "  FROM appointments WHERE specialist_id = $1 AND specialist_id <> provider_id)",
           "UPDATE payments SET note = '',"
           " account_id = CASE WHEN account_id = $2 THEN NULL ELSE account_id END"
           " WHERE provider_id = $1",
           "UPDATE payments SET note = '', account_id = NULL"
           " WHERE account_id = $2 AND (provider_id, appointment_id) IN"
           " (SELECT provider_id, id FROM appointments"
           "  WHERE specialist_id = $1 AND specialist_id <> provider_id)",
       }) {
    tx.Execute(sql, {ToValue(provider), ToValue(account)});
  }
  tx.Execute(
      "UPDATE services SET display_name = $2, description = '', payment_link = '', place = '',"
      " archived = 1, version = version + 1 WHERE provider_id = $1",
      {ToValue(provider), core::kErasedName});
  DeleteProfile(tx, provider);
  for (const std::string_view sql : {
           "UPDATE appointments SET place = '', note = x'' WHERE provider_id = $1",
           "UPDATE appointments SET place = '', note = x''"
           " WHERE specialist_id = $1 AND specialist_id <> provider_id",
           "DELETE FROM notifications WHERE provider_id = $1",
           "UPDATE notifications SET reason = '' WHERE reason <> '' AND actor = 'PROVIDER'"
           " AND appointment_id IN"
           " (SELECT id FROM appointments WHERE provider_id = $1 UNION ALL SELECT id"
           "  FROM appointments WHERE specialist_id = $1 AND specialist_id <> provider_id)",
           "DELETE FROM messages WHERE provider_id = $1",
           "DELETE FROM threads WHERE provider_id = $1",
           "DELETE FROM links WHERE provider_id = $1",
           "DELETE FROM service_translations WHERE provider_id = $1",
           "DELETE FROM invitations WHERE provider_id = $1",
           "DELETE FROM closures WHERE provider_id = $1",
           "DELETE FROM openings WHERE provider_id = $1",
           "DELETE FROM special_hours WHERE provider_id = $1",
           "DELETE FROM special_dates WHERE provider_id = $1",
           "DELETE FROM weekly_hours WHERE provider_id = $1",
           "DELETE FROM staff WHERE organization_id = $1",
           "DELETE FROM staff WHERE specialist_id = $1",
       }) {
    tx.Execute(sql, {ToValue(provider)});
  }
}

void EraseAccess(Transaction& tx, core::AccountId account, std::string_view scope) {
  tx.Execute("DELETE FROM requests WHERE scope = $1", {scope});
  for (const std::string_view sql : {
           "DELETE FROM sessions WHERE name IN"
           " (SELECT channel || ':' || address FROM identities WHERE account_id = $1)",
           "DELETE FROM identities WHERE account_id = $1",
           "DELETE FROM support_desks WHERE account_id = $1",
       }) {
    tx.Execute(sql, {ToValue(account)});
  }
}

std::vector<core::ProviderId> OrganizationsOf(Transaction& tx, core::ProviderId specialist) {
  return RowsOf(tx,
                "SELECT organization_id FROM staff WHERE specialist_id = $1"
                " ORDER BY organization_id",
                {ToValue(specialist)},
                [](const Row& row) { return IdAt<core::ProviderId>(row, 0); });
}

}  // namespace kalends::storage

#include "storage/notifications_cards.h"

#include "storage/values.h"

namespace kalends::storage {

void PutCard(Transaction& tx, const Card& card) {
  DeleteCard(tx, card.account, card.channel, card.message);
  tx.Execute(
      "INSERT INTO cards (account_id, channel, message, appointment_id, revision, forget_s)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      {ToValue(card.account), std::string_view(card.channel), std::string_view(card.message),
       ToValue(card.appointment), card.revision, ToValue(card.forget)});
}

void DeleteCard(Transaction& tx, core::AccountId account, std::string_view channel,
                std::string_view message) {
  tx.Execute("DELETE FROM cards WHERE account_id = $1 AND channel = $2 AND message = $3",
             {ToValue(account), channel, message});
}

void DeleteOldCards(Transaction& tx, core::AccountId account, core::AppointmentId appointment,
                    int kept) {
  tx.Execute(
      "DELETE FROM cards WHERE number IN"
      " (SELECT number FROM cards WHERE appointment_id = $1 AND account_id = $2"
      "  ORDER BY number DESC LIMIT 1000 OFFSET $3)",
      {ToValue(appointment), ToValue(account), kept});
}

void SetForgetOfCards(Transaction& tx, core::AppointmentId appointment, core::Instant forget) {
  tx.Execute("UPDATE cards SET forget_s = $2 WHERE appointment_id = $1 AND forget_s <> $2",
             {ToValue(appointment), ToValue(forget)});
}

std::vector<core::AccountId> AccountsWithStaleCards(Transaction& tx,
                                                    core::AppointmentId appointment,
                                                    std::int64_t revision) {
  std::vector<core::AccountId> accounts;
  tx.Query(
      "SELECT account_id FROM cards WHERE appointment_id = $1 AND revision < $2"
      " GROUP BY account_id ORDER BY account_id",
      {ToValue(appointment), revision},
      [&](const Row& row) { accounts.push_back(IdAt<core::AccountId>(row, 0)); });
  return accounts;
}

std::vector<std::string> StaleCards(Transaction& tx, core::AccountId account,
                                    std::string_view channel, core::AppointmentId appointment,
                                    std::int64_t revision) {
  std::vector<std::string> messages;
  tx.Query(
      "SELECT message FROM cards WHERE appointment_id = $1 AND account_id = $2 AND channel = $3"
      " AND revision < $4 ORDER BY number",
      {ToValue(appointment), ToValue(account), channel, revision},
      [&](const Row& row) { messages.push_back(row.Text(0)); });
  return messages;
}

std::int64_t PurgeCards(Transaction& tx, core::Instant now, int limit) {
  return tx.Execute(
      "DELETE FROM cards WHERE number IN"
      " (SELECT number FROM cards WHERE forget_s <= $1 ORDER BY forget_s LIMIT $2)",
      {ToValue(now), limit});
}

bool HasOldCards(Transaction& tx, core::Instant now) {
  return HasRow(tx, "SELECT 1 FROM cards WHERE forget_s <= $1 LIMIT 1", {ToValue(now)});
}

}  // namespace kalends::storage

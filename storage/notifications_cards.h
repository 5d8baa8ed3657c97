// Messages that show an appointment. Call only inside Database::Read or Submit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "storage/database.h"

namespace kalends::storage {

struct Card {
  core::AccountId account;  // Who sees it.
  std::string channel;
  std::string message;  // The channel's key of it.
  core::AppointmentId appointment;
  std::int64_t revision = 0;  // Of the appointment as it is shown.
  core::Instant forget;       // When it is not worth keeping any more.
};
// In place of what the same message showed, and as the newest of its account.
void PutCard(Transaction& tx, const Card& card);
void DeleteCard(Transaction& tx, core::AccountId account, std::string_view channel,
                std::string_view message);
// Deletes all but the newest `kept` that show `appointment` to `account`.
void DeleteOldCards(Transaction& tx, core::AccountId account, core::AppointmentId appointment,
                    int kept);
void SetForgetOfCards(Transaction& tx, core::AppointmentId appointment, core::Instant forget);

// To whom messages show `appointment` as it was before `revision`.
std::vector<core::AccountId> AccountsWithStaleCards(Transaction& tx,
                                                    core::AppointmentId appointment,
                                                    std::int64_t revision);
// The keys of those messages of one account in one channel, the oldest first.
std::vector<std::string> StaleCards(Transaction& tx, core::AccountId account,
                                    std::string_view channel, core::AppointmentId appointment,
                                    std::int64_t revision);

// Removes at most `limit` that are to be forgotten by `now`; returns how many.
std::int64_t PurgeCards(Transaction& tx, core::Instant now, int limit);
// Whether there is one to purge.
bool HasOldCards(Transaction& tx, core::Instant now);

}  // namespace kalends::storage

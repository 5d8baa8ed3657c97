// A database with a few people in it, and rows to put there: valid, and told apart by their ids.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <vector>

#include "core/accounts/account.h"
#include "core/booking/appointment.h"
#include "core/catalog/service.h"
#include "core/providers/provider.h"
#include "storage/database.h"
#include "tests/support/test_database.h"

namespace kalends::storage {

inline constexpr core::Instant kNow = core::Instant(std::chrono::seconds(1'800'000'000));

// Accounts: two customers, two who are specialists, one who is their organization.
inline constexpr core::AccountId kAda{1}, kBen{2};
inline constexpr core::AccountId kCarlaAccount{3}, kDanAccount{4}, kStudioAccount{5};
inline constexpr core::ProviderId kCarla{23}, kDan{24}, kStudio{25};
// Of Carla alone, of the studio with both, of Carla for groups of three.
inline constexpr core::ServiceId kHaircut{31}, kMassage{32}, kYoga{33};

core::Account SampleAccount(core::AccountId id);
core::Provider SampleProvider(core::ProviderId id, core::AccountId account);
core::Service SampleService(core::ProviderId provider, core::ServiceId id);
// Pending, an hour long and without buffers: Ada's with Carla.
core::Appointment SampleAppointment(std::int64_t id, core::Instant start);
core::Appointment GroupAppointment(std::int64_t id, core::Instant start);

// Writes all that is named above.
void InsertPeople(Transaction& tx);

// A database that holds the people: in memory, if not another is given. Its Write and Read expect
// to succeed.
class Store {
 public:
  Store();
  explicit Store(std::unique_ptr<Database> database);

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  void Write(const std::function<void(Transaction&)>& body);
  absl::Status TryWrite(const std::function<void(Transaction&)>& body);
  // Returns what `body` returns.
  template <typename ReadBody>
  auto Read(const ReadBody& body) {
    std::optional<decltype(body(std::declval<Transaction&>()))> result;
    const absl::Status status = database_->Read([&](Transaction& tx) {
      result = body(tx);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return std::move(result).value();
  }

 private:
  void Begin();

  test::TestDatabase home_;
  std::unique_ptr<Database> database_;
};

// All fields, to compare by.
std::string Show(const core::Account& account);
std::string Show(const core::Provider& provider);
std::string Show(const core::Service& service);
std::string Show(const core::Appointment& appointment);

// The ids of a list, in its order.
template <typename T>
std::vector<std::int64_t> IdsOf(const std::vector<T>& rows) {
  std::vector<std::int64_t> ids;
  ids.reserve(rows.size());
  for (const T& row : rows) ids.push_back(row.id.value);
  return ids;
}

}  // namespace kalends::storage

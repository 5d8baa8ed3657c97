// Who the demo's specialist is not alone with: two customers with a week of appointments, and an
// organization that the specialist works for.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/kalends/connection.h"

namespace kalends::cli {

// The specialist, as made before; at least three services, the last a group session.
struct DemoSpecialist {
  std::string account;
  std::string provider;
  std::vector<std::string> services;
  std::string invitation_code;
};

// What was made or found.
struct DemoCompany {
  std::vector<std::string> customers;  // Accounts.
  std::string organization;            // `providers/{provider}`.
  std::string organization_code;       // Of an invitation for customers.
};

// Makes sure of all that; what is there already is left alone, and so is a calendar with anything
// in it. Nobody is told of what it makes but the last thing, a request that waits for the
// specialist's answer.
absl::Status SeedCompany(const Connection& core, const DemoSpecialist& specialist,
                         DemoCompany& company);

}  // namespace kalends::cli

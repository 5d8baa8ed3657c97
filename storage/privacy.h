// What goes when an account is erased, and how much that is. Rows that the books of others refer to
// stay, without what a person wrote. Call only inside Database::Read or Submit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "storage/database.h"

namespace kalends::storage {

struct CustomerTraces {
  int appointments = 0;  // All of them, open ones too.
  int links = 0;         // On the list.
  int messages = 0;      // Of both sides.
  int tickets = 0;
  int documents = 0;  // Shared with providers, by both sides.
};
CustomerTraces CountTraces(Transaction& tx, core::AccountId customer);

struct ProviderTraces {
  int appointments = 0;  // Also those kept for organizations.
  int customers = 0;     // With the provider on their list.
  int messages = 0;      // Of both sides.
  int services = 0;      // Not archived.
  int invitations = 0;   // Not revoked.
  int specialists = 0;
  int organizations = 0;
  int documents = 0;          // Shared with customers, by both sides.
  int consent_documents = 0;  // Not archived.
};
ProviderTraces CountTraces(Transaction& tx, core::ProviderId provider);

// The blobs of what an account shared, or others with it: nothing refers to them any more. Call
// these before the two below, which forget whose links there were.
//
// Documents of the customer's links, and download links made for the account.
std::vector<std::string> EraseDocuments(Transaction& tx, core::AccountId account,
                                        core::Instant now);
// Documents of the provider's links, and its consent documents: that there were versions, and who
// agreed to them, stays.
std::vector<std::string> EraseDocuments(Transaction& tx, core::ProviderId provider,
                                        core::Instant now);

// What either side wrote about the customer in the books of providers and in what waits to be told;
// links, chats and tickets; what waits to be told to the customer, or was set aside.
void EraseCustomer(Transaction& tx, core::AccountId customer);
// What the provider wrote in the books of its customers and in what waits to be told; reasons that
// a customer gave are the customer's, and stay, as do names of booked services. Links, chats,
// profile, the catalog's texts, invitations, hours and staff. The calendar stays, empty. `account`
// is the provider's: what is its as a customer's, EraseCustomer takes.
void EraseProvider(Transaction& tx, core::ProviderId provider, core::AccountId account);
// Identities with their sessions, first answers of `scope`, and being a support desk.
void EraseAccess(Transaction& tx, core::AccountId account, std::string_view scope);

// Organizations that a specialist is staff of.
std::vector<core::ProviderId> OrganizationsOf(Transaction& tx, core::ProviderId specialist);

}  // namespace kalends::storage

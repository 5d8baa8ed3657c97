// Who belongs to whom (SPEC 2.6): a customer's providers, a provider's customers.
#pragma once

#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/link_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

inline constexpr int kCustomersPerPage = 10;

// Leads to PickProvider, or to ShowProvider in the list of SPEC 2.6.
enum class ProviderList { kRequest, kSpecialists };
Screen ProvidersScreen(const Reader& reader, const Page<v1::Provider>& providers,
                       ProviderList list);
// What a customer can do with a provider (SPEC 2.6). `profile_url`: of its public page; may be
// empty.
Screen ProviderScreen(const Reader& reader, const v1::Provider& provider,
                      const std::string& profile_url);
Screen AskRemoveProviderScreen(const Reader& reader, const v1::Provider& provider, Nonce nonce);
// A provider's customers; each leads to what is shared with them.
// What a button with a customer's name opens.
Action CustomerAction(const ProviderId& provider, const AccountId& customer);
Screen CustomersScreen(const Reader& reader, const Page<v1::Link>& customers);

}  // namespace kalends::telegram

// A customer's providers (SPEC 2.6).
#pragma once

#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/package_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

// Leads to PickProvider, or to ShowProvider in the list of SPEC 2.6.
enum class ProviderList { kRequest, kSpecialists };
Screen ProvidersScreen(const Reader& reader, const Page<v1::Provider>& providers,
                       ProviderList list);
// What a customer can do with a provider (SPEC 2.6). `profile_url`: of its public page; may be
// empty. `packages`: the customer's own that still pay for something.
Screen ProviderScreen(const Reader& reader, const v1::Provider& provider,
                      const std::string& profile_url, const std::vector<v1::SoldPackage>& packages);
Screen AskRemoveProviderScreen(const Reader& reader, const v1::Provider& provider, Nonce nonce);

}  // namespace kalends::telegram

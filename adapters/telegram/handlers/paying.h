// Packages as a way to pay for what is being booked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/telegram/handlers/shared.h"
#include "kalends/v1/package_service.pb.h"

namespace kalends::telegram {

// The package of `link` that pays for `service` at `start`; of several, the one that ends first.
absl::StatusOr<std::optional<v1::SoldPackage>> PackageFor(Turn& turn, const std::string& link,
                                                          const std::string& service, Minute start);

// All of `link` that pay for something that starts now.
absl::StatusOr<std::vector<v1::SoldPackage>> UsablePackages(Turn& turn, const std::string& link);

// Whether what the core refused is the package alone.
bool IsPackageRefusal(const absl::Status& status);

// Remembers the package of the summary that this turn draws: only its button takes that along.
void KeepPackage(Turn& turn, const ProviderId& provider, const SoldPackageId& package);
// What the summary with `nonce` said; empty: nothing is known of it any more.
SoldPackageId KeptPackage(Turn& turn, const ProviderId& provider, Nonce nonce);
// The customer wants none of `provider` to pay, until another request begins.
void DeclinePackage(Turn& turn, const ProviderId& provider);
bool DeclinesPackage(Turn& turn, const ProviderId& provider);

}  // namespace kalends::telegram

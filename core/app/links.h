// Use cases of links between customers and providers, after the invitation.
#pragma once

#include <string>
#include <vector>

#include "core/app/context.h"
#include "core/links/customer_search.h"
#include "core/links/link.h"

namespace kalends::app {

// The side of a link that the caller is on, as core::SideOf says. NOT_FOUND: there is no such link
// for this caller.
struct LinkSide {
  core::Link link;
  core::Provider provider;
  core::Side side = core::Side::kProvider;
};
absl::StatusOr<LinkSide> FindLinkSide(const ReadContext& cx, const core::LinkKey& key);

struct LinkView {
  core::Link link;
  std::string customer_name;
};
absl::StatusOr<LinkView> GetLink(const ReadContext& cx, const core::LinkKey& key);
// By the provider, in the order of the customers' ids, those after `after` whom `search` finds.
// NOT_FOUND.
absl::StatusOr<std::vector<LinkView>> ListLinks(const ReadContext& cx, core::ProviderId provider,
                                                const core::CustomerSearch& search,
                                                core::AccountId after, int limit);
// By the customer. CUSTOMER_ONLY, to the provider. OPEN_APPOINTMENTS.
absl::StatusOr<LinkView> RemoveLink(WriteContext& cx, const core::LinkKey& key);
// By the provider: PROVIDER_ONLY.
enum class Block { kSet, kEnd };
absl::StatusOr<LinkView> BlockLink(WriteContext& cx, const core::LinkKey& key, Block block);

}  // namespace kalends::app

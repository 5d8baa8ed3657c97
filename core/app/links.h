// Use cases of links between customers and providers, after the invitation.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
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

// How things stand between the two.
struct LinkSummary {
  int completed = 0;
  int missed = 0;
  int upcoming = 0;
  std::optional<core::Instant> next_start;
  std::map<std::string, std::int64_t> outstanding;  // By currency, without those of 0.
  int package_visits = 0;                           // Of packages that pay for what starts now.
  int remaining_visits = 0;
  int pending_consents = 0;
};
struct LinkView {
  core::Link link;
  std::string customer_name;
  std::optional<LinkSummary> summary;
};
// kInShort: what comes next, and what is unsigned.
enum class Summary { kWithout, kInShort, kWhole };
// The customer gets no summary.
absl::StatusOr<LinkView> GetLink(const ReadContext& cx, const core::LinkKey& key, Summary summary);
// By the provider, in the order of the customers' ids, those after `after` whom `search` finds.
// NOT_FOUND.
absl::StatusOr<std::vector<LinkView>> ListLinks(const ReadContext& cx, core::ProviderId provider,
                                                const core::CustomerSearch& search, Summary summary,
                                                core::AccountId after, int limit);
// By the customer. CUSTOMER_ONLY, to the provider. OPEN_APPOINTMENTS.
absl::StatusOr<LinkView> RemoveLink(WriteContext& cx, const core::LinkKey& key);
// By the provider: PROVIDER_ONLY.
enum class Block { kSet, kEnd };
absl::StatusOr<LinkView> BlockLink(WriteContext& cx, const core::LinkKey& key, Block block);

}  // namespace kalends::app

#include "core/app/links.h"

#include <algorithm>

#include "core/app/notifications.h"
#include "core/base/error.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/links.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

constexpr int kSearchedAtOnce = 200;

absl::StatusOr<LinkView> ViewLink(const ReadContext& cx, core::Link link) {
  const auto customer = storage::FindAccount(cx.tx, link.customer);
  if (!customer) return core::Error(core::Reason::kInternal);
  return LinkView{std::move(link), customer->display_name};
}

}  // namespace

absl::StatusOr<LinkSide> FindLinkSide(const ReadContext& cx, const core::LinkKey& key) {
  auto link = storage::FindLink(cx.tx, key.provider, key.customer);
  auto provider = storage::FindProvider(cx.tx, key.provider);
  if (!link || !provider) return core::NotFound("providers/*/links/*", key.provider, key.customer);
  const auto side = core::SideOf(cx.caller, key, provider->account);
  if (!side) return core::NotFound("providers/*/links/*", key.provider, key.customer);
  return LinkSide{*std::move(link), *std::move(provider), *side};
}

absl::StatusOr<LinkView> GetLink(const ReadContext& cx, const core::LinkKey& key) {
  ASSIGN_OR_RETURN(LinkSide found, FindLinkSide(cx, key));
  return ViewLink(cx, std::move(found.link));
}

absl::StatusOr<std::vector<LinkView>> ListLinks(const ReadContext& cx, core::ProviderId provider,
                                                const core::CustomerSearch& search,
                                                core::AccountId after, int limit) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  const int batch = search.FindsAll() ? limit : std::max(limit, kSearchedAtOnce);
  std::vector<LinkView> views;
  while (true) {
    std::vector<core::Link> links = storage::LinksOf(cx.tx, provider, after, batch);
    for (core::Link& link : links) {
      after = link.customer;
      ASSIGN_OR_RETURN(LinkView view, ViewLink(cx, std::move(link)));
      if (!search.Finds(view.customer_name)) continue;
      views.push_back(std::move(view));
      if (static_cast<int>(views.size()) == limit) return views;
    }
    if (static_cast<int>(links.size()) < batch) return views;
  }
}

absl::StatusOr<LinkView> RemoveLink(WriteContext& cx, const core::LinkKey& key) {
  // The customer's own list: the provider's way to end a link is to block it.
  if (!core::MayActAs(cx.caller, key.customer)) {
    RETURN_IF_ERROR(FindLinkSide(cx.AsRead(), key).status());
    return core::Error(core::Reason::kCustomerOnly);
  }
  auto link = storage::FindLink(cx.tx, key.provider, key.customer);
  if (!link) return core::NotFound("providers/*/links/*", key.provider, key.customer);
  if (link->removed) return ViewLink(cx.AsRead(), *std::move(link));
  if (storage::HasOpenAppointment(cx.tx, key.provider, key.customer, cx.now)) {
    return core::Error(core::Reason::kOpenAppointments);
  }
  link->removed = cx.now;
  storage::UpdateLink(cx.tx, *link);
  return ViewLink(cx.AsRead(), *std::move(link));
}

absl::StatusOr<LinkView> BlockLink(WriteContext& cx, const core::LinkKey& key, Block block) {
  ASSIGN_OR_RETURN(LinkSide found, FindLinkSide(cx.AsRead(), key));
  if (found.side != core::Side::kProvider) return core::Error(core::Reason::kProviderOnly);
  const bool blocked = block == Block::kSet;
  if (found.link.blocked.has_value() != blocked) {
    found.link.blocked = blocked ? std::optional(cx.now) : std::nullopt;
    storage::UpdateLink(cx.tx, found.link);
    NotifyLink(
        cx, key,
        blocked ? core::NotificationKind::kLinkBlocked : core::NotificationKind::kLinkUnblocked);
  }
  return ViewLink(cx.AsRead(), std::move(found.link));
}

}  // namespace kalends::app

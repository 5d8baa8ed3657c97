#include "core/app/links.h"

#include <algorithm>

#include "core/app/consents.h"
#include "core/app/notifications.h"
#include "core/app/packages.h"
#include "core/app/readable.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/links.h"
#include "storage/packages.h"
#include "storage/payments.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

constexpr int kSearchedAtOnce = 200;

absl::StatusOr<LinkView> ViewLink(const ReadContext& cx, core::Link link) {
  const auto customer = storage::FindAccount(cx.tx, link.customer);
  if (!customer) return core::Error(core::Reason::kInternal);
  return LinkView{std::move(link), customer->display_name, std::nullopt};
}

absl::StatusOr<int> CountPendingConsents(const ReadContext& cx, const core::LinkKey& key) {
  ASSIGN_OR_RETURN(const auto consents, ListConsents(cx, key, std::nullopt, core::kPageSizeMax));
  return static_cast<int>(std::count_if(
      consents.begin(), consents.end(),
      [](const ConsentView& consent) { return consent.state == core::ConsentState::kPending; }));
}

absl::StatusOr<LinkSummary> SummaryInShort(const ReadContext& cx, const core::LinkKey& key) {
  LinkSummary summary;
  const auto next = storage::ListUpcoming(cx.tx, storage::Between{key.provider, key.customer},
                                          cx.now, std::nullopt, 1);
  if (!next.empty()) summary.next_start = next.front().interval.start;
  ASSIGN_OR_RETURN(summary.pending_consents, CountPendingConsents(cx, key));
  return summary;
}

void AddOutstanding(LinkSummary& summary, const core::Balance& balance) {
  summary.outstanding[balance.outstanding.currency_code] += balance.outstanding.minor_units;
}

void AddVisits(const ReadContext& cx, const core::LinkKey& key, LinkSummary& summary) {
  for (const auto& visit : storage::VisitsBetween(cx.tx, key.provider, key.customer)) {
    summary.completed += visit.status == core::AppointmentStatus::kCompleted ? 1 : 0;
    summary.missed += visit.status == core::AppointmentStatus::kMissed ? 1 : 0;
    const bool is_open = visit.status == core::AppointmentStatus::kPending ||
                         visit.status == core::AppointmentStatus::kAccepted;
    summary.upcoming += is_open && visit.interval.end > cx.now ? 1 : 0;
    if (visit.status == core::AppointmentStatus::kPending) continue;
    AddOutstanding(summary, core::BalanceOf(visit.price, visit.status, visit.paid,
                                            visit.covered ? visit.price.minor_units : 0));
  }
}

absl::Status AddPackages(const ReadContext& cx, const core::LinkKey& key, LinkSummary& summary) {
  for (core::SoldPackage& package : storage::SoldPackagesOf(
           cx.tx, key, storage::UsableFor{}, std::nullopt, core::kSoldPackagesPerLinkMax)) {
    const bool pays = !package.cancelled && (!package.expires || *package.expires > cx.now);
    if (pays) {
      summary.package_visits += package.visits;
      summary.remaining_visits += core::Remaining(package);
    }
    ASSIGN_OR_RETURN(const SoldPackageView view, ViewSoldPackage(cx, std::move(package)));
    AddOutstanding(summary, view.balance);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<LinkSummary>> SummaryOf(const ReadContext& cx,
                                                     const core::LinkKey& key, Summary wanted) {
  if (wanted == Summary::kWithout) return std::optional<LinkSummary>();
  ASSIGN_OR_RETURN(LinkSummary summary, SummaryInShort(cx, key));
  if (wanted == Summary::kInShort) return std::optional(std::move(summary));
  AddVisits(cx, key, summary);
  RETURN_IF_ERROR(AddPackages(cx, key, summary));
  std::erase_if(summary.outstanding, [](const auto& of) { return of.second == 0; });
  return std::optional(std::move(summary));
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

absl::StatusOr<LinkView> GetLink(const ReadContext& cx, const core::LinkKey& key, Summary summary) {
  ASSIGN_OR_RETURN(LinkSide found, FindLinkSide(cx, key));
  ASSIGN_OR_RETURN(LinkView view, ViewLink(cx, std::move(found.link)));
  if (found.side == core::Side::kProvider) {
    ASSIGN_OR_RETURN(view.summary, SummaryOf(cx, key, summary));
  }
  return view;
}

absl::StatusOr<std::vector<LinkView>> ListLinks(const ReadContext& cx, core::ProviderId provider,
                                                const core::CustomerSearch& search, Summary summary,
                                                core::AccountId after, int limit) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  const int batch = search.FindsAll() ? limit : std::max(limit, kSearchedAtOnce);
  std::vector<LinkView> views;
  while (true) {
    std::vector<core::Link> links = storage::FirstReadable(
        cx.tx, batch, [&](int count) { return storage::LinksOf(cx.tx, provider, after, count); });
    const bool is_last = static_cast<int>(links.size()) < batch;
    if (!links.empty()) after = links.back().customer;
    ASSIGN_OR_RETURN(auto found, EachReadable(cx.tx, std::move(links), [&](core::Link& link) {
                       return ViewLink(cx, std::move(link));
                     }));
    for (LinkView& view : found) {
      if (!search.Finds(view.customer_name)) continue;
      auto summed = storage::IfReadable(
          cx.tx, [&] { return SummaryOf(cx, {provider, view.link.customer}, summary); });
      if (!summed) continue;
      ASSIGN_OR_RETURN(view.summary, *std::move(summed));
      views.push_back(std::move(view));
      if (static_cast<int>(views.size()) == limit) return views;
    }
    if (is_last) return views;
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

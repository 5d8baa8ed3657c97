#include <fmt/format.h>

#include "core/app/links.h"
#include "core/app/readable.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/links.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/services.h"
#include "storage/links.h"

namespace kalends::server {
namespace {

constexpr std::string_view kLinkPattern = "providers/*/links/*";

// All methods but the list: name a link, do one thing, answer with the link.
template <typename Context, typename UseCase>
absl::Status Answer(Context& cx, const app::ReadContext& read, const std::string& name,
                    UseCase use_case, v1::Link* response) {
  ASSIGN_OR_RETURN(const core::LinkKey key, DecodeLinkName(read, "name", kLinkPattern, name));
  ASSIGN_OR_RETURN(const app::LinkView view, use_case(cx, key));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status Block(app::WriteContext& cx, const std::string& name, app::Block block,
                   v1::Link* response) {
  return Answer(
      cx, cx.AsRead(), name,
      [&](app::WriteContext& write, const core::LinkKey& key) {
        return app::BlockLink(write, key, block);
      },
      response);
}

absl::StatusOr<Listing<app::LinkView, core::AccountId, v1::Link>> ListLinks(
    const app::ReadContext& cx, const v1::ListLinksRequest& request) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  return Listing<app::LinkView, core::AccountId, v1::Link>{
      [=, search = core::CustomerSearch(request.name_contains()),
       summary = request.show_summary() ? app::Summary::kInShort : app::Summary::kWithout](
          const app::ReadContext& read, const auto& after, int limit) {
        return app::ListLinks(read, provider, search, summary, after.value_or(core::AccountId()),
                              limit);
      },
      [](const app::LinkView& view) { return view.link.customer; },
      [](const app::ReadContext&, const app::LinkView& view, v1::Link* message) {
        Encode(view, message);
      }};
}

absl::Status GetLink(const app::ReadContext& cx, const v1::GetLinkRequest& request,
                     v1::Link* response) {
  return Answer(
      cx, cx, request.name(),
      [](const app::ReadContext& read, const core::LinkKey& key) {
        return app::GetLink(read, key, app::Summary::kWhole);
      },
      response);
}

absl::Status RemoveLink(app::WriteContext& cx, const v1::RemoveLinkRequest& request,
                        v1::Link* response) {
  return Answer(cx, cx.AsRead(), request.name(), app::RemoveLink, response);
}

absl::Status BlockLink(app::WriteContext& cx, const v1::BlockLinkRequest& request,
                       v1::Link* response) {
  return Block(cx, request.name(), app::Block::kSet, response);
}

absl::Status UnblockLink(app::WriteContext& cx, const v1::UnblockLinkRequest& request,
                         v1::Link* response) {
  return Block(cx, request.name(), app::Block::kEnd, response);
}

template <typename Other, typename Owner>
Listing<app::LinkView, Other, v1::Link> AllLinks(Owner owner, Other core::Link::* other) {
  return {[=](const app::ReadContext& cx, const auto& after,
              int limit) -> absl::StatusOr<std::vector<app::LinkView>> {
            return app::EachReadable(
                cx.tx, storage::LinksOf(cx.tx, owner, after.value_or(Other{-1}), limit),
                [&](const core::Link& link) {
                  return app::GetLink(cx, {link.provider, link.customer}, app::Summary::kWithout);
                });
          },
          [=](const app::LinkView& view) { return view.link.*other; },
          [](const app::ReadContext&, const app::LinkView& view, v1::Link* message) {
            Encode(view, message);
          }};
}

void EncodeSummary(const app::LinkSummary& summary, v1::LinkSummary* message) {
  message->set_completed_count(summary.completed);
  message->set_missed_count(summary.missed);
  message->set_upcoming_count(summary.upcoming);
  if (summary.next_start) *message->mutable_next_start_time() = EncodeInstant(*summary.next_start);
  for (const auto& [currency, minor_units] : summary.outstanding) {
    EncodeMoney({minor_units, currency}, message->add_outstanding());
  }
  message->set_package_visits(summary.package_visits);
  message->set_remaining_visits(summary.remaining_visits);
  message->set_pending_consents(summary.pending_consents);
}

}  // namespace

std::string LinkName(const core::LinkKey& link) {
  return fmt::format("providers/{}/links/{}", link.provider.ToString(), link.customer.ToString());
}

void Encode(const app::LinkView& view, v1::Link* message) {
  const core::Link& link = view.link;
  message->set_name(ProviderName(link.provider) + "/links/" + link.customer.ToString());
  message->set_provider(ProviderName(link.provider));
  message->set_customer(AccountName(link.customer));
  message->set_customer_display_name(view.customer_name);
  *message->mutable_create_time() = EncodeInstant(link.created);
  if (link.removed) *message->mutable_remove_time() = EncodeInstant(*link.removed);
  if (link.blocked) *message->mutable_block_time() = EncodeInstant(*link.blocked);
  if (view.summary) EncodeSummary(*view.summary, message->mutable_summary());
}

Listing<app::LinkView, core::ProviderId, v1::Link> LinksOf(core::AccountId customer) {
  return AllLinks(customer, &core::Link::provider);
}
Listing<app::LinkView, core::AccountId, v1::Link> LinksOf(core::ProviderId provider) {
  return AllLinks(provider, &core::Link::customer);
}

extern constinit const SubjectExport kLinksExport{
    .of_customer = [](core::AccountId customer) -> std::vector<ExportSection> {
      return {{"customer/links.json",
               "Providers the account is or was linked to.",
               {"links"},
               Pages(LinksOf(customer))}};
    },
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/links.json", "Customers.", {"links"}, Pages(LinksOf(provider.id))}};
    }};

Served MakeLinkService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.LinkService")
      .Read(GetLink)
      .List(ListLinks)
      .Write(RemoveLink)
      .Write(BlockLink)
      .Write(UnblockLink)
      .Build();
}

}  // namespace kalends::server

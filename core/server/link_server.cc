#include "core/server/link_server.h"

#include "core/app/links.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode_talk.h"

namespace kalends::server {
namespace {

constexpr std::string_view kPattern = "providers/*/links/*";

// All methods but the list: name a link, do one thing, answer with the link.
template <typename Context, typename UseCase>
absl::Status Answer(Context& cx, const app::ReadContext& read, const std::string& name,
                    UseCase use_case, v1::Link* response) {
  ASSIGN_OR_RETURN(const core::LinkKey key, DecodeLinkName(read, "name", kPattern, name));
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

absl::Status List(const app::ReadContext& cx, const v1::ListLinksRequest& request,
                  v1::ListLinksResponse* response) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListLinks " + provider.ToString();
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 1));
  core::AccountId after;
  if (place) {
    const auto id = core::AccountId::Parse((*place)[0]);
    if (!id) return core::Error(core::Reason::kInvalidPageToken);
    after = *id;
  }
  ASSIGN_OR_RETURN(const auto views, app::ListLinks(cx, provider, after, limit + 1));
  for (const app::LinkView& view : views) {
    if (response->links_size() == limit) {
      const core::Link& last = views[static_cast<std::size_t>(limit) - 1].link;
      response->set_next_page_token(EncodePageToken(list, {last.customer.ToString()}));
      break;
    }
    Encode(view, response->add_links());
  }
  return absl::OkStatus();
}

}  // namespace

Calls::Reactor* LinkServer::GetLink(Calls::Context* context, const v1::GetLinkRequest* request,
                                    v1::Link* response) {
  return calls_.Read(context, "kalends.v1.LinkService.GetLink", [&](const app::ReadContext& cx) {
    return Answer(cx, cx, request->name(), app::GetLink, response);
  });
}

Calls::Reactor* LinkServer::ListLinks(Calls::Context* context, const v1::ListLinksRequest* request,
                                      v1::ListLinksResponse* response) {
  return calls_.Read(context, "kalends.v1.LinkService.ListLinks",
                     [&](const app::ReadContext& cx) { return List(cx, *request, response); });
}

Calls::Reactor* LinkServer::RemoveLink(Calls::Context* context,
                                       const v1::RemoveLinkRequest* request, v1::Link* response) {
  return calls_.Write(context, "kalends.v1.LinkService.RemoveLink", request, response,
                      [=](app::WriteContext& cx) {
                        return Answer(cx, cx.AsRead(), request->name(), app::RemoveLink, response);
                      });
}

Calls::Reactor* LinkServer::BlockLink(Calls::Context* context, const v1::BlockLinkRequest* request,
                                      v1::Link* response) {
  return calls_.Write(context, "kalends.v1.LinkService.BlockLink", request, response,
                      [=](app::WriteContext& cx) {
                        return Block(cx, request->name(), app::Block::kSet, response);
                      });
}

Calls::Reactor* LinkServer::UnblockLink(Calls::Context* context,
                                        const v1::UnblockLinkRequest* request, v1::Link* response) {
  return calls_.Write(context, "kalends.v1.LinkService.UnblockLink", request, response,
                      [=](app::WriteContext& cx) {
                        return Block(cx, request->name(), app::Block::kEnd, response);
                      });
}

}  // namespace kalends::server

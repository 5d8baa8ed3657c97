#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/people_service.h"

namespace kalends::server {
namespace {

absl::StatusOr<app::UpdateProviderInput> DecodeUpdate(const app::ReadContext& cx,
                                                      const v1::UpdateProviderRequest& request) {
  const v1::Provider& provider = request.provider();
  RETURN_IF_ERROR(
      CheckMask(request.update_mask(), {"display_name", "default_duration", "reminders"}));
  app::UpdateProviderInput input;
  ASSIGN_OR_RETURN(input.id, DecodeProvider(cx, "provider.name", provider.name()));
  if (Masks(request.update_mask(), "display_name")) input.display_name = provider.display_name();
  if (Masks(request.update_mask(), "default_duration")) {
    ASSIGN_OR_RETURN(input.default_duration,
                     DecodeMinutes("provider.default_duration", provider.default_duration()));
  }
  if (Masks(request.update_mask(), "reminders")) {
    input.reminders.emplace();
    for (const auto& reminder : provider.reminders()) {
      ASSIGN_OR_RETURN(const core::Minutes lead, DecodeMinutes("provider.reminders", reminder));
      input.reminders->push_back(lead);
    }
  }
  input.etag = provider.etag();
  return input;
}

absl::Status ListLinked(const app::ReadContext& cx, const v1::ListProvidersRequest& request,
                        v1::ListProvidersResponse* response) {
  ASSIGN_OR_RETURN(const core::AccountId customer, DecodeAccount(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListProviders " + customer.ToString();
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 2));
  std::optional<storage::ProviderCursor> after;
  if (place) {
    const auto id = core::ProviderId::Parse((*place)[1]);
    if (!id) return core::Error(core::Reason::kInvalidPageToken);
    after = storage::ProviderCursor{(*place)[0], *id};
  }
  ASSIGN_OR_RETURN(const auto views, app::ListProviders(cx, customer, after, limit + 1));
  for (int i = 0; i < static_cast<int>(views.size()) && i < limit; ++i) {
    Encode(views[static_cast<std::size_t>(i)], response->add_providers());
  }
  if (static_cast<int>(views.size()) > limit) {
    const core::Provider& last = views[static_cast<std::size_t>(limit) - 1].provider;
    response->set_next_page_token(EncodePageToken(list, {last.display_name, last.id.ToString()}));
  }
  return absl::OkStatus();
}

}  // namespace

Calls::Reactor* ProviderServer::GetProvider(Calls::Context* context,
                                            const v1::GetProviderRequest* request,
                                            v1::Provider* response) {
  return calls_.Read(context, "kalends.v1.ProviderService.GetProvider",
                     [&](const app::ReadContext& cx) -> absl::Status {
                       ASSIGN_OR_RETURN(const auto id, DecodeProvider(cx, "name", request->name()));
                       ASSIGN_OR_RETURN(const auto view, app::GetProvider(cx, id));
                       Encode(view, response);
                       return absl::OkStatus();
                     });
}

Calls::Reactor* ProviderServer::UpdateProvider(Calls::Context* context,
                                               const v1::UpdateProviderRequest* request,
                                               v1::Provider* response) {
  return calls_.Write(context, "kalends.v1.ProviderService.UpdateProvider", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto input, DecodeUpdate(cx.AsRead(), *request));
                        ASSIGN_OR_RETURN(const auto view, app::UpdateProvider(cx, input));
                        Encode(view, response);
                        return absl::OkStatus();
                      });
}

Calls::Reactor* ProviderServer::ListProviders(Calls::Context* context,
                                              const v1::ListProvidersRequest* request,
                                              v1::ListProvidersResponse* response) {
  return calls_.Read(
      context, "kalends.v1.ProviderService.ListProviders",
      [&](const app::ReadContext& cx) { return ListLinked(cx, *request, response); });
}

}  // namespace kalends::server

#include "core/server/catalog_server.h"

#include "core/app/catalog.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode.h"

namespace kalends::server {
namespace {

constexpr std::string_view kPattern = "providers/*/services/*";
constexpr std::string_view kFields[] = {
    "display_name", "description", "translations", "duration",       "buffer_before",
    "buffer_after", "step",        "horizon",      "minimum_notice", "cancellation_deadline",
    "capacity",     "price",       "payment_link", "place",          "auto_accept",
    "position",     "specialists"};

// A length that keeps `present` where the message has none and so takes the default.
absl::StatusOr<core::Minutes> MinutesOr(std::string_view field,
                                        const google::protobuf::Duration* value,
                                        core::Minutes absent) {
  if (value == nullptr) return absent;
  return DecodeMinutes(field, *value);
}

absl::StatusOr<core::BookingRules> DecodeRules(const v1::Service& service) {
  const core::BookingRules defaults;
  core::BookingRules rules;
  if (!service.has_duration()) return core::InvalidField("service.duration", "must be set");
  ASSIGN_OR_RETURN(rules.duration, DecodeMinutes("service.duration", service.duration()));
  ASSIGN_OR_RETURN(rules.buffer_before,
                   DecodeMinutes("service.buffer_before", service.buffer_before()));
  ASSIGN_OR_RETURN(rules.buffer_after,
                   DecodeMinutes("service.buffer_after", service.buffer_after()));
  ASSIGN_OR_RETURN(
      rules.step,
      MinutesOr("service.step", service.has_step() ? &service.step() : nullptr, defaults.step));
  ASSIGN_OR_RETURN(rules.minimum_notice,
                   DecodeMinutes("service.minimum_notice", service.minimum_notice()));
  ASSIGN_OR_RETURN(rules.horizon, MinutesOr("service.horizon",
                                            service.has_horizon() ? &service.horizon() : nullptr,
                                            defaults.horizon));
  ASSIGN_OR_RETURN(rules.cancellation_deadline,
                   DecodeMinutes("service.cancellation_deadline", service.cancellation_deadline()));
  rules.capacity = service.capacity() == 0 ? 1 : service.capacity();
  return rules;
}

absl::StatusOr<core::Service> DecodeService(core::ProviderId provider, const v1::Service& message) {
  core::Service service;
  service.provider = provider;
  service.name = message.display_name();
  service.description = message.description();
  for (const auto& [language, text] : message.translations()) {
    service.translations[language] = {text.display_name(), text.description()};
  }
  ASSIGN_OR_RETURN(service.rules, DecodeRules(message));
  service.price = {message.price().minor_units(), message.price().currency_code()};
  service.payment_link = message.payment_link();
  service.place = message.place();
  service.auto_accept = message.auto_accept();
  service.position = message.position();
  for (const std::string& name : message.specialists()) {
    const auto parts = MatchName("providers/*", name);
    const auto id = parts ? core::ProviderId::Parse((*parts)[0]) : std::nullopt;
    if (!id) return BadName("service.specialists", "providers/*");
    service.specialists.push_back(*id);
  }
  return service;
}

// Copies what the mask names.
void Apply(const google::protobuf::FieldMask& mask, const core::Service& from, core::Service& to) {
  const auto copy = [&](std::string_view path, auto core::Service::* field) {
    if (Masks(mask, path)) to.*field = from.*field;
  };
  const auto copy_rule = [&](std::string_view path, auto core::BookingRules::* field) {
    if (Masks(mask, path)) to.rules.*field = from.rules.*field;
  };
  copy("display_name", &core::Service::name);
  copy("description", &core::Service::description);
  copy("translations", &core::Service::translations);
  copy_rule("duration", &core::BookingRules::duration);
  copy_rule("buffer_before", &core::BookingRules::buffer_before);
  copy_rule("buffer_after", &core::BookingRules::buffer_after);
  copy_rule("step", &core::BookingRules::step);
  copy_rule("minimum_notice", &core::BookingRules::minimum_notice);
  copy_rule("horizon", &core::BookingRules::horizon);
  copy_rule("cancellation_deadline", &core::BookingRules::cancellation_deadline);
  copy_rule("capacity", &core::BookingRules::capacity);
  copy("price", &core::Service::price);
  copy("payment_link", &core::Service::payment_link);
  copy("place", &core::Service::place);
  copy("auto_accept", &core::Service::auto_accept);
  copy("position", &core::Service::position);
  copy("specialists", &core::Service::specialists);
}

absl::Status CheckServiceMask(const google::protobuf::FieldMask& mask) {
  if (mask.paths().empty()) return core::InvalidField("update_mask", "must name what to change");
  for (const std::string& path : mask.paths()) {
    if (std::find(std::begin(kFields), std::end(kFields), path) == std::end(kFields)) {
      return core::InvalidField("update_mask",
                                "may name any field of a service but the output-only ones");
    }
  }
  return absl::OkStatus();
}

absl::Status Update(app::WriteContext& cx, const v1::UpdateServiceRequest& request,
                    v1::Service* response) {
  RETURN_IF_ERROR(CheckServiceMask(request.update_mask()));
  ASSIGN_OR_RETURN(const auto name, DecodeChild<core::ServiceId>("service.name", kPattern,
                                                                 request.service().name()));
  // An unmasked length may be unset; it is not looked at.
  v1::Service complete = request.service();
  if (!Masks(request.update_mask(), "duration"))
    *complete.mutable_duration() = EncodeSeconds(core::Minutes(60));
  ASSIGN_OR_RETURN(const core::Service wanted, DecodeService(name.provider, complete));
  ASSIGN_OR_RETURN(const core::Service service,
                   app::UpdateService(cx, name.provider, name.id, request.service().etag(),
                                      [&](core::Service& present) {
                                        Apply(request.update_mask(), wanted, present);
                                      }));
  Encode(service, response);
  return absl::OkStatus();
}

absl::Status List(const app::ReadContext& cx, const v1::ListServicesRequest& request,
                  v1::ListServicesResponse* response) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list =
      "ListServices " + provider.ToString() + (request.show_archived() ? " all" : "");
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 2));
  std::optional<storage::ServiceCursor> after;
  if (place) {
    ASSIGN_OR_RETURN(const std::int64_t position, TokenNumber((*place)[0]));
    const auto id = core::ServiceId::Parse((*place)[1]);
    if (!id) return core::Error(core::Reason::kInvalidPageToken);
    after = storage::ServiceCursor{static_cast<int>(position), *id};
  }
  const auto archived =
      request.show_archived() ? storage::Archived::kShow : storage::Archived::kHide;
  ASSIGN_OR_RETURN(const auto services,
                   app::ListServices(cx, provider, archived, after, limit + 1));
  for (const core::Service& service : services) {
    if (response->services_size() == limit) {
      const auto& last = services[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(
          EncodePageToken(list, {std::to_string(last.position), last.id.ToString()}));
      break;
    }
    Encode(service, response->add_services());
  }
  return absl::OkStatus();
}

}  // namespace

Calls::Reactor* CatalogServer::CreateService(Calls::Context* context,
                                             const v1::CreateServiceRequest* request,
                                             v1::Service* response) {
  return calls_.Write(context, "kalends.v1.CatalogService.CreateService", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto provider,
                                         DecodeProvider(cx.AsRead(), "parent", request->parent()));
                        ASSIGN_OR_RETURN(auto service, DecodeService(provider, request->service()));
                        ASSIGN_OR_RETURN(service, app::CreateService(cx, std::move(service)));
                        Encode(service, response);
                        return absl::OkStatus();
                      });
}

Calls::Reactor* CatalogServer::GetService(Calls::Context* context,
                                          const v1::GetServiceRequest* request,
                                          v1::Service* response) {
  return calls_.Read(
      context, "kalends.v1.CatalogService.GetService",
      [&](const app::ReadContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(const auto name,
                         DecodeChild<core::ServiceId>("name", kPattern, request->name()));
        ASSIGN_OR_RETURN(const auto service, app::GetService(cx, name.provider, name.id));
        Encode(service, response);
        return absl::OkStatus();
      });
}

Calls::Reactor* CatalogServer::ListServices(Calls::Context* context,
                                            const v1::ListServicesRequest* request,
                                            v1::ListServicesResponse* response) {
  return calls_.Read(context, "kalends.v1.CatalogService.ListServices",
                     [&](const app::ReadContext& cx) { return List(cx, *request, response); });
}

Calls::Reactor* CatalogServer::UpdateService(Calls::Context* context,
                                             const v1::UpdateServiceRequest* request,
                                             v1::Service* response) {
  return calls_.Write(context, "kalends.v1.CatalogService.UpdateService", request, response,
                      [=](app::WriteContext& cx) { return Update(cx, *request, response); });
}

Calls::Reactor* CatalogServer::ArchiveService(Calls::Context* context,
                                              const v1::ArchiveServiceRequest* request,
                                              v1::Service* response) {
  return calls_.Write(
      context, "kalends.v1.CatalogService.ArchiveService", request, response,
      [=](app::WriteContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(const auto name,
                         DecodeChild<core::ServiceId>("name", kPattern, request->name()));
        ASSIGN_OR_RETURN(const auto service, app::ArchiveService(cx, name.provider, name.id));
        Encode(service, response);
        return absl::OkStatus();
      });
}

}  // namespace kalends::server

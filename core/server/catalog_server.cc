#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/catalog.h"
#include "core/server/encode.h"
#include "core/server/rpcs.h"
#include "core/server/services.h"

namespace kalends::server {
namespace {

constexpr std::string_view kFields[] = {
    "display_name", "description", "translations", "duration",       "buffer_before",
    "buffer_after", "step",        "horizon",      "minimum_notice", "cancellation_deadline",
    "capacity",     "price",       "payment_link", "place",          "auto_accept",
    "position",     "specialists"};

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

absl::Status UpdateService(app::WriteContext& cx, const v1::UpdateServiceRequest& request,
                           v1::Service* response) {
  RETURN_IF_ERROR(CheckServiceMask(request.update_mask()));
  ASSIGN_OR_RETURN(const auto name, DecodeServiceName("service.name", request.service().name()));
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

absl::Status CreateService(app::WriteContext& cx, const v1::CreateServiceRequest& request,
                           v1::Service* response) {
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx.AsRead(), "parent", request.parent()));
  ASSIGN_OR_RETURN(auto service, DecodeService(provider, request.service()));
  ASSIGN_OR_RETURN(service, app::CreateService(cx, std::move(service)));
  Encode(service, response);
  return absl::OkStatus();
}

absl::Status GetService(const app::ReadContext& cx, const v1::GetServiceRequest& request,
                        v1::Service* response) {
  ASSIGN_OR_RETURN(const auto name, DecodeServiceName("name", request.name()));
  ASSIGN_OR_RETURN(const auto service, app::GetService(cx, name.provider, name.id));
  Encode(service, response);
  return absl::OkStatus();
}

absl::StatusOr<Listing<core::Service, storage::ServiceCursor, v1::Service>> ListServices(
    const app::ReadContext& cx, const v1::ListServicesRequest& request) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  return ServicesOf(provider,
                    request.show_archived() ? storage::Archived::kShow : storage::Archived::kHide);
}

absl::Status ArchiveService(app::WriteContext& cx, const v1::ArchiveServiceRequest& request,
                            v1::Service* response) {
  ASSIGN_OR_RETURN(const auto name, DecodeServiceName("name", request.name()));
  ASSIGN_OR_RETURN(const auto service,
                   app::SetOffering(cx, name.provider, name.id, app::Offering::kArchived));
  Encode(service, response);
  return absl::OkStatus();
}

absl::Status UnarchiveService(app::WriteContext& cx, const v1::UnarchiveServiceRequest& request,
                              v1::Service* response) {
  ASSIGN_OR_RETURN(const auto name, DecodeServiceName("name", request.name()));
  ASSIGN_OR_RETURN(const auto service,
                   app::SetOffering(cx, name.provider, name.id, app::Offering::kOffered));
  Encode(service, response);
  return absl::OkStatus();
}

absl::Status SetServiceDeclined(app::WriteContext& cx, const v1::SetServiceDeclinedRequest& request,
                                v1::Service* response) {
  ASSIGN_OR_RETURN(const auto name, DecodeServiceName("name", request.name()));
  ASSIGN_OR_RETURN(const auto specialist,
                   DecodeProvider(cx.AsRead(), "specialist", request.specialist()));
  ASSIGN_OR_RETURN(const auto service, app::SetServiceDeclined(cx, name.provider, name.id,
                                                               specialist, request.declined()));
  Encode(service, response);
  return absl::OkStatus();
}

absl::Status MoveService(app::WriteContext& cx, const v1::MoveServiceRequest& request,
                         v1::Service* response) {
  ASSIGN_OR_RETURN(const auto name, DecodeServiceName("name", request.name()));
  ASSIGN_OR_RETURN(const auto service,
                   app::MoveService(cx, name.provider, name.id, request.places()));
  Encode(service, response);
  return absl::OkStatus();
}

}  // namespace

Served MakeCatalogService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.CatalogService")
      .Write(CreateService)
      .Read(GetService)
      .List(ListServices)
      .Write(UpdateService)
      .Write(ArchiveService)
      .Write(UnarchiveService)
      .Write(SetServiceDeclined)
      .Write(MoveService)
      .Build();
}

}  // namespace kalends::server

#include "core/server/catalog.h"

#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/payments/payment_link.h"
#include "core/server/encode.h"
#include "core/server/privacy_export_walks.h"

namespace kalends::server {
namespace {

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

}  // namespace

std::string ServiceName(core::ProviderId provider, core::ServiceId id) {
  return ProviderName(provider) + "/services/" + id.ToString();
}

absl::StatusOr<ChildName<core::ServiceId>> DecodeServiceName(std::string_view field,
                                                             std::string_view name) {
  return DecodeChild<core::ServiceId>(field, "providers/*/services/*", name);
}

void Encode(const core::Service& service, v1::Service* message) {
  message->set_name(ServiceName(service.provider, service.id));
  message->set_display_name(service.name);
  message->set_description(service.description);
  for (const auto& [language, text] : service.translations) {
    v1::LocalizedText& translation = (*message->mutable_translations())[language];
    translation.set_display_name(text.name);
    translation.set_description(text.description);
  }
  const core::BookingRules& rules = service.rules;
  *message->mutable_duration() = EncodeSeconds(rules.duration);
  *message->mutable_buffer_before() = EncodeSeconds(rules.buffer_before);
  *message->mutable_buffer_after() = EncodeSeconds(rules.buffer_after);
  *message->mutable_step() = EncodeSeconds(rules.step);
  *message->mutable_minimum_notice() = EncodeSeconds(rules.minimum_notice);
  *message->mutable_horizon() = EncodeSeconds(rules.horizon);
  *message->mutable_cancellation_deadline() = EncodeSeconds(rules.cancellation_deadline);
  message->set_capacity(rules.capacity);
  EncodeMoney(service.price, message->mutable_price());
  message->set_payment_link(service.payment_link);
  message->set_place(service.place);
  message->set_auto_accept(service.auto_accept);
  message->set_position(service.position);
  message->set_archived(service.archived);
  message->set_etag(app::EtagOf(service.version));
  for (const core::ProviderId specialist : service.specialists) {
    message->add_specialists(ProviderName(specialist));
  }
  for (const core::ProviderId specialist : service.declined) {
    message->add_declined_by(ProviderName(specialist));
  }
}

absl::StatusOr<core::Service> DecodeService(core::ProviderId provider, const v1::Service& message) {
  core::Service service;
  service.provider = provider;
  service.name = core::CleanLine(message.display_name());
  service.description = message.description();
  for (const auto& [language, text] : message.translations()) {
    service.translations[language] = {core::CleanLine(text.display_name()),
                                      core::CleanLines(text.description())};
  }
  ASSIGN_OR_RETURN(service.rules, DecodeRules(message));
  service.price = {message.price().minor_units(), message.price().currency_code()};
  service.payment_link = core::NormalPaymentLink(message.payment_link());
  service.place = message.place();
  service.auto_accept = message.auto_accept();
  service.position = message.position();
  RETURN_IF_ERROR(core::CheckEach(
      "service.specialists", message.specialists(), [&](const std::string& name) -> absl::Status {
        const auto parts = MatchName("providers/*", name);
        const auto id = parts ? core::ProviderId::Parse((*parts)[0]) : std::nullopt;
        if (!id) return BadName("service.specialists", "providers/*");
        service.specialists.push_back(*id);
        return absl::OkStatus();
      }));
  return service;
}

Listing<core::Service, storage::ServiceCursor, v1::Service> ServicesOf(core::ProviderId provider,
                                                                       storage::Archived archived) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListServices(cx, provider, archived, after, limit);
          },
          [](const core::Service& service) {
            return storage::ServiceCursor{service.position, service.id};
          },
          [](const app::ReadContext&, const core::Service& service, v1::Service* message) {
            Encode(service, message);
          }};
}

extern constinit const SubjectExport kCatalogExport{
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/services.json",
               "The catalog, archived services too.",
               {"services", "service_translations", "service_specialists", "service_declined"},
               Pages(ServicesOf(provider.id, storage::Archived::kShow))}};
    }};

}  // namespace kalends::server

#include <algorithm>

#include "core/app/imports.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/server/booking.h"
#include "core/server/catalog.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/names.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/rpcs.h"
#include "core/server/services.h"
#include "kalends/v1/import_service.pb.h"

namespace kalends::server {
namespace {

template <typename Request>
app::Trial TrialOfImport(const Request& request) {
  return request.validate_only() ? app::Trial::kPreview : app::Trial::kReal;
}

v1::ImportResult::Outcome EncodeOutcome(app::ImportOutcome outcome) {
  switch (outcome) {
    case app::ImportOutcome::kCreated:
      return v1::ImportResult::OUTCOME_CREATED;
    case app::ImportOutcome::kExists:
      return v1::ImportResult::OUTCOME_EXISTS;
    case app::ImportOutcome::kErased:
      return v1::ImportResult::OUTCOME_ERASED;
  }
  return v1::ImportResult::OUTCOME_UNSPECIFIED;
}

template <typename Id, typename NameOf>
void EncodeImported(const app::Imported<Id>& imported, NameOf name_of, v1::ImportResult* message) {
  message->set_outcome(EncodeOutcome(imported.outcome));
  if (imported.id) message->set_name(name_of(*imported.id));
}

absl::StatusOr<app::ImportedProviderInput> DecodeImportedProvider(
    const app::ReadContext& cx, const v1::ImportProviderRequest& request) {
  app::ImportedProviderInput input;
  input.external_id = request.external_id();
  input.kind = request.kind() == v1::PROVIDER_KIND_ORGANIZATION ? core::ProviderKind::kOrganization
                                                                : core::ProviderKind::kSpecialist;
  input.display_name = core::CleanLine(request.display_name());
  input.time_zone = request.time_zone();
  input.currency = request.currency_code();
  input.language = core::LanguageForTag(request.language_code());
  if (!request.organization().empty()) {
    ASSIGN_OR_RETURN(input.organization,
                     DecodeProvider(cx, "organization", request.organization()));
  }
  return input;
}

absl::Status ImportProvider(app::WriteContext& cx, const v1::ImportProviderRequest& request,
                            v1::ImportResult* response) {
  ASSIGN_OR_RETURN(const auto input, DecodeImportedProvider(cx.AsRead(), request));
  ASSIGN_OR_RETURN(const auto imported, app::ImportProvider(cx, input, TrialOfImport(request)));
  EncodeImported(imported, [](core::ProviderId id) { return ProviderName(id); }, response);
  return absl::OkStatus();
}

absl::Status ImportCatalogService(app::WriteContext& cx,
                                  const v1::ImportCatalogServiceRequest& request,
                                  v1::ImportResult* response) {
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx.AsRead(), "parent", request.parent()));
  ASSIGN_OR_RETURN(auto service, DecodeService(provider, request.service()));
  service.archived = request.service().archived();
  ASSIGN_OR_RETURN(const auto imported, app::ImportCatalogService(cx, request.external_id(),
                                                                  service, TrialOfImport(request)));
  EncodeImported(imported, [&](core::ServiceId id) { return ServiceName(provider, id); }, response);
  return absl::OkStatus();
}

absl::StatusOr<app::ImportedCustomerInput> DecodeImportedCustomer(
    const app::ReadContext& cx, const v1::ImportCustomerRequest& request) {
  app::ImportedCustomerInput input;
  ASSIGN_OR_RETURN(input.provider, DecodeProvider(cx, "parent", request.parent()));
  input.external_id = request.external_id();
  if (request.identity().empty()) {
    input.identity = {"import", request.external_id()};
  } else {
    const auto identity = core::Identity::Parse(request.identity());
    if (!identity) return core::InvalidField("identity", "must be like `telegram:4711`");
    input.identity = *identity;
  }
  input.display_name = core::CleanLine(request.display_name());
  input.language = core::LanguageForTag(request.language_code());
  input.time_zone = request.time_zone();
  input.private_note = core::CleanLines(request.private_note());
  return input;
}

absl::Status ImportCustomer(app::WriteContext& cx, const v1::ImportCustomerRequest& request,
                            v1::ImportResult* response) {
  ASSIGN_OR_RETURN(const auto input, DecodeImportedCustomer(cx.AsRead(), request));
  ASSIGN_OR_RETURN(const auto imported, app::ImportCustomer(cx, input, TrialOfImport(request)));
  EncodeImported(imported, [](core::AccountId id) { return AccountName(id); }, response);
  return absl::OkStatus();
}

absl::StatusOr<core::AppointmentStatus> DecodeStatus(v1::Appointment::Status status) {
  for (const core::AppointmentStatus one : core::kAppointmentStatuses) {
    if (EncodeStatus(one) == status) return one;
  }
  return core::InvalidField("status", "must be of the enum Appointment.Status");
}

absl::StatusOr<app::ImportedAppointmentInput> DecodeImportedAppointment(
    const app::ReadContext& cx, const v1::ImportAppointmentRequest& request) {
  app::ImportedAppointmentInput input;
  ASSIGN_OR_RETURN(input.provider, DecodeProvider(cx, "parent", request.parent()));
  input.external_id = request.external_id();
  if (!request.customer().empty()) {
    ASSIGN_OR_RETURN(input.customer, DecodeAccount(cx, "customer", request.customer()));
  }
  if (!request.service().empty()) {
    ASSIGN_OR_RETURN(const auto service, DecodeServiceName("service", request.service()));
    if (service.provider != input.provider) {
      return core::InvalidField("service", "must be one of `parent`");
    }
    input.service = service.id;
  }
  if (!request.specialist().empty()) {
    ASSIGN_OR_RETURN(input.specialist, DecodeProvider(cx, "specialist", request.specialist()));
  }
  const auto* start = request.has_start_time() ? &request.start_time() : nullptr;
  const auto* end = request.has_end_time() ? &request.end_time() : nullptr;
  ASSIGN_OR_RETURN(input.interval.start, DecodeInstant("start_time", start));
  ASSIGN_OR_RETURN(input.interval.end, DecodeInstant("end_time", end));
  ASSIGN_OR_RETURN(input.status, DecodeStatus(request.status()));
  input.price = {request.price().minor_units(), request.price().currency_code()};
  input.place = core::CleanLines(request.place());
  input.note = core::CleanLines(request.customer_note());
  input.reason = core::CleanLines(request.reason());
  input.created = cx.now;
  if (request.has_create_time()) {
    ASSIGN_OR_RETURN(const core::Instant created,
                     DecodeInstant("create_time", &request.create_time()));
    input.created = std::min(created, cx.now);
  }
  return input;
}

absl::Status ImportAppointment(app::WriteContext& cx, const v1::ImportAppointmentRequest& request,
                               v1::ImportResult* response) {
  ASSIGN_OR_RETURN(const auto input, DecodeImportedAppointment(cx.AsRead(), request));
  ASSIGN_OR_RETURN(const auto result, app::ImportAppointment(cx, input, TrialOfImport(request)));
  EncodeImported(
      result.imported, [&](core::AppointmentId id) { return AppointmentName(input.provider, id); },
      response);
  response->set_status(EncodeStatus(result.status));
  return absl::OkStatus();
}

}  // namespace

Served MakeImportService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.ImportService")
      .Write(ImportProvider)
      .Write(ImportCatalogService)
      .Write(ImportCustomer)
      .Write(ImportAppointment)
      .Build();
}

}  // namespace kalends::server

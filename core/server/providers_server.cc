#include "core/app/booking_staff.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/server/booking.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/providers.h"
#include "core/server/rpcs.h"
#include "core/server/services.h"
#include "storage/providers.h"

namespace kalends::server {
namespace {

absl::StatusOr<app::UpdateProviderInput> DecodeUpdate(const app::ReadContext& cx,
                                                      const v1::UpdateProviderRequest& request) {
  const v1::Provider& provider = request.provider();
  RETURN_IF_ERROR(CheckMask(request.update_mask(),
                            {"display_name", "default_duration", "reminders", "currency_code",
                             "ask_before_rescheduling", "reminder_text"}));
  app::UpdateProviderInput input;
  ASSIGN_OR_RETURN(input.id, DecodeProvider(cx, "provider.name", provider.name()));
  if (Masks(request.update_mask(), "display_name")) {
    input.display_name = core::CleanLine(provider.display_name());
  }
  if (Masks(request.update_mask(), "default_duration")) {
    ASSIGN_OR_RETURN(input.default_duration,
                     DecodeMinutes("provider.default_duration", provider.default_duration()));
  }
  if (Masks(request.update_mask(), "reminders")) {
    input.reminders.emplace();
    // Whole minutes, as the contract lets in no others.
    for (const auto& reminder : provider.reminders()) {
      ASSIGN_OR_RETURN(const core::Minutes lead, DecodeMinutes("provider.reminders", reminder));
      input.reminders->push_back(lead);
    }
  }
  if (Masks(request.update_mask(), "currency_code")) input.currency = provider.currency_code();
  if (Masks(request.update_mask(), "ask_before_rescheduling")) {
    input.asks_before_moving = provider.ask_before_rescheduling();
  }
  if (Masks(request.update_mask(), "reminder_text")) input.reminder_text = provider.reminder_text();
  input.etag = provider.etag();
  return input;
}

absl::Status EncodeProvider(const app::ReadContext& cx, core::ProviderId id,
                            v1::Provider* message) {
  ASSIGN_OR_RETURN(const auto view, app::GetProvider(cx, id));
  Encode(view, message);
  return absl::OkStatus();
}

absl::Status GetProvider(const app::ReadContext& cx, const v1::GetProviderRequest& request,
                         v1::Provider* response) {
  ASSIGN_OR_RETURN(const auto id, DecodeProvider(cx, "name", request.name()));
  return EncodeProvider(cx, id, response);
}

absl::Status UpdateProvider(app::WriteContext& cx, const v1::UpdateProviderRequest& request,
                            v1::Provider* response) {
  ASSIGN_OR_RETURN(const auto input, DecodeUpdate(cx.AsRead(), request));
  ASSIGN_OR_RETURN(const auto view, app::UpdateProvider(cx, input));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status GetOpenCounts(const app::ReadContext& cx, const v1::GetOpenCountsRequest& request,
                           v1::OpenCounts* response) {
  ASSIGN_OR_RETURN(const auto id, DecodeProvider(cx, "name", request.name()));
  ASSIGN_OR_RETURN(const auto counts, app::CountOpen(cx, id));
  response->set_pending_appointments(counts.pending_appointments);
  response->set_unread_threads(counts.unread_threads);
  return absl::OkStatus();
}

app::Leftover DecodeLeftover(v1::RemoveStaffRequest::OpenAppointments open) {
  if (open == v1::RemoveStaffRequest::OPEN_APPOINTMENTS_CANCEL) return app::Leftover::kCancel;
  if (open == v1::RemoveStaffRequest::OPEN_APPOINTMENTS_REASSIGN) return app::Leftover::kReassign;
  return app::Leftover::kRefuse;
}

absl::Status RemoveStaff(app::WriteContext& cx, const v1::RemoveStaffRequest& request,
                         v1::RemoveStaffResponse* response) {
  app::RemoveStaffInput input;
  ASSIGN_OR_RETURN(input.organization, DecodeProvider(cx.AsRead(), "parent", request.parent()));
  ASSIGN_OR_RETURN(input.specialist,
                   DecodeProvider(cx.AsRead(), "specialist", request.specialist()));
  input.leftover = DecodeLeftover(request.open_appointments());
  input.reason = request.reason();
  if (request.validate_only()) input.trial = app::Trial::kPreview;
  ASSIGN_OR_RETURN(const auto removed, app::RemoveStaff(cx, input));
  const auto name = [&](core::AppointmentId id) { return AppointmentName(input.organization, id); };
  for (const auto id : removed.open) response->add_open_appointments(name(id));
  for (const auto id : removed.reassigned) response->add_reassigned_appointments(name(id));
  for (const auto id : removed.cancelled) response->add_cancelled_appointments(name(id));
  return absl::OkStatus();
}

using ProviderListing = Listing<app::ProviderView, storage::ProviderCursor, v1::Provider>;
absl::StatusOr<ProviderListing> ListProviders(const app::ReadContext& cx,
                                              const v1::ListProvidersRequest& request) {
  ASSIGN_OR_RETURN(const core::AccountId customer, DecodeAccount(cx, "parent", request.parent()));
  return ProviderListing{
      [=](const app::ReadContext& read, const auto& after, int limit) {
        return app::ListProviders(read, customer, after, limit);
      },
      [](const app::ProviderView& view) {
        return storage::ProviderCursor{view.provider.display_name, view.provider.id};
      },
      [](const app::ReadContext&, const app::ProviderView& view, v1::Provider* message) {
        Encode(view, message);
      }};
}

absl::Status PutOrganizations(const app::ReadContext& cx, core::ProviderId specialist,
                              const MessageSink& sink) {
  for (const core::ProviderId organization : storage::OrganizationsOf(cx.tx, specialist)) {
    v1::Provider message;
    RETURN_IF_ERROR(EncodeProvider(cx, organization, &message));
    RETURN_IF_ERROR(sink(message));
  }
  return absl::OkStatus();
}

}  // namespace

void Encode(const app::ProviderView& view, v1::Provider* message) {
  const core::Provider& provider = view.provider;
  message->set_name(ProviderName(provider.id));
  message->set_kind(EncodeKind(provider.kind));
  message->set_display_name(provider.display_name);
  message->set_account(AccountName(provider.account));
  message->set_time_zone(view.time_zone);
  *message->mutable_default_duration() = EncodeSeconds(provider.default_duration);
  for (const core::Minutes lead : provider.reminders)
    *message->add_reminders() = EncodeSeconds(lead);
  *message->mutable_create_time() = EncodeInstant(provider.created);
  message->set_etag(app::EtagOf(provider.version));
  for (const app::StaffView& specialist : view.specialists) {
    v1::Provider::Specialist* one = message->add_specialists();
    one->set_provider(ProviderName(specialist.provider.id));
    one->set_display_name(specialist.provider.display_name);
    one->set_time_zone(specialist.time_zone);
  }
  for (const core::Provider& organization : view.organizations) {
    v1::Provider::Organization* one = message->add_organizations();
    one->set_provider(ProviderName(organization.id));
    one->set_display_name(organization.display_name);
  }
  message->set_currency_code(view.currency);
  message->set_currency_guessed(provider.currency.empty());
  message->set_ask_before_rescheduling(provider.asks_before_moving);
  message->set_reminder_text(view.reminder_text);
  message->set_profile_slug(view.profile_slug);
  for (const core::ProviderNeed need : view.missing) message->add_missing(EncodeNeed(need));
}

extern constinit const SubjectExport kProvidersExport{
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/provider.json",
               "What customers book.",
               {"providers", "staff"},
               Only(EncodeProvider, provider.id)}};
    }};

extern constinit const SubjectExport kStaffExport{
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/organizations.json",
               "Organizations the specialist is staff of.",
               {"staff"},
               Once(PutOrganizations, provider.id)}};
    }};

Served MakeProviderService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.ProviderService")
      .Read(GetProvider)
      .Write(UpdateProvider)
      .Read(GetOpenCounts)
      .List(ListProviders)
      .Write(RemoveStaff)
      .Build();
}

}  // namespace kalends::server

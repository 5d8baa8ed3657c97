#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/server/accounts.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/providers.h"
#include "core/server/rpcs.h"
#include "core/server/services.h"
#include "core/timezone/time_zone.h"
#include "core/timezone/zone_search.h"

namespace kalends::server {
namespace {

constexpr std::chrono::days kYear{366};

absl::StatusOr<app::UpdateAccountInput> DecodeUpdate(const app::ReadContext& cx,
                                                     const v1::UpdateAccountRequest& request) {
  const v1::Account& account = request.account();
  RETURN_IF_ERROR(CheckMask(request.update_mask(), {"display_name", "language_code", "time_zone"}));
  app::UpdateAccountInput input;
  ASSIGN_OR_RETURN(input.id, DecodeAccount(cx, "account.name", account.name()));
  if (Masks(request.update_mask(), "display_name")) {
    input.display_name = core::CleanLine(account.display_name());
  }
  if (Masks(request.update_mask(), "language_code")) {
    input.language = core::ParseLanguage(account.language_code());
    if (!input.language) {
      return core::InvalidField("account.language_code", "must be one of de, en, fr, ru, uk, es");
    }
  }
  if (Masks(request.update_mask(), "time_zone")) input.time_zone = account.time_zone();
  input.etag = account.etag();
  return input;
}

// In which cities are named: the caller's language, or English.
std::string_view LanguageOf(const app::ReadContext& cx) {
  return core::CodeOf(app::CallersLanguage(cx));
}

absl::StatusOr<std::vector<core::ZoneChoice>> FindZones(const v1::SearchTimeZonesRequest& request,
                                                        core::Instant now,
                                                        std::string_view language) {
  ASSIGN_OR_RETURN(int limit, DecodePageSize(request.page_size()));
  if (request.page_size() == 0) limit = core::kTimeZonesPerAnswerMax;
  limit = std::min(limit, core::kTimeZonesPerAnswerMax);
  switch (request.by_case()) {
    case v1::SearchTimeZonesRequest::kOffset: {
      ASSIGN_OR_RETURN(const core::Minutes offset, DecodeMinutes("offset", request.offset()));
      return core::ZonesWithOffset(offset, now, limit, language);
    }
    case v1::SearchTimeZonesRequest::kQuery:
      return core::SearchZones(request.query(), now, limit, language);
    case v1::SearchTimeZonesRequest::BY_NOT_SET:
      break;
  }
  return core::InvalidField("by", "must be an offset or a query");
}

absl::StatusOr<app::EnsureAccountInput> DecodeEnsure(const v1::EnsureAccountRequest& request) {
  const auto identity = core::Identity::Parse(request.identity());
  if (!identity) return core::InvalidField("identity", "must be like `telegram:4711`");
  return app::EnsureAccountInput{*identity, TidyName(request.display_name(), identity->address),
                                 request.language_code()};
}

absl::StatusOr<bool> AccountAsIs(const app::ReadContext& cx,
                                 const v1::EnsureAccountRequest& request, v1::Account* response) {
  ASSIGN_OR_RETURN(const auto input, DecodeEnsure(request));
  const auto view = app::AccountAsIs(cx, input);
  if (view) Encode(*view, cx.now, response);
  return view.has_value();
}

absl::Status EnsureAccount(app::WriteContext& cx, const v1::EnsureAccountRequest& request,
                           v1::Account* response) {
  ASSIGN_OR_RETURN(const auto input, DecodeEnsure(request));
  ASSIGN_OR_RETURN(const app::AccountView view, app::EnsureAccount(cx, input));
  Encode(view, cx.now, response);
  return absl::OkStatus();
}

absl::Status EncodeAccount(const app::ReadContext& cx, core::AccountId id, v1::Account* message) {
  ASSIGN_OR_RETURN(const app::AccountView view, app::GetAccount(cx, id));
  Encode(view, cx.now, message);
  return absl::OkStatus();
}

absl::Status GetAccount(const app::ReadContext& cx, const v1::GetAccountRequest& request,
                        v1::Account* response) {
  ASSIGN_OR_RETURN(const core::AccountId id, DecodeAccount(cx, "name", request.name()));
  return EncodeAccount(cx, id, response);
}

absl::Status UpdateAccount(app::WriteContext& cx, const v1::UpdateAccountRequest& request,
                           v1::Account* response) {
  ASSIGN_OR_RETURN(const auto input, DecodeUpdate(cx.AsRead(), request));
  ASSIGN_OR_RETURN(const app::AccountView view, app::UpdateAccount(cx, input));
  Encode(view, cx.now, response);
  return absl::OkStatus();
}

absl::Status ListUtcOffsets(const app::ReadContext& cx, const v1::ListUtcOffsetsRequest&,
                            v1::ListUtcOffsetsResponse* response) {
  for (const core::OffsetChoice& choice : core::OffsetsAt(cx.now, LanguageOf(cx))) {
    auto* offset = response->add_offsets();
    *offset->mutable_offset() = EncodeSeconds(choice.offset);
    for (const std::string& city : choice.example_cities) offset->add_example_cities(city);
    offset->set_time_zone(
        core::FixedOffsetName(std::chrono::duration_cast<core::Minutes>(choice.offset)));
  }
  return absl::OkStatus();
}

absl::Status SearchTimeZones(const app::ReadContext& cx, const v1::SearchTimeZonesRequest& request,
                             v1::SearchTimeZonesResponse* response) {
  ASSIGN_OR_RETURN(const auto zones, FindZones(request, cx.now, LanguageOf(cx)));
  for (const core::ZoneChoice& choice : zones) {
    auto* zone = response->add_zones();
    zone->set_time_zone(choice.name);
    zone->set_city(choice.city);
    zone->set_country(choice.country);
    *zone->mutable_offset() = EncodeSeconds(choice.offset_now);
    zone->set_changes_clock(choice.changes_clock);
  }
  return absl::OkStatus();
}

absl::Status RegisterProvider(app::WriteContext& cx, const v1::RegisterProviderRequest& request,
                              v1::Provider* response) {
  app::RegisterProviderInput input;
  if (request.kind() == v1::PROVIDER_KIND_ORGANIZATION) {
    input.kind = core::ProviderKind::kOrganization;
  } else if (request.kind() != v1::PROVIDER_KIND_SPECIALIST) {
    return core::InvalidField("kind", "must be SPECIALIST or ORGANIZATION");
  }
  input.display_name = core::CleanLine(request.display_name());
  input.time_zone = request.time_zone();
  input.currency = request.currency_code();
  ASSIGN_OR_RETURN(const auto view, app::RegisterProvider(cx, input));
  Encode(view, response);
  return absl::OkStatus();
}

}  // namespace

void Encode(const app::AccountView& view, core::Instant now, v1::Account* message) {
  const core::Account& account = view.account;
  message->set_name(AccountName(account.id));
  message->set_display_name(account.display_name);
  message->set_language_code(std::string(core::CodeOf(account.language)));
  message->set_time_zone(account.time_zone);
  for (const core::Identity& identity : view.identities)
    message->add_identities(identity.ToString());
  if (view.provider) {
    message->set_provider(ProviderName(view.provider->id));
    message->set_provider_kind(EncodeKind(view.provider->kind));
  }
  *message->mutable_create_time() = EncodeInstant(account.created);
  message->set_etag(app::EtagOf(account.version));
  if (const auto zone = core::TimeZone::Find(account.time_zone)) {
    message->set_time_zone_changes_clock(zone->OffsetsOver({now, now + kYear}).size() > 1);
    *message->mutable_utc_offset() = EncodeSeconds(zone->OffsetAt(now));
  }
}

extern constinit const SubjectExport kAccountsExport{
    .of_customer = [](core::AccountId account) -> std::vector<ExportSection> {
      return {{"account.json",
               "The account and its settings.",
               {"accounts", "identities"},
               Only(EncodeAccount, account)}};
    }};

Served MakeAccountService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.AccountService")
      .WriteUnless(AccountAsIs, EnsureAccount)
      .Read(GetAccount)
      .Write(UpdateAccount)
      .Read(ListUtcOffsets)
      .Read(SearchTimeZones)
      .Write(RegisterProvider)
      .Build();
}

}  // namespace kalends::server

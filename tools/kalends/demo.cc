#include "tools/kalends/demo.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/base/status_macros.h"
#include "kalends/v1/account_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/invitation_service.pb.h"
#include "kalends/v1/profile_service.pb.h"
#include "kalends/v1/provider_service.pb.h"
#include "kalends/v1/schedule_service.pb.h"
#include "kalends/v1/types.pb.h"
#include "tools/kalends/demo_company.h"

namespace kalends::cli {
namespace {

constexpr char kTimeZone[] = "Europe/Berlin";
constexpr char kInvitationLabel[] = "Demo";

struct DemoText {
  const char* display_name;
  const char* description;
};
struct DemoService {
  DemoText german;
  DemoText english;
  int minutes;
  int buffer_after_minutes;
  int capacity;
  int price_cents;  // 0: free.
};
constexpr DemoService kServices[] = {
    {{"Erstgespräch", "Wir lernen uns kennen und klären, worum es geht."},
     {"Initial consultation", "We get to know each other and find out what it is about."},
     30,
     0,
     1,
     0},
    {{"Beratung", "Eine Sitzung von 50 Minuten."},
     {"Counselling session", "A session of 50 minutes."},
     50,
     10,
     1,
     8000},
    {{"Gruppenstunde", "Bis zu acht Personen üben gemeinsam."},
     {"Group class", "Up to eight people practise together."},
     60,
     15,
     8,
     1500},
};

struct DemoHours {
  int start_hour;
  int end_hour;
};
constexpr DemoHours kHours[] = {{9, 12}, {13, 18}};  // Monday to Friday, with a lunch break.
constexpr int kWorkdays = 5;

// What was made or found.
struct Demo {
  std::string account;
  std::string provider;
  std::vector<std::string> services;
  v1::Invitation invitation;
  std::string slug;
};

absl::Status SeedAccount(const Arguments& arguments, const Connection& core, Demo& demo) {
  v1::EnsureAccountRequest ensure;
  ensure.set_identity(arguments.specialist_identity);
  ensure.set_display_name(arguments.name);
  ensure.set_language_code(arguments.language);
  ensure.set_request_id(NewRequestId());
  const auto account = core.Call<v1::Account>(ensure);
  if (!account.ok()) return account.status();
  demo.account = account->name();
  demo.provider = account->provider();

  if (account->time_zone().empty()) {
    v1::UpdateAccountRequest update;
    update.mutable_account()->set_name(account->name());
    update.mutable_account()->set_time_zone(kTimeZone);
    update.mutable_update_mask()->add_paths("time_zone");
    update.set_request_id(NewRequestId());
    const auto updated = core.Call<v1::Account>(update, demo.account);
    if (!updated.ok()) return updated.status();
  }
  if (account->provider_kind() == v1::PROVIDER_KIND_ORGANIZATION) {
    return absl::FailedPreconditionError(
        fmt::format("{} is an organization; the demo needs a specialist, so choose another "
                    "--specialist-identity.",
                    arguments.specialist_identity));
  }
  if (!demo.provider.empty()) return absl::OkStatus();
  v1::RegisterProviderRequest request;
  request.set_kind(v1::PROVIDER_KIND_SPECIALIST);
  request.set_display_name(arguments.name);
  request.set_currency_code("EUR");
  request.set_request_id(NewRequestId());
  const auto provider = core.Call<v1::Provider>(request, demo.account);
  if (!provider.ok()) return provider.status();
  demo.provider = provider->name();
  return absl::OkStatus();
}

v1::Service ToProto(const DemoService& demo, int position) {
  v1::Service service;
  service.set_display_name(demo.german.display_name);
  service.set_description(demo.german.description);
  v1::LocalizedText& english = (*service.mutable_translations())["en"];
  english.set_display_name(demo.english.display_name);
  english.set_description(demo.english.description);
  service.mutable_duration()->set_seconds(std::int64_t{demo.minutes} * 60);
  service.mutable_buffer_after()->set_seconds(std::int64_t{demo.buffer_after_minutes} * 60);
  service.mutable_step()->set_seconds(30 * 60);
  service.mutable_minimum_notice()->set_seconds(2 * 60 * 60);
  service.set_capacity(demo.capacity);
  service.set_position(position);
  if (demo.price_cents > 0) {
    service.mutable_price()->set_currency_code("EUR");
    service.mutable_price()->set_minor_units(demo.price_cents);
  }
  return service;
}

absl::Status SeedServices(const Connection& core, Demo& demo) {
  v1::ListServicesRequest list;
  list.set_parent(demo.provider);
  list.set_page_size(200);
  const auto present = core.Call<v1::ListServicesResponse>(list, demo.account);
  if (!present.ok()) return present.status();
  for (const v1::Service& service : present->services()) demo.services.push_back(service.name());
  if (!demo.services.empty()) return absl::OkStatus();
  int position = 0;
  for (const DemoService& service : kServices) {
    v1::CreateServiceRequest request;
    request.set_parent(demo.provider);
    *request.mutable_service() = ToProto(service, ++position);
    request.set_request_id(NewRequestId());
    const auto created = core.Call<v1::Service>(request, demo.account);
    if (!created.ok()) return created.status();
    demo.services.push_back(created->name());
  }
  return absl::OkStatus();
}

absl::Status SeedHours(const Connection& core, const Demo& demo) {
  v1::GetScheduleRequest get;
  get.set_name(demo.provider + "/schedule");
  const auto present = core.Call<v1::Schedule>(get, demo.account);
  if (!present.ok()) return present.status();
  if (present->weekly_hours_size() > 0) return absl::OkStatus();

  v1::ChangeWeeklyHoursRequest request;
  request.set_name(get.name());
  for (int weekday = 1; weekday <= kWorkdays; ++weekday) {
    for (const DemoHours& hours : kHours) {
      v1::WeeklyHours& weekly = *request.add_added();
      weekly.set_weekday(weekday);
      weekly.mutable_hours()->set_start_minute(hours.start_hour * 60);
      weekly.mutable_hours()->set_end_minute(hours.end_hour * 60);
    }
  }
  request.set_request_id(NewRequestId());
  return core.Call<v1::UpdateScheduleResponse>(request, demo.account).status();
}

absl::Status SeedInvitation(const Connection& core, Demo& demo) {
  v1::ListInvitationsRequest list;
  list.set_parent(demo.provider);
  list.set_page_size(200);
  const auto present = core.Call<v1::ListInvitationsResponse>(list, demo.account);
  if (!present.ok()) return present.status();
  for (const v1::Invitation& invitation : present->invitations()) {
    const bool usable = invitation.state() == v1::Invitation::STATE_ACTIVE &&
                        invitation.label() == kInvitationLabel;
    if (!usable) continue;
    demo.invitation = invitation;
    return absl::OkStatus();
  }
  v1::CreateInvitationRequest request;
  request.set_parent(demo.provider);
  request.mutable_invitation()->set_kind(v1::Invitation::KIND_CUSTOMER);
  request.mutable_invitation()->set_label(kInvitationLabel);
  request.set_request_id(NewRequestId());
  const auto created = core.Call<v1::Invitation>(request, demo.account);
  if (!created.ok()) return created.status();
  demo.invitation = *created;
  return absl::OkStatus();
}

// Publishes a page with the invitation on it; what is there already is left as it is.
absl::Status SeedProfile(const Connection& core, Demo& demo) {
  v1::GetProfileRequest get;
  get.set_name(demo.provider + "/profile");
  const auto present = core.Call<v1::Profile>(get, demo.account);
  if (!present.ok()) return present.status();
  demo.slug = present->slug();
  if (!demo.slug.empty()) return absl::OkStatus();

  v1::UpdateProfileRequest request;
  v1::Profile& profile = *request.mutable_profile();
  profile.set_name(get.name());
  profile.set_etag(present->etag());
  profile.set_about(
      "Seit fünfzehn Jahren begleite ich Menschen durch schwierige Zeiten: ruhig, zugewandt und "
      "immer mit einem Blick für das, was schon gelingt.\n\n"
      "Sprechstunde ist montags bis freitags, vor Ort oder per Video.");
  profile.set_website("https://marie-weber.example");
  profile.set_email("praxis@marie-weber.example");
  profile.set_phone("+49 30 5550 1234");
  profile.set_address("Lindenstraße 12\n10969 Berlin");
  profile.add_social_profiles()->set_url("https://www.instagram.com/marie.weber.example");
  profile.add_social_profiles()->set_url("https://www.linkedin.com/in/marie-weber-example");
  profile.set_invitation(demo.invitation.name());
  profile.set_published(true);
  for (const char* path : {"about", "website", "email", "phone", "address", "social_profiles",
                           "invitation", "published"}) {
    request.mutable_update_mask()->add_paths(path);
  }
  request.set_request_id(NewRequestId());
  const auto updated = core.Call<v1::Profile>(request, demo.account);
  if (!updated.ok()) return updated.status();
  demo.slug = updated->slug();
  return absl::OkStatus();
}

void Print(const Demo& demo, const DemoCompany& company, bool json) {
  if (json) {
    nlohmann::json value = {
        {"account", demo.account},        {"provider", demo.provider},
        {"services", demo.services},      {"invitation", demo.invitation.name()},
        {"code", demo.invitation.code()}, {"profile", demo.slug}};
    if (!company.organization.empty()) {
      value["customers"] = company.customers;
      value["organization"] = company.organization;
      value["organization_code"] = company.organization_code;
    }
    fmt::print("{}\n", value.dump());
    return;
  }
  fmt::print("account     {}\nprovider    {}\n", demo.account, demo.provider);
  for (const std::string& service : demo.services) fmt::print("service     {}\n", service);
  fmt::print("invitation  {}\ncode        {}\nprofile     /p/{}\n", demo.invitation.name(),
             demo.invitation.code(), demo.slug);
  for (const std::string& customer : company.customers) fmt::print("customer    {}\n", customer);
  if (company.organization.empty()) return;
  fmt::print("team        {}\nteam code   {}\n", company.organization, company.organization_code);
}

absl::Status Seed(const Arguments& arguments, const Connection& core) {
  Demo demo;
  if (absl::Status status = SeedAccount(arguments, core, demo); !status.ok()) return status;
  if (absl::Status status = SeedServices(core, demo); !status.ok()) return status;
  if (absl::Status status = SeedHours(core, demo); !status.ok()) return status;
  if (absl::Status status = SeedInvitation(core, demo); !status.ok()) return status;
  if (absl::Status status = SeedProfile(core, demo); !status.ok()) return status;
  DemoCompany company;
  if (arguments.company) {
    const absl::Status status = SeedCompany(
        core, {demo.account, demo.provider, demo.services, demo.invitation.code()}, company);
    if (!status.ok()) return status;
  }
  Print(demo, company, arguments.json);
  return absl::OkStatus();
}

}  // namespace

Work SeedDemo(CLI::App& command, Arguments& said) {
  command.add_option("--specialist-identity", said.specialist_identity, "Who it is")
      ->capture_default_str();
  command.add_option("--name", said.name, "What customers read")->capture_default_str();
  command.add_option("--language", said.language, "Of the specialist")->capture_default_str();
  command.add_flag(
      "--company", said.company,
      "Also two customers with a filled week, and an organization with the specialist on "
      "its team; for a simulated Telegram, where their ids 1002 to 1004 are people");
  return [](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    RETURN_IF_ERROR(Seed(context.said(), *core));
    return 0;
  };
}

}  // namespace kalends::cli

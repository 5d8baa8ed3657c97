#include "tools/kalends/demo_company.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "kalends/v1/account_service.pb.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/invitation_service.pb.h"
#include "kalends/v1/notification_service.pb.h"
#include "kalends/v1/provider_service.pb.h"
#include "kalends/v1/schedule_service.pb.h"
#include "kalends/v1/types.pb.h"

namespace kalends::cli {
namespace {

constexpr char kBerlin[] = "Europe/Berlin";
constexpr char kOrganizationName[] = "Praxis am Fluss";
constexpr char kRequestNote[] = "Geht es auch per Video?";
constexpr char kChannel[] = "telegram";
constexpr int kDaysFilled = 7;

struct DemoPerson {
  const char* identity;
  const char* name;
  const char* language;
};
constexpr DemoPerson kCustomers[] = {{"telegram:1002", "Jonas Keller", "de"},
                                     {"telegram:1003", "Олена Ковальчук", "uk"}};
constexpr DemoPerson kOwner = {"telegram:1004", "Clara Brandt", "de"};

// One appointment of a day: which customer (both: -1), which service, and how far into the day's
// free times, in quarters.
struct DemoBooking {
  int customer;
  int service;
  int quarter;
};
constexpr int kBoth = -1;
// Working days take these in turn.
const std::vector<DemoBooking> kDays[] = {
    {{0, 1, 0}, {1, 0, 1}, {1, 1, 3}},
    {{1, 1, 0}, {kBoth, 2, 2}},
    {{0, 0, 0}, {1, 1, 1}, {0, 1, 2}},
};

absl::StatusOr<v1::Account> EnsurePerson(const Connection& core, const DemoPerson& person) {
  v1::EnsureAccountRequest ensure;
  ensure.set_identity(person.identity);
  ensure.set_display_name(person.name);
  ensure.set_language_code(person.language);
  ensure.set_request_id(NewRequestId());
  auto account = core.Call<v1::Account>(ensure);
  if (!account.ok() || !account->time_zone().empty()) return account;
  v1::UpdateAccountRequest update;
  update.mutable_account()->set_name(account->name());
  update.mutable_account()->set_time_zone(kBerlin);
  update.mutable_update_mask()->add_paths("time_zone");
  update.set_request_id(NewRequestId());
  return core.Call<v1::Account>(update, account->name());
}

absl::Status Redeem(const Connection& core, const std::string& code, const std::string& account) {
  v1::RedeemInvitationRequest request;
  request.set_code(code);
  request.set_request_id(NewRequestId());
  return core.Call<v1::RedeemInvitationResponse>(request, account).status();
}

absl::StatusOr<std::string> Invite(const Connection& core, const std::string& provider,
                                   v1::Invitation::Kind kind, const std::string& account) {
  v1::CreateInvitationRequest request;
  request.set_parent(provider);
  request.mutable_invitation()->set_kind(kind);
  request.mutable_invitation()->set_label("Demo");
  request.set_request_id(NewRequestId());
  const auto invitation = core.Call<v1::Invitation>(request, account);
  if (!invitation.ok()) return invitation.status();
  return invitation->code();
}

// A customers' invitation of the organization that is there.
absl::Status FindInvitation(const Connection& core, const std::string& account,
                            DemoCompany& company) {
  v1::ListInvitationsRequest list;
  list.set_parent(company.organization);
  const auto present = core.Call<v1::ListInvitationsResponse>(list, account);
  if (!present.ok()) return present.status();
  for (const v1::Invitation& invitation : present->invitations()) {
    if (invitation.kind() == v1::Invitation::KIND_CUSTOMER) {
      company.organization_code = invitation.code();
    }
  }
  return absl::OkStatus();
}

absl::Status AddService(const Connection& core, const std::string& provider,
                        const std::string& account) {
  v1::CreateServiceRequest request;
  request.set_parent(provider);
  v1::Service& service = *request.mutable_service();
  service.set_display_name("Teamsprechstunde");
  service.set_description("Wer gerade Zeit hat, nimmt sich eine halbe Stunde.");
  v1::LocalizedText& english = (*service.mutable_translations())["en"];
  english.set_display_name("Open consultation");
  english.set_description("Whoever of the team is free takes half an hour.");
  service.mutable_duration()->set_seconds(30 * 60);
  request.set_request_id(NewRequestId());
  return core.Call<v1::Service>(request, account).status();
}

absl::Status SeedOrganization(const Connection& core, const DemoSpecialist& specialist,
                              DemoCompany& company) {
  const auto owner = EnsurePerson(core, kOwner);
  if (!owner.ok()) return owner.status();
  company.organization = owner->provider();
  if (!company.organization.empty()) return FindInvitation(core, owner->name(), company);
  v1::RegisterProviderRequest request;
  request.set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  request.set_display_name(kOrganizationName);
  request.set_request_id(NewRequestId());
  const auto provider = core.Call<v1::Provider>(request, owner->name());
  if (!provider.ok()) return provider.status();
  company.organization = provider->name();
  if (absl::Status s = AddService(core, provider->name(), owner->name()); !s.ok()) return s;
  const auto staff = Invite(core, provider->name(), v1::Invitation::KIND_STAFF, owner->name());
  if (!staff.ok()) return staff.status();
  if (absl::Status s = Redeem(core, *staff, specialist.account); !s.ok()) return s;
  const auto code = Invite(core, provider->name(), v1::Invitation::KIND_CUSTOMER, owner->name());
  if (!code.ok()) return code.status();
  company.organization_code = *code;
  return absl::OkStatus();
}

v1::Date DateIn(int days) {
  const std::chrono::year_month_day day =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) +
      std::chrono::days(days);
  v1::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(static_cast<int>(static_cast<unsigned>(day.month())));
  date.set_day(static_cast<int>(static_cast<unsigned>(day.day())));
  return date;
}

// The starts that are free on that day, in Unix seconds; none: a day off.
absl::StatusOr<std::vector<std::int64_t>> FreeStarts(const Connection& core,
                                                     const DemoSpecialist& specialist, int service,
                                                     int days) {
  v1::ListSlotsRequest request;
  request.set_parent(specialist.provider);
  request.set_service(specialist.services[service]);
  *request.mutable_start_date() = DateIn(days);
  *request.mutable_end_date() = DateIn(days);
  const auto slots = core.Call<v1::ListSlotsResponse>(request, specialist.account);
  if (!slots.ok()) return slots.status();
  std::vector<std::int64_t> starts;
  for (const auto& day : slots->days()) {
    starts.insert(starts.end(), day.start_times_s().begin(), day.start_times_s().end());
  }
  return starts;
}

absl::StatusOr<v1::Appointment> Request(const Connection& core, const DemoSpecialist& specialist,
                                        const std::string& customer, int service,
                                        std::int64_t start, const char* note) {
  v1::RequestAppointmentRequest request;
  request.set_parent(specialist.provider);
  request.mutable_appointment()->set_service(specialist.services[service]);
  request.mutable_appointment()->mutable_start_time()->set_seconds(start);
  request.mutable_appointment()->set_note(note);
  request.set_request_id(NewRequestId());
  return core.Call<v1::Appointment>(request, customer);
}

// How many appointments came of it.
absl::StatusOr<int> Book(const Connection& core, const DemoSpecialist& specialist,
                         const DemoCompany& company, const DemoBooking& booking, int days) {
  const auto starts = FreeStarts(core, specialist, booking.service, days);
  if (!starts.ok()) return starts.status();
  if (starts->empty()) return 0;
  int booked = 0;
  const std::int64_t start = (*starts)[starts->size() * booking.quarter / 4];
  for (std::size_t i = 0; i < company.customers.size(); ++i) {
    if (booking.customer != kBoth && static_cast<std::size_t>(booking.customer) != i) continue;
    const auto requested =
        Request(core, specialist, company.customers[i], booking.service, start, "");
    if (!requested.ok()) return requested.status();
    v1::AcceptAppointmentRequest accept;
    accept.set_name(requested->name());
    accept.set_request_id(NewRequestId());
    const auto accepted = core.Call<v1::Appointment>(accept, specialist.account);
    if (!accepted.ok()) return accepted.status();
    ++booked;
  }
  return booked;
}

// A first request beside them, which nobody has answered.
absl::Status LeaveARequest(const Connection& core, const DemoSpecialist& specialist,
                           const DemoCompany& company) {
  for (int days = 1; days <= kDaysFilled; ++days) {
    const auto starts = FreeStarts(core, specialist, 0, days);
    if (!starts.ok()) return starts.status();
    if (starts->empty()) continue;
    return Request(core, specialist, company.customers.back(), 0, starts->back(), kRequestNote)
        .status();
  }
  return absl::OkStatus();
}

// Takes the `count` things that these accounts were to be told off the list, so that what somebody
// sees first is not a dozen messages. What is others' stays.
absl::Status TellNobody(const Connection& core, const std::set<std::string>& accounts, int count) {
  v1::StreamNotificationsRequest request;
  request.set_channel(kChannel);
  request.set_max_outstanding(1000);
  absl::Status acknowledged;
  const auto take = [&](const v1::Notification& notification) {
    if (!accounts.contains(notification.recipient())) return true;
    v1::AcknowledgeNotificationRequest acknowledge;
    acknowledge.set_name(notification.name());
    acknowledged = core.Call<v1::AcknowledgeNotificationResponse>(acknowledge).status();
    return acknowledged.ok() && --count > 0;
  };
  const absl::Status read = core.Read<v1::Notification>(request, take);
  return read.ok() ? acknowledged : read;
}

absl::Status FillWeek(const Connection& core, const DemoSpecialist& specialist,
                      const DemoCompany& company) {
  v1::ListAppointmentsRequest list;
  list.set_parent(specialist.provider);
  list.set_page_size(1);
  const auto present = core.Call<v1::ListAppointmentsResponse>(list, specialist.account);
  if (!present.ok()) return present.status();
  if (present->appointments_size() > 0) return absl::OkStatus();
  std::size_t worked = 0;
  int booked = 0;
  for (int days = 1; days <= kDaysFilled; ++days) {
    const auto starts = FreeStarts(core, specialist, 0, days);
    if (!starts.ok()) return starts.status();
    if (starts->empty()) continue;
    for (const DemoBooking& booking : kDays[worked % std::size(kDays)]) {
      const auto made = Book(core, specialist, company, booking, days);
      if (!made.ok()) return made.status();
      booked += *made;
    }
    ++worked;
  }
  std::set<std::string> accounts(company.customers.begin(), company.customers.end());
  accounts.insert(specialist.account);
  // The specialist, of who has joined and of each request; the customers, of each acceptance.
  const int told = static_cast<int>(company.customers.size()) + 2 * booked;
  if (absl::Status s = TellNobody(core, accounts, told); !s.ok()) return s;
  return LeaveARequest(core, specialist, company);
}

}  // namespace

absl::Status SeedCompany(const Connection& core, const DemoSpecialist& specialist,
                         DemoCompany& company) {
  for (const DemoPerson& person : kCustomers) {
    const auto account = EnsurePerson(core, person);
    if (!account.ok()) return account.status();
    if (absl::Status s = Redeem(core, specialist.invitation_code, account->name()); !s.ok()) {
      return s;
    }
    company.customers.push_back(account->name());
  }
  if (absl::Status s = SeedOrganization(core, specialist, company); !s.ok()) return s;
  return FillWeek(core, specialist, company);
}

}  // namespace kalends::cli

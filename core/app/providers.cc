#include "core/app/providers.h"

#include <algorithm>

#include "core/app/notifications.h"
#include "core/app/privacy.h"
#include "core/app/readable.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/notifications/notification.h"
#include "core/providers/currency.h"
#include "core/providers/visibility.h"
#include "core/timezone/time_zone.h"
#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/catalog.h"
#include "storage/chat.h"
#include "storage/profiles.h"
#include "storage/schedule.h"

namespace kalends::app {
namespace {

absl::Status CheckCurrency(std::string_view field, const std::string& code) {
  if (core::IsCurrencyInUse(code)) return absl::OkStatus();
  return core::InvalidField(field, "must be a currency of ISO 4217 in use, such as `EUR`");
}

// Where a new provider works. Never a guess: hours in a wrong zone are wrong appointments.
absl::StatusOr<std::string> ZoneOfNew(const core::Account& account, const std::string& wanted) {
  if (wanted.empty() && account.time_zone.empty()) {
    return core::Error(core::Reason::kTimeZoneMissing);
  }
  const auto zone = core::TimeZone::Find(wanted.empty() ? account.time_zone : wanted);
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  return zone->name();
}

// What is agreed and ahead is reminded of by the new times, too.
void RenewRemindersOf(WriteContext& cx, const core::Provider& provider,
                      const std::vector<core::Minutes>& before) {
  std::vector<core::ProviderId> specialists = {provider.id};
  if (provider.kind == core::ProviderKind::kOrganization) {
    specialists = storage::StaffOf(cx.tx, provider.id);
  }
  for (const core::ProviderId specialist : specialists) {
    for (const core::Appointment& one :
         storage::HoldingAppointments(cx.tx, specialist, cx.now, core::kRemindersRenewedMax)) {
      if (one.provider == provider.id) RenewReminders(cx, one, before, provider.reminders);
    }
  }
}

std::string CurrencyOf(storage::Transaction& tx, const core::Provider& provider,
                       std::string_view zone) {
  if (!provider.currency.empty()) return provider.currency;
  const auto account = storage::FindAccount(tx, provider.account);
  return core::LikelyCurrency(account ? core::CodeOf(account->language) : "", zone);
}

}  // namespace

absl::StatusOr<ProviderView> RegisterProvider(WriteContext& cx,
                                              const RegisterProviderInput& input) {
  RETURN_IF_ERROR(core::CheckName("display_name", input.display_name));
  auto account = storage::FindAccount(cx.tx, *cx.caller.account);
  if (!account) return core::Error(core::Reason::kAccountUnknown);
  RETURN_IF_ERROR(
      core::CheckRegister(storage::FindProviderOfAccount(cx.tx, account->id), input.kind));
  if (!input.currency.empty()) RETURN_IF_ERROR(CheckCurrency("currency_code", input.currency));
  ASSIGN_OR_RETURN(const std::string zone, ZoneOfNew(*account, input.time_zone));
  if (account->time_zone.empty()) {
    account->time_zone = zone;
    ++account->version;
    storage::UpdateAccount(cx.tx, *account);
  }
  core::Provider provider;
  provider.id = cx.ids.Next<core::ProviderId>(cx.now);
  provider.account = account->id;
  provider.kind = input.kind;
  provider.display_name = input.display_name;
  provider.currency = input.currency;
  provider.created = cx.now;
  storage::InsertProvider(cx.tx, provider);
  if (provider.kind == core::ProviderKind::kSpecialist) {
    core::Schedule schedule;
    schedule.time_zone = zone;
    storage::InsertSchedule(cx.tx, provider.id, schedule);
  }
  return ViewProvider(cx.AsRead(), std::move(provider));
}

absl::StatusOr<ProviderView> GetProvider(const ReadContext& cx, core::ProviderId id) {
  ASSIGN_OR_RETURN(core::Provider provider, VisibleProvider(cx, id));
  return ViewProvider(cx, std::move(provider));
}

absl::StatusOr<OpenCounts> CountOpen(const ReadContext& cx, core::ProviderId id) {
  RETURN_IF_ERROR(ManagedProvider(cx, id).status());
  // As the list has them, so that the two never disagree.
  const auto pending = storage::FirstReadable(cx.tx, core::kOpenCountMax, [&](int limit) {
    return storage::ListPending(cx.tx, storage::AsProvider{id}, std::nullopt, limit);
  });
  const int unread = storage::CountUnreadThreads(cx.tx, id, core::kThreadsCountedMax);
  return OpenCounts{static_cast<int>(pending.size()), std::min(unread, core::kOpenCountMax)};
}

absl::StatusOr<ProviderView> UpdateProvider(WriteContext& cx, const UpdateProviderInput& input) {
  ASSIGN_OR_RETURN(core::Provider provider, ManagedProvider(cx.AsRead(), input.id));
  RETURN_IF_ERROR(CheckEtag(input.etag, provider.version));
  if (input.display_name) {
    RETURN_IF_ERROR(core::CheckName("provider.display_name", *input.display_name));
    provider.display_name = *input.display_name;
  }
  const std::vector<core::Minutes> before = provider.reminders;
  // The contract and the schema keep it in its range.
  if (input.default_duration) provider.default_duration = *input.default_duration;
  if (input.reminders) {
    RETURN_IF_ERROR(core::CheckReminders(*input.reminders));
    provider.reminders = *input.reminders;
  }
  if (input.currency) {
    RETURN_IF_ERROR(CheckCurrency("provider.currency_code", *input.currency));
    provider.currency = *input.currency;
  }
  if (input.reminder_text) {
    RETURN_IF_ERROR(core::CheckReminderText(*input.reminder_text));
    storage::SetReminderText(cx.tx, provider.id, *input.reminder_text);
  }
  if (input.asks_before_moving) provider.asks_before_moving = *input.asks_before_moving;
  ++provider.version;
  cx.changed_catalogs.push_back(provider.id);
  storage::UpdateProvider(cx.tx, provider);
  if (input.reminders) RenewRemindersOf(cx, provider, before);
  return ViewProvider(cx.AsRead(), std::move(provider));
}

absl::StatusOr<std::vector<ProviderView>> ListProviders(
    const ReadContext& cx, core::AccountId customer,
    const std::optional<storage::ProviderCursor>& after, int limit) {
  if (!core::MayActAs(cx.caller, customer)) return core::NotFound("accounts/*", customer);
  return EachReadable(
      cx.tx, storage::LinkedProviders(cx.tx, customer, after, limit),
      [&](core::Provider& provider) { return ViewProvider(cx, std::move(provider)); });
}

std::string TimeZoneOf(storage::Transaction& tx, const core::Provider& provider) {
  if (provider.kind == core::ProviderKind::kSpecialist) {
    return storage::ScheduleTimeZone(tx, provider.id).value_or("UTC");
  }
  const auto account = storage::FindAccount(tx, provider.account);
  return account && !account->time_zone.empty() ? account->time_zone : "UTC";
}

std::vector<core::ProviderNeed> MissingOf(const ReadContext& cx, const core::Provider& provider) {
  std::vector<core::ProviderId> team = {provider.id};
  if (provider.kind == core::ProviderKind::kOrganization) {
    team = storage::StaffOf(cx.tx, provider.id);
  }
  // Who works for an organization can be booked there, and may leave it at that.
  std::vector<core::ProviderId> offering = storage::OrganizationsOf(cx.tx, provider.id);
  offering.push_back(provider.id);
  core::ProviderParts parts;
  parts.has_service = std::any_of(offering.begin(), offering.end(), [&](core::ProviderId id) {
    return storage::HasOpenService(cx.tx, id);
  });
  parts.has_team = !team.empty();
  parts.has_hours = std::any_of(team.begin(), team.end(), [&](core::ProviderId specialist) {
    return storage::HasHours(cx.tx, specialist, cx.now);
  });
  return core::MissingIn(provider.kind, parts);
}

ProviderView ViewProvider(const ReadContext& cx, core::Provider provider) {
  ProviderView view;
  view.time_zone = TimeZoneOf(cx.tx, provider);
  view.currency = CurrencyOf(cx.tx, provider, view.time_zone);
  if (provider.kind == core::ProviderKind::kOrganization) {
    for (const core::ProviderId id : storage::StaffOf(cx.tx, provider.id)) {
      if (auto specialist = storage::FindProvider(cx.tx, id)) {
        const std::string zone = TimeZoneOf(cx.tx, *specialist);
        view.specialists.push_back({*std::move(specialist), zone});
      }
    }
  }
  view.profile_slug = storage::PublishedSlug(cx.tx, provider.id);
  view.missing = MissingOf(cx, provider);
  if (core::MayActAs(cx.caller, provider.account)) {
    view.reminder_text = storage::ReminderTextOf(cx.tx, provider.id);
  }
  if (core::MayManage(cx.caller, provider)) {
    for (const core::ProviderId id : storage::OrganizationsOf(cx.tx, provider.id)) {
      if (auto organization = storage::FindProvider(cx.tx, id)) {
        view.organizations.push_back(*std::move(organization));
      }
    }
  }
  view.provider = std::move(provider);
  return view;
}

// The row stays, for the books of customers.
extern constinit const Farewell kProvidersFarewell{
    .begin = [](WriteContext& cx, const Leaving& leaving) {
      if (!leaving.provider) return;
      core::Provider provider = *leaving.provider;
      provider.display_name = core::kErasedName;
      provider.reminders.clear();
      storage::SetReminderText(cx.tx, provider.id, "");
      provider.erased = cx.now;
      ++provider.version;
      storage::UpdateProvider(cx.tx, provider);
    }};

}  // namespace kalends::app

#include "tests/storage/sample.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "storage/accounts.h"
#include "storage/blobs/master_keys.h"
#include "storage/catalog.h"
#include "storage/providers.h"
#include "storage/schedule.h"

namespace kalends::storage {

using std::chrono::hours;

core::Account SampleAccount(core::AccountId id) {
  return {id, fmt::format("Person {}", id.value), core::Language::kFr, "Europe/Riga", kNow, 1};
}

core::Provider SampleProvider(core::ProviderId id, core::AccountId account) {
  core::Provider provider;
  provider.id = id;
  provider.account = account;
  provider.display_name = fmt::format("Provider {}", id.value);
  provider.created = kNow;
  return provider;
}

core::Service SampleService(core::ProviderId provider, core::ServiceId id) {
  core::Service service;
  service.id = id;
  service.provider = provider;
  service.name = fmt::format("Service {}", id.value);
  service.price = {2500, "EUR"};
  return service;
}

core::Appointment SampleAppointment(std::int64_t id, core::Instant start) {
  core::Appointment appointment;
  appointment.id = {id};
  appointment.provider = kCarla;
  appointment.specialist = kCarla;
  appointment.customer = kAda;
  appointment.service = kHaircut;
  appointment.interval = {start, start + hours(1)};
  appointment.hold = appointment.interval;
  appointment.agreed = core::AgreedTime{date::local_seconds(start.time_since_epoch()), "UTC",
                                        std::chrono::seconds(0), "2026a", std::nullopt};
  appointment.price = {2500, "EUR"};
  appointment.service_name = "Haircut";
  appointment.note = "sealed";
  appointment.created = kNow;
  return appointment;
}

core::Appointment GroupAppointment(std::int64_t id, core::Instant start) {
  core::Appointment appointment = SampleAppointment(id, start);
  appointment.service = kYoga;
  appointment.capacity = 3;
  return appointment;
}

void InsertPeople(Transaction& tx) {
  for (const core::AccountId id : {kAda, kBen, kCarlaAccount, kDanAccount, kStudioAccount}) {
    InsertAccount(tx, SampleAccount(id));
  }
  InsertProvider(tx, SampleProvider(kCarla, kCarlaAccount));
  InsertProvider(tx, SampleProvider(kDan, kDanAccount));
  core::Provider studio = SampleProvider(kStudio, kStudioAccount);
  studio.kind = core::ProviderKind::kOrganization;
  InsertProvider(tx, studio);
  InsertSchedule(tx, kCarla, {});
  InsertSchedule(tx, kDan, {});
  InsertService(tx, SampleService(kCarla, kHaircut));
  core::Service massage = SampleService(kStudio, kMassage);
  massage.specialists = {kCarla, kDan};
  InsertService(tx, massage);
  core::Service yoga = SampleService(kCarla, kYoga);
  yoga.rules.capacity = 3;
  InsertService(tx, yoga);
}

Store::Store() {
  database_ = home_.Open().value();
  Begin();
}

Store::Store(std::unique_ptr<Database> database) : database_(std::move(database)) { Begin(); }

void Store::Begin() {
  database_->SetKeys(MasterKeys::Random());
  Write(InsertPeople);
}

void Store::Write(const std::function<void(Transaction&)>& body) {
  const absl::Status status = TryWrite(body);
  EXPECT_TRUE(status.ok()) << status;
}

absl::Status Store::TryWrite(const std::function<void(Transaction&)>& body) {
  return database_->Write([&](Transaction& tx) {
    body(tx);
    return absl::OkStatus();
  });
}

std::string Show(const core::Account& account) {
  return fmt::format("{} {} {} {} {} {}", account.id.value, account.display_name,
                     core::CodeOf(account.language), account.time_zone,
                     core::ToUnixSeconds(account.created), account.version);
}

std::string Show(const core::Provider& provider) {
  std::vector<std::int64_t> reminders;
  for (const core::Minutes before : provider.reminders) reminders.push_back(before.count());
  return fmt::format("{} {} {} {} {} {} {} {}", provider.id.value, provider.account.value,
                     core::NameOf(provider.kind), provider.display_name,
                     provider.default_duration.count(), reminders,
                     core::ToUnixSeconds(provider.created), provider.version);
}

std::string Show(const core::Service& service) {
  const core::BookingRules& rules = service.rules;
  std::string text = fmt::format(
      "{} {} {} {} rules {} {} {} {} {} {} {} {} price {} {} {} {} {} {} {} {}", service.id.value,
      service.provider.value, service.name, service.description, rules.duration.count(),
      rules.buffer_before.count(), rules.buffer_after.count(), rules.step.count(),
      rules.minimum_notice.count(), rules.horizon.count(), rules.cancellation_deadline.count(),
      rules.capacity, service.price.minor_units, service.price.currency_code, service.payment_link,
      service.place, service.auto_accept, service.position, service.archived, service.version);
  for (const auto& [language, translation] : service.translations) {
    text += fmt::format(" {}: {}, {}", language, translation.name, translation.description);
  }
  for (const core::ProviderId specialist : service.specialists) {
    text += fmt::format(" by {}", specialist.value);
  }
  return text;
}

std::string Show(const core::Appointment& appointment) {
  std::vector<std::int64_t> proposals;
  for (const core::Instant start : appointment.proposals) {
    proposals.push_back(core::ToUnixSeconds(start));
  }
  std::string agreed = "none";
  if (const auto& time = appointment.agreed) {
    agreed = fmt::format("{} {} {} {} {}", time->wall.time_since_epoch().count(), time->zone,
                         time->offset.count(), time->rules,
                         time->lost_to ? time->lost_to->time_since_epoch().count() : -1);
  }
  return fmt::format(
      "{} {} {} {} service {} {} {} {} hold {} {} {} {} price {} {} {} {} {} {} {} agreed {}",
      appointment.id.value, appointment.provider.value, appointment.specialist.value,
      appointment.customer.value, appointment.service ? appointment.service->value : 0,
      appointment.service_name, core::ToUnixSeconds(appointment.interval.start),
      core::ToUnixSeconds(appointment.interval.end), core::ToUnixSeconds(appointment.hold.start),
      core::ToUnixSeconds(appointment.hold.end), core::NameOf(appointment.status),
      appointment.capacity, appointment.price.minor_units, appointment.price.currency_code,
      appointment.place, proposals, core::ToUnixSeconds(appointment.created), appointment.version,
      appointment.note, agreed);
}

}  // namespace kalends::storage

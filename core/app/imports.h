// Use cases of bringing in what another program kept. Nobody is notified. Each record is known by
// its id there; what was brought in under one is not touched again.
#pragma once

#include <optional>
#include <string>

#include "core/accounts/account.h"
#include "core/app/context.h"
#include "core/booking/appointment.h"
#include "core/catalog/service.h"
#include "core/providers/provider.h"

namespace kalends::app {

enum class ImportOutcome { kCreated, kExists, kErased };

// `id`: none of what was only tried, or is erased.
template <typename Id>
struct Imported {
  ImportOutcome outcome = ImportOutcome::kCreated;
  std::optional<Id> id = {};
};

struct ImportedProviderInput {
  std::string external_id;
  core::ProviderKind kind = core::ProviderKind::kSpecialist;
  std::string display_name;
  std::string time_zone;
  std::string currency;  // Empty: to be guessed.
  core::Language language = core::Language::kEn;
  std::optional<core::ProviderId> organization = {};  // Whose staff it is.
};
absl::StatusOr<Imported<core::ProviderId>> ImportProvider(WriteContext& cx,
                                                          const ImportedProviderInput& input,
                                                          Trial trial);

// `service` as CreateService wants it; it may be archived.
absl::StatusOr<Imported<core::ServiceId>> ImportCatalogService(WriteContext& cx,
                                                               const std::string& external_id,
                                                               const core::Service& service,
                                                               Trial trial);

struct ImportedCustomerInput {
  core::ProviderId provider;
  std::string external_id;
  core::Identity identity;
  std::string display_name;
  core::Language language = core::Language::kEn;
  std::string time_zone;  // Empty: not known.
  std::string private_note;
};
absl::StatusOr<Imported<core::AccountId>> ImportCustomer(WriteContext& cx,
                                                         const ImportedCustomerInput& input,
                                                         Trial trial);

struct ImportedAppointmentInput {
  core::ProviderId provider;
  std::string external_id;
  std::optional<core::AccountId> customer;  // None: only tried, for one who is not there yet.
  std::optional<core::ServiceId> service;
  std::optional<core::ProviderId> specialist;  // None: the provider itself.
  core::Interval interval;
  core::AppointmentStatus status = core::AppointmentStatus::kPending;
  core::Money price;
  std::string place;
  std::string note;
  std::string reason;
  core::Instant created;  // Not after now.
};
struct ImportedAppointment {
  Imported<core::AppointmentId> imported;
  core::AppointmentStatus status = core::AppointmentStatus::kPending;  // That it has now.
};
absl::StatusOr<ImportedAppointment> ImportAppointment(WriteContext& cx,
                                                      const ImportedAppointmentInput& input,
                                                      Trial trial);

}  // namespace kalends::app

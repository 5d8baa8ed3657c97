#include "storage/privacy.h"

#include "storage/values.h"

namespace kalends::storage {

// Each defined with the queries of its subject.
extern const Erasure kNotificationsErasure, kSupportErasure, kChatErasure, kNotesErasure,
    kPaymentsErasure, kPackagesErasure, kBookingErasure, kBusyErasure, kDocumentsErasure,
    kConsentsErasure, kFeedsErasure, kPicturesErasure, kProfilesErasure, kInvitationsErasure,
    kCatalogErasure, kScheduleErasure, kLinksErasure, kProvidersErasure, kRequestsErasure,
    kSessionsErasure, kAccountsErasure, kImportsErasure;

std::span<const Erasure* const> Erasures() {
  static constexpr const Erasure* kErasures[] = {
      &kNotificationsErasure, &kSupportErasure,     &kChatErasure,     &kNotesErasure,
      &kPackagesErasure,      &kPaymentsErasure,    &kBookingErasure,  &kBusyErasure,
      &kDocumentsErasure,     &kConsentsErasure,    &kFeedsErasure,    &kPicturesErasure,
      &kProfilesErasure,      &kInvitationsErasure, &kCatalogErasure,  &kScheduleErasure,
      &kLinksErasure,         &kProvidersErasure,   &kRequestsErasure, &kSessionsErasure,
      &kAccountsErasure,      &kImportsErasure};
  return kErasures;
}

UnusedBlobs Erase(Transaction& tx, const Leaver& leaver) {
  UnusedBlobs all;
  const auto run = [&](auto erase) {
    if (erase == nullptr) return;
    const UnusedBlobs blobs = erase(tx, leaver);
    all.insert(all.end(), blobs.begin(), blobs.end());
  };
  for (const Erasure* erasure : Erasures()) {
    if (leaver.provider) run(erasure->of_provider);
    run(erasure->of_customer);
  }
  return all;
}

std::vector<TraceCount> CountTraces(Transaction& tx, const Leaver& leaver,
                                    std::span<const Trace> traces) {
  std::vector<TraceCount> counts;
  for (const Trace& trace : traces) {
    if (trace.of == core::Side::kProvider && !leaver.provider) continue;
    counts.push_back({trace.of, trace.field, trace.count(tx, leaver)});
  }
  return counts;
}

int CountOf(Transaction& tx, std::string_view sql, std::initializer_list<Value> values) {
  return static_cast<int>(NumberOf(tx, sql, values));
}

UnusedBlobs ExecuteAll(Transaction& tx, std::initializer_list<std::string_view> statements,
                       std::initializer_list<Value> values) {
  for (const std::string_view sql : statements) tx.Execute(sql, values);
  return {};
}

}  // namespace kalends::storage

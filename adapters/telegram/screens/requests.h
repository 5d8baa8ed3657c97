// A provider's answers to requests (SPEC 3.1).
#pragma once

#include <optional>

#include "adapters/telegram/actions/requests.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::telegram {

// What else there is near a request, within kAround of it.
inline constexpr std::chrono::minutes kAround{60};
struct Around {
  std::optional<Instant> busy_until;  // Just before; none: there is nothing.
  std::optional<Instant> busy_from;   // Just after.
};
// Of the spans in which its specialist is busy otherwise; nullopt: in its own time, too, as others
// of a group are.
std::optional<Around> AroundOf(const v1::Appointment& appointment,
                               const v1::ListBusyTimesResponse& times);

// The customer's consents to what the provider wants signed.
enum class Terms { kUnknown, kNoneNeeded, kSigned, kPending };

struct RequestView {
  v1::Appointment appointment;
  int number = 0;  // From 0 on.
  int count = 0;   // Of those that wait.
  std::optional<Around> around = std::nullopt;
  Terms terms = Terms::kUnknown;
  bool own_customer = true;  // Not of an organization that the reader works for.
  Nonce nonce = {};
};
// One request, with all that decides on it.
Screen RequestScreen(const Reader& reader, const RequestView& view);
// There is none.
Screen NoRequestsScreen(const Reader& reader);

Screen AskRejectScreen(const Reader& reader, const v1::Appointment& appointment, Nonce nonce);
Screen RejectReasonScreen(const Reader& reader, const v1::Appointment& appointment,
                          const std::string& reason, Nonce nonce);
// For a request without a service: the provider names it when accepting.
Screen AcceptAsScreen(const Reader& reader, const v1::Appointment& appointment,
                      const std::vector<v1::Service>& services, Nonce nonce);

}  // namespace kalends::telegram

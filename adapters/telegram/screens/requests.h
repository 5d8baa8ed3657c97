// A provider's answers to requests (SPEC 3.1).
#pragma once

#include "adapters/telegram/actions/requests.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"

namespace kalends::telegram {

Screen AskRejectScreen(const Reader& reader, const v1::Appointment& appointment, Nonce nonce);
Screen RejectReasonScreen(const Reader& reader, const v1::Appointment& appointment,
                          const std::string& reason, Nonce nonce);
// For a request without a service: the provider names it when accepting.
Screen AcceptAsScreen(const Reader& reader, const v1::Appointment& appointment,
                      const std::vector<v1::Service>& services, Nonce nonce);

}  // namespace kalends::telegram

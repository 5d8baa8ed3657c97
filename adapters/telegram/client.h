// Calls to the core: one channel, a deadline and the credentials on each.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <tuple>

#include "absl/status/statusor.h"
#include "adapters/telegram/status.h"
#include "kalends/v1/account_service.grpc.pb.h"
#include "kalends/v1/booking_service.grpc.pb.h"
#include "kalends/v1/catalog_service.grpc.pb.h"
#include "kalends/v1/invitation_service.grpc.pb.h"
#include "kalends/v1/notification_service.grpc.pb.h"
#include "kalends/v1/provider_service.grpc.pb.h"
#include "kalends/v1/schedule_service.grpc.pb.h"
#include "kalends/v1/session_service.grpc.pb.h"

namespace kalends::telegram {

using Accounts = v1::AccountService::Stub;
using Bookings = v1::BookingService::Stub;
using Catalog = v1::CatalogService::Stub;
using Invitations = v1::InvitationService::Stub;
using Notifications = v1::NotificationService::Stub;
using Providers = v1::ProviderService::Stub;
using Schedules = v1::ScheduleService::Stub;
using Sessions = v1::SessionService::Stub;

inline constexpr std::chrono::seconds kCallDeadline{8};  // A restart of the core fits in.

// Safe to share between threads.
class Client {
 public:
  // `address` as host:port; `api_key` as the core's operator made it.
  Client(const std::string& address, std::string api_key);

  // Calls `method` for `account` (a resource name or an identity; empty: for nobody). Waits for an
  // unreachable core until the deadline; then the status has no reason.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(std::string_view account,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request) const {
    grpc::ClientContext context;
    Prepare(context, account);
    Response response;
    const grpc::Status status = (stub<Stub>().*method)(&context, request, &response);
    if (!status.ok()) return FromGrpc(status);
    return response;
  }

  template <typename Stub>
  Stub& stub() const {
    return *std::get<std::unique_ptr<Stub>>(stubs_);
  }
  // Adds the credentials, as for a call that lasts (a stream).
  void Authorize(grpc::ClientContext& context, std::string_view account) const;

 private:
  void Prepare(grpc::ClientContext& context, std::string_view account) const;

  std::string authorization_;
  std::tuple<std::unique_ptr<Accounts>, std::unique_ptr<Bookings>, std::unique_ptr<Catalog>,
             std::unique_ptr<Invitations>, std::unique_ptr<Notifications>,
             std::unique_ptr<Providers>, std::unique_ptr<Schedules>, std::unique_ptr<Sessions>>
      stubs_;
};

}  // namespace kalends::telegram

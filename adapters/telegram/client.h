// Calls to the core: one channel, a deadline and the credentials on each.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <tuple>

#include "absl/status/statusor.h"
#include "adapters/telegram/status.h"
#include "kalends/v1/account_service.grpc.pb.h"
#include "kalends/v1/booking_service.grpc.pb.h"
#include "kalends/v1/catalog_service.grpc.pb.h"
#include "kalends/v1/chat_service.grpc.pb.h"
#include "kalends/v1/consent_service.grpc.pb.h"
#include "kalends/v1/document_service.grpc.pb.h"
#include "kalends/v1/invitation_service.grpc.pb.h"
#include "kalends/v1/link_service.grpc.pb.h"
#include "kalends/v1/notification_service.grpc.pb.h"
#include "kalends/v1/privacy_service.grpc.pb.h"
#include "kalends/v1/profile_service.grpc.pb.h"
#include "kalends/v1/provider_service.grpc.pb.h"
#include "kalends/v1/schedule_service.grpc.pb.h"
#include "kalends/v1/session_service.grpc.pb.h"
#include "kalends/v1/support_service.grpc.pb.h"

namespace kalends::telegram {

using Accounts = v1::AccountService::Stub;
using Bookings = v1::BookingService::Stub;
using Catalog = v1::CatalogService::Stub;
using Chats = v1::ChatService::Stub;
using Consents = v1::ConsentService::Stub;
using Documents = v1::DocumentService::Stub;
using Invitations = v1::InvitationService::Stub;
using Links = v1::LinkService::Stub;
using Notifications = v1::NotificationService::Stub;
using Privacy = v1::PrivacyService::Stub;
using Profiles = v1::ProfileService::Stub;
using Providers = v1::ProviderService::Stub;
using Schedules = v1::ScheduleService::Stub;
using Sessions = v1::SessionService::Stub;
using Supports = v1::SupportService::Stub;

inline constexpr std::chrono::seconds kCallDeadline{8};      // A restart of the core fits in.
inline constexpr std::chrono::seconds kStreamDeadline{120};  // A file of 20 MB at 200 kB/s.

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

  // Reads a stream of `method` to its end, or until `take` returns false.
  template <typename Stub, typename Request, typename Response>
  absl::Status Read(std::string_view account,
                    std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(
                        grpc::ClientContext*, const Request&),
                    const Request& request,
                    const std::function<bool(const Response&)>& take) const {
    grpc::ClientContext context;
    Authorize(context, account);
    context.set_deadline(std::chrono::system_clock::now() + kStreamDeadline);
    const auto reader = (stub<Stub>().*method)(&context, request);
    Response response;
    while (reader->Read(&response)) {
      if (take(response)) continue;
      context.TryCancel();
      reader->Finish();
      return absl::OkStatus();
    }
    return FromGrpc(reader->Finish());
  }

  // Writes a stream: `send` gets a function that writes a message, false once the core takes no
  // more. The status of `send`, where it fails, breaks the stream off.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Write(
      std::string_view account,
      std::unique_ptr<grpc::ClientWriter<Request>> (Stub::*method)(grpc::ClientContext*, Response*),
      const std::function<absl::Status(const std::function<bool(const Request&)>&)>& send) const {
    grpc::ClientContext context;
    Authorize(context, account);
    context.set_deadline(std::chrono::system_clock::now() + kStreamDeadline);
    Response response;
    const auto writer = (stub<Stub>().*method)(&context, &response);
    const absl::Status sent = send([&](const Request& request) { return writer->Write(request); });
    if (!sent.ok()) {
      context.TryCancel();
      writer->Finish();
      return sent;
    }
    writer->WritesDone();
    const grpc::Status status = writer->Finish();
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
             std::unique_ptr<Providers>, std::unique_ptr<Schedules>, std::unique_ptr<Sessions>,
             std::unique_ptr<Chats>, std::unique_ptr<Consents>, std::unique_ptr<Documents>,
             std::unique_ptr<Links>, std::unique_ptr<Privacy>, std::unique_ptr<Profiles>,
             std::unique_ptr<Supports>>
      stubs_;
};

}  // namespace kalends::telegram

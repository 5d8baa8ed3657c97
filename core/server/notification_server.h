#pragma once

#include "core/app/notifications_hub.h"
#include "core/server/calls.h"
#include "kalends/v1/notification_service.grpc.pb.h"

namespace kalends::server {

class NotificationServer final : public v1::NotificationService::CallbackService {
 public:
  NotificationServer(Calls& calls, app::NotificationHub& hub) : calls_(calls), hub_(hub) {}

  grpc::ServerWriteReactor<v1::Notification>* StreamNotifications(
      Calls::Context* context, const v1::StreamNotificationsRequest* request) override;
  Calls::Reactor* AcknowledgeNotification(Calls::Context* context,
                                          const v1::AcknowledgeNotificationRequest* request,
                                          v1::AcknowledgeNotificationResponse* response) override;
  Calls::Reactor* ReturnNotification(Calls::Context* context,
                                     const v1::ReturnNotificationRequest* request,
                                     v1::ReturnNotificationResponse* response) override;

 private:
  Calls& calls_;
  app::NotificationHub& hub_;
};

}  // namespace kalends::server

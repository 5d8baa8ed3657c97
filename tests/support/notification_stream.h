// What an adapter hears.
#pragma once

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "tests/support/await.h"
#include "tests/support/test_server.h"

namespace kalends::test {

// One adapter's stream, read by the test.
class NotificationStream {
 public:
  explicit NotificationStream(const Client& adapter, int max_outstanding = 0)
      : stub_(adapter.channel()) {
    adapter.Prepare(context_);
    context_.set_deadline(std::chrono::system_clock::now() + 2 * kAwaitMax);
    v1::StreamNotificationsRequest request;
    request.set_channel("telegram");
    request.set_max_outstanding(max_outstanding);
    reader_ = stub_.StreamNotifications(&context_, request);
    reader_->WaitForInitialMetadata();
  }
  ~NotificationStream() {
    context_.TryCancel();
    v1::Notification rest;
    while (reader_->Read(&rest)) {
    }
    reader_->Finish();
  }

  // Waits for the next one. The test ends where none comes within the two minutes that this lives.
  v1::Notification Next() {
    v1::Notification next;
    if (reader_->Read(&next)) return next;
    std::cerr << "no notification comes: " << reader_->Finish().error_message() << std::endl;
    std::abort();
  }

 private:
  v1::NotificationService::Stub stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::Notification>> reader_;
};

inline void Acknowledge(const Client& adapter, const v1::Notification& notification) {
  v1::AcknowledgeNotificationRequest request;
  request.set_name(notification.name());
  adapter.Must(&v1::NotificationService::Stub::AcknowledgeNotification, request);
}

}  // namespace kalends::test

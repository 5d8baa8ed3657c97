// Brings notifications from the core to people: leased, sent, and acknowledged only after Telegram
// took all of it, files included, so that a crash loses none. A text that Telegram refuses is told
// in simpler forms (deliveries.h) and then set aside, so that it holds up nothing that comes after
// it.
//
// That an appointment has changed is no message: those that show it are drawn anew.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "adapters/telegram/context.h"
#include "adapters/telegram/deliveries.h"
#include "kalends/v1/notification_service.pb.h"

namespace kalends::telegram {

class Notifier {
 public:
  // `context` must outlive it, and it must outlive every call that waits to be sent. Between two
  // streams it pauses for `retry`; sixty times that while the core refuses our key.
  Notifier(const Context& context, std::chrono::milliseconds retry);
  ~Notifier() { Stop(); }

  // Ends the stream, which gives back what was not sent.
  void Stop();

 private:
  // A notification on its way.
  struct Parcel;
  using ParcelPtr = std::shared_ptr<Parcel>;

  void Run();
  // Until it ends; how it ended.
  grpc::Status ReadStream();
  void Deliver(const v1::Notification& notification);
  // Part 0 is the text, in `form`.
  void SendPart(const ParcelPtr& parcel, std::size_t part, Form form);
  // Draws the next message anew that shows the appointment, in the order of its chat's updates.
  void Redraw(const ParcelPtr& parcel);
  void SendRedrawn(const ParcelPtr& parcel, std::int64_t message, const ShownAppointment& shown);
  void OnRedrawn(const ParcelPtr& parcel, std::int64_t message, const ApiResult& result);
  void EndRedraw(const ParcelPtr& parcel, Outcome outcome);
  // Keeps what shows an appointment, before the core hears that it was sent.
  void OnSent(const ParcelPtr& parcel, const ApiResult& result);
  // Notes that `messages` are about the ticket that it asks about, if any.
  void Bridge(const ParcelPtr& parcel, const std::vector<std::int64_t>& messages);
  // Goes on with what is due next, or settles the notification.
  void EndPart(const ParcelPtr& parcel, const ApiResult& result);
  void Settle(const ParcelPtr& parcel, Deliveries::Action action);
  // The keyboard of the provider who was told may have to say something else now.
  void CountAnew(const Parcel& parcel);

  const Context& context_;
  const std::chrono::milliseconds retry_;
  Deliveries deliveries_;
  std::atomic<int> set_aside_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  grpc::ClientContext* stream_ = nullptr;  // Of the running stream.
  // The core's answers must hold up neither the sender nor be held up by what people do.
  Strands strands_;
  std::thread thread_;
};

}  // namespace kalends::telegram

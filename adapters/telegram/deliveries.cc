#include "adapters/telegram/deliveries.h"

namespace kalends::telegram {

Deliveries::Begun Deliveries::Begin(const std::string& name) {
  const std::lock_guard lock(mutex_);
  Begun& delivery = deliveries_[name];
  const Begun begun = delivery;
  if (begun.state == State::kToDeliver) delivery.state = State::kOnItsWay;
  return begun;
}

Deliveries::Next Deliveries::EndPart(const std::string& name, std::size_t parts, Outcome outcome) {
  const std::lock_guard lock(mutex_);
  Begun& delivery = deliveries_[name];
  const bool is_file = delivery.part > 0;
  if (outcome == Outcome::kGone) {
    deliveries_.erase(name);
    return Next::kUnreachable;
  }
  if (outcome == Outcome::kOk || (outcome == Outcome::kBug && is_file)) {
    if (++delivery.part < parts) return Next::kPart;
    delivery.state = State::kDelivered;
    Rest(name);
    return Next::kAcknowledge;
  }
  delivery.state = State::kToDeliver;
  Rest(name);
  return outcome == Outcome::kRetry ? Next::kReturn : Next::kReturnLong;
}

void Deliveries::Rest(const std::string& name) {
  resting_.push_back(name);
  if (resting_.size() <= kDeliveriesKept) return;
  const auto oldest = deliveries_.find(resting_.front());
  if (oldest != deliveries_.end() && oldest->second.state != State::kOnItsWay) {
    deliveries_.erase(oldest);
  }
  resting_.pop_front();
}

}  // namespace kalends::telegram

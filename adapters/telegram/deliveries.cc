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
  const bool refused = outcome == Outcome::kBug;
  if (refused && delivery.part == 0 && delivery.form != Form::kMaxValue) {
    delivery.form = static_cast<Form>(static_cast<int>(delivery.form) + 1);
    return {Action::kSend, delivery.part, delivery.form};
  }
  if (outcome == Outcome::kGone || (refused && delivery.part == 0)) {
    deliveries_.erase(name);
    return {refused ? Action::kSetAside : Action::kUnreachable};
  }
  if (outcome == Outcome::kOk || refused) {
    if (++delivery.part < parts) return {Action::kSend, delivery.part, delivery.form};
    delivery.state = State::kDelivered;
    Rest(name);
    return {Action::kAcknowledge};
  }
  delivery.state = State::kToDeliver;
  Rest(name);
  return {outcome == Outcome::kRetry ? Action::kReturn : Action::kReturnLong};
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

// Who is connected and has not said yet what they want. Where there is no more room, one of them
// gives way to the newcomer, so that nobody shuts others out by being slow.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <string>

namespace kalends {

// Holds pointers only: who ends leaves before. For one thread.
template <class Guest>
class WaitingRoom {
 public:
  // `network`: whose guest it is. Who is here already goes to the end of the queue.
  void Enter(Guest* guest, const std::string& network) {
    Leave(guest);
    networks_[guest] = network;
    queues_[network].push_back(guest);
  }

  void Leave(Guest* guest) {
    const auto found = networks_.find(guest);
    if (found == networks_.end()) return;
    const auto queue = queues_.find(found->second);
    std::erase(queue->second, guest);
    if (queue->second.empty()) queues_.erase(queue);
    networks_.erase(found);
  }

  // Who is to give way: of the network that has the most guests here the one who waits longest.
  // nullptr: nobody is here.
  Guest* FirstToGo() const {
    if (queues_.empty()) return nullptr;
    const auto fuller = [](const auto& a, const auto& b) {
      return a.second.size() < b.second.size();
    };
    return std::max_element(queues_.begin(), queues_.end(), fuller)->second.front();
  }

  std::size_t size() const { return networks_.size(); }

 private:
  std::map<Guest*, std::string> networks_;
  std::map<std::string, std::deque<Guest*>> queues_;
};

}  // namespace kalends

// Updates that are still being handled although Telegram may forget them: kept by the core, in
// sessions of their own, so that a crash loses none.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <vector>

#include "adapters/telegram/client.h"
#include "adapters/telegram/update_key.h"
#include "nlohmann/json.hpp"

namespace kalends::telegram {

inline constexpr int kBacklogSessions = 64;  // An update takes one for every 4 kB of it.

struct KeptUpdate {
  UpdateKey key;
  nlohmann::json update;  // Anything, should it not be readable.
};

// Safe to share between threads, after Load.
class Backlog {
 public:
  // `client` must outlive it.
  explicit Backlog(const Client& client) : client_(client) {}

  // What was kept and not dropped, by a process before this one too; in the order of their ids. A
  // place that the core cannot read any more is free. To be called once, before all else.
  absl::StatusOr<std::vector<KeptUpdate>> Load();
  // False: there is no room, or the core did not take it. It may be tried again; either way Drop is
  // due in the end.
  bool Keep(const UpdateKey& key, const nlohmann::json& update);
  void Drop(const UpdateKey& key);
  // How many are kept.
  std::size_t CountKept();

 private:
  const Client& client_;
  std::mutex mutex_;
  std::set<int> free_;
  std::map<UpdateKey, std::vector<int>> kept_;  // Sessions by update, in the order of its parts.
};

}  // namespace kalends::telegram

// What was found damaged where it is stored: named in the log once, by its place, and counted.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

namespace kalends::storage {

// So many places are told apart; what is found beyond is neither named nor counted.
inline constexpr std::size_t kDamagedPlacesMax = 10'000;

// Thread-safe.
class DamageLog {
 public:
  // `place` is a table, a column and a primary key, or "blobs/<id>": never what is kept there.
  void Note(std::string_view place, std::string_view why);
  // How many places, since the start.
  std::int64_t count() const;

 private:
  mutable std::mutex mutex_;
  std::unordered_set<std::string> places_;
};

}  // namespace kalends::storage

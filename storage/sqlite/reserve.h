// Room that is kept aside on the database's disk: with it, things can be deleted, and read with
// the audit lines that this leaves, when nothing else fits any more.
#pragma once

#include <string>

namespace kalends::storage {

inline constexpr int kReserveBytes = 4 << 20;

class Reserve {
 public:
  // `path`: of a file that is as large as what is kept; made here, if the disk has the room.
  explicit Reserve(std::string path);

  // Gives the room to whoever is first.
  void Release();
  // Whether it was given away, and the disk does not have as much again; takes it where it does.
  bool IsSpent();

 private:
  bool Fill() const;

  const std::string path_;
  bool spent_ = false;
};

}  // namespace kalends::storage

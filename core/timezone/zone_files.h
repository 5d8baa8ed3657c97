// The files of the tz database: where they lie, whether they have changed, which rules they hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kalends::core {

// The folder of the compiled zones: $TZDIR, or else the system's. As other programs take it.
std::string ZoneFolder();

// The file of the zone `name` ("Europe/Berlin"). nullopt: none, or one that is no zone to live in:
// the server's own, lists, and those that count leap seconds.
std::optional<std::string> ZoneFile(std::string_view name);

// How a file lay on the disk: another one once it was replaced or written.
struct FileMark {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t size = 0;
  std::int64_t written_ns = 0;
  std::int64_t changed_ns = 0;

  friend bool operator==(const FileMark&, const FileMark&) = default;
};
// nullopt: there is no such file.
std::optional<FileMark> MarkOf(const std::string& path);

}  // namespace kalends::core

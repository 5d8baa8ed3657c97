#include "core/timezone/zone_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

namespace kalends::core {
namespace {

constexpr char kSystemFolder[] = "/usr/share/zoneinfo";
constexpr std::string_view kMagic = "TZif";
// The server's own zone has no place in anybody's settings; "Factory" is no place at all.
constexpr std::string_view kNobodys[] = {"localtime", "posixrules", "Factory"};
// The same zones once more, and once more with leap seconds.
constexpr std::string_view kCopies[] = {"posix/", "right/"};

// Letters, digits, '_', '+', '-' between single slashes: nothing that leads out of the folder.
bool IsZoneName(std::string_view name) {
  char before = '/';
  for (const char c : name) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-';
    if (!is_word && (c != '/' || before == '/')) return false;
    before = c;
  }
  return before != '/';
}

bool BeginsAsZone(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, kMagic.size()> begin{};
  file.read(begin.data(), begin.size());
  return file && std::string_view(begin.data(), begin.size()) == kMagic;
}

std::int64_t NanosecondsOf(const timespec& time) {
  return time.tv_sec * std::int64_t{1'000'000'000} + time.tv_nsec;
}

}  // namespace

std::string ZoneFolder() {
  const char* const folder = std::getenv("TZDIR");
  return folder != nullptr && *folder == '/' ? folder : kSystemFolder;
}

std::optional<std::string> ZoneFile(std::string_view name) {
  if (!IsZoneName(name)) return std::nullopt;
  if (std::find(std::begin(kNobodys), std::end(kNobodys), name) != std::end(kNobodys)) {
    return std::nullopt;
  }
  for (const std::string_view copy : kCopies) {
    if (name.starts_with(copy)) return std::nullopt;
  }
  std::string path = ZoneFolder().append("/").append(name);
  return BeginsAsZone(path) ? std::optional(std::move(path)) : std::nullopt;
}

std::optional<FileMark> MarkOf(const std::string& path) {
  struct stat facts{};
  if (stat(path.c_str(), &facts) != 0) return std::nullopt;
  return FileMark{facts.st_dev, facts.st_ino, facts.st_size, NanosecondsOf(facts.st_mtim),
                  NanosecondsOf(facts.st_ctim)};
}

}  // namespace kalends::core

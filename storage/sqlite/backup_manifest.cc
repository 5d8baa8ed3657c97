#include "storage/sqlite/backup_manifest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

#include "core/base/status_macros.h"
#include "storage/blobs/files.h"

namespace kalends::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormat = "kalends-backup 1";
constexpr std::size_t kPieceBytes = 1 << 20;

std::string Hex(const unsigned char* bytes, std::size_t size) {
  std::string text(2 * size + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, size);
  text.pop_back();
  return text;
}

std::string HashOf(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return Hex(hash.data(), hash.size());
}

// Reads `from` to its end, and writes it to `to` where that is open.
absl::StatusOr<HashedFile> Pass(const fs::path& path, const File& from, const File& to) {
  HashedFile hashed{path.filename().string(), 0, {}};
  crypto_hash_sha256_state state{};
  crypto_hash_sha256_init(&state);
  std::string piece(kPieceBytes, '\0');
  for (;;) {
    const ssize_t got = read(from.descriptor(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError("read", path);
    if (got == 0) break;
    const std::string_view bytes(piece.data(), static_cast<std::size_t>(got));
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
    if (to.is_open() && !WriteAll(to, bytes)) return FileError("write a copy of", path);
    hashed.size_bytes += got;
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256_final(&state, hash.data());
  hashed.sha256 = Hex(hash.data(), hash.size());
  return hashed;
}

// Words of a line.
std::vector<std::string> WordsOf(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    words.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

template <typename Number>
bool Read(const std::string& word, Number& number) {
  const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
  return read.ec == std::errc() && read.ptr == word.data() + word.size();
}

// Whether the line is one of a manifest, which then has it.
bool Take(const std::vector<std::string>& words, BackupManifest& manifest) {
  const std::string& what = words.front();
  if (words.size() == 2) {
    if (what == "created") manifest.created = words[1];
    if (what == "store") manifest.store_id = words[1];
    if (what == "master-key") manifest.master_keys.push_back(words[1]);
    if (what == "missing") manifest.missing.push_back(words[1]);
    if (what == "schema") return Read(words[1], manifest.schema);
    return what == "created" || what == "store" || what == "master-key" || what == "missing";
  }
  if (words.size() != 4 || (what != "database" && what != "file")) return false;
  HashedFile file{words[1], 0, words[3]};
  if (!Read(words[2], file.size_bytes)) return false;
  if (what == "database") {
    manifest.database = std::move(file);
  } else {
    manifest.files.push_back(std::move(file));
  }
  return true;
}

}  // namespace

std::string TextOf(const BackupManifest& manifest) {
  std::string text =
      fmt::format("{}\ncreated {}\nschema {}\n", kFormat, manifest.created, manifest.schema);
  const auto add = [&](std::string_view what, const HashedFile& file) {
    text += fmt::format("{} {} {} {}\n", what, file.name, file.size_bytes, file.sha256);
  };
  add("database", manifest.database);
  if (!manifest.store_id.empty()) text += fmt::format("store {}\n", manifest.store_id);
  for (const std::string& id : manifest.master_keys) text += fmt::format("master-key {}\n", id);
  for (const HashedFile& file : manifest.files) add("file", file);
  for (const std::string& id : manifest.missing) text += fmt::format("missing {}\n", id);
  return text + fmt::format("end {}\n", HashOf(text));
}

absl::StatusOr<BackupManifest> ParseManifest(std::string_view text) {
  if (!text.starts_with(kFormat) || text.substr(kFormat.size(), 1) != "\n") {
    return absl::FailedPreconditionError("is of another version of Kalends, or no manifest");
  }
  const auto damaged = [] { return absl::FailedPreconditionError("is damaged"); };
  const std::size_t end = text.rfind("\nend ");
  if (end == std::string_view::npos) return damaged();
  const std::string_view body = text.substr(0, end + 1);
  if (text.substr(end + 1) != fmt::format("end {}\n", HashOf(body))) return damaged();
  BackupManifest manifest;
  for (std::string_view rest = body.substr(kFormat.size() + 1); !rest.empty();) {
    const std::size_t line = rest.find('\n');
    const std::vector<std::string> words = WordsOf(rest.substr(0, line));
    if (words.empty() || !Take(words, manifest)) return damaged();
    rest.remove_prefix(line + 1);
  }
  if (manifest.database.sha256.empty()) return damaged();
  return manifest;
}

absl::StatusOr<HashedFile> HashFile(const fs::path& path) {
  const File from(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from.is_open()) return FileError("read", path);
  return Pass(path, from, File());
}

absl::StatusOr<HashedFile> CopyFile(const fs::path& from, const fs::path& to) {
  const File source(open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (!source.is_open()) return FileError("read", from);
  fs::path unfinished = to;
  unfinished += ".tmp";
  unlink(unfinished.c_str());
  constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
  File copy(open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly));
  if (!copy.is_open()) return FileError("write", unfinished);
  absl::StatusOr<HashedFile> hashed = Pass(from, source, copy);
  if (hashed.ok() && fsync(copy.descriptor()) != 0) hashed = FileError("write", unfinished);
  copy.Close();
  if (hashed.ok() && rename(unfinished.c_str(), to.c_str()) != 0) hashed = FileError("write", to);
  if (!hashed.ok()) unlink(unfinished.c_str());
  return hashed;
}

}  // namespace kalends::storage

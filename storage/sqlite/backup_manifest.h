// What a backup says of itself: written last, so that one without it is none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kalends::storage {

// A file by what is in it.
struct HashedFile {
  std::string name;  // Of a document's file its id; of the database "kalends.db".
  std::int64_t size_bytes = 0;
  std::string sha256;  // 64 hexadecimal digits.
  friend bool operator==(const HashedFile&, const HashedFile&) = default;
};

struct BackupManifest {
  std::string created;  // "2026-11-30T19:00:00Z".
  int schema = 0;       // How many migrations the database has.
  HashedFile database;
  std::string store_id;                  // Of the directory of files; empty: it had none yet.
  std::vector<std::string> master_keys;  // Ids of those that open it, 16 hexadecimal digits each.
  std::vector<HashedFile> files;         // By id.
  std::vector<std::string> missing;      // Ids of files that the database knows and that were lost.
  friend bool operator==(const BackupManifest&, const BackupManifest&) = default;
};

// Lines of text, the last of which is a checksum of those before.
std::string TextOf(const BackupManifest& manifest);
// FAILED_PRECONDITION, as a part of a sentence: it is of another version, cut off or changed.
absl::StatusOr<BackupManifest> ParseManifest(std::string_view text);

// The hash of a file, and its size. As FileError has it.
absl::StatusOr<HashedFile> HashFile(const std::filesystem::path& path);
// The same of a copy at `to`, which is durable then but for its name's directory; `to` is replaced.
absl::StatusOr<HashedFile> CopyFile(const std::filesystem::path& from,
                                    const std::filesystem::path& to);

}  // namespace kalends::storage

// The master keys: they seal private texts (chat messages, support tickets) and the keys of
// documents. One is current; older ones only open what they sealed.
//
// A sealed value is: one byte of version, the id of its master key (8 bytes), a random nonce (24),
// and the text under XChaCha20-Poly1305 with its tag (16). It belongs to one row: opened for
// another it fails, so that rows cannot be swapped in the database.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/blobs/damage_log.h"
#include "storage/blobs/secret_bytes.h"

namespace kalends::storage {

inline constexpr std::size_t kMasterKeyBytes = 32;
inline constexpr std::size_t kMasterKeyIdBytes = 8;
inline constexpr std::size_t kSealOverheadBytes = 1 + kMasterKeyIdBytes + 24 + 16;

// Thread-safe.
class MasterKeys {
 public:
  // Keys in base64, separated by spaces, lines or commas, the current one first. INVALID_ARGUMENT
  // with a sentence for people.
  static absl::StatusOr<std::shared_ptr<MasterKeys>> Parse(std::string_view text);
  // Reads the file; a missing one is made with a new key and mode 0600. FAILED_PRECONDITION: others
  // may read it, or it holds no keys.
  static absl::StatusOr<std::shared_ptr<MasterKeys>> Load(const std::filesystem::path& file);
  // A new key in memory only: for tests and benchmarks.
  static std::shared_ptr<MasterKeys> Random();

  MasterKeys(const MasterKeys&) = delete;
  MasterKeys& operator=(const MasterKeys&) = delete;

  // Seals `text` under the current key. `row` says where it will be kept, and must be said again to
  // open it: table, column and primary key, such as "messages.text/<provider>/<id>".
  std::string SealText(std::string_view text, std::string_view row) const;
  // The text. UNREADABLE, and damage() knows of it: its key is not there any more, or it was
  // damaged or moved from another row.
  absl::StatusOr<std::string> OpenText(std::string_view sealed, std::string_view row) const;

  // The same for the key of a document. Sealed text cannot be opened as a key, nor a key as text.
  std::string WrapKey(std::string_view key, std::string_view row) const;
  absl::StatusOr<std::string> UnwrapKey(std::string_view wrapped, std::string_view row) const;

  // What could not be opened, and which files could not be read.
  DamageLog& damage() const { return damage_; }

  // Hashes of `text`, 32 bytes each, that nobody can make or try out without the keys: under each
  // key, the current one first. What was kept under one is recognized for as long as it is there.
  std::vector<std::string> KeyedHashes(std::string_view text) const;

  // The id of the master key that sealed this; empty: it is nothing sealed.
  static std::string_view KeyIdOf(std::string_view sealed);
  std::string CurrentId() const;
  // The current one first.
  std::vector<std::string> Ids() const;

  // Whether all of them lie in memory that is never swapped out.
  bool InLockedMemory() const;

  // Whether the keys came from a file.
  bool CanRotate() const { return file_.has_value(); }
  // Makes a new key and returns its id. It is in the file now, before the others, so that no crash
  // can lose it, and becomes the current one with MakeCurrent: what seals before that, seals under
  // the old one. FAILED_PRECONDITION: the keys did not come from a file. STORAGE_FULL.
  absl::StatusOr<std::string> Add();
  // The key that Add made is the current one from now on.
  void MakeCurrent(std::string_view id);

 private:
  struct Key {
    std::string id;
    SecretBytes bytes;
  };

  MasterKeys(std::vector<std::string> keys, std::optional<std::filesystem::path> file);

  std::string Seal(std::string_view text, std::string_view row, std::string_view purpose) const;
  absl::StatusOr<std::string> Open(std::string_view sealed, std::string_view row,
                                   std::string_view purpose) const;
  // The same, without a word of what is damaged.
  absl::StatusOr<std::string> TryOpen(std::string_view sealed, std::string_view row,
                                      std::string_view purpose) const;
  static Key MakeKey(std::string bytes);
  // To be wiped.
  static std::string TextOf(const std::vector<Key>& keys);

  const std::optional<std::filesystem::path> file_;
  mutable DamageLog damage_;
  mutable std::shared_mutex mutex_;
  std::vector<Key> keys_;  // The current one first.
};

}  // namespace kalends::storage

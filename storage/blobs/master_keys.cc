#include "storage/blobs/master_keys.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <mutex>

#include "absl/strings/escaping.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "storage/blobs/files.h"

namespace kalends::storage {
namespace {

constexpr char kVersion = '\x01';
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kHeaderBytes = 1 + kMasterKeyIdBytes + kNonceBytes;
static_assert(kMasterKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kSealOverheadBytes == kHeaderBytes + kTagBytes);

constexpr std::string_view kTextPurpose = "text";
constexpr std::string_view kKeyPurpose = "key";
// Keyed by the master key, so that an id tells nothing of it.
constexpr std::string_view kIdOf = "kalends master key id";
constexpr std::string_view kHashOf = "kalends keyed hash of ";
constexpr std::string_view kSeparators = " \t\r\n,";

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

absl::Status Unreadable(std::string_view why) {
  return core::Error(core::Reason::kUnreadable, why);
}

std::string RandomKey() {
  std::string bytes(kMasterKeyBytes, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string Associated(std::string_view row, std::string_view purpose) {
  std::string data(purpose);
  data.push_back('\0');
  data.append(row);
  return data;
}

absl::StatusOr<std::vector<std::string>> Decode(std::string_view text) {
  std::vector<std::string> keys;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(kSeparators), text.size()));
    if (text.empty()) break;
    const std::string_view word = text.substr(0, text.find_first_of(kSeparators));
    std::string& key = keys.emplace_back();
    if (!absl::Base64Unescape(absl::string_view(word.data(), word.size()), &key) ||
        key.size() != kMasterKeyBytes) {
      return absl::InvalidArgumentError("a master key must be 32 bytes in base64");
    }
    text.remove_prefix(word.size());
  }
  if (keys.empty()) return absl::InvalidArgumentError("there is no master key");
  return keys;
}

}  // namespace

MasterKeys::MasterKeys(std::vector<std::string> keys, std::optional<std::filesystem::path> file)
    : file_(std::move(file)) {
  for (std::string& key : keys) keys_.push_back(MakeKey(std::move(key)));
}

absl::StatusOr<std::shared_ptr<MasterKeys>> MasterKeys::Parse(std::string_view text) {
  ASSIGN_OR_RETURN(auto keys, Decode(text));
  return std::shared_ptr<MasterKeys>(new MasterKeys(std::move(keys), std::nullopt));
}

absl::StatusOr<std::shared_ptr<MasterKeys>> MasterKeys::Load(const std::filesystem::path& file) {
  absl::StatusOr<std::string> text = ReadPrivateFile(file);
  if (absl::IsNotFound(text.status())) {
    text = TextOf({MakeKey(RandomKey())});
    RETURN_IF_ERROR(ReplacePrivateFile(file, *text));
  }
  RETURN_IF_ERROR(text.status());
  absl::StatusOr<std::vector<std::string>> keys = Decode(*text);
  Wipe(*text);
  if (!keys.ok()) {
    return absl::FailedPreconditionError(
        fmt::format("{} is no file of master keys: {}; restore it from where you keep a copy",
                    file.string(), std::string(keys.status().message())));
  }
  return std::shared_ptr<MasterKeys>(new MasterKeys(*std::move(keys), file));
}

std::shared_ptr<MasterKeys> MasterKeys::Random() {
  return std::shared_ptr<MasterKeys>(new MasterKeys({RandomKey()}, std::nullopt));
}

std::string MasterKeys::SealText(std::string_view text, std::string_view row) const {
  return Seal(text, row, kTextPurpose);
}

absl::StatusOr<std::string> MasterKeys::OpenText(std::string_view sealed,
                                                 std::string_view row) const {
  return Open(sealed, row, kTextPurpose);
}

std::string MasterKeys::WrapKey(std::string_view key, std::string_view row) const {
  return Seal(key, row, kKeyPurpose);
}

absl::StatusOr<std::string> MasterKeys::UnwrapKey(std::string_view wrapped,
                                                  std::string_view row) const {
  return Open(wrapped, row, kKeyPurpose);
}

std::vector<std::string> MasterKeys::KeyedHashes(std::string_view text) const {
  const std::string hashed = std::string(kHashOf).append(text);
  std::vector<std::string> hashes;
  const std::shared_lock lock(mutex_);
  for (const Key& key : keys_) {
    std::string& hash = hashes.emplace_back(crypto_generichash_BYTES, '\0');
    crypto_generichash(Bytes(hash), hash.size(), Bytes(hashed), hashed.size(), key.bytes.data(),
                       key.bytes.size());
  }
  return hashes;
}

std::string_view MasterKeys::KeyIdOf(std::string_view sealed) {
  if (sealed.size() < kSealOverheadBytes || sealed[0] != kVersion) return {};
  return sealed.substr(1, kMasterKeyIdBytes);
}

bool MasterKeys::InLockedMemory() const {
  const std::shared_lock lock(mutex_);
  return std::all_of(keys_.begin(), keys_.end(), [](const Key& key) { return key.bytes.locked(); });
}

std::string MasterKeys::CurrentId() const {
  const std::shared_lock lock(mutex_);
  return keys_.front().id;
}

std::vector<std::string> MasterKeys::Ids() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::string> ids;
  ids.reserve(keys_.size());
  for (const Key& key : keys_) ids.push_back(key.id);
  return ids;
}

absl::StatusOr<std::string> MasterKeys::Add() {
  if (!file_) {
    return absl::FailedPreconditionError(
        "the master key comes from the environment: put a new one before it there");
  }
  const std::unique_lock lock(mutex_);
  std::vector<Key> keys = keys_;
  const Key& added = *keys.insert(keys.begin(), MakeKey(RandomKey()));
  std::string text = TextOf(keys);
  const absl::Status kept = ReplacePrivateFile(*file_, text);
  Wipe(text);
  RETURN_IF_ERROR(kept);
  keys_.push_back(added);
  return added.id;
}

void MasterKeys::MakeCurrent(std::string_view id) {
  const std::unique_lock lock(mutex_);
  const auto key =
      std::find_if(keys_.begin(), keys_.end(), [&](const Key& one) { return one.id == id; });
  assert(key != keys_.end());
  std::rotate(keys_.begin(), key, key + 1);
}

std::string MasterKeys::Seal(std::string_view text, std::string_view row,
                             std::string_view purpose) const {
  std::string sealed(kHeaderBytes + text.size() + kTagBytes, '\0');
  const std::string associated = Associated(row, purpose);
  const std::shared_lock lock(mutex_);
  const Key& key = keys_.front();
  sealed[0] = kVersion;
  std::copy(key.id.begin(), key.id.end(), sealed.begin() + 1);
  unsigned char* const nonce = Bytes(sealed) + 1 + kMasterKeyIdBytes;
  // 24 random bytes never meet twice.
  randombytes_buf(nonce, kNonceBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(sealed) + kHeaderBytes, nullptr, Bytes(text),
                                             text.size(), Bytes(associated), associated.size(),
                                             nullptr, nonce, key.bytes.data());
  return sealed;
}

absl::StatusOr<std::string> MasterKeys::Open(std::string_view sealed, std::string_view row,
                                             std::string_view purpose) const {
  absl::StatusOr<std::string> text = TryOpen(sealed, row, purpose);
  if (!text.ok()) damage_.Note(row, std::string(text.status().message()));
  return text;
}

absl::StatusOr<std::string> MasterKeys::TryOpen(std::string_view sealed, std::string_view row,
                                                std::string_view purpose) const {
  const std::string_view id = KeyIdOf(sealed);
  if (id.empty()) return Unreadable("a sealed value is damaged");
  const std::string associated = Associated(row, purpose);
  std::string text(sealed.size() - kSealOverheadBytes, '\0');
  const std::shared_lock lock(mutex_);
  const auto key =
      std::find_if(keys_.begin(), keys_.end(), [&](const Key& one) { return one.id == id; });
  if (key == keys_.end()) return Unreadable("the master key of a sealed value is missing");
  const std::string_view nonce = sealed.substr(1 + kMasterKeyIdBytes, kNonceBytes);
  const std::string_view body = sealed.substr(kHeaderBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(Bytes(text), nullptr, nullptr, Bytes(body),
                                                 body.size(), Bytes(associated), associated.size(),
                                                 Bytes(nonce), key->bytes.data()) != 0) {
    return Unreadable("a sealed value is damaged or belongs to another row");
  }
  return text;
}

MasterKeys::Key MasterKeys::MakeKey(std::string bytes) {
  assert(bytes.size() == kMasterKeyBytes);
  Key key;
  // BLAKE2b's shortest output is 16 bytes; the id is half of that.
  std::string hash(crypto_generichash_BYTES_MIN, '\0');
  crypto_generichash(Bytes(hash), hash.size(), Bytes(kIdOf), kIdOf.size(), Bytes(bytes),
                     bytes.size());
  key.id = hash.substr(0, kMasterKeyIdBytes);
  key.bytes = SecretBytes(std::move(bytes));
  return key;
}

std::string MasterKeys::TextOf(const std::vector<Key>& keys) {
  std::string text;
  // One that grew would leave its beginning behind.
  text.reserve(keys.size() * (2 * kMasterKeyBytes));
  for (const Key& key : keys) {
    const std::string_view bytes = key.bytes.view();
    std::string line = absl::Base64Escape(absl::string_view(bytes.data(), bytes.size()));
    text.append(line).push_back('\n');
    Wipe(line);
  }
  return text;
}

}  // namespace kalends::storage

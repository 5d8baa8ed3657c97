#include "core/server/shown_certificates.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>
#include <string>

#include "core/base/status_macros.h"
#include "storage/blobs/files.h"

namespace kalends::server {
namespace {

namespace fs = std::filesystem;

constexpr char kCertificateFile[] = "certificate.pem";
constexpr char kKeyFile[] = "key.pem";
constexpr char kClientCaFile[] = "client_ca.pem";
// A link to the folder that is shown. Renaming another one over it changes all files at once.
constexpr char kShown[] = "shown";
constexpr char kNext[] = "next";
constexpr unsigned kLookEverySeconds = 1;

// gRPC takes a key and a certificate for one pair where neither's time has changed while it read
// them, in whole seconds: each generation has a second of its own.
absl::Status WriteWithTime(const fs::path& path, std::string_view text, std::time_t time) {
  RETURN_IF_ERROR(storage::ReplacePrivateFile(path, text));
  const timespec times[2] = {{time, 0}, {time, 0}};
  if (utimensat(AT_FDCWD, path.c_str(), times, 0) != 0) return storage::FileError("write", path);
  return absl::OkStatus();
}

}  // namespace

ShownCertificates::ShownCertificates(fs::path directory) : directory_(std::move(directory)) {}

ShownCertificates::~ShownCertificates() {
  provider_.reset();
  std::error_code error;
  fs::remove_all(directory_, error);
}

fs::path ShownCertificates::Folder(int generation) const {
  return directory_ / std::to_string(generation);
}

absl::StatusOr<std::unique_ptr<ShownCertificates>> ShownCertificates::In(
    fs::path directory, const CertificateTexts& texts) {
  std::error_code error;
  fs::remove_all(directory, error);
  if (error || mkdir(directory.c_str(), S_IRWXU) != 0) return storage::FileError("make", directory);
  std::unique_ptr<ShownCertificates> shown(new ShownCertificates(std::move(directory)));
  shown->asks_callers_ = !texts.client_ca.empty();
  RETURN_IF_ERROR(shown->Show(texts));
  const fs::path link = shown->directory_ / kShown;
  shown->provider_ = std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
      (link / kKeyFile).string(), (link / kCertificateFile).string(),
      shown->asks_callers_ ? (link / kClientCaFile).string() : std::string(), kLookEverySeconds);
  return shown;
}

absl::Status ShownCertificates::Show(const CertificateTexts& texts) {
  const int next = generation_ + 1;
  const fs::path folder = Folder(next);
  const std::time_t time = std::time(nullptr) + next;
  std::error_code error;
  fs::remove_all(folder, error);
  if (mkdir(folder.c_str(), S_IRWXU) != 0) return storage::FileError("make", folder);
  RETURN_IF_ERROR(WriteWithTime(folder / kCertificateFile, texts.certificate, time));
  RETURN_IF_ERROR(WriteWithTime(folder / kKeyFile, texts.key, time));
  RETURN_IF_ERROR(WriteWithTime(folder / kClientCaFile, texts.client_ca, time));
  fs::remove(directory_ / kNext, error);
  fs::create_directory_symlink(std::to_string(next), directory_ / kNext, error);
  if (!error) fs::rename(directory_ / kNext, directory_ / kShown, error);
  if (error) {
    return absl::UnavailableError(
        fmt::format("cannot write below {}: {}", directory_.string(), error.message()));
  }
  // The one before may be read this moment; what cannot be read, gRPC takes for nothing at all.
  fs::remove_all(Folder(generation_ - 1), error);
  generation_ = next;
  return absl::OkStatus();
}

std::shared_ptr<grpc::ServerCredentials> ShownCertificates::Credentials() const {
  grpc::experimental::TlsServerCredentialsOptions options(provider_);
  options.watch_identity_key_cert_pairs();
  if (asks_callers_) options.watch_root_certs();
  options.set_cert_request_type(asks_callers_
                                    ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
                                    : GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE);
  return grpc::experimental::TlsServerCredentials(options);
}

}  // namespace kalends::server

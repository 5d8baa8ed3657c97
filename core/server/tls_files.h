// What kalendsd shows and asks for by TLS: a certificate and its key, and for mTLS the CAs of
// callers' certificates. Files, which are read at the start and when they change.
#pragma once

#include <grpcpp/security/server_credentials.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/server/shown_certificates.h"

namespace kalends::server {

// Of PEM files; empty: not given.
struct TlsPaths {
  std::string certificate;  // With its chain.
  std::string key;
  std::string client_ca;  // Callers need a certificate signed by one of these.
};

class TlsFiles {
 public:
  // nullptr: nothing was asked for. INVALID_ARGUMENT, with a sentence that names the flag: a file
  // cannot be read, is empty or not what it is to be, or one goes without another that it needs.
  static absl::StatusOr<std::unique_ptr<TlsFiles>> Open(const TlsPaths& paths);
  ~TlsFiles();

  // Shows what was read, from files of its own in this directory, which is made anew and removed
  // with this. To be called once, before the two below.
  absl::Status ShowFrom(std::filesystem::path directory);

  // Looks at the files, every second or so. Where they have changed, and changed no more since the
  // last look, new connections get what they hold; where that is not to be had, the log says why,
  // and it stays as it was. Says daily that the certificate that is shown ends soon.
  void Look();

  // When the certificate that is shown ends. From any thread.
  std::chrono::sys_seconds end() const { return end_.load(); }

  // For any number of addresses to listen on.
  std::shared_ptr<grpc::ServerCredentials> Credentials() const;

 private:
  struct Texts;  // What the files hold.

  static CertificateTexts TextsOf(const Texts& texts);
  explicit TlsFiles(TlsPaths paths);
  absl::StatusOr<std::shared_ptr<const Texts>> Read() const;
  // Of each file what changes with it: those of what it is a link to.
  std::vector<struct stat> Marks() const;
  void Take(std::shared_ptr<const Texts> texts);
  void WarnOfEnd();

  const TlsPaths paths_;
  std::shared_ptr<const Texts> texts_;
  std::unique_ptr<ShownCertificates> shown_;
  std::vector<struct stat> read_;  // The marks of what was read last, whether it was taken or not.
  std::vector<struct stat> seen_;  // Those of the last look.
  std::atomic<std::chrono::sys_seconds> end_{};
  std::chrono::sys_seconds next_warning_{};
};

}  // namespace kalends::server

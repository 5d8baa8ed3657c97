// What kalendsd shows and asks for by TLS: a certificate and its key, and for mTLS the CAs of
// callers' certificates. Files, which are read at the start.
#pragma once

#include <grpcpp/security/server_credentials.h>
#include <sys/stat.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

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

  // Looks at the files, every second or so. Where they have changed, and changed no more since the
  // last look, the log says that a start would take them, or why it would not; and daily that the
  // certificate that is shown ends soon.
  void Look();

  // When the certificate that is shown ends.
  std::chrono::sys_seconds end() const;

  // For one address to listen on.
  std::shared_ptr<grpc::ServerCredentials> Credentials() const;

 private:
  struct Texts;  // What the files hold.

  explicit TlsFiles(TlsPaths paths);
  absl::StatusOr<std::shared_ptr<const Texts>> Read() const;
  // Of each file what changes with it: those of what it is a link to.
  std::vector<struct stat> Marks() const;
  void WarnOfEnd();

  const TlsPaths paths_;
  std::shared_ptr<const Texts> texts_;
  std::vector<struct stat> read_;  // The marks of what was read last, whether it was taken or not.
  std::vector<struct stat> seen_;  // Those of the last look.
  std::chrono::sys_seconds next_warning_{};
};

}  // namespace kalends::server

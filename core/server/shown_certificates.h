// What callers are shown by TLS, and what they are asked for, so that it can change while they
// call: gRPC looks at files, which are ours and change as a whole.
#pragma once

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>

#include <filesystem>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"

namespace kalends::server {

// All in PEM. They fit together: whoever calls has looked.
struct CertificateTexts {
  std::string_view certificate;  // With its chain.
  std::string_view key;
  std::string_view client_ca;  // Empty, and ever after: callers need no certificate.
};

class ShownCertificates {
 public:
  // Keeps them in `directory`, for its owner alone; what is there is thrown away.
  static absl::StatusOr<std::unique_ptr<ShownCertificates>> In(std::filesystem::path directory,
                                                               const CertificateTexts& texts);
  // Removes the directory.
  ~ShownCertificates();
  ShownCertificates(const ShownCertificates&) = delete;
  ShownCertificates& operator=(const ShownCertificates&) = delete;

  // From a second or two later on, new connections get these; those that are open stay. After an
  // error it is as before.
  absl::Status Show(const CertificateTexts& texts);

  // For any number of addresses to listen on.
  std::shared_ptr<grpc::ServerCredentials> Credentials() const;

 private:
  explicit ShownCertificates(std::filesystem::path directory);
  std::filesystem::path Folder(int generation) const;

  const std::filesystem::path directory_;
  int generation_ = 0;
  bool asks_callers_ = false;
  std::shared_ptr<grpc::experimental::FileWatcherCertificateProvider> provider_;
};

}  // namespace kalends::server

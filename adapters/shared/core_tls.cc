#include "adapters/shared/core_tls.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <string_view>

#include "adapters/shared/secret_file.h"
#include "adapters/shared/tls_address.h"

namespace kalends {
namespace {

constexpr char kCaFlag[] = "--core-tls-ca-file";
constexpr char kCertificateFlag[] = "--core-tls-cert-file";
constexpr char kKeyFlag[] = "--core-tls-key-file";

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Bio Over(const std::string& pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
}

// Asks nobody for a password: the key is refused that has one.
int NoPassword(char*, int, int, void*) { return 0; }

Certificate FirstCertificate(const std::string& pem) {
  return {PEM_read_bio_X509(Over(pem).get(), nullptr, &NoPassword, nullptr), &X509_free};
}

absl::Status CheckPair(const CoreTlsFiles& files, const std::string& certificate_pem,
                       const std::string& key_pem) {
  const Certificate certificate = FirstCertificate(certificate_pem);
  if (!certificate)
    return RefusalOfFile(kCertificateFlag, files.certificate, "is no certificate in PEM");
  const Key key(PEM_read_bio_PrivateKey(Over(key_pem).get(), nullptr, &NoPassword, nullptr),
                &EVP_PKEY_free);
  if (!key) {
    return RefusalOfFile(kKeyFlag, files.key,
                         "is no private key in PEM, or has a password: take it off");
  }
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return RefusalOfFile(kKeyFlag, files.key,
                         fmt::format("is not the key of the certificate in {}", files.certificate));
  }
  return absl::OkStatus();
}

// What was given goes together.
absl::Status CheckTogether(const CoreTlsFiles& files) {
  if (files.certificate.empty() != files.key.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("{} and {} go together", kCertificateFlag, kKeyFlag));
  }
  if (files.ca.empty() && !files.certificate.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("{} is shown by TLS, which takes {}", kCertificateFlag, kCaFlag));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CoreCredentials(
    const CoreTlsFiles& files) {
  if (absl::Status status = CheckTogether(files); !status.ok()) return status;
  if (files.ca.empty()) return std::shared_ptr<grpc::ChannelCredentials>();
  grpc::SslCredentialsOptions options;
  auto ca = ReadNamedFile(kCaFlag, files.ca);
  if (!ca.ok()) return ca.status();
  if (!FirstCertificate(*ca)) return RefusalOfFile(kCaFlag, files.ca, "has no certificate in PEM");
  options.pem_root_certs = *std::move(ca);
  if (files.certificate.empty()) return grpc::SslCredentials(options);
  auto certificate = ReadNamedFile(kCertificateFlag, files.certificate);
  if (!certificate.ok()) return certificate.status();
  auto key = ReadNamedFile(kKeyFlag, files.key);
  if (!key.ok()) return key.status();
  options.pem_cert_chain = *std::move(certificate);
  options.pem_private_key = *std::move(key);
  absl::Status pair = CheckPair(files, options.pem_cert_chain, options.pem_private_key);
  std::shared_ptr<grpc::ChannelCredentials> credentials;
  if (pair.ok()) credentials = grpc::SslCredentials(options);
  // gRPC has a copy of its own, for the next handshake.
  OPENSSL_cleanse(options.pem_private_key.data(), options.pem_private_key.size());
  if (!pair.ok()) return pair;
  return credentials;
}

std::string WarningOfPlainCalls(const std::string& address, const CoreTlsFiles& files) {
  if (!files.ca.empty() || IsOfThisMachine(address)) return "";
  return fmt::format(
      "the core at {} is called without TLS: the API key and all that is said can be read on the "
      "way there. Give {}",
      address, kCaFlag);
}

}  // namespace kalends

#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <optional>

#include "adapters/shared/secret_file.h"
#include "tools/kalends/doctor/doctor.h"
#include "tools/kalends/doctor/thresholds.h"

namespace kalends::cli {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

constexpr const char* kTlsAdvice = "name a PEM file that this user may read";

Bio BytesOf(const std::string& pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
}

// The first in the file, which is a program's own; the chain follows it.
Certificate FirstCertificate(const std::string& pem) {
  const Bio bytes = BytesOf(pem);
  return {PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr), X509_free};
}

// nullopt: it says no time that is one.
std::optional<std::chrono::seconds> LeftOf(const X509& certificate) {
  int days = 0;
  int seconds = 0;
  if (ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(&certificate)) != 1) {
    return std::nullopt;
  }
  return std::chrono::days(days) + std::chrono::seconds(seconds);
}

Findings LookAtCertificate(const char* flag, const std::string& path) {
  if (path.empty()) return {};
  const auto pem = ReadNamedFile(flag, path);
  if (!pem.ok()) return {Broken(std::string(pem.status().message()), kTlsAdvice)};
  const Certificate certificate = FirstCertificate(*pem);
  const auto left = certificate == nullptr ? std::nullopt : LeftOf(*certificate);
  if (!left) return {Broken(fmt::format("{}: {} holds no certificate", flag, path), kTlsAdvice)};
  return {FindingOfEnd(*left, fmt::format("the certificate of {} ({})", flag, path))};
}

Findings LookAtPair(const char* flag, const std::string& certificate_file,
                    const std::string& key_file) {
  if (certificate_file.empty() || key_file.empty()) {
    if (certificate_file.empty() == key_file.empty()) return {};
    return {Broken(fmt::format("{} and its private key go together, and one is missing", flag),
                   "name both files")};
  }
  const auto pem = ReadNamedFile(flag, certificate_file);
  const auto key_pem = ReadNamedFile("its private key", key_file);
  if (!pem.ok()) return {};  // Told of already.
  if (!key_pem.ok()) return {Broken(std::string(key_pem.status().message()), kTlsAdvice)};
  const Certificate certificate = FirstCertificate(*pem);
  const Bio bytes = BytesOf(*key_pem);
  // Without a question for a passphrase at the terminal.
  const auto no_passphrase = [](char*, int, int, void*) { return -1; };
  const PrivateKey key(PEM_read_bio_PrivateKey(bytes.get(), nullptr, no_passphrase, nullptr),
                       EVP_PKEY_free);
  if (key == nullptr) {
    return {
        Broken(fmt::format("{} holds no private key without a passphrase", key_file), kTlsAdvice)};
  }
  if (certificate != nullptr && X509_check_private_key(certificate.get(), key.get()) != 1) {
    return {Broken(fmt::format("{} is not the key of {}", key_file, certificate_file),
                   "name the key that the certificate was made for")};
  }
  return {};
}

}  // namespace

Findings CheckTlsFiles(const Patient& patient) {
  const DoctorFlags& flags = patient.flags;
  const CoreTlsFiles& core = patient.context.said().core_tls;
  Findings findings;
  const auto add = [&](Findings more) {
    findings.insert(findings.end(), more.begin(), more.end());
  };
  add(LookAtCertificate("--tls-cert-file", flags.tls_cert_file));
  add(LookAtPair("--tls-cert-file", flags.tls_cert_file, flags.tls_key_file));
  add(LookAtCertificate("--tls-client-ca-file", flags.tls_client_ca_file));
  add(LookAtCertificate("--core-tls-ca-file", core.ca));
  add(LookAtCertificate("--core-tls-cert-file", core.certificate));
  add(LookAtPair("--core-tls-cert-file", core.certificate, core.key));
  if (findings.empty()) findings.push_back(Ok("no files for TLS are named"));
  return findings;
}

}  // namespace kalends::cli

#include "core/server/tls_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <string_view>

#include "core/base/status_macros.h"

namespace kalends::server {
namespace {

constexpr std::size_t kTlsFileBytesMax = 4 << 20;  // All the CAs there are have 200 KiB.
constexpr std::chrono::hours kEndsSoon{14 * 24};
constexpr std::chrono::hours kWarnEvery{24};

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

absl::Status Refusal(std::string_view flag, const std::string& path, std::string_view why) {
  return absl::InvalidArgumentError(fmt::format("{}: {} {}", flag, path, why));
}

// The file's text; 0 bytes where the path is empty.
absl::StatusOr<std::string> ReadForTls(std::string_view flag, const std::string& path) {
  if (path.empty()) return std::string();
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  int failed = descriptor < 0 ? errno : 0;
  // In one piece from the beginning, so that no copies of a key are left behind.
  std::string text(kTlsFileBytesMax + 1, '\0');
  std::size_t size = 0;
  while (failed == 0 && size < text.size()) {
    const ssize_t got = read(descriptor, text.data() + size, text.size() - size);
    if (got == 0) break;
    if (got > 0) size += static_cast<std::size_t>(got);
    if (got < 0 && errno != EINTR) failed = errno;
  }
  if (descriptor >= 0) close(descriptor);
  if (failed != 0) {
    return Refusal(flag, path, fmt::format("cannot be read: {}", std::strerror(failed)));
  }
  text.resize(size);
  if (text.empty()) return Refusal(flag, path, "is empty");
  if (text.size() > kTlsFileBytesMax) return Refusal(flag, path, "is too large");
  return text;
}

Bio Over(const std::string& pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
}

// Asks nobody for a password: a key that has one is refused.
int NoPassword(char*, int, int, void*) { return 0; }

Certificate FirstCertificate(const std::string& pem) {
  return {PEM_read_bio_X509(Over(pem).get(), nullptr, &NoPassword, nullptr), &X509_free};
}

std::chrono::sys_seconds EndOf(const X509& certificate) {
  tm parts{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &parts) != 1) return {};
  return std::chrono::sys_seconds(std::chrono::seconds(timegm(&parts)));
}

std::string Written(std::chrono::sys_seconds time) {
  const std::time_t seconds = time.time_since_epoch().count();
  tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min);
}

std::chrono::sys_seconds MachinesNow() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

absl::Status CheckTogether(const TlsPaths& paths) {
  if (paths.certificate.empty() != paths.key.empty()) {
    return absl::InvalidArgumentError("--tls-cert-file and --tls-key-file go together");
  }
  if (paths.certificate.empty() && !paths.client_ca.empty()) {
    return absl::InvalidArgumentError(
        "--tls-client-ca-file asks callers for certificates, which takes TLS: give --tls-cert-file "
        "and --tls-key-file, too");
  }
  return absl::OkStatus();
}

bool Same(const std::vector<struct stat>& one, const std::vector<struct stat>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const struct stat& a, const struct stat& b) {
                      return a.st_dev == b.st_dev && a.st_ino == b.st_ino &&
                             a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
                             a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
                    });
}

}  // namespace

struct TlsFiles::Texts {
  std::string certificate;
  std::string key;
  std::string client_ca;
  std::chrono::sys_seconds end;

  Texts() = default;
  Texts(const Texts&) = delete;
  Texts& operator=(const Texts&) = delete;
  ~Texts() { OPENSSL_cleanse(key.data(), key.size()); }
};

CertificateTexts TlsFiles::TextsOf(const Texts& texts) {
  return {texts.certificate, texts.key, texts.client_ca};
}

TlsFiles::TlsFiles(TlsPaths paths) : paths_(std::move(paths)) {}
TlsFiles::~TlsFiles() = default;

absl::StatusOr<std::unique_ptr<TlsFiles>> TlsFiles::Open(const TlsPaths& paths) {
  RETURN_IF_ERROR(CheckTogether(paths));
  if (paths.certificate.empty()) return std::unique_ptr<TlsFiles>();
  std::unique_ptr<TlsFiles> files(new TlsFiles(paths));
  files->read_ = files->seen_ = files->Marks();
  ASSIGN_OR_RETURN(std::shared_ptr<const Texts> texts, files->Read());
  files->Take(std::move(texts));
  files->WarnOfEnd();
  return files;
}

absl::StatusOr<std::shared_ptr<const TlsFiles::Texts>> TlsFiles::Read() const {
  const auto texts = std::make_shared<Texts>();
  ASSIGN_OR_RETURN(texts->certificate, ReadForTls("--tls-cert-file", paths_.certificate));
  ASSIGN_OR_RETURN(texts->key, ReadForTls("--tls-key-file", paths_.key));
  ASSIGN_OR_RETURN(texts->client_ca, ReadForTls("--tls-client-ca-file", paths_.client_ca));
  const Certificate certificate = FirstCertificate(texts->certificate);
  if (!certificate) {
    return Refusal("--tls-cert-file", paths_.certificate, "has no certificate in PEM");
  }
  const Key key(PEM_read_bio_PrivateKey(Over(texts->key).get(), nullptr, &NoPassword, nullptr),
                &EVP_PKEY_free);
  if (!key) {
    return Refusal("--tls-key-file", paths_.key,
                   "has no private key in PEM, or one with a password: take that off");
  }
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Refusal("--tls-key-file", paths_.key,
                   fmt::format("is not the key of the certificate in {}", paths_.certificate));
  }
  if (!paths_.client_ca.empty() && !FirstCertificate(texts->client_ca)) {
    return Refusal("--tls-client-ca-file", paths_.client_ca, "has no certificate in PEM");
  }
  texts->end = EndOf(*certificate);
  return std::shared_ptr<const Texts>(texts);
}

void TlsFiles::Take(std::shared_ptr<const Texts> texts) {
  end_ = texts->end;
  texts_ = std::move(texts);
}

std::vector<struct stat> TlsFiles::Marks() const {
  std::vector<struct stat> marks;
  for (const std::string& path : {paths_.certificate, paths_.key, paths_.client_ca}) {
    struct stat mark{};
    if (path.empty() || stat(path.c_str(), &mark) != 0) mark = {};
    marks.push_back(mark);
  }
  return marks;
}

void TlsFiles::Look() {
  std::vector<struct stat> marks = Marks();
  const bool settled = Same(marks, seen_);
  seen_ = marks;
  if (settled && !Same(marks, read_)) {
    read_ = std::move(marks);
    absl::StatusOr<std::shared_ptr<const Texts>> texts = Read();
    const absl::Status status = texts.ok() ? shown_->Show(TextsOf(**texts)) : texts.status();
    if (status.ok()) {
      Take(*std::move(texts));
      next_warning_ = {};
      spdlog::info("the files of TLS changed: callers are shown the certificate that ends on {}",
                   Written(texts_->end));
    } else {
      spdlog::error("the files of TLS changed, and those of before are shown further: {}",
                    std::string(status.message()));
    }
  }
  WarnOfEnd();
}

void TlsFiles::WarnOfEnd() {
  const std::chrono::sys_seconds now = MachinesNow();
  const std::chrono::sys_seconds end = texts_->end;
  if (now < next_warning_ || end - now > kEndsSoon) return;
  next_warning_ = now + kWarnEvery;
  if (end <= now) {
    spdlog::error("--tls-cert-file: the certificate ended on {}; callers refuse it", Written(end));
  } else {
    spdlog::warn("--tls-cert-file: the certificate ends on {}", Written(end));
  }
}

absl::Status TlsFiles::ShowFrom(std::filesystem::path directory) {
  ASSIGN_OR_RETURN(shown_, ShownCertificates::In(std::move(directory), TextsOf(*texts_)));
  return absl::OkStatus();
}

std::shared_ptr<grpc::ServerCredentials> TlsFiles::Credentials() const {
  return shown_->Credentials();
}

}  // namespace kalends::server

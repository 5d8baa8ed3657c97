// A TLS handshake for the sake of the reason why it fails. No key and nothing private is sent.
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <ctime>

#include "adapters/shared/core_tls.h"
#include "adapters/shared/tls_address.h"

namespace kalends {
namespace {

constexpr std::chrono::milliseconds kProbeMax{3'000};

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;
using Clock = std::chrono::steady_clock;

// A connected socket that does not block, or none.
class ProbeLine {
 public:
  ProbeLine(const HostAndPort& to, Clock::time_point end) : end_(end) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(to.host.c_str(), to.port.c_str(), &hints, &found) != 0) return;
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
    for (const addrinfo* one = found; one != nullptr && descriptor_ < 0; one = one->ai_next) {
      Connect(*one);
    }
  }
  ~ProbeLine() { Close(); }
  ProbeLine(const ProbeLine&) = delete;
  ProbeLine& operator=(const ProbeLine&) = delete;

  bool connected() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  // False: time is over.
  bool Wait(short events) const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end_ - Clock::now());
    pollfd wait{descriptor_, events, 0};
    return left.count() > 0 && poll(&wait, 1, static_cast<int>(left.count())) == 1;
  }

 private:
  void Connect(const addrinfo& to) {
    descriptor_ =
        socket(to.ai_family, to.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, to.ai_protocol);
    if (descriptor_ < 0) return;
    // Under way as a rule; whether it arrives, waiting for it tells.
    static_cast<void>(connect(descriptor_, to.ai_addr, to.ai_addrlen));
    int error = 0;
    socklen_t size = sizeof(error);
    const bool there = Wait(POLLOUT) &&
                       getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size) == 0 &&
                       error == 0;
    if (!there) Close();
  }
  void Close() {
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = -1;
  }

  int descriptor_ = -1;
  Clock::time_point end_;
};

// How a step of TLS ended.
enum class End { kDone, kFailed, kLate };

// `step` is SSL_connect, or SSL_read of a first byte.
template <typename Step>
End Drive(SSL& tls, const ProbeLine& line, Step step) {
  for (;;) {
    ERR_clear_error();
    const int result = step();
    if (result > 0) return End::kDone;
    switch (SSL_get_error(&tls, result)) {
      case SSL_ERROR_WANT_READ:
        if (!line.Wait(POLLIN)) return End::kLate;
        break;
      case SSL_ERROR_WANT_WRITE:
        if (!line.Wait(POLLOUT)) return End::kLate;
        break;
      default:
        return End::kFailed;
    }
  }
}

std::string Date(const ASN1_TIME* time) {
  tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "an unknown date";
  std::array<char, sizeof("2026-11-30 12:00 UTC")> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts);
  return text.data();
}

bool IsOver(const X509& certificate) {
  return X509_cmp_current_time(X509_get0_notAfter(&certificate)) < 0;
}

bool IsAhead(const X509& certificate) {
  return X509_cmp_current_time(X509_get0_notBefore(&certificate)) > 0;
}

// The first of the chain that the core has shown for which `is_it` holds, or else the core's own.
template <typename Predicate>
const X509* InChain(SSL& tls, Predicate is_it) {
  const STACK_OF(X509)* chain = SSL_get_peer_cert_chain(&tls);
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    if (is_it(*sk_X509_value(chain, i))) return sk_X509_value(chain, i);
  }
  return SSL_get0_peer_certificate(&tls);
}

// Of a certificate of the core's that does not hold.
std::string WhyNotTrusted(SSL& tls, const std::string& host) {
  const long result = SSL_get_verify_result(&tls);
  switch (result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "its certificate, or one of its chain, ended on " +
             Date(X509_get0_notAfter(InChain(tls, IsOver)));
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return fmt::format("its certificate begins on {} only: is the clock right?",
                         Date(X509_get0_notBefore(InChain(tls, IsAhead))));
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return fmt::format("its certificate is not for {}: call it by a name of the certificate",
                         host);
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return "its certificate is not signed by a CA of --core-tls-ca-file";
    default:
      return fmt::format("its certificate does not hold ({})",
                         X509_verify_cert_error_string(result));
  }
}

// Of a core whose certificate holds, and that hangs up on ours.
std::string WhyRefused(SSL& tls, const CoreTlsFiles& files) {
  if (files.certificate.empty()) {
    return "it wants a certificate of ours: give --core-tls-cert-file and --core-tls-key-file";
  }
  const X509* ours = SSL_get_certificate(&tls);
  if (ours != nullptr && IsOver(*ours)) {
    return fmt::format("it refuses our certificate, --core-tls-cert-file, which ended on {}",
                       Date(X509_get0_notAfter(ours)));
  }
  return "it refuses our certificate, --core-tls-cert-file: is it signed by a CA that the core's "
         "--tls-client-ca-file has?";
}

int AsksNobody(char*, int, int, void*) { return 0; }

int SendOrFail(BIO* bio, const char* data, int size) {
  BIO_clear_retry_flags(bio);
  const auto sent =
      static_cast<int>(send(static_cast<int>(BIO_get_fd(bio, nullptr)), data, size, MSG_NOSIGNAL));
  if (sent <= 0 && BIO_sock_should_retry(sent) != 0) BIO_set_retry_write(bio);
  return sent;
}

// A socket as OpenSSL has it, but that who hangs up on us ends the handshake and not the program,
// as SIGPIPE would.
const BIO_METHOD* QuietSocket() {
  static const BIO_METHOD* const kMethod = [] {
    const BIO_METHOD* socket = BIO_s_socket();
    BIO_METHOD* quiet = BIO_meth_new(BIO_TYPE_SOCKET, "socket without SIGPIPE");
    if (quiet == nullptr) return quiet;
    BIO_meth_set_write(quiet, &SendOrFail);
    BIO_meth_set_read(quiet, BIO_meth_get_read(socket));
    BIO_meth_set_ctrl(quiet, BIO_meth_get_ctrl(socket));
    BIO_meth_set_create(quiet, BIO_meth_get_create(socket));
    BIO_meth_set_destroy(quiet, BIO_meth_get_destroy(socket));
    return quiet;
  }();
  return kMethod;
}

// What our side says. Whether the other certificate holds is looked at, and asked for afterwards:
// who ends the handshake for it does not get to see it.
Context OurSide(const CoreTlsFiles& files) {
  Context context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  if (!context) return context;
  constexpr std::array<unsigned char, 3> kHttp2 = {2, 'h', '2'};
  SSL_CTX_set_alpn_protos(context.get(), kHttp2.data(), kHttp2.size());
  SSL_CTX_set_default_passwd_cb(context.get(), &AsksNobody);
  // Where files have gone since they were read, the handshake goes on without them.
  if (!files.ca.empty()) {
    SSL_CTX_load_verify_locations(context.get(), files.ca.c_str(), nullptr);
  }
  if (!files.certificate.empty()) {
    SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str());
    SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM);
  }
  return context;
}

Session SessionOn(const ProbeLine& line, SSL_CTX& context, const std::string& host) {
  Session tls(SSL_new(&context), &SSL_free);
  BIO* const bio = tls && QuietSocket() != nullptr ? BIO_new(QuietSocket()) : nullptr;
  if (bio == nullptr) return {nullptr, &SSL_free};
  BIO_set_fd(bio, line.descriptor(), BIO_NOCLOSE);
  SSL_set_bio(tls.get(), bio, bio);  // Which owns it.
  if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls.get()), host.c_str()) != 1) {
    SSL_set1_host(tls.get(), host.c_str());
    SSL_set_tlsext_host_name(tls.get(), host.c_str());
  }
  return tls;
}

}  // namespace

std::string WhyNoTls(const std::string& address, const CoreTlsFiles& files) {
  const auto to = SplitAddress(address);
  if (!to) return "";
  const ProbeLine line(*to, Clock::now() + kProbeMax);
  const Context context = OurSide(files);
  if (!line.connected() || !context) return "";
  const Session tls = SessionOn(line, *context, to->host);
  if (!tls) return "";
  const End greeted = Drive(*tls, line, [&] { return SSL_connect(tls.get()); });
  const bool speaks_tls = SSL_get0_peer_certificate(tls.get()) != nullptr;
  if (files.ca.empty()) return speaks_tls ? "it speaks TLS: give --core-tls-ca-file" : "";
  if (!speaks_tls) return greeted == End::kLate ? "" : "it does not speak TLS at that address";
  if (SSL_get_verify_result(tls.get()) != X509_V_OK) return WhyNotTrusted(*tls, to->host);
  // Who speaks HTTP/2 speaks first; of a certificate that it refuses it says nothing, and hangs up.
  char first = 0;
  const End spoken = greeted == End::kDone
                         ? Drive(*tls, line, [&] { return SSL_read(tls.get(), &first, 1); })
                         : greeted;
  return spoken == End::kFailed ? WhyRefused(*tls, files) : "";
}

}  // namespace kalends

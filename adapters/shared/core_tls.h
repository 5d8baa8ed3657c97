// TLS on the way to the core: the files that flags name, and what comes of them.
#pragma once

#include <grpcpp/security/credentials.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace kalends {

// Paths of PEM files; empty: not given.
struct CoreTlsFiles {
  std::string ca;           // Of CAs that sign the core's certificate; without it there is no TLS.
  std::string certificate;  // Ours, with its chain, where the core asks for one (mTLS).
  std::string key;          // Of that certificate.
};

// What CoreChannel connects with; nullptr: no TLS, as nothing of it was asked for.
// INVALID_ARGUMENT, with a sentence that names the flag: a file cannot be read, is empty or not
// what it is to be, or one goes without another that it needs. Files are read now: new ones take a
// restart.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CoreCredentials(
    const CoreTlsFiles& files);

// What to warn of where calls to the core at `address` can be read on their way; empty: nothing.
std::string WarningOfPlainCalls(const std::string& address, const CoreTlsFiles& files);

// Why no TLS comes about with the core at `address` (host:port), or none where it is wanted there,
// as a part of a sentence about the core; empty: it does come about, or it is not TLS that fails.
// gRPC does not say, so another handshake is made for it, which may take three seconds.
std::string WhyNoTls(const std::string& address, const CoreTlsFiles& files);

}  // namespace kalends

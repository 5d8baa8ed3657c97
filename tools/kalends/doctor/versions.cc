#include <curl/curl.h>
#include <fmt/format.h>
#include <google/protobuf/stubs/common.h>
#include <openssl/crypto.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/utsname.h>

#include "kalends_version.h"
#include "tools/kalends/doctor/doctor.h"

namespace kalends::cli {

Findings CheckVersions(const Patient&) {
  utsname system{};
  const bool known = uname(&system) == 0;
  return {
      Ok(fmt::format("kalends {}", Version())),
      Ok(fmt::format("{} {}", known ? system.sysname : "unknown system",
                     known ? system.release : "")),
      Ok(fmt::format("SQLite {}, gRPC {}, Protobuf {}", sqlite3_libversion(), grpc::Version(),
                     google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION))),
      Ok(fmt::format("{}, libcurl {}, libsodium {}", OpenSSL_version(OPENSSL_VERSION),
                     curl_version_info(CURLVERSION_NOW)->version, sodium_version_string())),
  };
}

}  // namespace kalends::cli

// Calendars over HTTP, politely and with care: whoever typed the address may mean harm.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

#include "kalends/v1/busy_service.pb.h"

namespace kalends::busy {

struct FetchOptions {
  bool allow_private = false;  // Addresses that IsPublic refuses, but those of a link.
  bool allow_http = false;     // Without TLS, but for passwords.
  std::chrono::milliseconds timeout{60'000};  // For all of it, with every redirect.
  std::size_t bytes_max = 16U << 20;          // Unpacked.
};

struct Fetched {
  enum class Kind { kRead, kUnchanged, kFailed };
  Kind kind = Kind::kFailed;
  std::string body;  // Calendars, whatever they came in.
  std::string entity_tag;
  std::string last_modified;
  v1::BusyCalendar::Failure failure = v1::BusyCalendar::FAILURE_UNSPECIFIED;
  int http_status = 0;
  std::int64_t retry_after_s = 0;
};

// Fetches what `calendar` says. Five redirects are followed, each looked at as the first address
// is; user and password go by TLS to the host of the first alone. The address that a name stands
// for is looked at when the connection is made, so none can be put in its place after. No proxy is
// used. Blocks, at most `options.timeout`, or until `stopping`. curl_global_init was called.
Fetched Fetch(const v1::LeasedBusyCalendar& calendar, const FetchOptions& options,
              const std::atomic<bool>& stopping);

}  // namespace kalends::busy

#include "adapters/busy/fetch.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/busy/caldav.h"
#include "adapters/busy/public_address.h"

namespace kalends::busy {
namespace {

using Calendar = v1::BusyCalendar;

constexpr int kRedirectsMax = 5;
constexpr std::size_t kHeaderBytesMax = 64U << 10;
constexpr long kConnectMs = 15'000;
// A server that sends less than this for so long is not waited for.
constexpr long kSlowBytesPerSecond = 200;
constexpr long kSlowSeconds = 20;
constexpr std::size_t kEntityTagMax = 300;
constexpr std::size_t kDateMax = 100;
constexpr std::int64_t kRetryAfterMax = 7 * 24 * 3600;

template <typename T, void (*kFree)(T*)>
struct Freer {
  void operator()(T* object) const { kFree(object); }
};
using Easy = std::unique_ptr<CURL, Freer<CURL, curl_easy_cleanup>>;
using Headers = std::unique_ptr<curl_slist, Freer<curl_slist, curl_slist_free_all>>;
using Url = std::unique_ptr<CURLU, Freer<CURLU, curl_url_cleanup>>;

// What a transfer is told and tells.
struct Transfer {
  const FetchOptions& options;
  const std::atomic<bool>& stopping;
  std::string body;
  std::size_t header_bytes = 0;
  bool too_large = false;
  bool not_allowed = false;
};

std::size_t OnBody(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t bytes = size * count;
  if (transfer.body.size() + bytes > transfer.options.bytes_max) {
    transfer.too_large = true;
    return 0;
  }
  transfer.body.append(data, bytes);
  return bytes;
}

std::size_t OnHeader(char*, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.header_bytes += size * count;
  if (transfer.header_bytes > kHeaderBytesMax) {
    transfer.too_large = true;
    return 0;
  }
  return size * count;
}

int OnProgress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(user)->stopping.load() ? 1 : 0;
}

curl_socket_t OnOpen(void* user, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  const bool is_allowed =
      transfer.options.allow_private ? !IsLinkLocal(address->addr) : IsPublic(address->addr);
  if (!is_allowed) {
    transfer.not_allowed = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::string PartOf(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

// "https://host:443"; empty: no address that is fetched.
std::string OriginOf(const std::string& address, const FetchOptions& options) {
  const Url url(curl_url());
  if (url == nullptr ||
      curl_url_set(url.get(), CURLUPART_URL, address.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) {
    return {};
  }
  const std::string scheme = PartOf(url.get(), CURLUPART_SCHEME);
  if (scheme != "https" && !(scheme == "http" && options.allow_http)) return {};
  return scheme + "://" + PartOf(url.get(), CURLUPART_HOST) + ":" +
         PartOf(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

Fetched Failed(Calendar::Failure failure, int http_status = 0) {
  Fetched fetched;
  fetched.failure = failure;
  fetched.http_status = http_status;
  return fetched;
}

std::string HeaderOf(CURL* easy, const char* name, std::size_t max) {
  curl_header* header = nullptr;
  if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return {};
  const std::string value(header->value);
  const bool is_plain =
      std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c < '\x7F'; });
  return is_plain && value.size() <= max ? value : std::string();
}

void Add(Headers& headers, const std::string& line) {
  curl_slist* const longer = curl_slist_append(headers.get(), line.c_str());
  if (longer == nullptr) return;
  static_cast<void>(headers.release());
  headers.reset(longer);
}

// One request, without redirects.
struct Hop {
  Fetched fetched;
  std::string redirect;  // Where to instead; empty: `fetched` is what came of it.
};

class Fetcher {
 public:
  Fetcher(const v1::LeasedBusyCalendar& calendar, const FetchOptions& options,
          const std::atomic<bool>& stopping)
      : calendar_(calendar),
        options_(options),
        stopping_(stopping),
        origin_(OriginOf(calendar.address(), options)),
        until_(std::chrono::steady_clock::now() + options.timeout) {}

  Fetched Run() {
    std::string address = calendar_.address();
    for (int hop = 0; hop <= kRedirectsMax; ++hop) {
      const std::string origin = OriginOf(address, options_);
      if (origin.empty()) return Failed(Calendar::FAILURE_NOT_ALLOWED);
      Hop done = Try(address, origin == origin_);
      if (done.redirect.empty()) return std::move(done.fetched);
      address = std::move(done.redirect);
    }
    return Failed(Calendar::FAILURE_ANSWER);
  }

 private:
  bool IsCalDav() const { return calendar_.kind() == Calendar::KIND_CALDAV; }

  template <typename Value>
  static void Set(CURL* easy, CURLoption option, Value value) {
    curl_easy_setopt(easy, option, value);
  }

  Headers HeadersOfRequest() const {
    Headers headers;
    if (IsCalDav()) {
      Add(headers, "Depth: 1");
      Add(headers, "Content-Type: application/xml; charset=utf-8");
      return headers;
    }
    Add(headers, "Accept: text/calendar, */*;q=0.1");
    if (!calendar_.entity_tag().empty()) Add(headers, "If-None-Match: " + calendar_.entity_tag());
    if (!calendar_.last_modified().empty()) {
      Add(headers, "If-Modified-Since: " + calendar_.last_modified());
    }
    return headers;
  }

  void SetLimits(CURL* easy, Transfer& transfer) const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until_ - std::chrono::steady_clock::now());
    Set(easy, CURLOPT_NOSIGNAL, 1L);
    Set(easy, CURLOPT_TIMEOUT_MS, std::max<long>(left.count(), 1));
    Set(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    Set(easy, CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond);
    Set(easy, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
    Set(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options_.bytes_max));
    Set(easy, CURLOPT_PROTOCOLS_STR, options_.allow_http ? "https,http" : "https");
    Set(easy, CURLOPT_PROXY, "");
    Set(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    Set(easy, CURLOPT_OPENSOCKETFUNCTION, OnOpen);
    Set(easy, CURLOPT_OPENSOCKETDATA, &transfer);
    Set(easy, CURLOPT_WRITEFUNCTION, OnBody);
    Set(easy, CURLOPT_WRITEDATA, &transfer);
    Set(easy, CURLOPT_HEADERFUNCTION, OnHeader);
    Set(easy, CURLOPT_HEADERDATA, &transfer);
    Set(easy, CURLOPT_NOPROGRESS, 0L);
    Set(easy, CURLOPT_XFERINFOFUNCTION, OnProgress);
    Set(easy, CURLOPT_XFERINFODATA, &transfer);
  }

  Hop Try(const std::string& address, bool is_first_host) const {
    const Easy easy(curl_easy_init());
    if (easy == nullptr) return {Failed(Calendar::FAILURE_UNREACHABLE), {}};
    Transfer transfer{options_, stopping_, {}};
    SetLimits(easy.get(), transfer);
    Set(easy.get(), CURLOPT_URL, address.c_str());
    Set(easy.get(), CURLOPT_USERAGENT, "Kalends (busy times; fetches every 15 minutes)");
    const Headers headers = HeadersOfRequest();
    Set(easy.get(), CURLOPT_HTTPHEADER, headers.get());
    const std::string query = IsCalDav() ? CalendarQuery(InstantOf(calendar_.start_time()),
                                                         InstantOf(calendar_.end_time()))
                                         : std::string();
    if (IsCalDav()) {
      Set(easy.get(), CURLOPT_CUSTOMREQUEST, "REPORT");
      Set(easy.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(query.size()));
      Set(easy.get(), CURLOPT_POSTFIELDS, query.c_str());
    }
    if (!calendar_.user().empty() && is_first_host && address.starts_with("https:")) {
      Set(easy.get(), CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
      Set(easy.get(), CURLOPT_USERNAME, calendar_.user().c_str());
      Set(easy.get(), CURLOPT_PASSWORD, calendar_.password().c_str());
    }
    const CURLcode code = curl_easy_perform(easy.get());
    if (code != CURLE_OK) return {Failed(WhyFailed(code, transfer)), {}};
    return Answered(easy.get(), std::move(transfer.body));
  }

  static std::chrono::sys_seconds InstantOf(const google::protobuf::Timestamp& time) {
    return std::chrono::sys_seconds(std::chrono::seconds(time.seconds()));
  }

  static Calendar::Failure WhyFailed(CURLcode code, const Transfer& transfer) {
    if (transfer.not_allowed) return Calendar::FAILURE_NOT_ALLOWED;
    if (transfer.too_large) return Calendar::FAILURE_TOO_LARGE;
    switch (code) {
      case CURLE_FILESIZE_EXCEEDED:
        return Calendar::FAILURE_TOO_LARGE;
      case CURLE_UNSUPPORTED_PROTOCOL:
      case CURLE_URL_MALFORMAT:
        return Calendar::FAILURE_NOT_ALLOWED;
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CONNECT_ERROR:
      case CURLE_SSL_CACERT_BADFILE:
      case CURLE_SSL_ISSUER_ERROR:
        return Calendar::FAILURE_CERTIFICATE;
      case CURLE_BAD_CONTENT_ENCODING:
        return Calendar::FAILURE_NOT_CALENDAR;
      default:
        return Calendar::FAILURE_UNREACHABLE;
    }
  }

  Hop Answered(CURL* easy, std::string body) const {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    const int code = static_cast<int>(std::clamp(status, 0L, 999L));
    if (code == 200 || code == 207) return {Taken(easy, std::move(body), code), {}};
    const bool was_asked = !calendar_.entity_tag().empty() || !calendar_.last_modified().empty();
    if (code == 304 && was_asked) {
      Fetched unchanged;
      unchanged.kind = Fetched::Kind::kUnchanged;
      return {std::move(unchanged), {}};
    }
    if (code == 301 || code == 302 || code == 303 || code == 307 || code == 308) {
      char* location = nullptr;
      curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &location);
      if (location != nullptr) return {{}, location};
    }
    Fetched failed = Failed(FailureOf(code), code);
    curl_off_t retry_after = 0;
    curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &retry_after);
    failed.retry_after_s = std::clamp<std::int64_t>(retry_after, 0, kRetryAfterMax);
    return {std::move(failed), {}};
  }

  Fetched Taken(CURL* easy, std::string body, int code) const {
    Fetched fetched;
    if (IsCalDav()) {
      auto calendars = code == 207 ? CalendarsOf(body) : std::nullopt;
      if (!calendars) return Failed(Calendar::FAILURE_NOT_CALENDAR, code);
      fetched.body = *std::move(calendars);
    } else {
      fetched.body = std::move(body);
      fetched.entity_tag = HeaderOf(easy, "ETag", kEntityTagMax);
      fetched.last_modified = HeaderOf(easy, "Last-Modified", kDateMax);
    }
    fetched.kind = Fetched::Kind::kRead;
    return fetched;
  }

  static Calendar::Failure FailureOf(int code) {
    switch (code) {
      case 401:
      case 403:
        return Calendar::FAILURE_REFUSED;
      case 404:
      case 410:
        return Calendar::FAILURE_MISSING;
      case 429:
      case 503:
        return Calendar::FAILURE_BUSY;
      default:
        return Calendar::FAILURE_ANSWER;
    }
  }

  const v1::LeasedBusyCalendar& calendar_;
  const FetchOptions& options_;
  const std::atomic<bool>& stopping_;
  const std::string origin_;
  const std::chrono::steady_clock::time_point until_;
};

}  // namespace

Fetched Fetch(const v1::LeasedBusyCalendar& calendar, const FetchOptions& options,
              const std::atomic<bool>& stopping) {
  return Fetcher(calendar, options, stopping).Run();
}

}  // namespace kalends::busy

#include "adapters/telegram/bot_api.h"

#include <cassert>
#include <future>
#include <utility>

#include "adapters/telegram/json_reader.h"
#include "core/operate/metrics.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kAnswerBytesMax = 32U << 20U;
constexpr int kPollMs = 60'000;  // Woken up earlier by work.
constexpr long kFetchSeconds = 100;
constexpr long kPieceBytes = 256L << 10;
constexpr std::size_t kUploadBytesPerSecondMin = 100'000;
// Of what getFile answers; anything else would lead elsewhere.
constexpr std::string_view kPathCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./";

// Methods are those that our code names. The lock of a family is this one thread's alone, once for
// each call over the network.
operate::Family<operate::Count> api_calls("kalends_telegram_api_calls_total",
                                          "Calls of the Bot API that ended, by what they came to.",
                                          {"method", "outcome"});
operate::Family<operate::Spread> api_call_seconds(
    "kalends_telegram_api_call_seconds",
    "What they took, in seconds; getUpdates waits for updates.", {"method"},
    operate::Unseen::kShown,
    [] { return std::make_unique<operate::Spread>(operate::Latencies()); });
operate::Family<operate::Count> api_429("kalends_telegram_api_429_total",
                                        "Calls that Telegram refused as too many (429).",
                                        {"method"});
constexpr int kTooMany = 429;

void CountCall(const std::string& method, const ApiResult& result, double seconds) {
  api_calls.With({method, std::string(NameOf(result.outcome))}).Add();
  api_call_seconds.With({method}).Observe(seconds);
  if (result.code == kTooMany) api_429.With({method}).Add();
}

std::size_t Collect(char* data, std::size_t size, std::size_t count, void* body) {
  auto& text = *static_cast<std::string*>(body);
  if (text.size() + size * count > kAnswerBytesMax) return 0;
  text.append(data, size * count);
  return size * count;
}

std::size_t HandOn(char* data, std::size_t size, std::size_t count, void* take) {
  const auto& taker = *static_cast<const std::function<bool(std::string_view)>*>(take);
  return taker(std::string_view(data, size * count)) ? size * count : 0;
}

// A file on its way out, which is not copied.
struct Reading {
  const std::string* bytes = nullptr;
  std::size_t at = 0;
};

std::size_t ReadOn(char* buffer, std::size_t size, std::size_t count, void* argument) {
  auto& reading = *static_cast<Reading*>(argument);
  const std::size_t taken = reading.bytes->copy(buffer, size * count, reading.at);
  reading.at += taken;
  return taken;
}

int SeekTo(void* argument, curl_off_t offset, int origin) {
  auto& reading = *static_cast<Reading*>(argument);
  if (origin != SEEK_SET || offset < 0 ||
      static_cast<std::size_t>(offset) > reading.bytes->size()) {
    return CURL_SEEKFUNC_FAIL;
  }
  reading.at = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

// Ends a download when the process is to end.
int EndsNow(void* stopped, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return *static_cast<const std::atomic<bool>*>(stopped) ? 1 : 0;
}

ApiResult Stopped() {
  ApiResult result;
  result.description = "stopped";
  return result;
}

}  // namespace

std::chrono::seconds TimeoutOf(const ApiCall& call) {
  const std::size_t bytes = call.file == nullptr ? 0 : call.file->bytes.size();
  return call.timeout + std::chrono::seconds(bytes / kUploadBytesPerSecondMin);
}

struct BotApi::Transfer {
  Transfer(ApiCall api_call, Done when_done)
      : call(std::move(api_call)), done(std::move(when_done)) {}
  ~Transfer() {
    curl_mime_free(mime);
    curl_slist_free_all(headers);
    if (easy != nullptr) curl_easy_cleanup(easy);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  void Prepare(const std::string& url_prefix);
  void AddParts();

  ApiCall call;
  Done done;
  CURL* easy = nullptr;
  curl_slist* headers = nullptr;
  curl_mime* mime = nullptr;
  Reading reading;
  std::string url;
  std::string request;
  std::string answer;
};

void BotApi::Transfer::Prepare(const std::string& url_prefix) {
  easy = curl_easy_init();
  assert(easy != nullptr);
  url = url_prefix + call.method;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, static_cast<long>(TimeoutOf(call).count()));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, 10L);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Collect);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer);
  if (call.file != nullptr) {
    AddParts();
    return;
  }
  // Broken UTF-8 in somebody's name must not end the process.
  request = WriteJson(call.params);
  headers = curl_slist_append(nullptr, "Content-Type: application/json");
  headers = curl_slist_append(headers, "Expect:");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.size()));
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.c_str());
}

void BotApi::Transfer::AddParts() {
  mime = curl_mime_init(easy);
  for (const auto& [name, value] : call.params.items()) {
    curl_mimepart* part = curl_mime_addpart(mime);
    const std::string text = value.is_string() ? value.get<std::string>() : WriteJson(value);
    curl_mime_name(part, name.c_str());
    curl_mime_data(part, text.data(), text.size());
  }
  curl_mimepart* part = curl_mime_addpart(mime);
  curl_mime_name(part, call.file->field.c_str());
  curl_mime_filename(part, call.file->name.c_str());
  curl_mime_type(part, call.file->type.c_str());
  reading.bytes = &call.file->bytes;
  curl_mime_data_cb(part, static_cast<curl_off_t>(call.file->bytes.size()), &ReadOn, &SeekTo,
                    nullptr, &reading);
  curl_easy_setopt(easy, CURLOPT_MIMEPOST, mime);
}

BotApi::BotApi(std::string base_url, const std::string& token, std::chrono::milliseconds probe)
    : standing_(probe) {
  while (base_url.ends_with('/')) base_url.pop_back();
  url_prefix_ = base_url + "/bot" + token + "/";
  file_prefix_ = base_url + "/file/bot" + token + "/";
  curl_global_init(CURL_GLOBAL_DEFAULT);
  multi_ = curl_multi_init();
  thread_ = std::thread([this] { Run(); });
}

BotApi::~BotApi() {
  Stop();
  thread_.join();
  curl_multi_cleanup(multi_);
}

void BotApi::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  curl_multi_wakeup(multi_);
}

void BotApi::Start(ApiCall call, Done done) {
  if (auto held = standing_.Held(call.method, std::chrono::steady_clock::now())) {
    done(*std::move(held));
    return;
  }
  auto transfer = std::make_unique<Transfer>(std::move(call), std::move(done));
  std::unique_lock lock(mutex_);
  if (stopped_) {
    lock.unlock();
    transfer->done(Stopped());
    return;
  }
  waiting_.push_back(std::move(transfer));
  lock.unlock();
  curl_multi_wakeup(multi_);
}

ApiResult BotApi::Call(ApiCall call) {
  std::promise<ApiResult> promise;
  Start(std::move(call), [&](ApiResult result) { promise.set_value(std::move(result)); });
  return promise.get_future().get();
}

ApiResult BotApi::Fetch(const std::string& file_id,
                        const std::function<bool(std::string_view)>& take) {
  ApiResult found = Call({.method = "getFile", .params = {{"file_id", file_id}}});
  if (found.outcome != Outcome::kOk) return found;
  const std::string path = TextAt(found.result, "file_path");
  ApiResult result;
  result.description = "no such file";
  if (path.empty() || path.find_first_not_of(kPathCharacters) != std::string::npos) return result;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(),
                                                                 curl_easy_cleanup);
  assert(easy != nullptr);
  curl_easy_setopt(easy.get(), CURLOPT_URL, (file_prefix_ + path).c_str());
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT, kFetchSeconds);
  curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT, 10L);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &HandOn);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &take);
  curl_easy_setopt(easy.get(), CURLOPT_BUFFERSIZE, kPieceBytes);
  curl_easy_setopt(easy.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy.get(), CURLOPT_XFERINFOFUNCTION, &EndsNow);
  curl_easy_setopt(easy.get(), CURLOPT_XFERINFODATA, &stopped_);
  const CURLcode code = curl_easy_perform(easy.get());
  result.outcome = code == CURLE_OK ? Outcome::kOk : Outcome::kRetry;
  result.description = curl_easy_strerror(code);
  return result;
}

void BotApi::StartTransfer(std::unique_ptr<Transfer> transfer) {
  transfer->Prepare(url_prefix_);
  CURL* easy = transfer->easy;
  running_.emplace(easy, std::move(transfer));
  curl_multi_add_handle(multi_, easy);
}

void BotApi::FinishTransfers() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* easy = message->easy_handle;
    const CURLcode code = message->data.result;
    const auto found = running_.find(easy);
    const std::unique_ptr<Transfer> transfer = std::move(found->second);
    running_.erase(found);
    curl_multi_remove_handle(multi_, easy);
    ApiResult result;
    if (code == CURLE_OK) {
      long http_status = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &http_status);
      result = ReadAnswer(http_status, transfer->answer);
    } else {
      result.description = curl_easy_strerror(code);
      // It is longer than we take.
      if (code == CURLE_WRITE_ERROR) result.unreadable = std::move(transfer->answer);
    }
    double seconds = 0;
    curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME, &seconds);
    CountCall(transfer->call.method, result, seconds);
    standing_.Note(transfer->call.method, result, std::chrono::steady_clock::now());
    transfer->done(std::move(result));
  }
}

void BotApi::AbortAll() {
  auto running = std::exchange(running_, {});
  for (auto& [easy, transfer] : running) {
    curl_multi_remove_handle(multi_, easy);
    transfer->done(Stopped());
  }
  std::deque<std::unique_ptr<Transfer>> waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting.swap(waiting_);
  }
  for (const auto& transfer : waiting) transfer->done(Stopped());
}

void BotApi::Run() {
  for (;;) {
    std::deque<std::unique_ptr<Transfer>> fresh;
    {
      const std::lock_guard lock(mutex_);
      if (stopped_) break;
      fresh.swap(waiting_);
    }
    for (auto& transfer : fresh) StartTransfer(std::move(transfer));
    int running = 0;
    curl_multi_perform(multi_, &running);
    FinishTransfers();
    curl_multi_poll(multi_, nullptr, 0, kPollMs, nullptr);
  }
  AbortAll();
}

}  // namespace kalends::telegram

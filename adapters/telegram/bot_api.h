// Telegram's Bot API over HTTP: JSON bodies, multipart only for files.
#pragma once

#include <curl/curl.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

#include "adapters/telegram/api_result.h"
#include "adapters/telegram/bot_standing.h"

namespace kalends::telegram {

struct ApiFile {
  std::string field;  // Such as "photo".
  std::string name;   // Such as "invitation.png".
  std::string type;   // Such as "image/png".
  std::string bytes;
};

struct ApiCall {
  std::string method;
  nlohmann::json params = nlohmann::json::object();
  std::shared_ptr<const ApiFile> file = nullptr;
  std::chrono::seconds timeout{30};  // Besides the time that the file takes.
};

// How long `call` may take, however slow the line: its timeout and, for a file, as long as it takes
// at 100 kB a second.
std::chrono::seconds TimeoutOf(const ApiCall& call);

// Many calls at once on one thread of its own. Safe to share between threads.
class BotApi {
 public:
  // `base_url` such as https://api.telegram.org; neither it nor the token shows up in a log. While
  // Telegram refuses the token, a call goes out each `probe`, and the others end as that one did.
  BotApi(std::string base_url, const std::string& token,
         std::chrono::milliseconds probe = std::chrono::minutes(1));
  // Ends every call with kRetry.
  ~BotApi();

  using Done = std::function<void(ApiResult)>;
  // Calls `done` once, on the API's thread, which it must not keep busy, or at once. Never waits.
  void Start(ApiCall call, Done done);
  // Waits for the answer. Not from `done`.
  ApiResult Call(ApiCall call);
  // Downloads a file that was sent to the bot, piece by piece, until `take` returns false. Waits.
  // kOk: it came whole. Telegram gives files of up to 20 MB; for larger ones it is kBug.
  ApiResult Fetch(const std::string& file_id, const std::function<bool(std::string_view)>& take);
  // Ends every running and every later call with kRetry.
  void Stop();
  bool stopped() const { return stopped_; }
  const BotStanding& standing() const { return standing_; }

 private:
  struct Transfer;

  void Run();
  void StartTransfer(std::unique_ptr<Transfer> transfer);
  void FinishTransfers();
  void AbortAll();

  BotStanding standing_;
  std::string url_prefix_;
  std::string file_prefix_;
  CURLM* multi_;
  std::unordered_map<CURL*, std::unique_ptr<Transfer>> running_;  // Of the thread alone.
  std::mutex mutex_;
  std::deque<std::unique_ptr<Transfer>> waiting_;
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

}  // namespace kalends::telegram

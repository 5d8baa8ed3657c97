#include <curl/curl.h>
#include <fmt/format.h>

#include <cstdlib>
#include <memory>

#include "adapters/shared/secret_file.h"
#include "tools/kalends/doctor/doctor.h"
#include "tools/kalends/doctor/telegram_answers.h"

namespace kalends::cli {
namespace {

constexpr std::size_t kAnswerBytesMax = 1 << 20;
constexpr long kAskSeconds = 10;

std::size_t Append(char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& text = *static_cast<std::string*>(to);
  if (text.size() + size * count > kAnswerBytesMax) return 0;  // Ends the transfer.
  text.append(bytes, size * count);
  return size * count;
}

struct ApiAnswer {
  std::string text;     // What came; also with a refusal.
  std::string failure;  // Why nothing came; the token is not in it.
};

ApiAnswer Ask(const std::string& api, const std::string& token, const char* method) {
  ApiAnswer answer;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(),
                                                                 curl_easy_cleanup);
  if (easy == nullptr) return {"", "libcurl cannot be used"};
  const std::string url = fmt::format("{}/bot{}/{}", api, token, method);
  curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT, kAskSeconds);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &Append);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &answer.text);
  const CURLcode code = curl_easy_perform(easy.get());
  if (code != CURLE_OK) answer.failure = curl_easy_strerror(code);
  return answer;
}

std::string TokenInEnvironment() {
  const char* const token = std::getenv("TELEGRAM_BOT_TOKEN");
  return token == nullptr ? "" : token;
}

}  // namespace

Findings CheckTelegram(const Patient& patient) {
  const DoctorFlags& flags = patient.flags;
  std::string token = TokenInEnvironment();
  if (!flags.telegram_token_file.empty()) {
    const auto read = ReadSecret("--telegram-token-file", flags.telegram_token_file);
    if (!read.ok()) {
      return {Broken(std::string(read.status().message()), "name the file with the bot's token")};
    }
    token = *read;
  }
  if (token.empty()) return {Ok("Telegram was not asked: no token is given")};
  const ApiAnswer me = Ask(flags.telegram_api, token, "getMe");
  if (!me.failure.empty()) {
    return {Broken(fmt::format("{} cannot be reached: {}", flags.telegram_api, me.failure),
                   "see the network of this machine, and --telegram-api")};
  }
  Findings findings = {FindingOfBot(me.text)};
  if (findings.front().severity != Severity::kOk) return findings;
  const ApiAnswer webhook = Ask(flags.telegram_api, token, "getWebhookInfo");
  findings.push_back(
      webhook.failure.empty()
          ? FindingOfWebhook(webhook.text)
          : Warning("the webhook cannot be asked for: " + webhook.failure, "try again"));
  return findings;
}

}  // namespace kalends::cli

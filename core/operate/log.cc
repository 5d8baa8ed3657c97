#include "core/operate/log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/details/log_msg.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "core/operate/request.h"

namespace kalends::operate {
namespace {

// Of the line that this thread writes now; loggers format on the thread that logs.
thread_local const Ended* ended_now = nullptr;

std::string TimeOf(spdlog::log_clock::time_point time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(time - seconds);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)), micros.count());
}

// In the order that people read in.
class JsonFormatter final : public spdlog::formatter {
 public:
  explicit JsonFormatter(std::string where) : where_(std::move(where)) {}

  void format(const spdlog::details::log_msg& line, spdlog::memory_buf_t& out) override {
    nlohmann::ordered_json json;
    const auto level = spdlog::level::to_string_view(line.level);
    json["ts"] = TimeOf(line.time);
    json["level"] = std::string(level.data(), level.size());
    json["where"] = where_;
    json["message"] = std::string(line.payload.data(), line.payload.size());
    if (!CurrentRequest().empty()) json["request_id"] = CurrentRequest();
    if (ended_now != nullptr) Add(*ended_now, json);
    // What is no UTF-8 must not end the program.
    std::string text = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    text.push_back('\n');
    out.append(text.data(), text.data() + text.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<JsonFormatter>(where_);
  }

 private:
  static void Add(const Ended& ended, nlohmann::ordered_json& json) {
    json["method"] = std::string(ended.method);
    json["code"] = std::string(ended.code);
    if (!ended.reason.empty()) json["reason"] = std::string(ended.reason);
    if (!ended.key.empty()) json["key"] = std::string(ended.key);
    json["duration_us"] = ended.duration.count();
  }

  const std::string where_;
};

// Behind the message, as " request_id=...".
class RequestFlag final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg&, const std::tm&, spdlog::memory_buf_t& out) override {
    std::string text;
    if (!CurrentRequest().empty()) text += " request_id=" + CurrentRequest();
    if (ended_now != nullptr && !ended_now->key.empty()) {
      text.append(" key=").append(ended_now->key);
    }
    out.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<RequestFlag>();
  }
};

}  // namespace

LogFormat LogFormatOf(std::string_view name) {
  return name == "json" ? LogFormat::kJson : LogFormat::kConsole;
}

std::unique_ptr<spdlog::formatter> MakeFormatter(const std::string& where, LogFormat format) {
  if (format == LogFormat::kJson) return std::make_unique<JsonFormatter>(where);
  auto console = std::make_unique<spdlog::pattern_formatter>();
  console->add_flag<RequestFlag>('*').set_pattern("[%Y-%m-%d %H:%M:%S.%e] [%^%l%$] %v%*");
  return console;
}

void ConfigureLog(const std::string& where, LogFormat format, std::string_view level) {
  spdlog::set_level(spdlog::level::from_str(std::string(level)));
  spdlog::set_formatter(MakeFormatter(where, format));
}

void LogEnded(spdlog::level::level_enum level, const Ended& ended) {
  if (!spdlog::should_log(level)) return;
  ended_now = &ended;
  spdlog::log(level, "{} {} {} us", ended.method, ended.reason.empty() ? ended.code : ended.reason,
              ended.duration.count());
  ended_now = nullptr;
}

}  // namespace kalends::operate

// How a process writes its log: for people or, one JSON object a line, for programs.
#pragma once

#include <spdlog/common.h>
#include <spdlog/formatter.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace kalends::operate {

// Every line: ts (UTC, with microseconds), level, where (the program) and message; request_id where
// it is written for a request (RequestScope). Console lines have the same in the order of reading.
enum class LogFormat { kConsole, kJson };

// "console" or "json"; anything else is the former: the flag has checked it.
LogFormat LogFormatOf(std::string_view name);

// Sets how spdlog writes from here on, and from which level on. `where` is the program's name.
void ConfigureLog(const std::string& where, LogFormat format, std::string_view level);

// How one request ended.
struct Ended {
  std::string_view method;
  std::string_view code;
  std::string_view reason;  // Empty: none; of a refusal.
  std::string_view key;     // The id of the API key; empty: none is known.
  std::chrono::microseconds duration{0};
};

// One line of `ended`, for the current request. JSON lines have its parts as method, code, reason,
// key and duration_us.
void LogEnded(spdlog::level::level_enum level, const Ended& ended);

// What ConfigureLog sets; for tests.
std::unique_ptr<spdlog::formatter> MakeFormatter(const std::string& where, LogFormat format);

}  // namespace kalends::operate

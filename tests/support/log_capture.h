// What the core of a test logs.
#pragma once

#include <gtest/gtest.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <mutex>
#include <string>

#include "tests/support/await.h"

namespace kalends::test {

// Make it before the core and end it after: loggers are not changed under running threads.
class LogCapture {
 public:
  LogCapture() : before_(spdlog::default_logger()), sink_(std::make_shared<Sink>()) {
    auto logger = std::make_shared<spdlog::logger>("test", sink_);
    logger->set_level(spdlog::level::debug);
    spdlog::set_default_logger(std::move(logger));
  }
  ~LogCapture() { spdlog::set_default_logger(before_); }
  LogCapture(const LogCapture&) = delete;
  LogCapture& operator=(const LogCapture&) = delete;

  // A line each: "info DocumentService.FetchDocument NOT_FOUND 12 us".
  std::string Text() const { return sink_->Text(); }
  // Waits until there is a line with `text`.
  void Await(const std::string& text) const {
    EXPECT_TRUE(Eventually([&] { return Text().find(text) != std::string::npos; }))
        << "nobody logs \"" << text << "\" but\n"
        << Text();
  }

 private:
  class Sink final : public spdlog::sinks::base_sink<std::mutex> {
   public:
    std::string Text() {
      const std::lock_guard lock(mutex_);
      return text_;
    }

   private:
    void sink_it_(const spdlog::details::log_msg& message) override {
      const spdlog::string_view_t level = spdlog::level::to_string_view(message.level);
      text_.append(level.data(), level.size()).append(" ");
      text_.append(message.payload.data(), message.payload.size()).append("\n");
    }
    void flush_() override {}

    std::string text_;
  };

  const std::shared_ptr<spdlog::logger> before_;
  const std::shared_ptr<Sink> sink_;
};

}  // namespace kalends::test

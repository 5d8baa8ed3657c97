#include "core/operate/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "core/operate/request.h"

namespace kalends::operate {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

// The default logger writes to a string meanwhile.
class Log : public ::testing::Test {
 protected:
  ~Log() override { spdlog::set_default_logger(before_); }

  void Use(LogFormat format) {
    const auto logger = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_, true));
    spdlog::set_default_logger(logger);
    ConfigureLog("kalends-test", format, "debug");
  }
  std::string text() const { return text_.str(); }

 private:
  const std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
  std::ostringstream text_;
};

constexpr Ended kRefused{"BookingService.CreateAppointment", "FAILED_PRECONDITION", "SLOT_TAKEN",
                         "apiKeys/7", std::chrono::microseconds(1234)};

TEST_F(Log, JsonHasOneObjectALineWhateverTheMessageHolds) {
  Use(LogFormat::kJson);
  spdlog::warn("two\nlines, a \" and what is no UTF-8: \xff");
  ASSERT_THAT(text(), EndsWith("}\n"));
  EXPECT_EQ(text().find('\n'), text().size() - 1);
  const auto line = nlohmann::json::parse(text());
  EXPECT_EQ(line["level"], "warning");
  EXPECT_EQ(line["where"], "kalends-test");
  EXPECT_THAT(line["message"].get<std::string>(), HasSubstr("two\nlines, a \""));
  EXPECT_THAT(line["ts"].get<std::string>(),
              ::testing::MatchesRegex("....-..-..T..:..:..\\.......Z"));
  EXPECT_FALSE(line.contains("request_id"));
  EXPECT_FALSE(line.contains("method"));
}

TEST_F(Log, JsonHasTheEndOfARequestInParts) {
  Use(LogFormat::kJson);
  const RequestScope request("4bf92f3577b34da6a3ce929d0e0e4736");
  LogEnded(spdlog::level::info, kRefused);
  const auto line = nlohmann::json::parse(text());
  EXPECT_EQ(line["request_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(line["method"], "BookingService.CreateAppointment");
  EXPECT_EQ(line["code"], "FAILED_PRECONDITION");
  EXPECT_EQ(line["reason"], "SLOT_TAKEN");
  EXPECT_EQ(line["key"], "apiKeys/7");
  EXPECT_EQ(line["duration_us"], 1234);
}

TEST_F(Log, ConsoleSaysTheSameInALineForPeople) {
  Use(LogFormat::kConsole);
  const RequestScope request("4bf92f3577b34da6a3ce929d0e0e4736");
  LogEnded(spdlog::level::info, kRefused);
  EXPECT_THAT(text(), HasSubstr("[info] BookingService.CreateAppointment SLOT_TAKEN 1234 us "
                                "request_id=4bf92f3577b34da6a3ce929d0e0e4736 key=apiKeys/7\n"));
}

TEST_F(Log, WhatIsWrittenAfterwardsHasNothingOfIt) {
  Use(LogFormat::kConsole);
  LogEnded(spdlog::level::info, kRefused);
  const std::size_t length = text().size();
  spdlog::info("stopping");
  EXPECT_THAT(text().substr(length), Not(HasSubstr("apiKeys")));
}

TEST_F(Log, WritesNothingBelowTheLevel) {
  Use(LogFormat::kConsole);
  spdlog::set_level(spdlog::level::info);
  LogEnded(spdlog::level::debug, kRefused);
  EXPECT_EQ(text(), "");
}

}  // namespace
}  // namespace kalends::operate

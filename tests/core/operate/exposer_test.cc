#include "core/operate/exposer.h"

#include <curl/curl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/operate/metrics.h"

namespace kalends::operate {
namespace {

using ::testing::HasSubstr;

TEST(CheckMetricsListen, LetsOnlyThisMachineReadUnlessToldOtherwise) {
  const struct {
    const char* listen;
    bool may_be_public;
    bool taken;
  } kCases[] = {
      {"", false, true},
      {"127.0.0.1:9464", false, true},
      {"127.1.2.3:0", false, true},
      {"[::1]:9464", false, true},
      {"0.0.0.0:9464", false, false},
      {"[::]:9464", false, false},
      {"192.0.2.1:9464", false, false},
      {"0.0.0.0:9464", true, true},
      {"[::]:9464", true, true},
      {"localhost:9464", true, false},
      {"9464", true, false},
      {"127.0.0.1:", true, false},
      {"127.0.0.1:65536", true, false},
      {"127.0.0.1:9464,0.0.0.0:9465", false, false},
      {"::1:9464", true, false},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.listen);
    EXPECT_EQ(CheckMetricsListen(c.listen, c.may_be_public).ok(), c.taken);
  }
}

std::size_t Append(char* data, std::size_t size, std::size_t count, void* text) {
  static_cast<std::string*>(text)->append(data, size * count);
  return size * count;
}

TEST(Exposer, ServesWhatIsCounted) {
  Counter counter("kalends_test_served_total", "");
  counter.Add(7);
  const auto exposer = Exposer::Serve("127.0.0.1:0", false);
  ASSERT_TRUE(exposer.ok()) << exposer.status();
  const std::string url = "http://127.0.0.1:" + std::to_string((*exposer)->port()) + "/metrics";
  std::string text;
  CURL* const easy = curl_easy_init();
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Append);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &text);
  EXPECT_EQ(curl_easy_perform(easy), CURLE_OK);
  curl_easy_cleanup(easy);
  EXPECT_THAT(text, HasSubstr("kalends_test_served_total 7\n"));
}

TEST(Exposer, SaysSoWhereTheAddressIsTaken) {
  const auto first = Exposer::Serve("127.0.0.1:0", false);
  ASSERT_TRUE(first.ok()) << first.status();
  const auto second = Exposer::Serve("127.0.0.1:" + std::to_string((*first)->port()), false);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
}

TEST(Exposer, IsNoneWhereNobodyAskedForIt) {
  const auto none = Exposer::Serve("", false);
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(*none, nullptr);
}

}  // namespace
}  // namespace kalends::operate

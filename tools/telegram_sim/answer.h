// A request and its answer between the HTTP server and what is behind it. No Beast types, so that
// only server.cc and webhook.cc pay for them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/status.h"

namespace kalends::sim {

struct Request {
  std::string verb;
  std::string path;
  std::string query;  // After the question mark.
  std::string content_type;
  std::string body;
};

struct Answer {
  int code = 200;
  std::string type = "application/json";
  std::string body = {};
  std::string file_name = {};  // Not empty: a download.
  int retry_after = 0;         // Seconds; 0: no header.
  bool hang_up = false;        // Close the connection instead of answering.
};

inline Answer ToAnswer(const Reply& reply) {
  Answer answer{reply.code, "application/json", Dump(reply.body), "", 0, false};
  if (reply.body.contains("parameters")) {
    answer.retry_after = reply.body["parameters"].value("retry_after", 0);
  }
  return answer;
}

}  // namespace kalends::sim

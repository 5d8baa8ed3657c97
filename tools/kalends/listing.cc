#include "tools/kalends/listing.h"

#include <google/protobuf/util/json_util.h>

#include <cassert>

namespace kalends::cli {

void AddLimit(CLI::App& command, Limit& limit) {
  command.add_option("--limit", limit, "Print at most so many; 0: all")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
}

std::string JsonLine(const google::protobuf::Message& message) {
  std::string line;
  const auto status = google::protobuf::util::MessageToJsonString(message, &line);
  assert(status.ok());
  return line;
}

std::string TimeIn(const core::TimeZone& zone, const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) return "";
  return TimeIn(zone, core::Instant(std::chrono::seconds(time.seconds())));
}

std::string WordOf(const std::string& value, std::string_view prefix) {
  std::string word = value.starts_with(prefix) ? value.substr(prefix.size()) : value;
  for (char& c : word) c = c == '_' ? ' ' : static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return word;
}

}  // namespace kalends::cli

#include "adapters/busy/caldav.h"

#include <date/date.h>
#include <expat.h>

#include <memory>

namespace kalends::busy {
namespace {

constexpr std::string_view kMultistatus = "DAV:|multistatus";
constexpr std::string_view kCalendarData = "urn:ietf:params:xml:ns:caldav|calendar-data";
constexpr int kDepthMax = 20;
constexpr std::string_view kNoEntries = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";

struct Answer {
  XML_Parser parser = nullptr;
  std::string calendars;
  int depth = 0;
  int data_depth = 0;  // Of the calendar-data that is open; 0: none.
  bool is_multistatus = false;
};

void Begin(void* user, const XML_Char* name, const XML_Char**) {
  auto& answer = *static_cast<Answer*>(user);
  ++answer.depth;
  if (answer.depth == 1) answer.is_multistatus = name == kMultistatus;
  if (answer.depth > kDepthMax || !answer.is_multistatus) XML_StopParser(answer.parser, XML_FALSE);
  if (answer.data_depth == 0 && name == kCalendarData) answer.data_depth = answer.depth;
}

void End(void* user, const XML_Char*) {
  auto& answer = *static_cast<Answer*>(user);
  if (answer.data_depth == answer.depth) {
    answer.data_depth = 0;
    answer.calendars += "\r\n";
  }
  --answer.depth;
}

void Text(void* user, const XML_Char* text, int size) {
  auto& answer = *static_cast<Answer*>(user);
  if (answer.data_depth > 0) answer.calendars.append(text, static_cast<std::size_t>(size));
}

// A multistatus has none; entities are how a few bytes become many.
void Doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  XML_StopParser(static_cast<Answer*>(user)->parser, XML_FALSE);
}

}  // namespace

std::string CalendarQuery(std::chrono::sys_seconds start, std::chrono::sys_seconds end) {
  return R"(<?xml version="1.0" encoding="utf-8"?>)"
         R"(<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">)"
         R"(<D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR">)"
         R"(<C:comp-filter name="VEVENT"><C:time-range start=")" +
         date::format("%Y%m%dT%H%M%SZ", start) + R"(" end=")" +
         date::format("%Y%m%dT%H%M%SZ", end) +
         R"("/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>)";
}

std::optional<std::string> CalendarsOf(const std::string& multistatus) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreateNS(nullptr, '|'), XML_ParserFree);
  if (parser == nullptr) return std::nullopt;
  Answer answer;
  answer.parser = parser.get();
  XML_SetUserData(parser.get(), &answer);
  XML_SetElementHandler(parser.get(), Begin, End);
  XML_SetCharacterDataHandler(parser.get(), Text);
  XML_SetStartDoctypeDeclHandler(parser.get(), Doctype);
  const auto parsed =
      XML_Parse(parser.get(), multistatus.data(), static_cast<int>(multistatus.size()), XML_TRUE);
  if (parsed != XML_STATUS_OK || !answer.is_multistatus) return std::nullopt;
  return answer.calendars.empty() ? std::string(kNoEntries) : answer.calendars;
}

}  // namespace kalends::busy

#include "adapters/busy/caldav.h"

#include <gtest/gtest.h>

namespace kalends::busy {
namespace {

std::string Answer(const std::string& inside) {
  return R"(<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav">)" +
         inside + "</d:multistatus>";
}
std::string Response(const std::string& data) {
  return "<d:response><d:href>/a.ics</d:href><d:propstat><d:prop><cal:calendar-data>" + data +
         "</cal:calendar-data></d:prop><d:status>HTTP/1.1 200 "
         "OK</d:status></d:propstat></d:response>";
}

TEST(CalDav, CalendarsComeOneBehindTheOther) {
  EXPECT_EQ(CalendarsOf(Answer(Response("BEGIN:A&amp;B") + Response("<![CDATA[BEGIN:<C>]]>"))),
            "BEGIN:A&B\r\nBEGIN:<C>\r\n");
}

TEST(CalDav, NoEntriesAreAnEmptyCalendar) {
  EXPECT_EQ(CalendarsOf(Answer("")), "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
}

TEST(CalDav, WhatIsNoMultistatusIsRefused) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (const std::string& answer :
       {std::string(), std::string("<html></html>"), std::string("{}"), Answer("<d:response>"),
        "<multistatus/>" + std::string(), deep, Answer(deep),
        R"(<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>)" + Answer(Response("&b;"))}) {
    EXPECT_EQ(CalendarsOf(answer), std::nullopt) << answer.substr(0, 60);
  }
}

TEST(CalDav, TheQueryNamesTheTimeInUtc) {
  using namespace std::chrono_literals;
  const std::string query =
      CalendarQuery(std::chrono::sys_seconds(0s), std::chrono::sys_seconds(90s));
  EXPECT_NE(query.find(R"(start="19700101T000000Z" end="19700101T000130Z")"), std::string::npos);
  EXPECT_NE(query.find("calendar-query"), std::string::npos);
}

}  // namespace
}  // namespace kalends::busy

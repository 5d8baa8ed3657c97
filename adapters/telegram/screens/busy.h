// Calendars of elsewhere whose busy times close a specialist's own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/telegram/actions/busy.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/busy_service.pb.h"

namespace kalends::telegram {

// "https://… user password", or the address alone. nullopt: not in that form.
struct TypedCalendar {
  std::string address;
  std::string user;  // Empty: it is a file, and not a CalDAV collection.
  std::string password;

  friend bool operator==(const TypedCalendar&, const TypedCalendar&) = default;
};
std::optional<TypedCalendar> ParseCalendar(std::string_view typed);

Screen BusyCalendarsScreen(const Reader& reader, const std::vector<v1::BusyCalendar>& calendars);
Screen AskBusyAddressScreen(const Reader& reader);
// `heading`: HTML; may be empty.
Screen BusyCalendarScreen(const Reader& reader, const v1::BusyCalendar& calendar, Nonce nonce,
                          const std::string& heading);

}  // namespace kalends::telegram

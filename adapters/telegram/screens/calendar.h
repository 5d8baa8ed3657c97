// A provider's calendar (SPEC 3.2).
#pragma once

#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

// A provider's day.
Screen DayScreen(const Reader& reader, date::year_month_day day, std::string_view zone,
                 const Page<v1::Appointment>& appointments);

}  // namespace kalends::telegram

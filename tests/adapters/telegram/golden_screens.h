// Further screens for golden_test.cc.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/telegram/screens/common.h"
#include "kalends/v1/package_service.pb.h"

namespace kalends::telegram {

inline constexpr Nonce kNonce{4711};
using Screens = std::vector<std::pair<std::string, Screen>>;

// Registration, the set-up and its end, home, help.
Screens SetupScreens(const Reader& reader);
// Chats, support, privacy.
Screens TalkScreens(const Reader& reader);
// What a provider does every day.
Screens WorkdayScreens(const Reader& reader);
// Terms and documents, of both sides.
Screens FileScreens(const Reader& reader);
// A provider's appointments, moved and noted on; reminders; statistics.
Screens ProviderAppointmentScreens(const Reader& reader);
// A provider's services.
Screens ServiceScreens(const Reader& reader);
// A provider's hours, absences, holidays, openings, and what they hit.
Screens HoursScreens(const Reader& reader);

// A provider's customers, booking for them, payments and packages.
Screens CustomerScreens(const Reader& reader);
v1::SoldPackage SampleSoldPackage();

}  // namespace kalends::telegram

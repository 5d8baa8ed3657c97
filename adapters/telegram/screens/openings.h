// When a specialist works besides the weekly hours.
#pragma once

#include <string>
#include <vector>

#include "adapters/telegram/actions/openings.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::telegram {

// "Sa., 12. Dez., 09:00–13:00". Plain.
std::string OpeningText(const Reader& reader, const v1::Opening& opening, std::string_view zone);

struct OpeningsView {
  date::year_month month;
  date::year_month_day today;         // On the specialist's calendar.
  std::vector<v1::Opening> openings;  // The next ones.
  std::string zone;
};
// On which day? With those there are.
Screen OpeningsScreen(const Reader& reader, const OpeningsView& view);
Screen OpeningFromScreen(const Reader& reader, date::year_month_day day);
Screen OpeningToScreen(const Reader& reader, const PickOpeningTo& choice, Nonce nonce);
// Also what a new one shows, below a heading (HTML; may be empty).
Screen OpeningScreen(const Reader& reader, const v1::Opening& opening, std::string_view zone,
                     Nonce nonce, const std::string& heading);

}  // namespace kalends::telegram

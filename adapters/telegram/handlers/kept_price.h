// A price as it waits in the session for the button that keeps it: "8050 EUR".
#pragma once

#include <string>
#include <string_view>

#include "adapters/telegram/screens/catalog.h"

namespace kalends::telegram {

std::string PriceToKeep(const Price& price);
Price KeptPrice(std::string_view kept);

}  // namespace kalends::telegram

// Where everything begins, and what the bot is.
#pragma once

#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

// `next`: the reader's next appointment; nullptr: there is none. `own`: the provider that the
// reader is; nullptr: only a customer.
Screen HomeScreen(const Reader& reader, const v1::Appointment* next, Side side,
                  const v1::Provider* own = nullptr);
// The next appointment alone, as a message below the one with the main menu: that has a keyboard,
// and Telegram changes no such message when the appointment does.
Screen NextScreen(const Reader& reader, const v1::Appointment& next, Side side);
// What can be done here, in a few lines.
Screen HelpScreen(const Reader& reader, v1::ProviderKind kind);
// How to hear nothing more of the bot.
Screen StopScreen(const Reader& reader);
Screen AboutScreen(const Reader& reader, const std::string& public_url);

}  // namespace kalends::telegram

// The main menu: a keyboard below the chat whose buttons send their labels as text.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/telegram/action.h"
#include "adapters/telegram/session.h"
#include "adapters/telegram/texts.h"
#include "kalends/v1/types.pb.h"
#include "nlohmann/json.hpp"

namespace kalends::telegram {

// Whose keyboard there is. A provider's customer side is a customer's, with a way back.
enum class MenuOf { kCustomer, kProvider, kProvidersCustomerSide };

// A customer's in the order of SPEC 2; a provider's six keys of SPEC 3, of which two say how much
// waits: "Anfragen 🟡2".
nlohmann::json MainMenuKeyboard(const Texts& texts, MenuOf of, const MenuCounts& counts = {});
// How much waits, in a line, for a message that brings the keyboard and nothing else. HTML.
std::string CountsLine(const Texts& texts, const MenuCounts& counts);

// What the label stands for on a keyboard that an account of `kind` has or has had, whatever its
// key counts; nullopt: it is on none.
std::optional<Action> MenuActionOf(const Texts& texts, v1::ProviderKind kind,
                                   std::string_view text);
// The same in whatever language: after a change of it an old keyboard may still be there.
std::optional<Action> MenuActionOf(const Languages& languages, v1::ProviderKind kind,
                                   std::string_view text);

}  // namespace kalends::telegram

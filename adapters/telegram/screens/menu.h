// The main menu: a keyboard below the chat whose buttons send their labels as text.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/telegram/action.h"
#include "adapters/telegram/texts.h"
#include "kalends/v1/types.pb.h"
#include "nlohmann/json.hpp"

namespace kalends::telegram {

// The keyboard in the order of SPEC 2; providers get rows of their own on top, and no registration.
nlohmann::json MainMenuKeyboard(const Texts& texts, v1::ProviderKind kind);

// What the label stands for on the keyboard of an account of `kind`; nullopt: it is not there.
std::optional<Action> MenuActionOf(const Texts& texts, v1::ProviderKind kind,
                                   std::string_view text);
// The same in whatever language: after a change of it an old keyboard may still be there.
std::optional<Action> MenuActionOf(const Languages& languages, v1::ProviderKind kind,
                                   std::string_view text);

}  // namespace kalends::telegram

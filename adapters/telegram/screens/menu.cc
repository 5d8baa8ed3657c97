#include "adapters/telegram/screens/menu.h"

#include <initializer_list>

namespace kalends::telegram {
namespace {

// A function in place of an Action: g++ 12 takes minutes over a list of so large a variant.
struct MenuEntry {
  const char* key;
  Action (*make)();
};

template <typename T>
Action Make() {
  return T{};
}

constexpr MenuEntry kMenu[] = {
    {"menu.requests", Make<ShowRequests>},
    {"menu.calendar", Make<ShowDay>},
    {"menu.invitations", Make<ShowInvitations>},
    {"menu.services", Make<ShowServices>},
    {"menu.hours", Make<ShowHours>},
    {"menu.chats", Make<ShowThreads>},
    {"menu.customers", Make<ShowCustomers>},
    {"menu.terms", Make<ShowOwnTerms>},
    {"menu.request", Make<ShowProviders>},
    {"menu.appointments", Make<ShowUpcoming>},
    {"menu.specialists", Make<ShowSpecialists>},
    {"menu.settings", Make<ShowSettings>},
    {"menu.registration", Make<ShowRegistration>},
    {"menu.about", Make<ShowAbout>},
    {"menu.support", Make<ShowSupport>},
};

}  // namespace

nlohmann::json MainMenuKeyboard(const Texts& texts, v1::ProviderKind kind) {
  nlohmann::json rows = nlohmann::json::array();
  const auto add = [&](std::initializer_list<const char*> keys) {
    nlohmann::json row = nlohmann::json::array();
    for (const char* key : keys) row.push_back({{"text", texts.Plain(key)}});
    rows.push_back(std::move(row));
  };
  if (kind != v1::PROVIDER_KIND_UNSPECIFIED) add({"menu.requests", "menu.calendar"});
  if (kind == v1::PROVIDER_KIND_SPECIALIST) {
    add({"menu.invitations", "menu.services", "menu.hours"});
  } else if (kind == v1::PROVIDER_KIND_ORGANIZATION) {
    add({"menu.invitations", "menu.services"});
  }
  if (kind != v1::PROVIDER_KIND_UNSPECIFIED) add({"menu.chats", "menu.customers", "menu.terms"});
  add({"menu.request", "menu.appointments"});
  add({"menu.specialists", "menu.settings"});
  add({"menu.registration"});
  add({"menu.about", "menu.support"});
  return {{"keyboard", std::move(rows)}, {"is_persistent", true}, {"resize_keyboard", true}};
}

std::optional<Action> MenuActionOf(const Languages& languages, std::string_view text) {
  for (const MenuEntry& entry : kMenu) {
    for (const auto& [language, texts] : languages.all()) {
      if (texts.Plain(entry.key) == text) return entry.make();
    }
  }
  return std::nullopt;
}

}  // namespace kalends::telegram

#include "adapters/telegram/screens/menu.h"

#include <utility>

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/consent_documents.h"
#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/actions/providers.h"
#include "adapters/telegram/actions/requests.h"
#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/actions/support.h"

namespace kalends::telegram {
namespace {

enum class Shown { kToAll, kToCustomers, kToProviders, kToSpecialists };

struct MenuEntry {
  int row;
  const char* key;
  Action (*make)();
  Shown shown = Shown::kToAll;
};

template <typename T>
Action Make() {
  return T{};
}

// What a provider works with comes first; who is one has nothing to register.
constexpr MenuEntry kMenu[] = {
    {0, "menu.requests", Make<ShowRequests>, Shown::kToProviders},
    {0, "menu.calendar", Make<ShowDay>, Shown::kToProviders},
    {0, "menu.customers", Make<ShowCustomers>, Shown::kToProviders},
    {1, "menu.chats", Make<ShowThreads>, Shown::kToProviders},
    {1, "menu.invitations", Make<ShowInvitations>, Shown::kToProviders},
    {1, "menu.terms", Make<ShowConsentDocuments>, Shown::kToProviders},
    {2, "menu.services", Make<ShowServices>, Shown::kToProviders},
    {2, "menu.hours", Make<ShowHours>, Shown::kToSpecialists},
    {2, "menu.profile", Make<ShowProfile>, Shown::kToProviders},
    {3, "menu.request", Make<ShowProviders>},
    {3, "menu.appointments", Make<ShowUpcoming>},
    {4, "menu.specialists", Make<ShowSpecialists>},
    {4, "menu.settings", Make<ShowSettings>},
    {5, "menu.registration", Make<ShowRegistration>, Shown::kToCustomers},
    {6, "menu.about", Make<ShowAbout>},
    {6, "menu.support", Make<ShowSupport>},
};

bool IsShown(const MenuEntry& entry, v1::ProviderKind kind) {
  switch (entry.shown) {
    case Shown::kToCustomers:
      return kind == v1::PROVIDER_KIND_UNSPECIFIED;
    case Shown::kToProviders:
      return kind != v1::PROVIDER_KIND_UNSPECIFIED;
    case Shown::kToSpecialists:
      return kind == v1::PROVIDER_KIND_SPECIALIST;
    default:
      return true;
  }
}

// A customer's words are a provider's, too: the keyboard from before the registration may still be
// there.
bool IsKnown(const MenuEntry& entry, v1::ProviderKind kind) {
  return entry.shown == Shown::kToCustomers || IsShown(entry, kind);
}

}  // namespace

nlohmann::json MainMenuKeyboard(const Texts& texts, v1::ProviderKind kind) {
  nlohmann::json rows = nlohmann::json::array();
  int row = -1;
  for (const MenuEntry& entry : kMenu) {
    if (!IsShown(entry, kind)) continue;
    if (std::exchange(row, entry.row) != entry.row) rows.push_back(nlohmann::json::array());
    rows.back().push_back({{"text", texts.Plain(entry.key)}});
  }
  return {{"keyboard", std::move(rows)}, {"is_persistent", true}, {"resize_keyboard", true}};
}

std::optional<Action> MenuActionOf(const Texts& texts, v1::ProviderKind kind,
                                   std::string_view text) {
  for (const MenuEntry& entry : kMenu) {
    if (IsKnown(entry, kind) && texts.Plain(entry.key) == text) return entry.make();
  }
  return std::nullopt;
}

std::optional<Action> MenuActionOf(const Languages& languages, v1::ProviderKind kind,
                                   std::string_view text) {
  for (const auto& [language, texts] : languages.all()) {
    if (auto action = MenuActionOf(texts, kind, text)) return action;
  }
  return std::nullopt;
}

}  // namespace kalends::telegram

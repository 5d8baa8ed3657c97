#include "adapters/telegram/screens/menu.h"

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/book_for.h"
#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/consent_documents.h"
#include "adapters/telegram/actions/customers.h"
#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/actions/practice.h"
#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/actions/providers.h"
#include "adapters/telegram/actions/requests.h"
#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/actions/support.h"

namespace kalends::telegram {
namespace {

template <typename T>
Action Make() {
  return T{};
}

struct Key {
  int row;
  const char* label;
  Action (*make)();
  const char* icon = nullptr;           // Before the number that it says.
  int MenuCounts::* counted = nullptr;  // That number.
};

constexpr Key kCustomerKeys[] = {
    {0, "menu.request", Make<ShowProviders>},         {0, "menu.appointments", Make<ShowUpcoming>},
    {1, "menu.specialists", Make<ShowSpecialists>},   {1, "menu.settings", Make<ShowSettings>},
    {2, "menu.registration", Make<ShowRegistration>}, {3, "menu.about", Make<ShowAbout>},
    {3, "menu.support", Make<ShowSupport>},
};
constexpr Key kProviderKeys[] = {
    {0, "menu.requests", Make<ShowRequests>, "🟡", &MenuCounts::requests},
    {0, "menu.calendar", Make<ShowDay>},
    {1, "menu.customers", Make<ShowCustomers>},
    {1, "menu.chats", Make<ShowThreads>, "💬", &MenuCounts::chats},
    {2, "menu.book", Make<BookForCustomer>},
    {2, "menu.practice", Make<ShowPractice>},
};
constexpr Key kBackKey = {4, "menu.be_provider", Make<BeProvider>};

// Keys that providers have had. Keyboards stay where they are until another one comes.
constexpr Key kFormerKeys[] = {
    {0, "menu.invitations", Make<ShowInvitations>}, {0, "menu.terms", Make<ShowConsentDocuments>},
    {0, "menu.services", Make<ShowServices>},       {0, "menu.hours", Make<ShowHours>},
    {0, "menu.profile", Make<ShowProfile>},
};

class Rows {
 public:
  Rows(const Texts& texts, const MenuCounts& counts) : texts_(texts), counts_(counts) {}

  void Add(const Key& key) {
    if (std::exchange(row_, key.row) != key.row) rows_.push_back(nlohmann::json::array());
    std::string label = texts_.Plain(key.label);
    const int count = key.counted == nullptr ? 0 : counts_.*key.counted;
    if (count > 0) label += std::string(" ") + key.icon + std::to_string(count);
    rows_.back().push_back({{"text", std::move(label)}});
  }
  nlohmann::json Take() { return std::move(rows_); }

 private:
  const Texts& texts_;
  const MenuCounts& counts_;
  nlohmann::json rows_ = nlohmann::json::array();
  int row_ = -1;
};

// Whether `text` is the key, whatever it counts.
bool IsKey(const Texts& texts, const Key& key, std::string_view text) {
  const std::string label = texts.Plain(key.label);
  if (!text.starts_with(label)) return false;
  text.remove_prefix(label.size());
  if (text.empty()) return true;
  const std::string mark = key.icon == nullptr ? "" : std::string(" ") + key.icon;
  if (mark.empty() || !text.starts_with(mark) || text.size() == mark.size()) return false;
  text.remove_prefix(mark.size());
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

template <typename Keys>
std::optional<Action> FindKey(const Texts& texts, const Keys& keys, std::string_view text) {
  for (const Key& key : keys) {
    if (IsKey(texts, key, text)) return key.make();
  }
  return std::nullopt;
}

}  // namespace

nlohmann::json MainMenuKeyboard(const Texts& texts, MenuOf of, const MenuCounts& counts) {
  Rows rows(texts, counts);
  if (of == MenuOf::kProvider) {
    for (const Key& key : kProviderKeys) rows.Add(key);
  } else {
    for (const Key& key : kCustomerKeys) rows.Add(key);
  }
  if (of == MenuOf::kProvidersCustomerSide) rows.Add(kBackKey);
  return {{"keyboard", rows.Take()}, {"is_persistent", true}, {"resize_keyboard", true}};
}

std::string CountsLine(const Texts& texts, const MenuCounts& counts) {
  if (counts == MenuCounts{}) return texts.Html("menu.nothing_waits");
  std::string line;
  if (counts.requests > 0) line = texts.HtmlCount("menu.requests_wait", counts.requests);
  if (counts.chats == 0) return line;
  if (!line.empty()) line += " · ";
  return line + texts.HtmlCount("menu.chats_wait", counts.chats);
}

std::optional<Action> MenuActionOf(const Texts& texts, v1::ProviderKind kind,
                                   std::string_view text) {
  // A customer's words are a provider's, too: on the customer side, and from before the
  // registration.
  if (auto action = FindKey(texts, kCustomerKeys, text)) return action;
  if (kind == v1::PROVIDER_KIND_UNSPECIFIED) return std::nullopt;
  if (auto action = FindKey(texts, kProviderKeys, text)) return action;
  if (IsKey(texts, kBackKey, text)) return kBackKey.make();
  auto former = FindKey(texts, kFormerKeys, text);
  // An organization is itself in no calendar.
  const bool specialist = kind == v1::PROVIDER_KIND_SPECIALIST;
  return former && former->Is<ShowHours>() && !specialist ? std::nullopt : former;
}

std::optional<Action> MenuActionOf(const Languages& languages, v1::ProviderKind kind,
                                   std::string_view text) {
  for (const auto& [language, texts] : languages.all()) {
    if (auto action = MenuActionOf(texts, kind, text)) return action;
  }
  return std::nullopt;
}

}  // namespace kalends::telegram

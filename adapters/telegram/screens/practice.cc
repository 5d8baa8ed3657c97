#include "adapters/telegram/screens/practice.h"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/consent_documents.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/actions/packages.h"
#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/actions/reminders.h"
#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/actions/statistics.h"
#include "adapters/telegram/actions/team.h"
#include "adapters/telegram/screens/providers.h"

namespace kalends::telegram {
namespace {

enum class Of { kBoth, kSpecialists, kOrganizations };

struct Part {
  int row;
  const char* label;
  Action (*open)();
  Of of = Of::kBoth;
};

template <ActionType Some>
Action Open() {
  return Some{};
}

// Row by row: long words two abreast, as a phone cuts them where there are three. An organization
// is itself in no calendar.
constexpr Part kParts[] = {
    {0, "menu.services", Open<ShowServices>},
    {0, "practice.hours", Open<ShowHours>, Of::kSpecialists},
    {0, "practice.team", Open<ShowStaff>, Of::kOrganizations},
    {0, "menu.profile", Open<ShowProfile>},
    {1, "menu.terms", Open<ShowConsentDocuments>},
    {1, "customers.packages", Open<ShowPackages>},
    {1, "practice.statistics", Open<ShowStatistics>},
    {2, "menu.invitations", Open<ShowInvitations>},
    {2, "practice.reminders", Open<ShowReminders>},
    {3, "menu.settings", Open<ShowSettings>},
    {3, "practice.be_customer", Open<BeCustomer>},
};

bool IsFor(const Part& part, v1::ProviderKind kind) {
  switch (part.of) {
    case Of::kSpecialists:
      return kind == v1::PROVIDER_KIND_SPECIALIST;
    case Of::kOrganizations:
      return kind == v1::PROVIDER_KIND_ORGANIZATION;
    default:
      return true;
  }
}

// "✅ eine Leistung · ⬜ Arbeitszeiten": all that the first booking needs, in the order in which it
// is made. HTML.
std::string Checklist(const Reader& reader, const v1::Provider& provider) {
  constexpr std::array kNeeds = {v1::PROVIDER_NEED_SERVICE, v1::PROVIDER_NEED_TEAM,
                                 v1::PROVIDER_NEED_HOURS};
  std::string list;
  for (const v1::ProviderNeed need : kNeeds) {
    if (need == v1::PROVIDER_NEED_TEAM && provider.kind() == v1::PROVIDER_KIND_SPECIALIST) continue;
    const auto& missing = provider.missing();
    const bool open = std::find(missing.begin(), missing.end(), need) != missing.end();
    if (!list.empty()) list += " · ";
    list += open ? "⬜ " : "✅ ";
    list += reader.t().Html(NeedLabel(need, provider.kind()));
  }
  return list;
}

}  // namespace

Screen PracticeScreen(const Reader& reader, const v1::Provider& provider) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("practice.title",
                               {{"name", ProviderLabel(provider.kind(), provider.display_name())}}),
                .rows = {}};
  if (!provider.missing().empty()) {
    screen.text += "\n\n" + t.Html("practice.missing") + "\n" + Checklist(reader, provider);
    if (Row missing = MissingRow(reader, provider); !missing.empty()) {
      for (Button& button : missing) button.style = Style::kPrimary;
      screen.rows.push_back(std::move(missing));
    }
  }
  int row = -1;
  for (const Part& part : kParts) {
    if (!IsFor(part, provider.kind())) continue;
    if (std::exchange(row, part.row) != part.row) screen.rows.emplace_back();
    screen.rows.back().push_back({t.Plain(part.label), part.open()});
  }
  return screen;
}

Button PracticeButton(const Reader& reader) {
  return {reader.t().Plain("practice.back"), Action(ShowPractice{})};
}

}  // namespace kalends::telegram

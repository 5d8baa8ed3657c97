#include "adapters/telegram/screens/providers.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/screens/profiles.h"

namespace kalends::telegram {
namespace {

struct StepRow {
  SetupStep step;
  const char* text;
  const char* label;
  bool to_specialists = true;
  bool to_organizations = true;
};
// In their order. An organization is itself in no calendar, and has a team instead.
constexpr StepRow kSteps[] = {
    {SetupStep::kService, "providers.setup_service", "catalog.new"},
    {SetupStep::kHours, "providers.setup_hours", "menu.hours", true, false},
    {SetupStep::kTeam, "providers.setup_team", "invitations.new_staff", false, true},
    {SetupStep::kInvitation, "providers.setup_invitation", "invitations.new"},
    {SetupStep::kProfile, "providers.setup_profile", "menu.profile"},
};

const StepRow& RowOf(SetupStep step) {
  const auto* row = std::find_if(std::begin(kSteps), std::end(kSteps),
                                 [&](const StepRow& one) { return one.step == step; });
  assert(row != std::end(kSteps));
  return *row;
}

std::vector<SetupStep> StepsOf(const SetupView& view) {
  const bool organization = view.kind == v1::PROVIDER_KIND_ORGANIZATION;
  std::vector<SetupStep> steps;
  for (const StepRow& row : kSteps) {
    if (!(organization ? row.to_organizations : row.to_specialists)) continue;
    // A page that no website shows is nothing to begin with.
    if (row.step == SetupStep::kProfile && !view.has_site) continue;
    steps.push_back(row.step);
  }
  return steps;
}

}  // namespace

Screen RegistrationScreen(const Reader& reader) {
  const Texts& t = reader.t();
  return {.text = t.Html("providers.text"),
          .rows = {
              {{t.Plain("providers.specialist"), Action(AskRegister{RegisterAs::kSpecialist})}},
              {{t.Plain("providers.organization"), Action(AskRegister{RegisterAs::kOrganization})}},
              {{t.Plain("menu.about"), Action(ShowAbout{})}}}};
}

Screen RegisterFirstScreen(const Reader& reader) {
  const Texts& t = reader.t();
  return {.text = t.Html("error.not_a_specialist"),
          .rows = {{{t.Plain("menu.registration"), Action(ShowRegistration{})}}}};
}

Screen AskRegisterScreen(const Reader& reader, RegisterAs kind, const std::string& own_name,
                         Nonce nonce) {
  const Texts& t = reader.t();
  const bool specialist = kind == RegisterAs::kSpecialist;
  return {.text = t.Html(specialist ? "providers.ask_specialist" : "providers.ask_organization"),
          .rows = {{{own_name, Action(Register{kind, nonce})}},
                   {BackButton(reader, ShowRegistration{})}}};
}

Screen RegisterNameScreen(const Reader& reader, RegisterAs kind, const std::string& name,
                          Nonce nonce) {
  const Texts& t = reader.t();
  const bool specialist = kind == RegisterAs::kSpecialist;
  return {.text = t.Html(specialist ? "providers.name_specialist" : "providers.name_organization",
                         {{"name", name}}),
          .rows = {{{t.Plain("providers.confirm"), Action(RegisterAsShown{kind, nonce})}},
                   {{t.Plain("providers.other_name"), Action(AskRegister{kind})}}}};
}

Screen RegisteredScreen(const Reader& reader, const v1::Provider& provider) {
  const Texts& t = reader.t();
  const bool specialist = provider.kind() == v1::PROVIDER_KIND_SPECIALIST;
  return {.text = t.Html(specialist ? "providers.done_specialist" : "providers.done_organization",
                         {{"name", ProviderLabel(provider.kind(), provider.display_name())}}),
          .rows = {},
          .stays = true};
}

SetupStep StepAfter(const SetupView& view) {
  const auto steps = StepsOf(view);
  const auto present = std::find(steps.begin(), steps.end(), view.step);
  return present == steps.end() || present + 1 == steps.end() ? SetupStep::kDone : *(present + 1);
}

Screen SetupFrame(const Reader& reader, const SetupView& view) {
  const Texts& t = reader.t();
  const auto steps = StepsOf(view);
  const auto number = std::find(steps.begin(), steps.end(), view.step) - steps.begin() + 1;
  return {.text = t.Html("providers.setup_step", {{"number", std::to_string(number)},
                                                  {"count", std::to_string(steps.size())}}) +
                  "\n" + t.Html(RowOf(view.step).text),
          .rows = {{{t.Plain("providers.setup_skip"), Action(SkipSetup{view.step})},
                    {t.Plain("providers.setup_end"), Action(EndSetup{})}}}};
}

Action SetupAction(const SetupView& view) {
  switch (view.step) {
    case SetupStep::kService:
      return AskServiceName{};
    case SetupStep::kHours:
      return PickWeekdays{0};
    case SetupStep::kTeam:
      return EditInvitation{Invite::kStaff, kStaffInvitationDays, 1};
    case SetupStep::kInvitation:
      return EditInvitation{Invite::kCustomers};
    default:
      return ShowProfile{};
  }
}

Screen SetupScreen(const Reader& reader, const SetupView& view) {
  Screen screen = SetupFrame(reader, view);
  screen.rows.insert(screen.rows.begin(),
                     {{reader.t().Plain(RowOf(view.step).label), SetupAction(view)}});
  return screen;
}

const char* NeedLabel(v1::ProviderNeed need, v1::ProviderKind kind) {
  if (need == v1::PROVIDER_NEED_SERVICE) return "providers.need_service";
  if (need == v1::PROVIDER_NEED_TEAM) return "providers.need_team";
  // An organization's specialists set their own.
  return kind == v1::PROVIDER_KIND_SPECIALIST ? "providers.need_hours"
                                              : "providers.need_team_hours";
}

std::string MissingText(const Reader& reader, const v1::Provider& provider) {
  if (provider.missing().empty()) return {};
  std::string what;
  for (const int need : provider.missing()) {
    if (!what.empty()) what += ", ";
    what += reader.t().Plain(NeedLabel(static_cast<v1::ProviderNeed>(need), provider.kind()));
  }
  return reader.t().Html("providers.missing", {{"what", what}});
}

Row MissingRow(const Reader& reader, const v1::Provider& provider) {
  const Texts& t = reader.t();
  Row row;
  for (const int need : provider.missing()) {
    if (need == v1::PROVIDER_NEED_SERVICE) {
      row.push_back({t.Plain("catalog.new"), Action(AskServiceName{})});
    } else if (need == v1::PROVIDER_NEED_TEAM) {
      row.push_back({t.Plain("invitations.new_staff"),
                     Action(EditInvitation{Invite::kStaff, kStaffInvitationDays, 1})});
    } else if (provider.kind() == v1::PROVIDER_KIND_SPECIALIST) {
      row.push_back({t.Plain("menu.hours"), Action(PickWeekdays{0})});
    }
  }
  return row;
}

Screen SetupDoneScreen(const Reader& reader, const v1::Provider& provider, const PublicPage& page) {
  const Texts& t = reader.t();
  const bool complete = provider.missing().empty();
  Screen screen{.text = complete ? t.Html("providers.setup_done") : MissingText(reader, provider),
                .rows = {}};
  if (Row missing = MissingRow(reader, provider); !missing.empty()) {
    screen.rows.push_back(std::move(missing));
  }
  if (!page.url.empty()) {
    screen.rows.push_back({{t.Plain("profiles.open"), Url{page.url}},
                           {t.Plain("profiles.share"), Url{ShareUrl(page.url)}}});
    if (complete && !page.invitation.empty()) {
      screen.rows.back().push_back(
          {t.Plain("invitations.qr"), Action(SendQrCode{page.invitation})});
    }
  }
  screen.rows.push_back(
      {{t.Plain("menu.invitations"), Action(ShowInvitations{})}, HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram

#include "adapters/telegram/screens/providers.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/actions/schedule.h"

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
    {SetupStep::kZone, "providers.setup_zone", "accounts.settings_zone"},
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
    case SetupStep::kZone:
      return ShowOffsets{Origin::kSetup, -1, {}};
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
  const Texts& t = reader.t();
  if (view.step == SetupStep::kDone) return {.text = t.Html("providers.setup_done"), .rows = {}};
  Screen screen = SetupFrame(reader, view);
  screen.rows.insert(screen.rows.begin(), {{t.Plain(RowOf(view.step).label), SetupAction(view)}});
  return screen;
}

}  // namespace kalends::telegram

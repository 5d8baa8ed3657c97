#include "adapters/telegram/screens/providers.h"

#include <algorithm>

#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/actions/schedule.h"

namespace kalends::telegram {

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

Screen SetupScreen(const Reader& reader, const SetupView& view) {
  const Texts& t = reader.t();
  const bool specialist = view.kind == v1::PROVIDER_KIND_SPECIALIST;
  if (view.step == SetupStep::kDone) return {.text = t.Html("providers.setup_done"), .rows = {}};
  struct Step {
    const char* text;
    std::string label;
    Action action;
  };
  const auto step = [&]() -> Step {
    switch (view.step) {
      case SetupStep::kZone:
        return {"providers.setup_zone", t.Plain("accounts.settings_zone"),
                ShowOffsets{Origin::kSetup, -1}};
      case SetupStep::kService:
        return {"providers.setup_service", t.Plain("catalog.new"), AskServiceName{}};
      case SetupStep::kHours:
        return {"providers.setup_hours", t.Plain("menu.hours"), PickWeekdays{0}};
      case SetupStep::kInvitation:
        return {"providers.setup_invitation", t.Plain("invitations.new"),
                CreateInvitation{Invite::kCustomers, 0, 0, view.nonce}};
      default:
        return {"providers.setup_profile", t.Plain("menu.profile"), ShowProfile{}};
    }
  }();
  // An organization has no working hours to set.
  const int skipped = !specialist && view.step > SetupStep::kHours ? 1 : 0;
  const int number = static_cast<int>(view.step) - skipped;
  const int count = (specialist ? 4 : 3) + (view.has_site ? 1 : 0);
  return {.text = t.Html("providers.setup_step",
                         {{"number", std::to_string(number)}, {"count", std::to_string(count)}}) +
                  "\n" + t.Html(step.text),
          .rows = {{{step.label, step.action}},
                   {{t.Plain("providers.setup_skip"), Action(SkipSetup{view.step})},
                    {t.Plain("providers.setup_end"), Action(EndSetup{})}}}};
}

}  // namespace kalends::telegram

#include "adapters/telegram/screens/registration.h"

#include <algorithm>

namespace kalends::telegram {

Screen RegistrationScreen(const Reader& reader) {
  const Texts& t = reader.t();
  return {
      .text = t.Html("registration.text"),
      .rows = {
          {{t.Plain("registration.specialist"), Action(AskRegister{RegisterAs::kSpecialist})}},
          {{t.Plain("registration.organization"), Action(AskRegister{RegisterAs::kOrganization})}},
          {{t.Plain("menu.about"), Action(ShowAbout{})}}}};
}

Screen AskRegisterScreen(const Reader& reader, RegisterAs kind, const std::string& own_name,
                         Nonce nonce) {
  const Texts& t = reader.t();
  const bool specialist = kind == RegisterAs::kSpecialist;
  return {
      .text = t.Html(specialist ? "registration.ask_specialist" : "registration.ask_organization"),
      .rows = {{{own_name, Action(Register{kind, nonce})}},
               {BackButton(reader, ShowRegistration{})}}};
}

Screen RegisteredScreen(const Reader& reader, const v1::Provider& provider) {
  const Texts& t = reader.t();
  const bool specialist = provider.kind() == v1::PROVIDER_KIND_SPECIALIST;
  Screen screen{
      .text = t.Html(specialist ? "registration.done_specialist" : "registration.done_organization",
                     {{"name", ProviderLabel(provider.kind(), provider.display_name())}}),
      .rows = {},
      .stays = true};
  if (reader.zone.empty()) {
    // Working hours are meant in this zone.
    screen.rows.push_back({{t.Plain("settings.zone"), Action(ShowOffsets{Origin::kSettings, -1})}});
  }
  screen.rows.push_back({{t.Plain("menu.services"), Action(ShowServices{})}});
  if (specialist) screen.rows.push_back({{t.Plain("menu.hours"), Action(ShowHours{})}});
  screen.rows.push_back({{t.Plain("menu.invitations"), Action(ShowInvitations{})}});
  return screen;
}

Screen AboutScreen(const Reader& reader, const std::string& public_url) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("about.text"), .rows = {}};
  if (!public_url.empty()) screen.rows.push_back({{t.Plain("about.website"), Url{public_url}}});
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

Screen SupportScreen(const Reader& reader) {
  return {.text = reader.t().Html("support.text"), .rows = {{HomeButton(reader)}}};
}

std::string InvitedText(const Reader& reader, const v1::RedeemInvitationResponse& redeemed,
                        std::string_view own_provider) {
  const auto& staff = redeemed.provider().specialists();
  const bool is_staff = std::any_of(staff.begin(), staff.end(), [&](const auto& specialist) {
    return specialist.provider() == own_provider;
  });
  const char* key = redeemed.already_linked() ? "start.linked_before"
                    : is_staff                ? "start.staff"
                                              : "start.invited";
  return reader.t().Html(key, {{"provider", ProviderLabel(redeemed.provider().kind(),
                                                          redeemed.provider().display_name())}});
}

}  // namespace kalends::telegram

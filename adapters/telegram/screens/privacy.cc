#include "adapters/telegram/screens/privacy.h"

#include "adapters/telegram/actions/accounts.h"

namespace kalends::telegram {

Screen PrivacyScreen(const Reader& reader) {
  const Texts& t = reader.t();
  return {.text = t.Html("privacy.text"),
          .rows = {{{t.Plain("privacy.export"), Action(ExportData{})}},
                   {{t.Plain("privacy.delete"), Action(AskDeleteAccount{})}},
                   {BackButton(reader, ShowSettings{}), HomeButton(reader)}}};
}

Screen ExportingScreen(const Reader& reader) {
  return {.text = reader.t().Html("privacy.exporting"), .rows = {{HomeButton(reader)}}};
}

Screen NotExportedScreen(const Reader& reader, std::string why) {
  return {
      .text = std::move(why),
      .rows = {{{reader.t().Plain("privacy.export"), Action(ExportData{})}}, {HomeButton(reader)}}};
}

Screen AskDeleteScreen(const Reader& reader, const v1::AccountDeletionPreview& preview,
                       Nonce nonce) {
  const Texts& t = reader.t();
  std::string text = t.Html("privacy.ask_delete");
  const auto add = [&](const char* key, int count) {
    if (count > 0) text += "\n• " + t.HtmlCount(key, count);
  };
  add("privacy.cancelled", preview.cancelled_appointments());
  add("privacy.kept", preview.kept_appointments());
  add("privacy.links", preview.links());
  add("privacy.messages", preview.messages());
  add("privacy.documents", preview.documents());
  add("privacy.tickets", preview.tickets());
  if (preview.has_of_provider()) {
    const auto& provider = preview.of_provider();
    text += "\n\n" + t.Html("privacy.as_provider");
    add("privacy.cancelled", provider.cancelled_appointments());
    add("privacy.kept_by_customers", provider.kept_appointments());
    add("privacy.customers", provider.customers());
    add("privacy.messages", provider.messages());
    add("privacy.documents", provider.documents());
    add("privacy.consent_documents", provider.consent_documents());
    add("privacy.services", provider.services());
    add("privacy.invitations", provider.invitations());
    add("privacy.specialists", provider.specialists());
    add("privacy.organizations", provider.organizations());
  }
  text += "\n\n" + t.Html("privacy.for_good");
  return {.text = text,
          .rows = {
              {{t.Plain("privacy.keep"), Action(ShowPrivacy{})}},
              {{t.Plain("privacy.confirm_delete"), Action(DeleteAccount{nonce}), Style::kDanger}}}};
}

}  // namespace kalends::telegram

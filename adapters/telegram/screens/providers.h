// Becoming a provider (SPEC 2.12) and About.
#pragma once

#include "adapters/telegram/actions/providers.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/account_service.pb.h"
#include "kalends/v1/provider_service.pb.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {

// No button back, as SPEC 2.12 wants it: /start and the menu return.
Screen RegistrationScreen(const Reader& reader);
// An invitation to a staff, opened by somebody who is no specialist yet.
Screen RegisterFirstScreen(const Reader& reader);
// Under which name? The account's own is a button, another can be typed.
Screen AskRegisterScreen(const Reader& reader, RegisterAs kind, const std::string& own_name,
                         Nonce nonce);
// The typed name once more, before anything happens.
Screen RegisterNameScreen(const Reader& reader, RegisterAs kind, const std::string& name,
                          Nonce nonce);
// Where the set-up that follows stands.
struct SetupView {
  SetupStep step = SetupStep::kDone;
  v1::ProviderKind kind = v1::PROVIDER_KIND_SPECIALIST;
  bool has_site = false;  // Whether there is a website to show a public page.
  Nonce nonce;
};
// The step after it, of those that such an account has a use for.
SetupStep StepAfter(const SetupView& view);
// What is said above the step's own screen, and the ways around it below that. Not of kDone.
Screen SetupFrame(const Reader& reader, const SetupView& view);
// What opens the step's own screen. Not of kDone.
Action SetupAction(const SetupView& view);
// The step to go on with. Not of kDone.
Screen SetupScreen(const Reader& reader, const SetupView& view);
// The public page at the end of the set-up. An empty `url`: there is none.
struct PublicPage {
  std::string url;
  InvitationId invitation;  // That it shows; empty: none.
};
// The end: what is still missing, or that nothing is, and where to go on.
Screen SetupDoneScreen(const Reader& reader, const v1::Provider& provider, const PublicPage& page);

// What such a need of a provider is called: the key of a text.
const char* NeedLabel(v1::ProviderNeed need, v1::ProviderKind kind);
// What keeps customers from booking, as the core says: a sentence (HTML) and the buttons that open
// what is missing; empty where nothing is.
std::string MissingText(const Reader& reader, const v1::Provider& provider);
Row MissingRow(const Reader& reader, const v1::Provider& provider);

// Welcome.
Screen RegisteredScreen(const Reader& reader, const v1::Provider& provider);

}  // namespace kalends::telegram

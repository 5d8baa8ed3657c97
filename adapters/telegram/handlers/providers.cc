// Becoming a provider (SPEC 2.12).
#include "adapters/telegram/screens/providers.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/setup.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kNameCharsMax = 100;

absl::Status RegisterAsProvider(Turn& turn, RegisterAs kind, const std::string& name,
                                const std::string& request_id) {
  const bool is_new = turn.account().provider_kind() == v1::PROVIDER_KIND_UNSPECIFIED;
  v1::RegisterProviderRequest request;
  request.set_kind(kind == RegisterAs::kSpecialist ? v1::PROVIDER_KIND_SPECIALIST
                                                   : v1::PROVIDER_KIND_ORGANIZATION);
  request.set_display_name(name);
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto provider, turn.Call(&Accounts::RegisterProvider, request));
  KALENDS_RETURN_IF_ERROR(turn.ReadAccount());  // Its kind decides on the menu.
  turn.Show(RegisteredScreen(turn.reader(), provider));
  if (!is_new) return absl::OkStatus();  // Tapped twice: the set-up is under way.
  turn.SendMainMenu(turn.texts().Html("providers.menu"));
  BeginSetup(turn);
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowRegistration&) {
  turn.Show(RegistrationScreen(turn.reader()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskRegister& action) {
  // The core decides whether it is possible; asking for a name first would only raise hopes.
  if (turn.account().provider_kind() != v1::PROVIDER_KIND_UNSPECIFIED) {
    return RegisterAsProvider(turn, action.kind, turn.account().display_name(),
                              turn.NextRequestId());
  }
  turn.session().dialogue = TypesProviderName{action.kind};
  turn.Show(
      AskRegisterScreen(turn.reader(), action.kind, turn.account().display_name(), turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const Register& action) {
  return RegisterAsProvider(turn, action.kind, turn.account().display_name(),
                            turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const TypesProviderName& dialogue, const std::string& text) {
  turn.session().dialogue = dialogue;  // Another name takes the place of this one.
  const std::string name = Shorten(text, kNameCharsMax);
  turn.KeepShown(name);
  turn.Show(RegisterNameScreen(turn.reader(), dialogue.kind, name, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const RegisterAsShown& action) {
  const std::string* name = turn.ShownWith(action.nonce);
  if (name == nullptr) return Handle(turn, AskRegister{action.kind});
  return RegisterAsProvider(turn, action.kind, *name, turn.RequestIdOf(action, action.nonce));
}

}  // namespace kalends::telegram

// A provider's practice, and the change to a customer's side and back (SPEC 3).
#include "adapters/telegram/actions/practice.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/home.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/practice.h"

namespace kalends::telegram {

absl::Status Handle(Turn& turn, const ShowPractice&) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, "providers/me"));
  turn.Show(PracticeScreen(turn.reader(), provider));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const BeCustomer&) {
  turn.TakePressedMessageAway();
  turn.session().as_customer = true;
  turn.SendMainMenu(turn.texts().Html("practice.is_customer"));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const BeProvider&) {
  turn.session().as_customer = false;
  turn.SendMainMenu(turn.texts().Html("practice.is_provider"));
  return absl::OkStatus();
}

Handlers PracticeHandlers() { return HandlersOf(PracticeActions{}); }

}  // namespace kalends::telegram

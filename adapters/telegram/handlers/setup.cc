#include "adapters/telegram/handlers/setup.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/screens/providers.h"

namespace kalends::telegram {
namespace {

SetupView ViewOf(Turn& turn) {
  return {.step = turn.session().setup,
          .kind = turn.account().provider_kind(),
          .has_site = !turn.context().public_url.empty(),
          .nonce = turn.nonce()};
}

// The step after `step`, without those that this account has no use for.
SetupStep After(const Turn& turn, SetupStep step) {
  switch (step) {
    case SetupStep::kZone:
      return SetupStep::kService;
    case SetupStep::kService:
      // An organization is itself in no calendar.
      return turn.account().provider_kind() == v1::PROVIDER_KIND_ORGANIZATION
                 ? SetupStep::kInvitation
                 : SetupStep::kHours;
    case SetupStep::kHours:
      return SetupStep::kInvitation;
    case SetupStep::kInvitation:
      // A page that no website shows is nothing to begin with.
      return turn.context().public_url.empty() ? SetupStep::kDone : SetupStep::kProfile;
    default:
      return SetupStep::kDone;
  }
}

}  // namespace

void BeginSetup(Turn& turn) {
  turn.session().setup = SetupStep::kZone;
  if (!turn.account().time_zone().empty()) turn.session().setup = SetupStep::kService;
  turn.Send(SetupScreen(turn.reader(), ViewOf(turn)));
}

bool ContinueSetup(Turn& turn, SetupStep step, const std::string& done) {
  if (turn.session().setup != step) return false;
  turn.session().setup = After(turn, step);
  Screen screen = SetupScreen(turn.reader(), ViewOf(turn));
  screen.text = done + "\n\n" + screen.text;
  turn.Show(screen);
  return true;
}

void OfferSetup(Turn& turn) {
  if (turn.session().setup == SetupStep::kDone) return;
  turn.Send(SetupScreen(turn.reader(), ViewOf(turn)));
}

absl::Status Handle(Turn& turn, const ShowSetup&) {
  turn.Show(SetupScreen(turn.reader(), ViewOf(turn)));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SkipSetup& action) {
  // A second tap finds the step behind it and skips no other.
  if (turn.session().setup == action.step) turn.session().setup = After(turn, action.step);
  return Handle(turn, ShowSetup{});
}

absl::Status Handle(Turn& turn, const EndSetup&) {
  turn.session().setup = SetupStep::kDone;
  return Handle(turn, ShowHome{});
}

}  // namespace kalends::telegram

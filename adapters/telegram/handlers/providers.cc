// Becoming a provider (SPEC 2.12).
#include "adapters/telegram/screens/providers.h"

#include <utility>

#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/actions/pages.h"
#include "adapters/telegram/actions/pictures.h"
#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/handlers/accounts.h"
#include "adapters/telegram/handlers/all.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/home.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/profiles.h"
#include "kalends/v1/account_service.pb.h"
#include "kalends/v1/profile_service.pb.h"
#include "kalends/v1/provider_service.pb.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

v1::ProviderKind KindOf(RegisterAs kind) {
  return kind == RegisterAs::kSpecialist ? v1::PROVIDER_KIND_SPECIALIST
                                         : v1::PROVIDER_KIND_ORGANIZATION;
}

// The second tap of a button that has registered.
absl::Status ShowRegistered(Turn& turn) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, turn.account().provider()));
  turn.Show(RegisteredScreen(turn.reader(), provider));
  return absl::OkStatus();
}

absl::Status RegisterAsProvider(Turn& turn, RegisterAs kind, const std::string& name,
                                const std::string& request_id) {
  const bool is_new = turn.account().provider_kind() == v1::PROVIDER_KIND_UNSPECIFIED;
  if (is_new && turn.account().time_zone().empty()) {
    // A provider has a zone: it comes first, and RegisterInZone goes on with the name.
    turn.session().registers = {kind, name};
    const bool specialist = kind == RegisterAs::kSpecialist;
    return AskZone(turn, specialist ? Origin::kSpecialist : Origin::kOrganization, {});
  }
  v1::RegisterProviderRequest request;
  request.set_kind(KindOf(kind));
  request.set_display_name(name);
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto provider, turn.Call<v1::Provider>(request));
  KALENDS_RETURN_IF_ERROR(turn.ReadAccount());  // Its kind decides on the menu.
  turn.Show(RegisteredScreen(turn.reader(), provider));
  if (!is_new) return absl::OkStatus();  // Tapped twice: the set-up is under way.
  turn.SendMainMenu(turn.texts().Html("providers.menu"));
  JoinWaitingTeam(turn);
  BeginSetup(turn);
  return absl::OkStatus();
}

SetupView ViewOf(Turn& turn) {
  return {.step = turn.session().setup,
          .kind = turn.account().provider_kind(),
          .has_site = !turn.context().public_url.empty(),
          .nonce = turn.nonce()};
}

// Without the invitation where that cannot be read now.
PublicPage PublicPageOf(Turn& turn, const v1::Provider& provider) {
  PublicPage page{.url = ProfileUrl(turn.context().public_url, provider.profile_slug()),
                  .invitation = {}};
  if (page.url.empty()) return page;
  v1::GetProfileRequest request;
  request.set_name(provider.name() + "/profile");
  const auto profile = turn.Call<v1::Profile>(request);
  if (profile.ok()) page.invitation = InvitationId::Of(profile->invitation());
  return page;
}

absl::Status ShowDone(Turn& turn, const std::string& above) {
  turn.FrameNext({});
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, turn.account().provider()));
  Screen done = SetupDoneScreen(turn.reader(), provider, PublicPageOf(turn, provider));
  if (!above.empty()) done.text = above + "\n\n" + done.text;
  turn.Show(done);
  return absl::OkStatus();
}

// Opens what the step at hand is about, below `above` (HTML, may be empty).
absl::Status OpenStep(Turn& turn, const std::string& above) {
  const SetupView view = ViewOf(turn);
  if (view.step == SetupStep::kDone) return ShowDone(turn, above);
  Screen frame = SetupFrame(turn.reader(), view);
  if (!above.empty()) frame.text = above + "\n\n" + frame.text;
  turn.FrameNext(std::move(frame));
  const Action action = SetupAction(view);
  return HandlerFor(action).handle(turn, action);
}

// The same; where what it opens cannot be read now, with a button that tries again.
void GoOn(Turn& turn, const std::string& above) {
  if (OpenStep(turn, above).ok()) return;
  turn.FrameNext({});
  const SetupView view = ViewOf(turn);
  Screen screen{.text = above, .rows = {{HomeButton(turn.reader())}}};
  if (view.step != SetupStep::kDone) {
    screen = SetupScreen(turn.reader(), view);
    if (!above.empty()) screen.text = above + "\n\n" + screen.text;
  }
  if (!screen.text.empty()) turn.Show(screen);
}

template <typename... Some>
bool IsAnyOf(Actions<Some...>, const Action& action) {
  return (action.Is<Some>() || ...);
}
template <typename... Some>
bool HoldsAnyOf(const Dialogue& dialogue) {
  return (std::holds_alternative<Some>(dialogue) || ...);
}

// Whether what `action` opens is on the way through `step`.
bool IsOnTheWay(SetupStep step, const Action& action) {
  switch (step) {
    case SetupStep::kService:
      return action.Is<AskServiceName>() || action.Is<PickDuration>();
    case SetupStep::kHours:
      return IsAnyOf(ScheduleActions{}, action);
    case SetupStep::kTeam:
    case SetupStep::kInvitation:
      return action.Is<EditInvitation>();
    case SetupStep::kProfile:
      return IsAnyOf(ProfilesActions{}, action) || IsAnyOf(PagesActions{}, action) ||
             IsAnyOf(PicturesActions{}, action);
    default:
      return false;
  }
}

// The same of the text that `dialogue` waits for.
bool IsOnTheWay(SetupStep step, const Dialogue& dialogue) {
  switch (step) {
    case SetupStep::kService:
      return HoldsAnyOf<TypesServiceName, TypesServiceDuration, TypesServicePrice>(dialogue);
    case SetupStep::kHours:
      return HoldsAnyOf<TypesHours>(dialogue);
    case SetupStep::kProfile:
      return HoldsAnyOf<TypesAbout, TypesAboutIn, TypesContacts, TypesSlug, TypesMapLink,
                        TypesNetworks, TypesColor, TypesCaption, SendsPictures>(dialogue);
    default:
      return false;
  }
}

template <typename What>
void FrameOnTheWay(Turn& turn, const What& what) {
  const SetupView view = ViewOf(turn);
  if (IsOnTheWay(view.step, what)) turn.FrameNext(SetupFrame(turn.reader(), view));
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
  if (turn.account().provider_kind() == KindOf(action.kind)) return ShowRegistered(turn);
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
  if (turn.account().provider_kind() == KindOf(action.kind)) return ShowRegistered(turn);
  const std::string* name = turn.ShownWith(action.nonce);
  if (name == nullptr) return Handle(turn, AskRegister{action.kind});
  return RegisterAsProvider(turn, action.kind, *name, turn.RequestIdOf(action, action.nonce));
}

std::optional<RegisterAs> RegistrationOf(Origin origin) {
  if (origin == Origin::kSpecialist) return RegisterAs::kSpecialist;
  if (origin == Origin::kOrganization) return RegisterAs::kOrganization;
  return std::nullopt;
}

absl::Status RegisterInZone(Turn& turn, RegisterAs kind) {
  if (turn.account().provider_kind() == KindOf(kind)) return ShowRegistered(turn);
  const WantedName wanted = std::exchange(turn.session().registers, {});
  const bool known = wanted.kind == kind && !wanted.name.empty();
  const std::string name = known ? wanted.name : turn.account().display_name();
  const absl::Status status = RegisterAsProvider(turn, kind, name, turn.NextRequestId());
  if (!status.ok() && known) turn.session().registers = wanted;
  return status;
}

void FrameSetup(Turn& turn, const Action& action) { FrameOnTheWay(turn, action); }
void FrameSetup(Turn& turn, const Dialogue& dialogue) { FrameOnTheWay(turn, dialogue); }

void BeginSetup(Turn& turn) {
  turn.session().setup = SetupStep::kService;
  turn.KeepPressedMessage();
  GoOn(turn, "");
}

bool ContinueSetup(Turn& turn, SetupStep step, const std::string& done) {
  if (turn.session().setup != step) return false;
  turn.session().setup = StepAfter(ViewOf(turn));
  GoOn(turn, done);
  return true;
}

void AddMissing(Turn& turn, Screen& result) {
  if (turn.account().provider().empty()) return;
  const auto provider = GetProvider(turn, turn.account().provider());
  if (!provider.ok() || provider->missing().empty()) return;
  if (!result.text.empty()) result.text += "\n\n";
  result.text += MissingText(turn.reader(), *provider);
  Row row = MissingRow(turn.reader(), *provider);
  if (!row.empty()) result.rows.insert(result.rows.begin(), std::move(row));
}

void OfferSetup(Turn& turn) {
  if (turn.session().setup != SetupStep::kDone) {
    turn.Send(SetupScreen(turn.reader(), ViewOf(turn)));
    return;
  }
  Screen missing;
  AddMissing(turn, missing);
  if (!missing.text.empty()) turn.Send(missing);
}

absl::Status Handle(Turn& turn, const ShowSetup&) { return OpenStep(turn, ""); }

absl::Status Handle(Turn& turn, const SkipSetup& action) {
  // A second tap finds the step behind it and skips no other.
  if (turn.session().setup == action.step) turn.session().setup = StepAfter(ViewOf(turn));
  return Handle(turn, ShowSetup{});
}

absl::Status Handle(Turn& turn, const EndSetup&) {
  turn.session().setup = SetupStep::kDone;
  return Handle(turn, ShowHome{});
}

Handlers ProvidersHandlers() { return HandlersOf<TypesProviderName>(ProvidersActions{}); }

}  // namespace kalends::telegram

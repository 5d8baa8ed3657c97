// Start, home and the texts without a meaning (SPEC 2.1).
#include "adapters/telegram/handlers/home.h"

#include <utility>

#include "adapters/telegram/handlers/accounts.h"
#include "adapters/telegram/handlers/booking.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/home.h"
#include "adapters/telegram/screens/invitations.h"
#include "adapters/telegram/screens/providers.h"
#include "kalends/v1/invitation_service.pb.h"

namespace kalends::telegram {
namespace {

absl::StatusOr<v1::RedeemInvitationResponse> Redeem(Turn& turn, const std::string& code) {
  v1::RedeemInvitationRequest request;
  request.set_code(code);
  request.set_request_id(turn.NextRequestId());
  return turn.Call<v1::RedeemInvitationResponse>(request);
}

// What became of it. The account works all the same: the main menu follows.
absl::Status ShowRefused(Turn& turn, const absl::Status& refused, const std::string& code) {
  if (ReasonName(refused).empty()) return refused;
  if (ReasonOf(refused) == v1::REASON_NOT_A_SPECIALIST) {
    turn.session().joins = code;
    turn.SendMainMenu(turn.texts().Html("home.menu"));
    turn.Show(RegisterFirstScreen(turn.reader()));
    return absl::OkStatus();
  }
  turn.SendMainMenu(ErrorText(turn.reader(), refused) + "\n\n" + turn.texts().Html("home.text"));
  return absl::OkStatus();
}

// `wanted`: what the link is to book, and when.
absl::Status ShowRedeemed(Turn& turn, const v1::RedeemInvitationResponse& redeemed,
                          const WantedService& wanted) {
  // Who came to work there is not about to book.
  const bool to_work = IsStaff(redeemed.provider(), turn.account().provider());
  const ProviderId provider = to_work ? ProviderId{} : ProviderId::Of(redeemed.provider().name());
  const std::string invited = InvitedText(turn.reader(), redeemed, turn.account().provider());
  if (!wanted.service.empty()) {
    turn.session().wanted = wanted;
    turn.session().wanted.provider = ProviderId::Of(redeemed.provider().name()).text;
  }
  if (!turn.account().time_zone().empty()) {
    KALENDS_RETURN_IF_ERROR(Arrive(turn, provider, invited));
    if (to_work) OfferSetup(turn);  // Nobody can be sent to who has no hours yet.
    return absl::OkStatus();
  }
  turn.Send({.text = invited, .rows = {}, .stays = true});
  return AskZone(turn, Origin::kStart, provider);
}

struct Next {
  std::optional<v1::Appointment> appointment;
  Side side = Side::kCustomer;

  const v1::Appointment* get() const { return appointment ? &*appointment : nullptr; }
};

// What comes next for the person, on either side. Where it cannot be read the menu is there all the
// same.
Next NextOf(Turn& turn) {
  Next next;
  std::vector<std::pair<std::string, Side>> parents = {{"accounts/me", Side::kCustomer}};
  if (!turn.account().provider().empty()) {
    parents.emplace_back(turn.account().provider(), Side::kProvider);
  }
  for (const auto& [parent, side] : parents) {
    v1::ListAppointmentsRequest request;
    request.set_parent(parent);
    request.set_filter(v1::ListAppointmentsRequest::FILTER_UPCOMING);
    request.set_page_size(1);
    const auto found = turn.Call<v1::ListAppointmentsResponse>(request);
    if (!found.ok() || found->appointments().empty()) continue;
    const v1::Appointment& first = found->appointments(0);
    if (!next.appointment ||
        InstantOf(first.start_time()) < InstantOf(next.appointment->start_time())) {
      next = {first, side};
    }
  }
  return next;
}

// The provider that the account is. Where it cannot be read the menu is there all the same.
std::optional<v1::Provider> OwnView(Turn& turn) {
  if (turn.account().provider().empty()) return std::nullopt;
  return GetProvider(turn, turn.account().provider()).value_or(v1::Provider());
}

bool IsNoInvitation(const absl::Status& refused, const InvitationInText& invitation,
                    const Dialogue& dialogue) {
  if (std::holds_alternative<TypesNothing>(dialogue)) return false;
  if (ReasonOf(refused) == v1::REASON_INVITATION_UNKNOWN) return !invitation.certain;
  // Providers tell their customers, and everybody in their profile, where to join.
  return ReasonOf(refused) == v1::REASON_OWN_INVITATION &&
         (IsConversation(dialogue) || std::holds_alternative<TypesAbout>(dialogue));
}

}  // namespace

void JoinWaitingTeam(Turn& turn) {
  const std::string code = std::exchange(turn.session().joins, {});
  if (code.empty() || turn.account().provider_kind() != v1::PROVIDER_KIND_SPECIALIST) return;
  const auto redeemed = Redeem(turn, code);
  turn.Send({.text = redeemed.ok()
                         ? InvitedText(turn.reader(), *redeemed, turn.account().provider())
                         : ErrorText(turn.reader(), redeemed.status()),
             .rows = {},
             .stays = true});
}

absl::Status OnStart(Turn& turn, const std::string& payload) {
  KALENDS_RETURN_IF_ERROR(turn.EnsureAccount());
  turn.session().dialogue = TypesNothing{};
  turn.session().wanted = {};
  if (payload.empty()) {
    const Next next = NextOf(turn);
    turn.SendMainMenu(turn.texts().Html("home.welcome", {{"name", turn.account().display_name()}}));
    if (next.appointment) turn.Send(NextScreen(turn.reader(), *next.appointment, next.side));
    OfferSetup(turn);
    return absl::OkStatus();
  }
  const auto redeemed = Redeem(turn, payload);
  return redeemed.ok() ? ShowRedeemed(turn, *redeemed, {})
                       : ShowRefused(turn, redeemed.status(), payload);
}

absl::StatusOr<bool> OnInvitation(Turn& turn, const InvitationInText& invitation,
                                  const Dialogue& dialogue) {
  KALENDS_RETURN_IF_ERROR(turn.EnsureAccount());
  const auto redeemed = Redeem(turn, invitation.code);
  if (!redeemed.ok() && IsNoInvitation(redeemed.status(), invitation, dialogue)) return false;
  turn.session().dialogue = TypesNothing{};
  KALENDS_RETURN_IF_ERROR(
      redeemed.ok() ? ShowRedeemed(turn, *redeemed, {{}, invitation.service, invitation.start})
                    : ShowRefused(turn, redeemed.status(), invitation.code));
  return true;
}

absl::Status Handle(Turn&, const Noop&) { return absl::OkStatus(); }

absl::Status Handle(Turn& turn, const ShowHome&) {
  const Next next = NextOf(turn);
  const bool as_customer = turn.session().as_customer;
  const std::optional<v1::Provider> own = as_customer ? std::nullopt : OwnView(turn);
  turn.Show(HomeScreen(turn.reader(), next.get(), next.side, own ? &*own : nullptr));
  return absl::OkStatus();
}

// What is on the screen, and what it asks for, stays.
absl::Status Handle(Turn& turn, const TypesNothing&, const std::string&) {
  turn.ResumeDialogue();
  turn.SendMainMenuBeside(turn.texts().Html(
      turn.session().screen == 0 ? "home.not_understood" : "home.not_understood_beside"));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowHelp&) {
  turn.Show(HelpScreen(turn.reader(), turn.account().provider_kind()));
  return absl::OkStatus();
}

absl::Status OnMenu(Turn& turn, const std::string&) { return OnStart(turn, ""); }

// The dialogue has ended before any command is looked at.
absl::Status OnCancel(Turn& turn, const std::string&) {
  turn.SendMainMenu(turn.texts().Html("home.cancelled"));
  return absl::OkStatus();
}

absl::Status OnStop(Turn& turn, const std::string&) {
  turn.Show(StopScreen(turn.reader()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowAbout&) {
  turn.Show(AboutScreen(turn.reader(), turn.context().public_url));
  return absl::OkStatus();
}

Handlers HomeHandlers() { return HandlersOf<TypesNothing>(HomeActions{}); }

}  // namespace kalends::telegram

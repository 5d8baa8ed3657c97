#include "adapters/telegram/screens/invitations.h"

#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/practice.h"
#include "adapters/telegram/screens/profiles.h"

namespace kalends::telegram {
namespace {

constexpr int kDayChoices[] = {0, 7, 30};
constexpr int kUseChoices[] = {0, 1, 10};

std::string StateText(const Reader& reader, v1::Invitation::State state) {
  switch (state) {
    case v1::Invitation::STATE_ACTIVE:
      return reader.t().Plain("invitations.active");
    case v1::Invitation::STATE_EXPIRED:
      return reader.t().Plain("invitations.expired");
    case v1::Invitation::STATE_REVOKED:
      return reader.t().Plain("invitations.revoked");
    case v1::Invitation::STATE_USED_UP:
      return reader.t().Plain("invitations.used_up");
    default:
      return {};
  }
}

// As its provider wrote it.
std::string LabelOf(const Reader& reader, const v1::Invitation& invitation) {
  if (!invitation.label().empty()) return invitation.label();
  return reader.t().Plain(invitation.kind() == v1::Invitation::KIND_STAFF ? "invitations.staff"
                                                                          : "invitations.unnamed");
}

std::string UsesText(const Reader& reader, const v1::Invitation& invitation) {
  const Texts& t = reader.t();
  if (invitation.max_uses() == 0)
    return t.PlainCount("invitations.uses_left", invitation.use_count());
  return t.Plain("invitations.uses_of", {{"count", std::to_string(invitation.use_count())},
                                         {"max", std::to_string(invitation.max_uses())}});
}

// Midnight belongs to the day that it ends: 24:00.
std::string EndText(const Texts& t, const LocalTime& end) {
  if (end.time == date::floor<date::days>(end.time)) {
    return t.formats().Date(date::sys_days(end.day()) - date::days(1)) + ", 24:00";
  }
  return t.formats().Date(end.day()) + ", " + Formats::Time(end);
}

}  // namespace

std::string InvitationLabel(const Reader& reader, const v1::Invitation& invitation) {
  return LabelOf(reader, invitation) + " · " + UsesText(reader, invitation);
}

std::string InvitationLink(const std::string& bot_username, const v1::Invitation& invitation) {
  return "https://t.me/" + bot_username + "?start=" + invitation.code();
}

Screen InvitationsScreen(const Reader& reader, const Page<v1::Invitation>& invitations,
                         v1::ProviderKind kind) {
  const Texts& t = reader.t();
  const bool none = invitations.items.empty() && invitations.number == 0;
  Screen screen{.text = t.Html(none ? "invitations.list_none" : "invitations.list_title"),
                .rows = {}};
  for (const v1::Invitation& invitation : invitations.items) {
    const bool active = invitation.state() == v1::Invitation::STATE_ACTIVE;
    screen.rows.push_back({{NameLabel(active ? "✉️ " : "▫️ ", LabelOf(reader, invitation),
                                      " · " + UsesText(reader, invitation)),
                            Action(ShowInvitation{InvitationId::Of(invitation.name())})}});
  }
  AppendPager(screen.rows, invitations.number, invitations.has_next,
              [](int page) { return ShowInvitations{page}; });
  screen.rows.push_back({{t.Plain("invitations.new"), Action(EditInvitation{Invite::kCustomers}),
                          none ? Style::kPrimary : Style::kNone}});
  if (kind == v1::PROVIDER_KIND_ORGANIZATION) {
    screen.rows.push_back({{t.Plain("invitations.new_staff"),
                            Action(EditInvitation{Invite::kStaff, kStaffInvitationDays, 1})}});
  }
  screen.rows.push_back({PracticeButton(reader)});
  return screen;
}

Screen EditInvitationScreen(const Reader& reader, const EditInvitation& choice, Nonce nonce) {
  const Texts& t = reader.t();
  const bool staff = choice.kind == Invite::kStaff;
  Screen screen{.text = t.Html(staff ? "invitations.edit_staff" : "invitations.edit"), .rows = {}};
  const auto mark = [](bool chosen, const std::string& label) {
    return chosen ? "✔ " + label : label;
  };
  Row days;
  for (const int count : kDayChoices) {
    const std::string label =
        count == 0 ? t.Plain("invitations.forever") : t.PlainCount("invitations.days", count);
    days.push_back({mark(choice.days == count, label),
                    Action(EditInvitation{choice.kind, count, choice.uses})});
  }
  screen.rows.push_back(std::move(days));
  if (!staff) {
    Row uses;
    for (const int count : kUseChoices) {
      const std::string label =
          count == 0 ? t.Plain("invitations.any_uses") : t.PlainCount("invitations.uses", count);
      uses.push_back({mark(choice.uses == count, label),
                      Action(EditInvitation{choice.kind, choice.days, count})});
    }
    screen.rows.push_back(std::move(uses));
  }
  screen.rows.push_back({{t.Plain("invitations.create"),
                          Action(CreateInvitation{choice.kind, choice.days, choice.uses, nonce})}});
  screen.rows.push_back({BackButton(reader, ShowInvitations{})});
  return screen;
}

Screen InvitationScreen(const Reader& reader, const v1::Invitation& invitation,
                        const std::string& link) {
  const Texts& t = reader.t();
  const InvitationId id = InvitationId::Of(invitation.name());
  Screen screen{.text = t.Html("invitations.title", {{"label", LabelOf(reader, invitation)}}),
                .rows = {}};
  screen.text +=
      "\n" + t.Html("invitations.state", {{"state", StateText(reader, invitation.state())},
                                          {"uses", UsesText(reader, invitation)}});
  if (invitation.has_expire_time()) {
    const LocalTime end =
        ToLocal(ZoneFor(reader, kNobodysZone), InstantOf(invitation.expire_time()));
    screen.text += "\n" + t.Html("invitations.until", {{"time", EndText(t, end)}}) +
                   ZoneLine(reader, kNobodysZone);
  }
  const bool active = invitation.state() == v1::Invitation::STATE_ACTIVE;
  if (active && invitation.code() == kUnreadable) {
    // Who has the link can use it; nobody can be shown it again.
    screen.text += "\n\n" + t.Html("unreadable.text");
    screen.rows.push_back({{t.Plain("invitations.revoke"), Action(AskRevoke{id})}});
  } else if (active) {
    screen.text +=
        "\n\n" + t.Html("invitations.how_to_share") + "\n<code>" + EscapeHtml(link) + "</code>";
    const bool staff = invitation.kind() == v1::Invitation::KIND_STAFF;
    screen.rows.push_back({{t.Plain(staff ? "invitations.send_staff" : "invitations.send"),
                            Url{ShareUrl(link)}, Style::kPrimary}});
    screen.rows.push_back({{t.Plain("invitations.qr"), Action(SendQrCode{id})},
                           {t.Plain("invitations.copy"), CopyText{link}},
                           {t.Plain("invitations.revoke"), Action(AskRevoke{id})}});
  }
  screen.rows.push_back({BackButton(reader, ShowInvitations{}), HomeButton(reader)});
  return screen;
}

Screen QrCodeScreen(const Reader& reader, const std::string& link) {
  return {.text = reader.t().Html("invitations.qr_caption", {{"link", link}}),
          .rows = {},
          .stays = true};
}

Screen AskRevokeScreen(const Reader& reader, const v1::Invitation& invitation, Nonce nonce) {
  const Texts& t = reader.t();
  const InvitationId id = InvitationId::Of(invitation.name());
  return {.text = t.Html("invitations.ask_revoke", {{"label", LabelOf(reader, invitation)}}),
          .rows = {{{t.Plain("invitations.revoke"), Action(Revoke{id, nonce}), Style::kDanger},
                    BackButton(reader, ShowInvitation{id})}}};
}

bool IsStaff(const v1::Provider& organization, std::string_view own_provider) {
  const auto& staff = organization.specialists();
  return std::any_of(staff.begin(), staff.end(),
                     [&](const auto& specialist) { return specialist.provider() == own_provider; });
}

std::string InvitedText(const Reader& reader, const v1::RedeemInvitationResponse& redeemed,
                        std::string_view own_provider) {
  const char* key = redeemed.already_linked() ? "invitations.redeemed_linked_before"
                    : IsStaff(redeemed.provider(), own_provider) ? "invitations.redeemed_staff"
                                                                 : "invitations.redeemed_invited";
  return reader.t().Html(key, {{"provider", ProviderLabel(redeemed.provider().kind(),
                                                          redeemed.provider().display_name())}});
}

}  // namespace kalends::telegram

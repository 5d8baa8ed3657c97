// A provider's public page (SPEC 3.6).
#include "adapters/telegram/screens/profiles.h"

#include "adapters/telegram/actions/providers.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/profiles.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/typed_contacts.h"
#include "kalends/v1/invitation_service.pb.h"
#include "kalends/v1/picture_service.pb.h"
#include "kalends/v1/profile_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kAboutCharsMax = 4000;  // The core's limit.

std::string ProfileName(const Turn& turn) { return turn.account().provider() + "/profile"; }

absl::StatusOr<v1::Profile> ChangeProfile(Turn& turn, v1::Profile profile,
                                          const std::vector<const char*>& fields,
                                          const std::string& request_id) {
  v1::UpdateProfileRequest request;
  profile.set_name(ProfileName(turn));
  *request.mutable_profile() = std::move(profile);
  for (const char* field : fields) request.mutable_update_mask()->add_paths(field);
  request.set_request_id(request_id);
  return turn.Call<v1::Profile>(request);
}

// One by which anybody may come, made where there is none.
absl::StatusOr<std::string> OpenInvitation(Turn& turn, const std::string& request_id) {
  v1::ListInvitationsRequest list;
  list.set_parent(turn.account().provider());
  list.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto known, turn.Call<v1::ListInvitationsResponse>(list));
  for (const v1::Invitation& one : known.invitations()) {
    const bool open = one.state() == v1::Invitation::STATE_ACTIVE && one.max_uses() == 0 &&
                      !one.has_expire_time() && one.kind() == v1::Invitation::KIND_CUSTOMER;
    if (open) return one.name();
  }
  v1::CreateInvitationRequest request;
  request.set_parent(turn.account().provider());
  request.mutable_invitation()->set_kind(v1::Invitation::KIND_CUSTOMER);
  request.mutable_invitation()->set_label(turn.texts().Plain("profiles.invitation"));
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto made, turn.Call<v1::Invitation>(request));
  return made.name();
}

absl::StatusOr<v1::Profile> MakeBookable(Turn& turn, const std::string& request_id) {
  v1::Profile profile;
  KALENDS_ASSIGN_OR_RETURN(*profile.mutable_invitation(), OpenInvitation(turn, request_id + ":i"));
  return ChangeProfile(turn, std::move(profile), {"invitation"}, request_id + ":b");
}

}  // namespace

absl::StatusOr<v1::Profile> GetProfile(Turn& turn) {
  v1::GetProfileRequest request;
  request.set_name(ProfileName(turn));
  return turn.Call<v1::Profile>(request);
}

absl::StatusOr<v1::Profile> UpdateProfile(Turn& turn, v1::Profile profile,
                                          const std::vector<const char*>& fields,
                                          const std::string& request_id) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetProfile(turn));
  KALENDS_ASSIGN_OR_RETURN(auto after, ChangeProfile(turn, std::move(profile), fields, request_id));
  if (!before.slug().empty() || !before.invitation().empty()) return after;
  return MakeBookable(turn, request_id);
}

namespace {

// Where they cannot be read, the profile is there all the same.
PictureCount CountPictures(Turn& turn) {
  PictureCount count;
  v1::ListPicturesRequest request;
  request.set_parent(turn.account().provider());
  request.set_page_size(kListPageSize);
  const auto answer = turn.Call<v1::ListPicturesResponse>(request);
  if (!answer.ok()) return count;
  for (const v1::Picture& picture : answer->pictures()) {
    if (picture.role() == v1::Picture::ROLE_PHOTO) {
      count.photo = true;
    } else {
      ++count.gallery;
    }
  }
  return count;
}

// Within the set-up the way back is its step.
Screen ScreenOf(Turn& turn, const v1::Profile& profile, const char* heading_key) {
  const bool in_setup = turn.session().setup == SetupStep::kProfile;
  auto provider = GetProvider(turn, turn.account().provider());
  return ProfileScreen(turn.reader(),
                       {.profile = profile,
                        .public_url = turn.context().public_url,
                        .heading = *heading_key == '\0' ? "" : turn.texts().Html(heading_key),
                        .back = in_setup ? std::optional<Action>(ShowSetup{}) : std::nullopt,
                        .nonce = turn.nonce(),
                        .provider = std::move(provider).value_or(v1::Provider()),
                        .pictures = CountPictures(turn),
                        .shares_inline = turn.context().takes_inline_queries});
}

absl::Status SetAbout(Turn& turn, const std::string& about, const std::string& request_id) {
  v1::Profile profile;
  profile.set_about(about);
  KALENDS_ASSIGN_OR_RETURN(profile, UpdateProfile(turn, std::move(profile), {"about"}, request_id));
  turn.Show(ScreenOf(turn, profile, about.empty() ? "profiles.removed" : "profiles.saved"));
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowProfile&) {
  KALENDS_ASSIGN_OR_RETURN(const auto profile, GetProfile(turn));
  turn.Show(ScreenOf(turn, profile, ""));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SetVisibility& action) {
  const bool publish = action.visibility == Visibility::kPublic;
  v1::Profile profile;
  profile.set_published(publish);
  KALENDS_ASSIGN_OR_RETURN(profile, UpdateProfile(turn, std::move(profile), {"published"},
                                                  turn.RequestIdOf(action, action.nonce)));
  const std::string url = ProfileUrl(turn.context().public_url, profile.slug());
  const std::string done =
      turn.texts().Html("profiles.public") + (url.empty() ? "" : "\n" + EscapeHtml(url));
  if (publish && ContinueSetup(turn, SetupStep::kProfile, done)) return absl::OkStatus();
  turn.Show(ScreenOf(turn, profile, ""));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowPreview&) {
  // One that was never changed gets its address now: as with any first change, it can be booked
  // from.
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetProfile(turn));
  if (before.slug().empty() && before.invitation().empty()) {
    KALENDS_RETURN_IF_ERROR(MakeBookable(turn, turn.NextRequestId()).status());
  }
  v1::CreatePagePreviewRequest request;
  request.set_name(ProfileName(turn));
  request.set_request_id(turn.NextRequestId());
  KALENDS_ASSIGN_OR_RETURN(const auto preview, turn.Call<v1::PagePreview>(request));
  // A redelivery gets the first answer without its token, which was shown then.
  const std::string url = ProfileUrl(turn.context().public_url, preview.slug());
  if (preview.token().empty() || url.empty()) return Handle(turn, ShowProfile{});
  turn.Show(PreviewScreen(turn.reader(), url + "?preview=" + preview.token(),
                          InstantOf(preview.expire_time()), turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const EndPreview& action) {
  v1::DeletePagePreviewRequest request;
  request.set_name(ProfileName(turn));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::DeletePagePreviewResponse>(request).status());
  KALENDS_ASSIGN_OR_RETURN(const auto profile, GetProfile(turn));
  turn.Show(ScreenOf(turn, profile, "profiles.preview_ended"));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskAboutText&) {
  KALENDS_ASSIGN_OR_RETURN(const auto profile, GetProfile(turn));
  turn.session().dialogue = TypesAbout{};
  turn.Show(AskAboutTextScreen(turn.reader(), profile, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesAbout&, const std::string& text) {
  return SetAbout(turn, Shorten(text, kAboutCharsMax), turn.NextRequestId());
}

absl::Status Handle(Turn& turn, const RemoveAboutText& action) {
  return SetAbout(turn, "", turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const AskContacts&) {
  KALENDS_ASSIGN_OR_RETURN(const auto profile, GetProfile(turn));
  turn.session().dialogue = TypesContacts{};
  turn.Show(AskContactsScreen(turn.reader(), profile, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesContacts& dialogue, const std::string& text) {
  const Contacts contacts = ParseContacts(text);
  v1::Profile profile;
  std::vector<const char*> fields;
  const auto set = [&](const std::string& value, const char* field, std::string* into) {
    if (value.empty()) return;
    *into = value;
    fields.push_back(field);
  };
  set(contacts.website, "website", profile.mutable_website());
  set(contacts.email, "email", profile.mutable_email());
  set(contacts.phone, "phone", profile.mutable_phone());
  set(contacts.address, "address", profile.mutable_address());
  const auto changed = UpdateProfile(turn, std::move(profile), fields, turn.NextRequestId());
  if (!changed.ok()) {
    turn.session().dialogue = dialogue;  // Spelled otherwise it may do.
    const bool unreadable = ReasonOf(changed.status()) == v1::REASON_INVALID_FIELD;
    return unreadable ? Refusal("error.contacts") : changed.status();
  }
  turn.Show(ScreenOf(turn, *changed, "profiles.contacts_saved"));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const RemoveContacts& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto profile,
                           UpdateProfile(turn, {}, {"website", "email", "phone", "address"},
                                         turn.RequestIdOf(action, action.nonce)));
  turn.Show(ScreenOf(turn, profile, "profiles.contacts_removed"));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SetBookable& action) {
  const std::string request_id = turn.RequestIdOf(action, action.nonce);
  const bool shown = action.button == Visibility::kPublic;
  KALENDS_ASSIGN_OR_RETURN(
      const auto profile,
      shown ? MakeBookable(turn, request_id) : ChangeProfile(turn, {}, {"invitation"}, request_id));
  turn.Show(ScreenOf(turn, profile, ""));
  return absl::OkStatus();
}

Handlers ProfilesHandlers() { return HandlersOf<TypesAbout, TypesContacts>(ProfilesActions{}); }

}  // namespace kalends::telegram

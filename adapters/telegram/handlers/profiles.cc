// A provider's public page (SPEC 3.6).
#include "adapters/telegram/screens/profiles.h"

#include "adapters/telegram/actions/providers.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/html.h"
#include "kalends/v1/profile_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kAboutCharsMax = 4000;  // The core's limit.

std::string ProfileName(const Turn& turn) { return turn.account().provider() + "/profile"; }

absl::StatusOr<v1::Profile> GetProfile(Turn& turn) {
  v1::GetProfileRequest request;
  request.set_name(ProfileName(turn));
  return turn.Call<v1::Profile>(request);
}

absl::StatusOr<v1::Profile> UpdateProfile(Turn& turn, v1::Profile profile, const char* field,
                                          const std::string& request_id) {
  v1::UpdateProfileRequest request;
  profile.set_name(ProfileName(turn));
  *request.mutable_profile() = std::move(profile);
  request.mutable_update_mask()->add_paths(field);
  request.set_request_id(request_id);
  return turn.Call<v1::Profile>(request);
}

// Within the set-up the way back is its step.
Screen ScreenOf(Turn& turn, const v1::Profile& profile, const char* heading_key) {
  const bool in_setup = turn.session().setup == SetupStep::kProfile;
  return ProfileScreen(turn.reader(),
                       {.profile = profile,
                        .public_url = turn.context().public_url,
                        .heading = *heading_key == '\0' ? "" : turn.texts().Html(heading_key),
                        .back = in_setup ? std::optional<Action>(ShowSetup{}) : std::nullopt,
                        .nonce = turn.nonce()});
}

absl::Status SetAbout(Turn& turn, const std::string& about, const std::string& request_id) {
  v1::Profile profile;
  profile.set_about(about);
  KALENDS_ASSIGN_OR_RETURN(profile, UpdateProfile(turn, std::move(profile), "about", request_id));
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
  KALENDS_ASSIGN_OR_RETURN(profile, UpdateProfile(turn, std::move(profile), "published",
                                                  turn.RequestIdOf(action, action.nonce)));
  const std::string url = ProfileUrl(turn.context().public_url, profile.slug());
  const std::string done =
      turn.texts().Html("profiles.public") + (url.empty() ? "" : "\n" + EscapeHtml(url));
  if (publish && ContinueSetup(turn, SetupStep::kProfile, done)) return absl::OkStatus();
  turn.Show(ScreenOf(turn, profile, ""));
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

Handlers ProfilesHandlers() { return HandlersOf<TypesAbout>(ProfilesActions{}); }

}  // namespace kalends::telegram

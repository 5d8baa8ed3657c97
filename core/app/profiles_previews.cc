#include "core/app/profiles_previews.h"

#include "core/app/keys.h"
#include "core/app/profiles.h"
#include "core/app/providers.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/documents/documents.h"
#include "storage/profiles.h"

namespace kalends::app {
namespace {

constexpr std::size_t kPreviewTokenBytes = 32;

}  // namespace

absl::StatusOr<NewPagePreview> CreatePagePreview(WriteContext& cx, core::ProviderId provider) {
  ASSIGN_OR_RETURN(core::Profile profile, GetProfile(cx.AsRead(), provider));
  if (profile.slug.empty()) {
    ASSIGN_OR_RETURN(profile, UpdateProfile(cx, provider, "", [](core::Profile&) {}));
  }
  NewPagePreview made{.token = core::DownloadToken(cx.random(kPreviewTokenBytes)),
                      .slug = profile.slug,
                      .expires = cx.now + core::kPagePreviewValid};
  storage::SavePagePreview(cx.tx, provider, {HashSecret(made.token), made.expires});
  return made;
}

absl::Status DeletePagePreview(WriteContext& cx, core::ProviderId provider) {
  RETURN_IF_ERROR(ManagedProvider(cx.AsRead(), provider).status());
  storage::DeletePagePreview(cx.tx, provider);
  return absl::OkStatus();
}

bool ShowsPage(const ReadContext& cx, core::ProviderId provider, std::string_view token) {
  if (token.empty()) return false;
  const auto preview = storage::FindPagePreview(cx.tx, provider);
  // A clock that was ahead makes none that lasts longer.
  return preview && cx.now < preview->expires &&
         preview->expires - cx.now <= core::kPagePreviewValid &&
         preview->token_hash == HashSecret(token);
}

}  // namespace kalends::app

// Previews: a page as others will see it, before it is published.
#pragma once

#include <string>
#include <string_view>

#include "core/app/context.h"
#include "core/profiles/profile.h"

namespace kalends::app {

struct NewPagePreview {
  std::string token;  // Kept nowhere; the core has its hash.
  std::string slug;   // Of the page; made where there was none.
  core::Instant expires;
};
// The provider itself only. Ends the former one.
absl::StatusOr<NewPagePreview> CreatePagePreview(WriteContext& cx, core::ProviderId provider);
// The same. Does nothing where there is none.
absl::Status DeletePagePreview(WriteContext& cx, core::ProviderId provider);

// Whether `token` shows the page of `provider` now. Empty: no.
bool ShowsPage(const ReadContext& cx, core::ProviderId provider, std::string_view token);

}  // namespace kalends::app

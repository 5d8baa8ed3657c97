#include "core/profiles/checks.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "tests/support/violation.h"

namespace kalends::core {
namespace {

// What the profile that `change` makes is refused for; "": nothing.
std::string Refused(const std::function<void(Profile&)>& change,
                    const std::optional<Invitation>& invitation = {}) {
  Profile profile;
  change(profile);
  const absl::Status status = CheckProfile(profile, invitation);
  return test::FieldOf(status);
}

TEST(CheckProfile, KeepsEachFieldInItsForm) {
  constexpr char kUrl[] = "https://praxis.example";
  const struct {
    const char* name;
    std::function<void(Profile&)> change;
    const char* field;
  } kCases[] = {
      {"empty", [](Profile&) {}, ""},
      {"a slug", [](Profile& p) { p.slug = "marie-weber"; }, ""},
      {"no slug", [](Profile& p) { p.slug = "Marie"; }, "profile.slug"},
      {"lines", [](Profile& p) { p.about = p.address = "a\nb"; }, ""},
      {"too much about it", [](Profile& p) { p.about = std::string(kAboutCharsMax + 1, 'a'); },
       "profile.about"},
      {"a website", [=](Profile& p) { p.website = p.map_link = kUrl; }, ""},
      {"no website", [](Profile& p) { p.website = "praxis.example"; }, "profile.website"},
      {"no e-mail address", [](Profile& p) { p.email = "name@host"; }, "profile.email"},
      {"no phone number", [](Profile& p) { p.phone = "call me"; }, "profile.phone"},
      {"a long address", [](Profile& p) { p.address = std::string(kAddressCharsMax + 1, 'a'); },
       "profile.address"},
      {"no map", [](Profile& p) { p.map_link = "http://map.example"; }, "profile.map_link"},
      {"the most social profiles",
       [=](Profile& p) { p.social_profiles.assign(kSocialProfilesMax, {"", kUrl}); }, ""},
      {"more than that",
       [=](Profile& p) { p.social_profiles.assign(kSocialProfilesMax + 1, {"", kUrl}); },
       "profile.social_profiles"},
      {"about in another language", [](Profile& p) { p.about_translations["fr"] = "a\nb"; }, ""},
      {"in one that we do not speak", [](Profile& p) { p.about_translations["pt"] = "a"; },
       "profile.about_translations[pt]"},
      {"too much in another language",
       [](Profile& p) { p.about_translations["fr"] = std::string(kAboutCharsMax + 1, 'a'); },
       "profile.about_translations[fr]"},
      {"a colour", [](Profile& p) { p.accent = "#0b6b63"; }, ""},
      {"no colour", [](Profile& p) { p.accent = "teal"; }, "profile.accent_color"},
      {"one without an address", [](Profile& p) { p.social_profiles = {{"me", ""}}; },
       "profile.social_profiles[0].url"},
      {"one that is none", [](Profile& p) { p.social_profiles = {{"me", "@me"}}; },
       "profile.social_profiles[0].url"},
      {"one with a long label",
       [=](Profile& p) { p.social_profiles = {{std::string(kLabelCharsMax + 1, 'a'), kUrl}}; },
       "profile.social_profiles[0].display_name"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Refused(c.change), c.field) << c.name;
}

TEST(CheckProfile, NamesAnInvitationOfItsOwnForCustomers) {
  Invitation for_customers;
  Invitation for_staff;
  for_staff.kind = InvitationKind::kStaff;
  const auto names_one = [](Profile& profile) { profile.invitation = InvitationId{1}; };
  EXPECT_EQ(Refused(names_one, for_customers), "");
  EXPECT_EQ(Refused(names_one, for_staff), "profile.invitation");
  EXPECT_EQ(Refused(names_one), "profile.invitation") << "there is none";
}

TEST(CheckProfile, RefusesAColourThatCannotBeReadAndNamesOneThatCan) {
  Profile profile;
  profile.accent = "#ffe000";
  const absl::Status refused = CheckProfile(profile, {});
  EXPECT_EQ(ReasonOf(refused), Reason::kContrastTooLow);
  profile.accent = MetadataOf(refused)["fitting_color"];
  EXPECT_TRUE(CheckProfile(profile, {}).ok()) << profile.accent;
}

}  // namespace
}  // namespace kalends::core

// Profiles: what a provider may put there, and what everybody gets to see of it.
#include <gtest/gtest.h>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Profiles = v1::ProfileService::Stub;

class ProfileTest : public testing::Test {
 protected:
  // An update of what `change` sets, with the mask that says so.
  static v1::UpdateProfileRequest Update(const std::vector<std::string>& paths,
                                         const std::function<void(v1::Profile&)>& change) {
    v1::UpdateProfileRequest request;
    request.mutable_profile()->set_name("providers/me/profile");
    change(*request.mutable_profile());
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    return request;
  }
  v1::Profile MustUpdate(const std::vector<std::string>& paths,
                         const std::function<void(v1::Profile&)>& change) const {
    return practice_.specialist.Must(&Profiles::UpdateProfile, Update(paths, change));
  }
  std::string TryUpdate(const std::string& path,
                        const std::function<void(v1::Profile&)>& change) const {
    return practice_.specialist.Try(&Profiles::UpdateProfile, Update({path}, change));
  }
  v1::Profile Publish() const {
    return MustUpdate({"published"}, [](v1::Profile& p) { p.set_published(true); });
  }
  static v1::GetPublicProfileRequest Public(const std::string& slug) {
    v1::GetPublicProfileRequest request;
    request.set_slug(slug);
    return request;
  }
  // Another specialist.
  Client Other(const std::string& name) {
    v1::EnsureAccountRequest account;
    account.set_identity("telegram:" + name);
    account.set_display_name(name);
    practice_.admin.Must(&v1::AccountService::Stub::EnsureAccount, account);
    Client other(server_, server_.admin_key(), "telegram:" + name);
    v1::RegisterProviderRequest registration;
    registration.set_kind(v1::PROVIDER_KIND_SPECIALIST);
    registration.set_display_name("Praxis Weber");
    registration.set_time_zone("Europe/Berlin");
    other.Must(&v1::AccountService::Stub::RegisterProvider, registration);
    return other;
  }
  std::string InvitationName() const {
    v1::ListInvitationsRequest list;
    list.set_parent(practice_.provider);
    return practice_.specialist.Must(&v1::InvitationService::Stub::ListInvitations, list)
        .invitations(0)
        .name();
  }

  TestServer server_;
  Practice practice_{server_};
  Client web_{server_, server_.MakeKey({v1::SCOPE_WEB})};
};

TEST_F(ProfileTest, IsEmptyUntilItIsChangedAndGetsASlugThen) {
  v1::GetProfileRequest get;
  get.set_name("providers/me/profile");
  const v1::Profile before = practice_.specialist.Must(&Profiles::GetProfile, get);
  EXPECT_EQ(before.name(), practice_.provider + "/profile");
  EXPECT_EQ(before.slug(), "");
  EXPECT_FALSE(before.published());
  const v1::Profile after = MustUpdate({"about"}, [](v1::Profile& p) { p.set_about("Hello"); });
  EXPECT_EQ(after.slug(), "praxis-weber");
  EXPECT_FALSE(after.published());
  EXPECT_NE(after.etag(), before.etag());
  const v1::Profile read = practice_.specialist.Must(&Profiles::GetProfile, get);
  EXPECT_EQ(read.SerializeAsString(), after.SerializeAsString());
}

TEST_F(ProfileTest, ChangesOnlyWhatTheMaskNames) {
  MustUpdate({"about", "phone"}, [](v1::Profile& p) {
    p.set_about("Hello");
    p.set_phone("+49 30 1234567");
  });
  const v1::Profile after = MustUpdate({"phone"}, [](v1::Profile& p) { p.set_about("ignored"); });
  EXPECT_EQ(after.about(), "Hello");
  EXPECT_EQ(after.phone(), "");
  EXPECT_EQ(TryUpdate("etag", [](v1::Profile&) {}), "INVALID_FIELD");
  EXPECT_EQ(practice_.specialist.Try(&Profiles::UpdateProfile, Update({}, [](v1::Profile&) {})),
            "INVALID_FIELD");
}

TEST_F(ProfileTest, AStaleEtagIsRefused) {
  const v1::Profile first = Publish();
  Publish();
  EXPECT_EQ(TryUpdate("about", [&](v1::Profile& p) { p.set_etag(first.etag()); }), "STALE_ETAG");
}

TEST_F(ProfileTest, ARepeatedRequestReturnsTheFirstAnswerAndChangesNothing) {
  v1::UpdateProfileRequest request =
      Update({"about"}, [](v1::Profile& p) { p.set_about("Hello"); });
  request.set_request_id("once");
  const v1::Profile first = practice_.specialist.Must(&Profiles::UpdateProfile, request);
  const v1::Profile again = practice_.specialist.Must(&Profiles::UpdateProfile, request);
  EXPECT_EQ(again.etag(), first.etag());
  request.mutable_profile()->set_about("Other");
  EXPECT_EQ(practice_.specialist.Try(&Profiles::UpdateProfile, request), "REQUEST_ID_REUSED");
}

TEST_F(ProfileTest, IsPublicOnlyWhilePublished) {
  EXPECT_EQ(web_.Try(&Profiles::GetPublicProfile, Public("praxis-weber")), "NOT_FOUND");
  MustUpdate({"about"}, [](v1::Profile& p) { p.set_about("Hello"); });
  EXPECT_EQ(web_.Try(&Profiles::GetPublicProfile, Public("praxis-weber")), "NOT_FOUND");
  Publish();
  const auto page = web_.Must(&Profiles::GetPublicProfile, Public("praxis-weber"));
  EXPECT_EQ(page.display_name(), "Praxis Weber");
  EXPECT_EQ(page.kind(), v1::PROVIDER_KIND_SPECIALIST);
  EXPECT_EQ(page.language_code(), "de");
  EXPECT_EQ(page.about(), "Hello");
  MustUpdate({"published"}, [](v1::Profile&) {});
  EXPECT_EQ(web_.Try(&Profiles::GetPublicProfile, Public("praxis-weber")), "NOT_FOUND");
  for (const char* slug : {"", "..", "x", "nobody", "' OR 1=1 --"}) {
    EXPECT_EQ(web_.Try(&Profiles::GetPublicProfile, Public(slug)), "NOT_FOUND") << slug;
  }
}

TEST_F(ProfileTest, ATokenShowsThePageBeforeItIsPublished) {
  v1::CreatePagePreviewRequest create;
  create.set_name("providers/me/profile");
  create.set_request_id("preview-1");
  const auto first = practice_.specialist.Must(&Profiles::CreatePagePreview, create);
  EXPECT_EQ(first.slug(), "praxis-weber");
  EXPECT_EQ(first.token().size(), 43U);
  EXPECT_EQ(first.expire_time().seconds(), server_.now().time_since_epoch().count() + 30 * 60);
  EXPECT_EQ(practice_.specialist.Must(&Profiles::CreatePagePreview, create).token(), "")
      << "a token is shown once";
  const auto shown_by = [&](const std::string& token) {
    v1::GetPublicProfileRequest request = Public(first.slug());
    request.set_preview_token(token);
    return web_.Try(&Profiles::GetPublicProfile, request);
  };
  EXPECT_EQ(shown_by(first.token()), "OK");
  EXPECT_EQ(shown_by(""), "NOT_FOUND");
  EXPECT_EQ(shown_by(std::string(43, 'A')), "NOT_FOUND");
  create.set_request_id("preview-2");
  const auto second = practice_.specialist.Must(&Profiles::CreatePagePreview, create);
  EXPECT_EQ(shown_by(first.token()), "NOT_FOUND") << "a new one ends the former";
  EXPECT_EQ(shown_by(second.token()), "OK");
  v1::DeletePagePreviewRequest end;
  end.set_name("providers/me/profile");
  end.set_request_id("preview-3");
  practice_.specialist.Must(&Profiles::DeletePagePreview, end);
  EXPECT_EQ(shown_by(second.token()), "NOT_FOUND");
  create.set_request_id("preview-4");
  const auto third = practice_.specialist.Must(&Profiles::CreatePagePreview, create);
  server_.Advance(std::chrono::minutes(30));
  EXPECT_EQ(shown_by(third.token()), "NOT_FOUND") << "it does not last";
}

TEST_F(ProfileTest, ShowsTheServicesThatAreOffered) {
  v1::CreateServiceRequest free;
  free.set_parent(practice_.provider);
  free.mutable_service()->set_display_name("Erstgespräch");
  free.mutable_service()->mutable_duration()->set_seconds(1800);
  free.mutable_service()->mutable_price()->set_currency_code("EUR");
  free.mutable_service()->set_place("https://video.example/secret");
  (*free.mutable_service()->mutable_translations())["en"].set_display_name("First talk");
  free.mutable_service()->set_position(-1);
  const auto first = practice_.specialist.Must(&v1::CatalogService::Stub::CreateService, free);
  Publish();
  auto page = web_.Must(&Profiles::GetPublicProfile, Public("praxis-weber"));
  ASSERT_EQ(page.services_size(), 2);
  EXPECT_EQ(page.services(0).name(), first.name());
  EXPECT_EQ(page.services(0).display_name(), "Erstgespräch");
  EXPECT_EQ(page.services(0).translations().at("en").display_name(), "First talk");
  EXPECT_FALSE(page.services(0).has_price());
  EXPECT_EQ(page.services(1).duration().seconds(), 3600);
  EXPECT_EQ(page.services(1).price().minor_units(), 8000);
  EXPECT_EQ(page.services(1).capacity(), 1);
  // What is for those who booked stays with them.
  EXPECT_EQ(page.SerializeAsString().find("secret"), std::string::npos);
  v1::ArchiveServiceRequest archive;
  archive.set_name(first.name());
  practice_.specialist.Must(&v1::CatalogService::Stub::ArchiveService, archive);
  page = web_.Must(&Profiles::GetPublicProfile, Public("praxis-weber"));
  EXPECT_EQ(page.services_size(), 1);
}

TEST_F(ProfileTest, ShowsAnInvitationWhileItIsActive) {
  Publish();
  EXPECT_EQ(web_.Must(&Profiles::GetPublicProfile, Public("praxis-weber")).invitation_code(), "");
  const std::string name = InvitationName();
  MustUpdate({"invitation"}, [&](v1::Profile& p) { p.set_invitation(name); });
  EXPECT_EQ(web_.Must(&Profiles::GetPublicProfile, Public("praxis-weber")).invitation_code(),
            practice_.invitation_code);
  v1::RevokeInvitationRequest revoke;
  revoke.set_name(name);
  practice_.specialist.Must(&v1::InvitationService::Stub::RevokeInvitation, revoke);
  EXPECT_EQ(web_.Must(&Profiles::GetPublicProfile, Public("praxis-weber")).invitation_code(), "");
  EXPECT_EQ(MustUpdate({"invitation"}, [](v1::Profile&) {}).invitation(), "");
}

TEST_F(ProfileTest, AnInvitationOfSomebodyElseOrForStaffIsRefused) {
  const Client other = Other("3003");
  const auto take = [&](const Client& client, const std::string& name) {
    return client.Try(&Profiles::UpdateProfile,
                      Update({"invitation"}, [&](v1::Profile& p) { p.set_invitation(name); }));
  };
  EXPECT_EQ(take(other, InvitationName()), "INVALID_FIELD");
  EXPECT_EQ(take(practice_.specialist, practice_.provider + "/invitations/0000000000000"),
            "INVALID_FIELD");
  EXPECT_EQ(take(practice_.specialist, "nonsense"), "INVALID_FIELD");
}

TEST_F(ProfileTest, SlugsAreUniqueAndStayWithTheirOwner) {
  EXPECT_EQ(Publish().slug(), "praxis-weber");
  const Client other = Other("3003");
  const auto set = [](const std::string& slug) {
    return Update({"slug", "published"}, [&](v1::Profile& p) {
      p.set_slug(slug);
      p.set_published(true);
    });
  };
  EXPECT_EQ(other.Try(&Profiles::UpdateProfile, set("praxis-weber")), "SLUG_TAKEN");
  EXPECT_EQ(other.Must(&Profiles::UpdateProfile, set("")).slug(), "praxis-weber-2");
  // The old slug leads to the page and is given to nobody else.
  const auto renamed = practice_.specialist.Must(&Profiles::UpdateProfile, set("weber"));
  ASSERT_EQ(renamed.former_slugs_size(), 1);
  EXPECT_EQ(renamed.former_slugs(0), "praxis-weber");
  EXPECT_EQ(web_.Must(&Profiles::GetPublicProfile, Public("praxis-weber")).slug(), "weber");
  EXPECT_EQ(web_.Must(&Profiles::GetPublicProfile, Public("weber")).slug(), "weber");
  EXPECT_EQ(other.Try(&Profiles::UpdateProfile, set("praxis-weber")), "SLUG_TAKEN");
  // An empty one goes back to the name's.
  EXPECT_EQ(practice_.specialist.Must(&Profiles::UpdateProfile, set("")).slug(), "praxis-weber");
}

TEST_F(ProfileTest, ASlugCanBeChangedTenTimesInAll) {
  for (int i = 0; i < 10; ++i) {
    MustUpdate({"slug"}, [&](v1::Profile& p) { p.set_slug("weber-" + std::to_string(i)); });
  }
  EXPECT_EQ(TryUpdate("slug", [](v1::Profile& p) { p.set_slug("weber-10"); }), "LIMIT_REACHED");
  EXPECT_EQ(TryUpdate("slug", [](v1::Profile& p) { p.set_slug("weber-3"); }), "OK");
}

TEST_F(ProfileTest, ContactsAreKeptInOneSpelling) {
  const std::string etag = MustUpdate({"about"}, [](v1::Profile&) {}).etag();
  const v1::Profile after =
      MustUpdate({"website", "email", "phone", "map_link", "social_profiles"}, [&](v1::Profile& p) {
        p.set_website(" Https://M\u00FCller.example/\u00DCber");
        p.set_email("marie@M\u00FCller.example ");
        p.set_phone("+49\u00A030\u20131234567 Durchwahl 8");
        p.set_map_link("HTTPS://Maps.example/x");
        p.set_etag(etag);
        p.add_social_profiles()->set_url("Https://T.me/marie");
        p.mutable_social_profiles(0)->set_display_name("Te\u202Elegram");
      });
  EXPECT_EQ(after.website(), "https://xn--mller-kva.example/\u00DCber");
  EXPECT_EQ(after.email(), "marie@xn--mller-kva.example");
  EXPECT_EQ(after.phone(), "+49 30-1234567 ext. 8");
  EXPECT_EQ(after.map_link(), "https://maps.example/x");
  EXPECT_EQ(after.social_profiles(0).url(), "https://t.me/marie");
  EXPECT_EQ(after.social_profiles(0).display_name(), "Telegram");
}

TEST_F(ProfileTest, NamesAreKeptWithoutWhatTurnsOrHides) {
  v1::UpdateProviderRequest update;
  update.mutable_provider()->set_name("providers/me");
  update.mutable_provider()->set_display_name(" Praxis\u202E\u00A0\u200BWeber ");
  update.mutable_update_mask()->add_paths("display_name");
  update.set_request_id("name-1");
  const auto renamed =
      practice_.specialist.Must(&v1::ProviderService::Stub::UpdateProvider, update);
  EXPECT_EQ(renamed.display_name(), "Praxis Weber");
  update.mutable_provider()->set_display_name("\u3164");
  update.set_request_id("name-2");
  EXPECT_EQ(practice_.specialist.Try(&v1::ProviderService::Stub::UpdateProvider, update),
            "INVALID_FIELD");
  v1::EnsureAccountRequest ensure;
  ensure.set_identity("telegram:4004");
  ensure.set_display_name("\u3164");
  EXPECT_EQ(practice_.admin.Must(&v1::AccountService::Stub::EnsureAccount, ensure).display_name(),
            "4004");
}

TEST_F(ProfileTest, BadInputNamesTheField) {
  const struct {
    const char* path;
    std::function<void(v1::Profile&)> change;
  } kCases[] = {
      {"slug", [](v1::Profile& p) { p.set_slug("Marie Weber"); }},
      {"slug", [](v1::Profile& p) { p.set_slug("../admin"); }},
      {"about", [](v1::Profile& p) { p.set_about(std::string(4001, 'x')); }},
      {"about", [](v1::Profile& p) { p.set_about("a\x01"); }},
      {"website", [](v1::Profile& p) { p.set_website("http://weber.example"); }},
      {"website", [](v1::Profile& p) { p.set_website("javascript:alert(1)"); }},
      {"email", [](v1::Profile& p) { p.set_email("marie"); }},
      {"phone", [](v1::Profile& p) { p.set_phone("call me"); }},
      {"address", [](v1::Profile& p) { p.set_address(std::string(301, 'x')); }},
      {"map_link", [](v1::Profile& p) { p.set_map_link("geo:1,2"); }},
      {"social_profiles", [](v1::Profile& p) { p.add_social_profiles()->set_display_name("x"); }},
      {"social_profiles",
       [](v1::Profile& p) { p.add_social_profiles()->set_url("https://user@a.example"); }},
      {"social_profiles",
       [](v1::Profile& p) {
         p.add_social_profiles()->set_url("https://a.example");
         p.mutable_social_profiles(0)->set_display_name(std::string(61, 'x'));
       }},
      {"social_profiles",
       [](v1::Profile& p) {
         for (int i = 0; i < 11; ++i) p.add_social_profiles()->set_url("https://a.example");
       }},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(TryUpdate(c.path, c.change), "INVALID_FIELD") << c.path;
  }
}

TEST_F(ProfileTest, IsChangedAndReadWholeByItsProviderOnly) {
  Publish();
  v1::UpdateProfileRequest update = Update({"about"}, [](v1::Profile& p) { p.set_about("x"); });
  update.mutable_profile()->set_name(practice_.provider + "/profile");
  v1::GetProfileRequest get;
  get.set_name(practice_.provider + "/profile");
  const Client other = Other("3003");
  for (const Client* client : std::initializer_list<const Client*>{&practice_.customer, &other}) {
    EXPECT_EQ(client->Try(&Profiles::UpdateProfile, update), "NOT_FOUND");
    EXPECT_EQ(client->Try(&Profiles::GetProfile, get), "NOT_FOUND");
  }
  EXPECT_EQ(web_.Try(&Profiles::UpdateProfile, update), "SCOPE_MISSING");
  EXPECT_EQ(web_.Try(&Profiles::GetProfile, get), "SCOPE_MISSING");
  EXPECT_EQ(Client(server_, server_.MakeKey({v1::SCOPE_TOOL_WRITE}))
                .Try(&Profiles::UpdateProfile, update),
            "OK");
}

TEST_F(ProfileTest, AProviderSaysWhereItsPublishedPageIs) {
  v1::ListProvidersRequest list;
  list.set_parent("accounts/me");
  const auto slug = [&] {
    return practice_.customer.Must(&v1::ProviderService::Stub::ListProviders, list)
        .providers(0)
        .profile_slug();
  };
  EXPECT_EQ(slug(), "");
  MustUpdate({"about"}, [](v1::Profile& p) { p.set_about("x"); });
  EXPECT_EQ(slug(), "");
  Publish();
  EXPECT_EQ(slug(), "praxis-weber");
}

TEST_F(ProfileTest, SaysWhatKeepsEverybodyFromBooking) {
  const Client other = Other("3003");
  const auto missing = [&] {
    v1::GetProviderRequest get;
    get.set_name("providers/me");
    const auto provider = other.Must(&v1::ProviderService::Stub::GetProvider, get);
    return std::vector<int>(provider.missing().begin(), provider.missing().end());
  };
  EXPECT_EQ(missing(), (std::vector<int>{v1::PROVIDER_NEED_SERVICE, v1::PROVIDER_NEED_HOURS}));
  const auto profile = other.Must(&Profiles::UpdateProfile,
                                  Update({"published"}, [](auto& p) { p.set_published(true); }));
  EXPECT_EQ(web_.Must(&Profiles::GetPublicProfile, Public(profile.slug())).missing_size(), 2);
  v1::CreateServiceRequest create;
  create.set_parent("providers/me");
  create.mutable_service()->set_display_name("Beratung");
  create.mutable_service()->mutable_duration()->set_seconds(1800);
  other.Must(&v1::CatalogService::Stub::CreateService, create);
  EXPECT_EQ(missing(), (std::vector<int>{v1::PROVIDER_NEED_HOURS}));
  v1::ChangeWeeklyHoursRequest hours;
  hours.set_name("providers/me/schedule");
  v1::WeeklyHours& monday = *hours.add_added();
  monday.set_weekday(1);
  monday.mutable_hours()->set_start_minute(540);
  monday.mutable_hours()->set_end_minute(1020);
  other.Must(&v1::ScheduleService::Stub::ChangeWeeklyHours, hours);
  EXPECT_TRUE(missing().empty());
  EXPECT_EQ(web_.Must(&Profiles::GetPublicProfile, Public(profile.slug())).missing_size(), 0);
}

TEST_F(ProfileTest, SpeaksSeveralLanguagesEachCleaned) {
  const v1::Profile before = MustUpdate({"about"}, [](v1::Profile& p) { p.set_about("Hallo"); });
  const v1::Profile after = MustUpdate({"about_translations"}, [&](v1::Profile& p) {
    p.set_etag(before.etag());
    (*p.mutable_about_translations())["en"] = "Hello\n\u202Eyou";
    (*p.mutable_about_translations())["fr"] = "";
  });
  EXPECT_EQ(after.about_translations_size(), 1);
  EXPECT_EQ(after.about_translations().at("en"), "Hello\nyou");
  EXPECT_EQ(TryUpdate("about_translations",
                      [](v1::Profile& p) { (*p.mutable_about_translations())["en"] = "x"; }),
            "INVALID_FIELD")
      << "a map is replaced by its etag only";
  const v1::PublicProfile page = web_.Must(&Profiles::GetPublicProfile, Public(Publish().slug()));
  EXPECT_EQ(page.about_translations().at("en"), "Hello\nyou");
}

TEST_F(ProfileTest, HasAThemeAndAColourThatCanBeRead) {
  EXPECT_EQ(MustUpdate({"published"}, [](v1::Profile& p) { p.set_published(true); }).theme(),
            v1::THEME_FOREST);
  const v1::Profile profile = MustUpdate({"theme", "accent_color"}, [](v1::Profile& p) {
    p.set_theme(v1::THEME_PLUM);
    p.set_accent_color("#7A1F6E");
  });
  EXPECT_EQ(profile.theme(), v1::THEME_PLUM);
  EXPECT_EQ(profile.accent_color(), "#7a1f6e");
  const v1::PublicProfile page = web_.Must(&Profiles::GetPublicProfile, Public(profile.slug()));
  EXPECT_EQ(page.accent_color(), "#7a1f6e");
  EXPECT_NE(page.dark_accent_color(), page.accent_color());
  EXPECT_EQ(TryUpdate("accent_color", [](v1::Profile& p) { p.set_accent_color("#ffe000"); }),
            "CONTRAST_TOO_LOW");
  EXPECT_EQ(TryUpdate("accent_color", [](v1::Profile& p) { p.set_accent_color("yellow"); }),
            "INVALID_FIELD");
}

TEST_F(ProfileTest, ShowsHoursOnlyWhereThatIsAskedFor) {
  const std::string slug = Publish().slug();
  EXPECT_EQ(web_.Must(&Profiles::GetPublicProfile, Public(slug)).opening_hours_size(), 0);
  MustUpdate({"hours_shown"}, [](v1::Profile& p) { p.set_hours_shown(true); });
  const v1::PublicProfile page = web_.Must(&Profiles::GetPublicProfile, Public(slug));
  ASSERT_GT(page.opening_hours_size(), 0);
  EXPECT_EQ(page.opening_hours(0).day_of_week(), 1);
  EXPECT_EQ(page.opening_hours(0).weeks(), v1::OpeningHours::WEEKS_EVERY);
  EXPECT_LT(page.opening_hours(0).start_minute(), page.opening_hours(0).end_minute());
  EXPECT_EQ(page.time_zone(), "Europe/Berlin");
}

TEST_F(ProfileTest, TellsTheNextThreeFreeTimesOfEachServiceOfAPageThatIsBookedFrom) {
  const std::string slug = Publish().slug();
  v1::ListPublicTimesRequest request;
  request.set_slug(slug);
  EXPECT_EQ(web_.Must(&Profiles::ListPublicTimes, request).services_size(), 0);
  MustUpdate({"invitation"}, [&](v1::Profile& p) { p.set_invitation(InvitationName()); });
  const auto times = web_.Must(&Profiles::ListPublicTimes, request);
  EXPECT_EQ(times.time_zone(), "Europe/Berlin");
  ASSERT_EQ(times.services_size(), 1);
  EXPECT_EQ(times.services(0).service(), practice_.service);
  ASSERT_EQ(times.services(0).times_size(), 3);
  EXPECT_TRUE(times.services(0).times(0).local_start_time().ends_with("+01:00"));
  // What is listed can be booked, and is not listed any more then.
  const auto first = times.services(0).times(0).start_time();
  v1::RequestAppointmentRequest booking;
  booking.set_parent(practice_.provider);
  booking.mutable_appointment()->set_service(practice_.service);
  *booking.mutable_appointment()->mutable_start_time() = first;
  practice_.customer.Must(&v1::BookingService::Stub::RequestAppointment, booking);
  const auto after = web_.Must(&Profiles::ListPublicTimes, request);
  EXPECT_GT(after.services(0).times(0).start_time().seconds(), first.seconds());
}

TEST_F(ProfileTest, TellsNoTimesOfAPageThatIsNotThere) {
  v1::ListPublicTimesRequest request;
  request.set_slug(MustUpdate({"about"}, [](v1::Profile& p) { p.set_about("x"); }).slug());
  EXPECT_EQ(web_.Try(&Profiles::ListPublicTimes, request), "NOT_FOUND");
  request.set_slug("nobody");
  EXPECT_EQ(web_.Try(&Profiles::ListPublicTimes, request), "NOT_FOUND");
}

}  // namespace
}  // namespace kalends::test
